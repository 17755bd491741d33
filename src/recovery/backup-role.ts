import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ProtectedResource } from './protected-resource';
import { declareFinding, declareWildcards } from '../foundation/known-findings';
import { serviceRole } from '../foundation/service-role';
import * as allow from '../private/backup-role-statements';

/** What a backup role is for. */
export interface BackupRoleProps {
  readonly resources: ProtectedResource[];
  readonly vaultArn: string;
  readonly vaultKey: kms.IKey;
}

const MANAGED = ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'];

/**
 * The role in which AWS Backup reads the named resources and writes to one vault. It restores nothing.
 *
 * AWS's own policy for it reads every object of every bucket and every key, changes every database and sends commands to
 * every instance of the account; it is attached only for resources that are selected by tag.
 */
export class BackupRole extends Construct {
  public readonly role: iam.Role;
  public readonly policy: iam.ManagedPolicy;

  constructor(scope: Construct, id: string, props: BackupRoleProps) {
    super(scope, id);
    for (const { _selected: { encryptionKey, access } } of props.resources) {
      if (encryptionKey && access) { access().allowOn(encryptionKey); }
    }
    // AWS Backup sends no ARN of what it acts for when it takes the role, only the account.
    this.role = serviceRole(this, 'Role', {
      description: 'Backs up to one vault',
      service: 'backup.amazonaws.com',
      statements: [
        ...allow.vault(props.vaultArn),
        ...allow.key(props.vaultKey.keyArn, 'backup', ['kms:Decrypt', 'kms:GenerateDataKey']),
        ...props.resources.flatMap(r => r._statements()),
      ],
    });
    this.policy = this.role.node.findChild('Policy') as iam.ManagedPolicy;
    declareWildcards(this.policy,
      'AWS Backup names snapshots, recovery points and its EventBridge rules itself, under prefixes of its own; any object of a bucket is part of its backup; what is on * only lists.');
    if (props.resources.some(r => r._selected.tag)) {
      MANAGED.forEach(name => this.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name)));
      declareFinding(this.role, 'Which resources have the tag, and of which kind, is not known beforehand; only AWS Backup takes the role, for plans of this account.',
        ...MANAGED.map(name => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`));
    }
  }
}
