import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnResource, Stack, Tokenization } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AccountServices } from './account-services';
import { RuntimeAgent } from './runtime-agent';
import { Disposable } from '../assurance/disposable';
import { declareFindings } from '../assurance/known-findings';
import { SecurityWaiver, SecurityWaivers } from '../assurance/security-waiver';
import { AuditTrail } from '../audit/audit-trail';
import { CisAlarms } from '../audit/cis-alarms';
import { ConfigNotifications } from '../audit/config-notifications';
import { ConfigRecorder } from '../audit/config-recorder';
import { PrivateFargateService } from '../compute/private-fargate-service';
import { PrivateImage } from '../compute/private-image';
import { TaskSecret } from '../compute/task-secret';
import { fail, requireGiven, requireNotEmpty } from '../core/validate';
import { EncryptedDatabase } from '../data/encrypted-database';
import { ThreatDetection } from '../detection/threat-detection';
import { LoadBalancerDomain, TlsAlb } from '../edge/tls-alb';
import { WebFirewall } from '../edge/web-firewall';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { SecurityFoundation } from '../foundation/security-foundation';
import { EndpointService } from '../network/endpoint-service';
import { SecureVpc } from '../network/secure-vpc';
import { BackupPolicy } from '../recovery/backup-policy';
import { ProtectedResource } from '../recovery/protected-resource';
import { EncryptedBucket } from '../storage/encrypted-bucket';

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
  readonly memoryMiB?: number;

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

/**
 * A web tier, an application tier and a data tier, defended at every layer.
 *
 * Internet to load balancer on 443 (80 only to be redirected), load balancer to the application's port, application to the
 * database's port, application to AWS services through endpoints; nothing else. Every step is encrypted, logged and watched.
 */
export class ThreeTierApplication extends Construct {
  /** Log key, log bucket and notification topic. */
  public readonly foundation: SecurityFoundation;
  /** The key of the application's data. */
  public readonly dataKey: CustomerManagedKey;
  /** The network. */
  public readonly network: SecureVpc;
  /** The firewall in front of the load balancer. */
  public readonly firewall: WebFirewall;
  /** The load balancer. */
  public readonly loadBalancer: TlsAlb;
  /** The application tier. */
  public readonly service: PrivateFargateService;
  /** The database. */
  public readonly database: EncryptedDatabase;
  /** The application's bucket. */
  public readonly bucket: EncryptedBucket;
  /** The backups of database and bucket. */
  public readonly backup: BackupPolicy;
  /** The key of the audit data; only where account services are made. */
  public readonly auditKey?: CustomerManagedKey;
  /** The audit trail; only where account services are made. */
  public readonly trail?: AuditTrail;
  /** The alarms on the account's own trail; only where account services are adopted with its log group. */
  public readonly alarms?: CisAlarms;
  /** The configuration recorder; only where account services are made. */
  public readonly recorder?: ConfigRecorder;
  /** The notifications of a recorder that exists; only where account services are adopted. */
  public readonly configNotifications?: ConfigNotifications;
  /** GuardDuty and its notifications; not where account services are left alone. */
  public readonly detection?: ThreatDetection;

