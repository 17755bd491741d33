// What an encrypted database can be told.
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import { HardenedProps } from '../foundation/security-foundation';

/** Between what an Aurora Serverless v2 instance scales, in Aurora capacity units of about 2 GiB of memory. */
export interface ServerlessCapacity {
  /** The least, from 0.5, in steps of 0.5. Under 2, Database Insights leaves too little memory to the database. */
  readonly minCapacity: number;

  /** The most, from 1 to 256, in steps of 0.5. */
  readonly maxCapacity: number;
}

/** Properties of an encrypted database. */
export interface EncryptedDatabaseProps extends HardenedProps {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets, in two availability zones or more, none of them public.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The identifier of the cluster: small letters, digits and `-`, up to 63.
   *
   * It pins the name: a cluster with another name is another cluster, and empty. One that you choose before the first
   * deployment must be free again when a deleted stack is deployed anew.
   *
   * @default - made of the stack's name, the cluster's logical ID and a part that differs each time the stack is created
   */
  readonly clusterIdentifier?: string;

  /**
   * The major version of PostgreSQL, for example `17`. A minor version is refused: RDS installs newer ones by itself, and the
   * next deployment would try to go back.
   *
   * @default '17'
   */
  readonly engineVersion?: string;

  /**
   * The database that is made in the cluster.
   *
   * @default - none besides `postgres`
   */
  readonly databaseName?: string;

  /**
   * The port, from 1150 to 65535, but not 5432.
   *
   * @default 5440
   */
  readonly port?: number;

  /**
   * The name of the master user, which RDS keeps the password of. Not `admin`, `postgres` or `root`.
   *
   * @default 'dbadmin'
   */
  readonly masterUsername?: string;

  /**
   * How many instances, from 1 to 16: one writes, the others read and stand by. They go to different availability zones. One
   * needs a waiver of `DB-14`.
   *
   * @default 2, 1 in a disposable scope
   */
  readonly instances?: number;

  /**
   * The instances' class.
   *
   * @default - r7g.large, or serverless if `serverlessCapacity` is given
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Makes the instances Aurora Serverless v2, which scale between these capacities.
   *
   * @default - instances of a fixed class
   */
  readonly serverlessCapacity?: ServerlessCapacity;

  /**
   * Parameters of the cluster besides ours. Those that weaken the encryption in transit or the audit log fail the synthesis.
   *
   * @default - none besides ours
   */
  readonly parameters?: Record<string, string>;

  /**
   * The key for storage, snapshots, the master password and Database Insights. It must allow `KeyAccess.rds` and
   * `KeyAccess.secretsManager` if it is imported. Changing it later is refused: it would replace the cluster.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How far back the database can be restored to any second, from 1 to 35 days. Less than 7 needs a waiver of `DB-08`.
   * A cluster that a `BackupPolicy` backs up continuously needs its `continuousRetention`.
   *
   * @default Duration.days(35), 1 day in a disposable scope
   */
  readonly backupRetention?: Duration;

  /**
   * When RDS makes the daily backup, in UTC, as `hh:mm-hh:mm`, 30 minutes or longer.
   *
   * @default - RDS chooses
   */
  readonly preferredBackupWindow?: string;

  /**
   * When RDS installs minor versions, in UTC, as `ddd:hh:mm-ddd:hh:mm`, 30 minutes or longer.
   *
   * @default - RDS chooses
   */
  readonly preferredMaintenanceWindow?: string;

  /**
   * Whether the cluster is protected from deletion. Off needs a waiver of `DB-06`.
   *
   * @default true, false in a disposable scope
   */
  readonly deletionProtection?: boolean;

  /**
   * How much Database Insights shows. Standard needs a waiver of `DB-12`.
   *
   * @default rds.DatabaseInsightsMode.ADVANCED
   */
  readonly databaseInsightsMode?: rds.DatabaseInsightsMode;

  /**
   * The authority that signs the instances' certificates. Clients must trust it and verify the host: `sslmode=verify-full`.
   *
   * @default rds.CaCertificate.RDS_CA_RSA2048_G1
   */
  readonly caCertificate?: rds.CaCertificate;

  /**
   * How long the database log is kept. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The key for the log groups. It must allow `KeyAccess.logGroup('/aws/rds/cluster/*')` if it is imported.
   *
   * @default - the log key of the security foundation
   */
  readonly logKey?: kms.IKey;

  /**
   * The topic that is told of failures, maintenance and changes. An imported one, or one under an imported key, must let
   * `events.rds.amazonaws.com` publish.
   *
   * @default - the topic of the security foundation; none if `DB-17` is waived
   */
  readonly topic?: sns.ITopic;
}
