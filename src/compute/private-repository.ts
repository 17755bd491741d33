import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver, SecurityWaivers } from '../assurance/security-waiver';
import { requireRange } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import * as controls from '../services/ecr/controls';

/** Properties of a private repository. */
export interface PrivateRepositoryProps {
  /**
   * The name. It blocks the next deployment if the stack was deleted, as the repository outlives it.
   *
   * @default - made by CloudFormation, different each time the stack is created
   */
  readonly repositoryName?: string;

  /**
   * The key. It must allow `KeyAccess.ecr` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * After how long images that no tag names expire, in days. An image that is used by its digest should keep its tag.
   *
   * @default Duration.days(14)
   */
  readonly untaggedExpiration?: Duration;

  /**
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

/**
 * A repository for images whose tags never change their meaning, encrypted with a customer managed key and scanned when pushed.
 *
 * It outlives its stack. In a disposable scope it is deleted with its images.
 *
 * Answers FSBP ECR.1-ECR.3 and ECR.5, PCI 6.2.
 */
export class PrivateRepository extends Construct {
  /** The repository. */
  public readonly repository: ecr.Repository;

  constructor(scope: Construct, id: string, props: PrivateRepositoryProps = {}) {
    super(scope, id);
    const untaggedExpiration = props.untaggedExpiration ?? Duration.days(14);
    requireRange(this, 'untaggedExpiration', untaggedExpiration.isUnresolved() ? undefined : untaggedExpiration.toDays({ integral: false }), 1, 3650, 'days');
    const encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Container images' }).key;
    KeyAccess.ecr().allowOn(encryptionKey);
    this.repository = new ecr.Repository(this, 'Resource', {
      repositoryName: props.repositoryName,
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [{
        description: 'Images without a tag expire',
        tagStatus: ecr.TagStatus.UNTAGGED,
        maxImageAge: untaggedExpiration,
      }],
      emptyOnDelete: Disposable.isDisposable(this) ? true : undefined,
      removalPolicy: Disposable.isDisposable(this) ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    const resource = this.repository.node.defaultChild as ecr.CfnRepository;
    retain(resource);
    claim(resource, controls.ECR_IMMUTABLE, controls.ECR_CMK, controls.ECR_LIFECYCLE, controls.ECR_NOT_PUBLIC, controls.ECR_SCAN_ON_PUSH);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }
}