  constructor(scope: Construct, id: string, props: ThreeTierApplicationProps) {
    super(scope, id);
    requireNotEmpty(this, 'notify', props.notify, 'name at least one address that is told of alarms and findings');
    requireGiven(this, 'application', props.application, 'give its image and port');
    requireGiven(this, 'application.image', props.application.image, "give 'PrivateImage.of(repositoryName, digest)'");
    requireGiven(this, 'application.port', props.application.port, 'give the port on which the container serves HTTPS, from 1024');
    requireGiven(this, 'accountServices', props.accountServices, "choose 'AccountServices.create()', 'adopt(…)' or 'leave()'");
    if (props.accountServices._mode === 'adopt') {
      requireGiven(this, 'detectorId', props.accountServices._detectorId, 'give what `aws guardduty list-detectors` prints, or another detector would be made');
    }
    const databasePort = props.data?.port ?? 5440;
    const databaseName = props.data?.databaseName ?? 'application';
    const databaseUser = props.data?.databaseUser ?? 'application';
    this.foundation = new SecurityFoundation(this, 'Security', { notify: props.notify, disposable: props.disposable });
    SecurityWaivers.of(this).add(...props.waivers ?? []);
    this.dataKey = new CustomerManagedKey(this, 'DataKey', {
      description: 'Data of the application',
      access: [KeyAccess.s3(), KeyAccess.rds(), KeyAccess.secretsManager()],
    });

    const runtimeAgent = new RuntimeAgent(this, 'RuntimeAgent');
    this.network = new SecureVpc(this, 'Network', {
      endpointServices: [
        EndpointService.ecrApi(), EndpointService.ecrDocker(), EndpointService.logs(), EndpointService.secretsManager(), EndpointService.kms(),
        EndpointService.guardDutyData(),
      ],
      imageAccounts: runtimeAgent.account === undefined ? undefined : [runtimeAgent.account],
      cidr: props.network?.cidr,
      azCount: props.network?.azCount,
      denyCidrs: props.network?.denyCidrs,
      s3PrefixListId: props.network?.s3PrefixListId,
      dynamoDbPrefixListId: props.network?.dynamoDbPrefixListId,
      applicationPort: props.application.port,
      databasePort,
    });
    const { vpc } = this.network;

    this.bucket = new EncryptedBucket(this, 'Bucket', { encryptionKey: this.dataKey });
    this.database = new EncryptedDatabase(this, 'Database', {
      vpc,
      vpcSubnets: this.network.dataSubnets,
      port: databasePort,
      databaseName,
      encryptionKey: this.dataKey,
    });
    this.service = new PrivateFargateService(this, 'Service', {
      vpc,
      vpcSubnets: this.network.applicationSubnets,
      image: props.application.image,
      port: props.application.port,
      cpu: props.application.cpu,
      memoryMiB: props.application.memoryMiB,
      desiredCount: props.application.desiredCount,
      secrets: props.application.secrets,
      environment: this.environment(props.application.environment ?? {}, {
        DATABASE_HOST: this.database.cluster.clusterEndpoint.hostname,
        DATABASE_PORT: Tokenization.stringifyNumber(databasePort),
        DATABASE_NAME: databaseName,
        DATABASE_USER: databaseUser,
        BUCKET_NAME: this.bucket.bucketName,
      }),
    });
    this.firewall = new WebFirewall(this, 'Firewall');
    this.loadBalancer = new TlsAlb(this, 'LoadBalancer', {
      vpc,
      vpcSubnets: this.network.publicSubnets,
      internetFacing: true,
      domain: props.domain,
      certificate: props.certificate,
      hostNames: props.hostNames,
      firewall: this.firewall,
    });

    // The flows, and nothing else.
    this.loadBalancer.addTarget('Application', {
      targets: [this.service], port: props.application.port, healthCheckPath: props.application.healthCheckPath,
    });
    this.service.connections.allowTo(this.database, this.database.connections.defaultPort!, 'application to database');
    this.network.allowAwsServices(this.service);
    // Tasks start when all they need is there, or the first deployment would be rolled back: endpoints, database, and the rules
    // that let them through.
    const { service } = this.service;
    const groups = [this.service.securityGroup, this.network.endpointSecurityGroup, this.database.securityGroup, this.loadBalancer.securityGroup];
    const rules = groups.flatMap(group => group.node.findAll().filter(CfnResource.isCfnResource))
      .filter(r => r.cfnResourceType !== ec2.CfnSecurityGroup.CFN_RESOURCE_TYPE_NAME);
    const needed = [this.network.s3Endpoint, ...this.network.interfaceEndpoints, ...this.database.instances, ...rules];
    needed.forEach(part => service.addResourceDependency(part));
    runtimeAgent.allowPull(this.service.executionRole);
    this.database.grantConnect(this.service, databaseUser);
    this.bucket.grantObjects(this.service);
    declareFindings(this.service.taskRole, 'The application reads and writes the objects of its own bucket, and names them itself; the bucket and the actions are named.',
      () => [`AwsSolutions-IAM5[Resource::<${Stack.of(this).resolve((this.bucket.node.defaultChild as CfnResource).logicalId)}.Arn>/*]`]);

    this.backup = new BackupPolicy(this, 'Backup', {
      resources: [ProtectedResource.auroraCluster(this.database.cluster, this.dataKey), ProtectedResource.bucket(this.bucket)],
    });

    if (props.accountServices._mode === 'create') {
      this.auditKey = new CustomerManagedKey(this, 'AuditKey', { description: 'Audit trail and configuration history' });
      this.trail = new AuditTrail(this, 'Trail', { encryptionKey: this.auditKey });
      this.recorder = new ConfigRecorder(this, 'Recorder', { encryptionKey: this.auditKey, serviceLinkedRole: props.accountServices._configRole });
      this.detection = new ThreatDetection(this, 'Detection', { encryptionKey: this.auditKey });
    } else if (props.accountServices._mode === 'adopt') {
      this.configNotifications = new ConfigNotifications(this, 'ConfigNotifications');
      this.detection = new ThreatDetection(this, 'Detection', { detectorId: props.accountServices._detectorId });
      if (props.accountServices._trailLogGroupName !== undefined) {
        const logGroup = logs.LogGroup.fromLogGroupName(this, 'TrailLogs', props.accountServices._trailLogGroupName);
        this.alarms = new CisAlarms(this, 'Alarms', { logGroup });
      }
    }
  }

  private environment(given: Record<string, string>, own: Record<string, string>): Record<string, string> {
    const taken = Object.keys(given).find(name => name in own);
    if (taken) {
      fail(this, `'environment' has '${taken}', which the application gets by itself: choose another name`);
    }
    return { ...given, ...own };
  }
}
