// The hardened values of a repository.
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { Duration } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { requireDays } from '../../core/validate';

/** What differs between repositories. */
export interface RepositoryOptions {
  readonly keyArn: string;
  readonly disposable: boolean;
}

/** A repository whose tags never move, under a key, whose images are scanned when they are pushed. */
export function repository(options: RepositoryOptions): Partial<ecr.CfnRepositoryProps> {
  return {
    imageTagMutability: 'IMMUTABLE',
    imageTagMutabilityExclusionFilters: undefined,
    encryptionConfiguration: { encryptionType: 'KMS', kmsKey: options.keyArn },
    imageScanningConfiguration: { scanOnPush: true },
    emptyOnDelete: options.disposable ? true : undefined,
  };
}

/** The rule by which images go that no tag names. */
export function untaggedExpire(at: Place, given: Duration | undefined): ecr.LifecycleRule {
  const maxImageAge = given ?? Duration.days(14);
  requireDays(at, 'untaggedExpiration', maxImageAge, 1, 3650);
  return { description: 'Images without a tag expire', tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge };
}
