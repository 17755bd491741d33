import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { EndpointService } from './endpoint-service';
import type { HardenedProps } from '../foundation/security-foundation';

/** What a VPC does about unencrypted traffic between hosts. */
export enum VpcEncryptionMode {
  /** It reports it, in the flow logs. */
  MONITOR = 'monitor',
  /** It refuses it, except to and from the internet gateway. Hosts must be of types that encrypt by themselves. */
  ENFORCE = 'enforce',
}

/** Properties of a secure VPC. */
export interface SecureVpcProps extends HardenedProps {
  /**
   * The IPv4 block, from /16 to /24, or to /23 with more than two zones. A token is taken for a /16.
   *
   * It is cut into quarters: public, application, data, and one that stays free.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * How many availability zones, from 2 to 4: the first ones of `Fn::GetAZs`.
   *
   * @default 2
   */
  readonly azCount?: number;

  /**
   * The port on which the application answers the load balancer and its health checks, 1024 or above.
   *
   * @default 8443
   */
  readonly applicationPort?: number;

  /**
   * The port of the database, 1024 or above.
   *
   * @default 5440
   */
  readonly databasePort?: number;

  /**
   * Whether clients reach the public tier by port 80 too, for a listener that redirects them to HTTPS.
   *
   * @default true
   */
  readonly publicHttp?: boolean;

  /**
   * IPv4 blocks that the public tier refuses altogether, at most nine.
   *
   * @default - none
   */
  readonly denyCidrs?: string[];

  /**
   * Services with an interface endpoint in the application tier. S3 and DynamoDB have gateway endpoints in any case.
   *
   * @default - what an application on Fargate with secrets needs: ECR's API and registry, CloudWatch Logs, Secrets Manager, KMS
   */
  readonly endpointServices?: EndpointService[];

  /**
   * The organization, `o-…`: its identities reach its resources by the endpoints, instead of this account's identities this
   * account's resources.
   *
   * @default - nothing outside this account is reached
   */
  readonly organizationId?: string;

  /**
   * Names of buckets of others that may be read by the S3 endpoint, for example package repositories.
   *
   * @default - none, apart from the bucket of ECR's image layers
   */
  readonly readableBuckets?: string[];

  /**
   * IDs of accounts of others whose images may be pulled, for example of GuardDuty's agent.
   *
   * @default - none
   */
  readonly imageAccounts?: string[];

  /**
   * ID of the prefix list of S3 in the region, `pl-…`. Needed for `allowAwsServices` in a region that the library does not know.
   *
   * @default - known for sixteen regions, GovCloud and China not among them
   */
  readonly s3PrefixListId?: string;

  /**
   * ID of the prefix list of DynamoDB in the region, `pl-…`. Needed like `s3PrefixListId`.
   *
   * @default - known for sixteen regions, GovCloud and China not among them
   */
  readonly dynamoDbPrefixListId?: string;

  /**
   * What the VPC does about unencrypted traffic inside it.
   *
   * @default - nothing
   */
  readonly encryptionMode?: VpcEncryptionMode;

  /**
   * How long flow logs are kept. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * The key of the flow logs. It must allow `KeyAccess.logGroup` if it is imported.
   *
   * @default - the log key of the security foundation
   */
  readonly encryptionKey?: kms.IKey;
}
