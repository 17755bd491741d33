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

const MANAGED = ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'];

const DESCRIPTION = 'Backs up to one vault';

/** Resources in one policy: IAM allows it 6144 characters. */
const CHUNK = 6;

function chunks(resources: ProtectedResource[]): ProtectedResource[][] {
  const count = Math.max(1, Math.ceil(resources.length / CHUNK));
  return Array.from({ length: count }, (_, i) => resources.slice(i * CHUNK, (i + 1) * CHUNK));
}

/** Statements that differ in their resources only become one. */
function merged(statements: iam.PolicyStatement[]): iam.PolicyStatement[] {
  const groups = new Map<string, iam.PolicyStatement>();
  for (const { actions, resources, conditions } of statements) {
    const kind = JSON.stringify([actions, conditions]);
    const all = [...groups.get(kind)?.resources ?? [], ...resources];
    groups.set(kind, new iam.PolicyStatement({ actions, conditions, resources: [...new Set(all)] }));
  }
  return [...groups.values()];
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
    for (const { _selected: { encryptionKey, access } } of props.resources) {
      if (encryptionKey && access) { access().allowOn(encryptionKey); }
    }
    const [first, ...others] = chunks(props.resources).map(chunk => merged(chunk.flatMap(r => r._statements())));
    // AWS Backup sends no ARN of what it acts for when it takes the role, only the account.
    this.role = serviceRole(this, 'Role', {
      description: DESCRIPTION,
      service: 'backup.amazonaws.com',
      statements: [...allow.vault(props.vaultArn), ...allow.key(props.vaultKey.keyArn, 'backup', ['kms:Decrypt', 'kms:GenerateDataKey']), ...first],
    });
    this.policies = [this.role.node.findChild('Policy') as iam.ManagedPolicy, ...others.map((statements, i) => attachPolicy(this.role, `Policy${i + 1}`, DESCRIPTION, statements))];
    this.policies.forEach(policy => declareWildcards(policy,
      'AWS Backup names snapshots, recovery points and its EventBridge rules itself, under prefixes of its own; any object of a bucket is part of its backup; what is on all of RDS or on * only reads and lists.'));
    if (props.resources.some(r => r._selected.tag)) {
      MANAGED.forEach(name => this.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name)));
      declareFinding(this.role, 'Which resources have the tag, and of which kind, is not known beforehand; only AWS Backup takes the role, for plans of this account.',
        ...MANAGED.map(name => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`));
    }
  }
}
