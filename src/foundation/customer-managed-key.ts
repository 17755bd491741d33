import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Aws, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { retain } from './retention';
import { grantThroughServices } from './service-grants';
import { claim } from '../assurance/claims';
import { SecurityWaiver, SecurityWaivers } from '../assurance/security-waiver';
import { days, fail, requireMatch, requireRange, requireUnit } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import * as controls from '../services/kms/controls';
import * as make from '../services/kms/statements';

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
   * @default - made of the stack's name and the construct's path
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
 * `grant*` methods of buckets, secrets, topics, tables and queues work with it as usual, in this stack and in others: they give
 * the caller permission in his own policy, and the key admits callers of this account through those services. So they do with
 * imported keys, except for secrets: there the CDK counts on the key's policy alone, so give the caller `kms:Decrypt` by
 * yourself. A direct call to KMS needs `grantUse` or `users`: a plain `key.grantDecrypt(role)` writes the role's half only.
 *
 * Answers CIS 4.6, FSBP KMS.1-KMS.5, NIST SC-12 and AC-5, PCI 3.6 and 3.7.
 */
export class CustomerManagedKey extends Construct {
  /** The key. */
  public readonly key: kms.Key;

  constructor(scope: Construct, id: string, props: CustomerManagedKeyProps) {
    super(scope, id);
    const rotationPeriod = props.rotationPeriod ?? Duration.days(365);
    const pendingWindow = props.pendingWindow ?? Duration.days(30);
    const administrators = props.administrators ?? [];
    const users = props.users ?? [];
    requireUnit(this, 'rotationPeriod', rotationPeriod, 'days');
    requireUnit(this, 'pendingWindow', pendingWindow, 'days');
    requireRange(this, 'rotationPeriod', days(rotationPeriod), 90, 2560, 'days');
    requireRange(this, 'pendingWindow', days(pendingWindow), 7, 30, 'days');
    requireMatch(this, 'alias', props.alias, /^(?!aws\/)(?!alias\/)[a-zA-Z0-9/_-]+$/, "leave out 'alias/', use letters, digits, '/', '_' and '-', and do not begin with 'aws/', which AWS keeps for itself");
    this.requireNamed('administrators', administrators);
    this.requireNamed('users', users);
    this.requireApart(administrators, users);

    const policy = new iam.PolicyDocument({
      statements: [
        make.accountAdministers(),
        ...administrators.length > 0 ? make.administrators(administrators) : [],
        ...users.length > 0 ? make.users(users) : [],
      ],
    });
    this.key = new kms.Key(this, 'Resource', {
      description: props.description,
      policy,
      enableKeyRotation: true,
      keySpec: kms.KeySpec.SYMMETRIC_DEFAULT,
      keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    grantThroughServices(this.key);
    props.access?.forEach(access => this.allow(access));
    new kms.Alias(this, 'Alias', {
      aliasName: `alias/${props.alias ?? Names.uniqueResourceName(this, { maxLength: 200, separator: '/', allowedSpecialCharacters: '-' })}`,
      targetKey: this.key,
    });

    const resource = this.key.node.defaultChild as kms.CfnKey;
    // The L2 takes no tokens for these.
    resource.rotationPeriodInDays = rotationPeriod.toDays();
    resource.pendingWindowInDays = pendingWindow.toDays();
    retain(resource);
    claim(resource, controls.KMS_ROTATION, controls.KMS_ROTATION_PERIOD, controls.KMS_PENDING_WINDOW, controls.KMS_ADMIN_DELEGATION,
      controls.KMS_ADMINS_CANNOT_USE, controls.KMS_GRANTS_FOR_SERVICES, controls.KMS_NOT_PUBLIC, controls.KMS_ALIAS, controls.KMS_LOCKOUT_CHECK,
      GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY);
    if (administrators.length > 0) { claim(resource, controls.KMS_ADMINS_DENIED); }
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /** Lets a service use the key. */
  public allow(access: KeyAccess): void {
    access.allowOn(this.key);
  }

  /**
   * Lets a principal of this stack call KMS with the key directly: both halves, its own policy and the key's.
   *
   * A role of another stack would tie the stacks to a circle: give the key its ARN in `users` instead.
   */
  public grantUse(grantee: iam.IGrantable): iam.Grant {
    if (grantee instanceof iam.ManagedPolicy) {
      fail(this, `'grantUse' got the managed policy '${grantee.node.path}', which no key policy can name: pass the role that it is attached to`);
    }
    const owner = iam.principalIsOwnedResource(grantee.grantPrincipal) ? Stack.of(grantee.grantPrincipal) : undefined;
    if (owner && owner !== Stack.of(this)) {
      fail(this, `'grantUse' got '${(grantee.grantPrincipal as any).node.path}' of another stack: give its role a name and pass 'new iam.ArnPrincipal(ARN)' in 'users' of the key`);
    }
    const statement = new iam.PolicyStatement({ actions: make.USE, principals: [grantee.grantPrincipal], resources: ['*'] });
    this.key.addToResourcePolicy(statement);
    return iam.Grant.addToPrincipal({ grantee, actions: make.USE, resourceArns: [this.key.keyArn] });
  }

  private requireNamed(prop: string, principals: iam.IPrincipal[]): void {
    for (const principal of principals) {
      const names = namesOf(principal);
      if (names.includes('*')) {
        fail(this, `'${prop}' has the principal '*': name roles or accounts`);
      }
      if (names.some(n => this.isAccount(n))) {
        fail(this, `'${prop}' has the account itself: ${prop === 'administrators' ? 'all its principals would be denied the use of the key' : 'every policy in it could let somebody use the key'}, so name roles`);
      }
      if (prop === 'administrators' && names.some(n => /cfn-exec-role/.test(String(n)))) {
        fail(this, `'administrators' has '${names.join(', ')}', the role that deploys: administrators are denied the use of the key, so the deployment of whatever the key encrypts would fail; leave it out`);
      }
    }
  }

  private requireApart(administrators: iam.IPrincipal[], users: iam.IPrincipal[]): void {
    const resolved = (principals: iam.IPrincipal[]) => principals.flatMap(namesOf).map(n => JSON.stringify(Stack.of(this).resolve(n)));
    const both = resolved(administrators).find(a => resolved(users).includes(a));
    if (both) {
      fail(this, `'users' has ${both}, which 'administrators' has too: whoever administers the key is denied its use, so take it out of one of them`);
    }
  }

  /** Whether a name stands for all principals of the key's own account. */
  private isAccount(name: string): boolean {
    const stack = Stack.of(this);
    const own = [Aws.ACCOUNT_ID, stack.account].flatMap(a => [a, `arn:${Aws.PARTITION}:iam::${a}:root`, `arn:${stack.partition}:iam::${a}:root`]);
    return own.map(n => JSON.stringify(stack.resolve(n))).includes(JSON.stringify(stack.resolve(name)));
  }
}

function namesOf(principal: iam.IPrincipal): string[] {
  return Object.values(principal.policyFragment.principalJson).flat();
}
