import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { admit, claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver, waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { harden } from '../core/harden';
import { fail, place } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { checkStranger } from '../foundation/key-principals';
import { retain } from '../foundation/retention';
import * as controls from '../services/ecr/controls';
import { checkRepositoryName } from '../services/ecr/images';
import * as settings from '../services/ecr/settings';
import * as make from '../services/ecr/statements';
import * as touch from '../services/ecr/touch-controls';

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
 * It is an `ecr.Repository`. `fromRepositoryName` and its like return a plain repository, as they do there.
 *
 * Answers FSBP ECR.1-ECR.3 and ECR.5, PCI 6.2.
 */
export class PrivateRepository extends ecr.Repository {
  constructor(scope: Construct, id: string, props: PrivateRepositoryProps = {}) {
    checkNew('PrivateRepository', scope, id, props);
    const at = place(scope, id);
    checkRepositoryName(at, props.repositoryName, 'give small letters and digits, with any of . _ - / between them, or leave it out');
    const untaggedExpire = settings.untaggedExpire(at, props.untaggedExpiration);
    super(scope, id, { repositoryName: props.repositoryName });
    if (this.node.tryFindChild('AutoDeleteImagesCustomResource')) {
      fail(this, "a property injector sets 'autoDeleteImages', which would delete the images with the stack: "
        + "let it leave out what is a 'PrivateRepository'");
    }
    const key = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Container images' });
    KeyAccess.ecr().allowOn(key);
    const resource = this.node.defaultChild as ecr.CfnRepository;
    harden(resource, settings.repository({ keyArn: key.keyArn, disposable: Disposable.isDisposable(this) }));
    this.addLifecycleRule(untaggedExpire);
    retain(resource);
    claim(resource, controls.ECR_IMMUTABLE, controls.ECR_CMK, controls.ECR_LIFECYCLE, controls.ECR_NOT_PUBLIC, controls.ECR_SCAN_ON_PUSH,
      touch.ECR_OURS, touch.ECR_UNMANAGED, touch.ECR_KEEPS, touch.ECR_OWN_REGISTRY, touch.ECR_REGISTRY_SCANS);
    waive(this, props.waivers);
  }

  /**
   * Lets a principal of another account pull images. Who pulls needs `ecr:GetAuthorizationToken` and the same actions there; the key is
   * used by ECR alone. Principals of this account are granted by `grantPull`.
   *
   * @param puller a role of the other account, `new iam.ArnPrincipal(ARN)`, or all of it, `new iam.AccountPrincipal(ACCOUNT)`
   */
  public grantPullToAccount(puller: iam.IPrincipal): void {
    checkCall('PrivateRepository.grantPullToAccount', this, puller);
    checkStranger(this, 'puller', puller, 'grantPull');
    admit(this.node.defaultChild as ecr.CfnRepository, ...Object.values(puller.policyFragment.principalJson).flat());
    this.addToResourcePolicy(make.pulls(puller));
  }

  /** Adds a statement to the policy of the repository. One by which the CDK lets a service pull is bound to this account. */
  public override addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkCall('PrivateRepository.addToResourcePolicy', this, statement);
    make.bindToAccount(statement);
    return super.addToResourcePolicy(statement);
  }
}
