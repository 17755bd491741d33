// What is added to the vault and to the selections of the backup plans.
import { Cases, casesOf, Change } from './harness';
import { allow, append, deny, everybodyOf, FOREIGN, l1, override, ownIam, sid, Statement, statement, to } from './touch';

const VAULT = 'Backup/Vault';

/** A statement in the policy of the vault: by its method, and past it. */
function onVault(json: Statement): Record<string, Change> {
  return {
    'addToAccessPolicy': to(a => a.backup.backupVault.addToAccessPolicy(statement(json))),
    'by an override': override(VAULT, vault => append(vault, 'AccessPolicy.Statement', json)),
  };
}

const denials = (change: (at: string) => [at: string, value: any], append_ = false): Change => to((_, stack) => {
  const vault = l1(stack, VAULT);
  for (const name of ['DenyDeletions', 'DenyWeakening']) {
    const [at, value] = change(sid(vault, 'AccessPolicy', name));
    if (append_) { append(vault, at, value); } else { vault.addPropertyOverride(at, value); }
  }
});

const NEVER = [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'never' }];

const CASES: Cases = {
  'vault: another account copies into it and restores':
    onVault(allow(everybodyOf(FOREIGN), ['backup:CopyIntoBackupVault', 'backup:StartRestoreJob'], '*')),
  'vault: every role of the account is exempt from the denials': {
    'by an override': denials(at => [`${at}.Condition.ArnNotLike.aws:PrincipalArn`, ownIam('role/*')], true),
    'by an override, with another operator': denials(at => [`${at}.Condition.StringNotLike`, { 'aws:PrincipalArn': ownIam('role/*') }]),
  },
  'vault: the denials get a condition that rarely holds': {
    'by an override': denials(at => [`${at}.Condition.StringEquals`, { 'aws:PrincipalTag/backups': 'untouchable' }]),
    'by an override, on the address': denials(at => [`${at}.Condition.IpAddress`, { 'aws:SourceIp': '203.0.113.0/24' }]),
  },
  'vault: nobody may back up': onVault(deny('*', ['backup:StartBackupJob', 'backup:CopyIntoBackupVault'], '*')),
  'selection: a condition that no resource meets': {
    'by an override': override('Backup/Resources', s => s.addPropertyOverride('BackupSelection.Conditions.StringEquals', NEVER)),
    'by an override, of the continuous plan': override('Backup/ContinuousPlan/Resources',
      s => s.addPropertyOverride('BackupSelection.Conditions.StringEquals', NEVER)),
  },
};

export const RECOVERY = casesOf('recovery', CASES);
