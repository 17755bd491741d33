// What is backed up, each with what AWS Backup needs for it.
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as efs from 'aws-cdk-lib/aws-efs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Selections } from './selections';
import { checkCall } from '../core/arguments';
import { arn } from '../core/names';
import { KeyAccess } from '../foundation/key-access';
import { BACKUP_POLICIES } from '../services/backup/facts';
import * as allow from '../services/backup/role-statements';

interface Protection {
  /** What tells it from others. */
  readonly name: string;
  /** Adds it to what a plan selects. */
  readonly select: (selections: Selections) => void;
  /** Whether AWS Backup can back it up continuously. */
  readonly continuous?: boolean;
  /** What the role needs. */
  readonly statements?: () => iam.PolicyStatement[];
  /** The policies of AWS that the role needs. */
  readonly managedPolicies?: string[];
  /** Lets the key of the data admit the role. */
  readonly admit?: () => void;
}

/**
 * What a backup policy protects, and the permissions that AWS Backup needs for it: on this resource, not on all of its kind.
 *
 * Data under a customer managed key needs that key here too, unless the resource knows it: pass it where the method asks.
 */
export class ProtectedResource {
  /**
   * An Aurora cluster, also continuously. The region's settings of AWS Backup must have Aurora switched on.
   *
   * AWS Backup takes over the retention of the cluster's own backups: give the cluster the `continuousRetention` of the policy, or
   * RDS would refuse its next update. Of clusters of the app the synthesis finds that.
   *
   * @param cluster the cluster
   * @param encryptionKey the customer managed key of its storage; an `EncryptedDatabase` knows its own
   */
  public static auroraCluster(cluster: rds.IDatabaseCluster, encryptionKey?: kms.IKey): ProtectedResource {
    checkCall('ProtectedResource.auroraCluster', undefined, cluster, encryptionKey);
    const key = encryptionKey ?? (cluster as { readonly encryptionKey?: kms.IKey }).encryptionKey;
    const statements = () => allow.cluster(cluster.clusterArn, key?.keyArn);
    return ProtectedResource.named(cluster.clusterArn, statements, { continuous: true, key, access: KeyAccess.rds });
  }

  /**
   * A bucket, also continuously. It must be versioned. AWS Backup switches the bucket's EventBridge notifications on.
   *
   * @param bucket the bucket; its encryption key is taken from it
   */
  public static bucket(bucket: s3.IBucket): ProtectedResource {
    checkCall('ProtectedResource.bucket', undefined, bucket);
    const key = bucket.encryptionKey;
    const statements = () => allow.bucket(bucket.bucketArn, key?.keyArn);
    return ProtectedResource.named(bucket.bucketArn, statements, { continuous: true, key, access: KeyAccess.s3 });
  }

  /**
   * A DynamoDB table. DynamoDB itself makes its continuous backups.
   *
   * @param table the table
   * @param encryptionKey its customer managed key
   */
  public static table(table: dynamodb.ITable, encryptionKey?: kms.IKey): ProtectedResource {
    checkCall('ProtectedResource.table', undefined, table, encryptionKey);
    const key = encryptionKey ?? table.encryptionKey;
    return ProtectedResource.named(table.tableArn, () => allow.table(table.tableArn, key?.keyArn), { key, access: KeyAccess.dynamoDb });
  }

  /**
   * An EBS volume.
   *
   * @param volume the volume; its encryption key is taken from it
   */
  public static volume(volume: ec2.IVolume): ProtectedResource {
    checkCall('ProtectedResource.volume', undefined, volume);
    const key = volume.encryptionKey;
    const volumeArn = arn('ec2', `volume/${volume.volumeId}`);
    return ProtectedResource.named(volumeArn, () => allow.volume(volumeArn, key?.keyArn), { key, access: KeyAccess.ebs });
  }

  /**
   * An EFS file system.
   *
   * @param fileSystem the file system
   */
  public static fileSystem(fileSystem: efs.IFileSystem): ProtectedResource {
    checkCall('ProtectedResource.fileSystem', undefined, fileSystem);
    return ProtectedResource.named(fileSystem.fileSystemArn, () => allow.fileSystem(fileSystem.fileSystemArn));
  }

  /**
   * Another resource.
   *
   * @param resourceArn its ARN
   * @param statements what AWS Backup needs for it, as named actions on named resources
   */
  public static fromArn(resourceArn: string, ...statements: iam.PolicyStatement[]): ProtectedResource {
    checkCall('ProtectedResource.fromArn', undefined, resourceArn, ...statements);
    return ProtectedResource.named(resourceArn, () => statements);
  }

  /**
   * Every resource of the account and region that has a tag, whoever made it, of the services that are switched on in the
   * region's settings of AWS Backup.
   *
   * What that will be is not known, so the role gets the managed policies that AWS keeps for backups. Name the resources
   * wherever you can.
   *
   * @param key the tag's key
   * @param value the tag's value
   */
  public static tagged(key: string, value: string): ProtectedResource {
    checkCall('ProtectedResource.tagged', undefined, key, value);
    return new ProtectedResource({
      name: `tag ${key}=${value}`,
      select: selections => selections.addTag(key, value),
      managedPolicies: BACKUP_POLICIES,
    });
  }

  private static named(resourceArn: string, statements: () => iam.PolicyStatement[], data: Data = {}): ProtectedResource {
    const { continuous, key, access } = data;
    return new ProtectedResource({
      name: resourceArn,
      select: selections => selections.addResource(resourceArn),
      continuous,
      statements,
      admit: () => key && access?.().allowOn(key),
    });
  }

  private constructor(
    /** @internal */
    public readonly _protection: Protection,
  ) {
  }
}

/** The data of a resource. */
interface Data {
  readonly continuous?: boolean;
  /** The key of the data, and what the role needs of it. */
  readonly key?: kms.IKey;
  readonly access?: () => KeyAccess;
}
