// What a three-tier application is told.
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { AccountServices } from './account-services';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver } from '../assurance/security-waiver';
import { PrivateImage } from '../compute/private-image';
import { TaskSecret } from '../compute/task-secret';
import { LoadBalancerDomain } from '../edge/tls-alb';

/** The application tier: a container behind the load balancer. */
export interface ApplicationTier {
  /** The image: from a private repository, by digest. */
  readonly image: PrivateImage;

  /** The port on which the container serves HTTPS, from 1024. */
  readonly port: number;

  /**
   * CPU units of a task.
   *
   * @default 512
   */
  readonly cpu?: number;

  /**
   * Memory of a task in MiB.
   *
   * @default 1024
   */
  readonly memoryLimitMiB?: number;

  /**
   * How many tasks run, in different zones.
   *
   * @default 2, 1 in a disposable application
   */
  readonly desiredCount?: number;

  /**
   * Path of the health check, which must answer 200 over HTTPS.
   *
   * @default '/'
   */
  readonly healthCheckPath?: string;

  /**
   * More environment variables, without secrets. The application gets `DATABASE_HOST`, `DATABASE_PORT`, `DATABASE_NAME`,
   * `DATABASE_USER` and `BUCKET_NAME` by itself.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * Secrets, as environment variables.
   *
   * @default - none: the database takes IAM tokens
   */
  readonly secrets?: Record<string, TaskSecret>;
}

/** The data tier: Aurora PostgreSQL. */
export interface DataTier {
  /**
   * The port, other than the engine's usual one.
   *
   * @default 5440
   */
  readonly port?: number;

  /**
   * The first database.
   *
   * @default 'application'
   */
  readonly databaseName?: string;

  /**
   * The database user that the application connects as, by IAM. You create it: `CREATE USER … ; GRANT rds_iam TO …`.
   *
   * @default 'application'
   */
  readonly databaseUser?: string;
}

/** The network. */
export interface NetworkTier {
  /**
   * The VPC's range, split into public, application, data and spare quarters.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * In how many zones each tier is, at least 2.
   *
   * @default 2
   */
  readonly azCount?: number;

  /**
   * Ranges that the network refuses before anything else, at most 9.
   *
   * @default - none
   */
  readonly denyCidrs?: string[];

  /**
   * ID of the region's prefix list of S3, `com.amazonaws.REGION.s3`.
   *
   * @default - known for sixteen regions; required elsewhere
   */
  readonly s3PrefixListId?: string;

  /**
   * ID of the region's prefix list of DynamoDB, `com.amazonaws.REGION.dynamodb`.
   *
   * @default - known for sixteen regions; required elsewhere
   */
  readonly dynamoDbPrefixListId?: string;
}

/** Properties of a three-tier application. */
export interface ThreeTierApplicationProps {
  /** The application tier. */
  readonly application: ApplicationTier;

  /** E-mail addresses that are notified of alarms and findings. */
  readonly notify: string[];

  /** What to do with the services that exist once in an account and region. */
  readonly accountServices: AccountServices;

  /**
   * The domain: a certificate and an alias record are made in its hosted zone. Give this or `certificate`.
   *
   * @default - `certificate` and `hostNames` are given
   */
  readonly domain?: LoadBalancerDomain;

  /**
   * A certificate of ACM in the stack's region, if you keep the records yourself. Give this or `domain`.
   *
   * @default - one is made for `domain`
   */
  readonly certificate?: acm.ICertificate;

  /**
   * Host names that are served: with `certificate`, those that it names. What is made for `domain` is for its name alone.
   *
   * @default - the name of the domain
   */
  readonly hostNames?: string[];

  /**
   * The network.
   *
   * @default - 10.0.0.0/16 in two zones
   */
  readonly network?: NetworkTier;

  /**
   * The data tier.
   *
   * @default - two instances on port 5440
   */
  readonly data?: DataTier;

  /**
   * Declares the application disposable, with a reason: removable, unprotected, kept for days, single instances.
   *
   * @default - everything is kept and protected
   */
  readonly disposable?: Disposable;

  /**
   * Controls to do without anywhere in the application. `SecurityWaivers.of(part).add(…)` does it for one part.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}
