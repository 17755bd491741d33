// Where findings are kept for longer than GuardDuty keeps them.
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { ExportWay } from './export-ways';
import { GivenBucket, NoExport, OwnBucket } from './export-ways';
import { checkCall } from '../core/arguments';

/** Where GuardDuty exports findings to, which it forgets after 90 days itself. */
export class FindingsExport {
  /**
   * A bucket and a key of the construct's own. Nobody deletes from it before the time is over.
   *
   * @param retention how long findings are kept, from 90 days to 10 years; a year if it is left out, 7 days in a disposable
   * scope
   */
  public static toOwnBucket(retention?: Duration): FindingsExport {
    checkCall('FindingsExport.toOwnBucket', undefined, retention);
    return new FindingsExport(new OwnBucket(retention));
  }

  /**
   * A bucket that exists, for example a central one.
   *
   * Its policy must let `guardduty.amazonaws.com` call `s3:GetBucketLocation` and `s3:PutObject`, and the policy of the key
   * must hold `KeyAccess.guardDuty`. Both are added where the bucket and the key belong to the app.
   *
   * @param bucket the bucket, in the region of the key
   * @param encryptionKey the key that GuardDuty encrypts findings with
   */
  public static toBucket(bucket: s3.IBucket, encryptionKey: kms.IKey): FindingsExport {
    checkCall('FindingsExport.toBucket', undefined, bucket, encryptionKey);
    return new FindingsExport(new GivenBucket(bucket, encryptionKey));
  }

  /** No export. With a detector of the construct's own it needs a waiver of `TD-04`. */
  public static none(): FindingsExport { return new FindingsExport(new NoExport()); }

  private constructor(
    /** @internal */
    public readonly _way: ExportWay,
  ) {
  }
}
