import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as efs from 'aws-cdk-lib/aws-efs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { arn } from '../core/names';
import { KeyAccess } from '../foundation/key-access';
import * as allow from '../services/backup/role-statements';

interface Selected {
  readonly arn?: string;
  readonly tag?: { readonly key: string; readonly value: string };
  /** Whether AWS Backup can back it up continuously. */
  readonly continuous?: boolean;
  readonly statements?: () => iam.PolicyStatement[];
  /** The key of the data, what the role needs of it, and through which service. */
  readonly encryptionKey?: kms.IKey;
  readonly access?: () => KeyAccess;
  readonly service?: string;
  readonly use?: string[];
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
   * AWS Backup takes over the retention of the cluster's own backups: give the cluster the `continuousRetention` of the policy,
   * or its template drifts.
   *
   * @param cluster the cluster
   * @param encryptionKey the customer managed key of its storage
   */
  public static auroraCluster(cluster: rds.IDatabaseCluster, encryptionKey?: kms.IKey): ProtectedResource {
    const statements = () => allow.cluster(cluster.clusterArn);
    return new ProtectedResource({ arn: cluster.clusterArn, continuous: true, statements, encryptionKey, access: () => KeyAccess.rds(), service: 'rds', use: [] });
  }

  /**
   * A bucket, also continuously. It must be versioned. AWS Backup switches the bucket's EventBridge notifications on.
   *
   * @param bucket the bucket; its encryption key is taken from it
   */
  public static bucket(bucket: s3.IBucket): ProtectedResource {
    return new ProtectedResource({
      arn: bucket.bucketArn,
      continuous: true,
      statements: () => allow.bucket(bucket.bucketArn),
      encryptionKey: bucket.encryptionKey,
      access: () => KeyAccess.s3(),
      service: 's3',
      use: ['kms:Decrypt'],
    });
  }

  /**
   * A DynamoDB table. DynamoDB itself makes its continuous backups.
   *
   * @param table the table
   * @param encryptionKey its customer managed key
   */
  public static table(table: dynamodb.ITable, encryptionKey?: kms.IKey): ProtectedResource {
    return new ProtectedResource({
      arn: table.tableArn,
      statements: () => allow.table(table.tableArn),
      encryptionKey: encryptionKey ?? table.encryptionKey,
      access: () => KeyAccess.dynamoDb(),
      service: 'dynamodb',
      use: ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
  }

  /**
   * An EBS volume.
   *
   * @param volume the volume; its encryption key is taken from it
   */
  public static volume(volume: ec2.IVolume): ProtectedResource {
    const volumeArn = arn('ec2', `volume/${volume.volumeId}`);
    return new ProtectedResource({
      arn: volumeArn,
      statements: () => allow.volume(volumeArn),
      encryptionKey: volume.encryptionKey,
      access: () => KeyAccess.ebs(),
      service: 'ec2',
      use: ['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    });
  }

  /**
   * An EFS file system.
   *
   * @param fileSystem the file system
   */
  public static fileSystem(fileSystem: efs.IFileSystem): ProtectedResource {
    return new ProtectedResource({ arn: fileSystem.fileSystemArn, statements: () => allow.fileSystem(fileSystem.fileSystemArn) });
  }

  /**
   * Another resource.
   *
   * @param resourceArn its ARN
   * @param statements what AWS Backup needs for it, as named actions on named resources
   */
  public static fromArn(resourceArn: string, ...statements: iam.PolicyStatement[]): ProtectedResource {
    return new ProtectedResource({ arn: resourceArn, statements: () => statements });
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
    return new ProtectedResource({ tag: { key, value } });
  }

  private constructor(
    /** @internal */
    public readonly _selected: Selected,
  ) {
  }

  /** @internal */
  public _statements(): iam.PolicyStatement[] {
    const { encryptionKey, service, use, statements } = this._selected;
    return [...statements?.() ?? [], ...encryptionKey && service ? allow.key(encryptionKey.keyArn, service, use ?? []) : []];
  }
}
