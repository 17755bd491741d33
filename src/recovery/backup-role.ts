// The role in which AWS Backup works.
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ProtectedResource } from './protected-resource';
import { declareFinding, declareWildcards } from '../assurance/known-findings';
import { attachPolicy, serviceRole } from '../foundation/service-role';
import * as allow from '../services/backup/role-statements';

/** What a backup role is for. */
export interface BackupRoleProps {
  readonly resources: ProtectedResource[];
  readonly vaultArn: string;
  readonly vaultKey: kms.IKey;
}

const DESCRIPTION = 'Backs up to one vault';

const WILDCARDS = 'AWS Backup names snapshots, recovery points and its EventBridge rules itself, under prefixes of its own; '
  + 'any object of a bucket is part of its backup; what is on all of RDS or on * only reads and lists.';

/** Resources in one policy: IAM allows it 6144 characters. */
const CHUNK = 6;

function chunks(resources: ProtectedResource[]): ProtectedResource[][] {
  const count = Math.max(1, Math.ceil(resources.length / CHUNK));
  return Array.from({ length: count }, (_, i) => resources.slice(i * CHUNK, (i + 1) * CHUNK));
}

/**
 * The role in which AWS Backup reads the named resources and writes to one vault. It restores nothing.
 *
 * AWS's own policy for it reads every object of every bucket and every key, changes every database and sends commands to
 * every instance of the account; it is attached only for resources that are selected by tag.
 */
export class BackupRole extends Construct {
  public readonly role: iam.Role;
  public readonly policies: iam.ManagedPolicy[];

  constructor(scope: Construct, id: string, props: BackupRoleProps) {
    super(scope, id);
    props.resources.forEach(r => r._protection.admit?.());
    const [first, ...others] = chunks(props.resources).map(chunk => allow.merged(chunk.flatMap(r => r._protection.statements?.() ?? [])));
    // AWS Backup sends no ARN of what it acts for when it takes the role, only the account.
    this.role = serviceRole(this, 'Role', {
      description: DESCRIPTION,
      service: 'backup.amazonaws.com',
      statements: [...allow.vault(props.vaultArn, props.vaultKey.keyArn), ...first],
    });
    this.policies = [
      this.role.node.findChild('Policy') as iam.ManagedPolicy,
      ...others.map((statements, i) => attachPolicy(this.role, `Policy${i + 1}`, DESCRIPTION, statements)),
    ];
    this.policies.forEach(policy => declareWildcards(policy, WILDCARDS));
    this.attachManaged(new Set(props.resources.flatMap(r => r._protection.managedPolicies ?? [])));
  }

  private attachManaged(names: ReadonlySet<string>): void {
    for (const name of names) {
      this.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name));
      declareFinding(this.role, 'Which resources have the tag, and of which kind, is not known beforehand; '
        + 'only AWS Backup takes the role, for plans of this account.',
      `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`);
    }
  }
}
