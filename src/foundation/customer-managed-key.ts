import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { keyGrants } from './key-grants';
import { checkPrincipals, checkStranger, strangers } from './key-principals';
import { retain } from './retention';
import { admit, claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { SecurityWaiver, waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { harden } from '../core/harden';
import { nameStem } from '../core/names';
import { fail, place } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import { bound } from '../services/kms/cdk-statements';
import * as controls from '../services/kms/controls';
import * as settings from '../services/kms/settings';
import * as make from '../services/kms/statements';
import * as touch from '../services/kms/touch-controls';

/** Properties of a customer managed key. */
export interface CustomerManagedKeyProps {
  /** What data the key protects, for whoever reads the key's description in an incident. One key for each class of data. */
  readonly description: string;

  /**
   * Who keeps the key in order. They are denied its use, whatever else they hold.
   *
   * The role that deploys the stack must not be among them.
   *
   * @default - whoever the account's IAM policies let administer keys; they may not use it either
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Who uses the key directly, not through a service. They can't administer it. Principals of other accounts need the same
   * permission in their own policies.
   *
   * @default - nobody
   */
  readonly users?: iam.IPrincipal[];

  /**
   * What services do with the key. `allow` adds more.
   *
   * @default - nothing
   */
  readonly access?: KeyAccess[];

  /**
   * How often KMS replaces the key material, from 90 to 2560 days.
   *
   * @default Duration.days(365)
   */
  readonly rotationPeriod?: Duration;

  /**
   * How long a deletion of the key can be called off, from 7 to 30 days.
   *
   * @default Duration.days(30)
   */
  readonly pendingWindow?: Duration;

  /**
   * The key's alias, without `alias/`.
   *
   * @default - made of the stack's name and the key's logical ID
   */
  readonly alias?: string;

  /**
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

/**
 * A key whose administrators can't use it and whose users can't administer it.
 *
 * The account keeps the right to restore the policy, so the key can't be locked out, but no policy in the account gives a use
 * of the key that this policy does not give: `AdministratorAccess` does not decrypt. Services use it by exact conditions
 * (`KeyAccess`). It rotates, outlives its stack, and can't be deleted in less than seven days.
 *
 * Its grants, and those of what it encrypts, work at run time: they write the caller's half and the key's. A role of another
 * stack that has no name of its own can't be named in the key's policy: it gets its own half, and uses the key through the
 * services that the key has access for.
 *
 * It is a `kms.Key`. `fromKeyArn` and its like return a plain key, as they do there.
 *
 * Answers CIS 4.6, FSBP KMS.1-KMS.5, NIST SC-12 and AC-5, PCI 3.6 and 3.7.
 */
export class CustomerManagedKey extends kms.Key {
  private keyGrants?: kms.KeyGrants;

  constructor(scope: Construct, id: string, props: CustomerManagedKeyProps) {
    checkNew('CustomerManagedKey', scope, id, props);
    const administrators = props.administrators ?? [];
    const users = props.users ?? [];
    const hardened = settings.key(place(scope, id), props);
    settings.checkAlias(place(scope, id), props.alias);
    checkPrincipals(scope, id, administrators, users);
    const policy = new iam.PolicyDocument({
      statements: [
        make.accountAdministers(),
        ...administrators.length > 0 ? make.administrators(administrators) : [],
        ...users.length > 0 ? make.users(users) : [],
      ],
    });
    super(scope, id, { description: props.description, policy });
    const resource = this.node.defaultChild as kms.CfnKey;
    harden(resource, { ...hardened, description: props.description, keyPolicy: policy });
    retain(resource);
    const alias = props.alias ?? nameStem(() => resource, { maxLength: settings.ALIAS_LENGTH, separator: '/', keepCase: true });
    this.addAlias(`alias/${alias}`);
    props.access?.forEach(access => this.allow(access));
    claim(resource, controls.KMS_ROTATION, controls.KMS_ROTATION_PERIOD, controls.KMS_PENDING_WINDOW, controls.KMS_ADMIN_DELEGATION,
      controls.KMS_ADMINS_CANNOT_USE, controls.KMS_GRANTS_FOR_SERVICES, controls.KMS_NOT_PUBLIC, controls.KMS_ALIAS,
      controls.KMS_LOCKOUT_CHECK, GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY);
    claim(resource, touch.KMS_OWN_PRINCIPALS, touch.KMS_OWN_SOURCES, touch.KMS_MANAGERS, touch.KMS_NO_MANAGERS, touch.KMS_RESTORABLE,
      touch.KMS_USABLE, touch.KMS_REPLICAS);
    admit(resource, ...strangers(this, ...administrators, ...users));
    if (administrators.length > 0) { claim(resource, controls.KMS_ADMINS_DENIED); }
    declareJudged(resource, 'The rule wants a denial of grants that people make. Here no statement allows them in the first place: '
      + "kms:CreateGrant is allowed only to AWS services or with kms:GrantIsForAWSResource, and IAM policies can't add to that.",
    'Control-Tower-Guard::kms_create_grant_aws_service_check');
    waive(this, props.waivers);
  }

  /** The grants of the key. Each writes both halves, the caller's policy and the key's. */
  public override get grants(): kms.KeyGrants {
    return this.keyGrants ??= keyGrants(this);
  }

  /**
   * Adds a statement to the key's policy. What the CDK writes for buckets, topics and rules that write to a queue or a topic under
   * the key is bound to this account.
   *
   * @inheritdoc
   */
  public override addToResourcePolicy(statement: iam.PolicyStatement, allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    checkCall('CustomerManagedKey.addToResourcePolicy', this, statement, allowNoOp);
    return super.addToResourcePolicy(bound(statement), allowNoOp);
  }

  /**
   * Lets a service use the key.
   *
   * @param access which service, and for what
   */
  public allow(access: KeyAccess): void {
    checkCall('CustomerManagedKey.allow', this, access);
    access.allowOn(this);
  }

  /**
   * Lets a principal of another account decrypt with the key. What the CDK grants to a principal of another account fails the
   * synthesis, unless it is let in here or in `users`.
   *
   * The other account has the last word: what is returned must be in a policy of the reader there. Readers of a bucket are let in
   * by `grantReadToAccount` of the `EncryptedBucket`.
   *
   * @param reader a role of the other account: `new iam.ArnPrincipal(ARN)`. Not all of it, as any policy there could let somebody
   * decrypt
   */
  public grantDecryptToAccount(reader: iam.IPrincipal): iam.PolicyDocument {
    checkCall('CustomerManagedKey.grantDecryptToAccount', this, reader);
    checkStranger(this, 'reader', reader, 'grantDecrypt');
    if (reader instanceof iam.AccountPrincipal) { fail(this, `'reader' is '${reader}', which is everybody there: name a role`); }
    this.addToResourcePolicy(make.decrypts(this.keyArn, reader));
    admit(this.node.defaultChild as kms.CfnKey, ...strangers(this, reader));
    return new iam.PolicyDocument({ statements: [make.decrypts(this.keyArn)] });
  }

  /**
   * Fails: what the CDK gives administrators would let them use the key as well. Name them in `administrators`.
   *
   * @param grantee who would administer the key
   */
  public override grantAdmin(grantee: iam.IGrantable): iam.Grant {
    checkCall('CustomerManagedKey.grantAdmin', this, grantee);
    return fail(this, `'grantAdmin' would let '${grantee.grantPrincipal}' use the key by grants of its own: name it in 'administrators'`);
  }
}
