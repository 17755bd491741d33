import { here, World } from './world';
import { ACCOUNT, REGION } from '../support/simulate';
import { ADMINISTRATOR, FOREIGN, NOBODY, onlyWith, POWERLESS, role, ROOT, Row, service, STRANGER, Thing, via } from '../support/table';

const DIRECT = { phrase: 'by a call of its own' };

/** What holds for every key: whoever may administer may not use. */
function everyKey(on: Thing): Row[] {
  return [
    { who: ROOT, may: true, action: 'kms:PutKeyPolicy', on, because: 'the account can always restore a key policy' },
    { who: ADMINISTRATOR, may: true, action: 'kms:PutKeyPolicy', on, because: "the account's IAM says who administers keys" },
    { who: ADMINISTRATOR, may: true, action: 'kms:ScheduleKeyDeletion', on, because: 'a key can be retired, after its pending window' },
    { who: POWERLESS, may: false, action: 'kms:PutKeyPolicy', on, because: 'the key alone makes nobody an administrator' },
    ...['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:CreateGrant'].map((action): Row =>
      ({ who: ADMINISTRATOR, may: false, action, on, when: DIRECT, because: 'no statement of the key gives its use to whoever administers it' })),
    { who: ROOT, may: false, action: 'kms:Decrypt', on, when: DIRECT, because: 'the root user administers, and does not use' },
    { who: ADMINISTRATOR, may: false, action: 'kms:Decrypt', on, when: via('athena'), because: 'the key is for other services' },
    { who: STRANGER, may: false, action: 'kms:PutKeyPolicy', on, because: 'the key is of this account' },
    { who: STRANGER, may: false, action: 'kms:Decrypt', on, when: via('s3'), because: 'the key is of this account' },
    { who: NOBODY, may: false, action: 'kms:Decrypt', on, because: 'a key is never public' },
  ];
}

const GRANT = { 'kms:GrantIsForAWSResource': 'true' };

/** A service that uses a key for callers of the account: their own policies decide who. */
function through(on: Thing, name: string, grants: boolean): Row[] {
  const because = `callers use the key by way of ${name}, and ${name} alone`;
  return [
    ...onlyWith({ who: ADMINISTRATOR, action: 'kms:Decrypt', on, when: via(name), because }, { 'kms:ViaService': `sqs.${REGION}.amazonaws.com` }),
    { who: POWERLESS, may: false, action: 'kms:Decrypt', on, when: via(name), because: 'its own policies give it nothing' },
    { who: STRANGER, may: false, action: 'kms:Decrypt', on, when: via(name), because: 'it is not of this account' },
    ...grants
      ? onlyWith({ who: ADMINISTRATOR, action: 'kms:CreateGrant', on, when: via(name, GRANT), because: `${name} makes grants for its own resources` },
        { 'kms:GrantIsForAWSResource': 'false', 'kms:ViaService': `sqs.${REGION}.amazonaws.com` })
      : [],
  ];
}

/** A service that acts for itself, for a resource of this account. */
function itself(on: Thing, name: string, action: string, source: string, because: string): Row[] {
  return onlyWith({ who: service(name), action, on, because, when: { context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': source } } },
    { 'aws:SourceAccount': FOREIGN, 'aws:SourceArn': source.replace(ACCOUNT, FOREIGN) });
}

function logKey(world: World): Row[] {
  const on = world.key('SecurityLogKey', 'the log key');
  const logs = service(`logs.${REGION}.amazonaws.com`);
  const cluster = world.template.resources[world.id('AWS::RDS::DBCluster', 'Database')].Properties.DBClusterIdentifier;
  const named = Object.entries(world.template.resources).filter(([, r]) => r.Type === 'AWS::Logs::LogGroup').map(([id]) => world.template.arn(id).replace(/:\*$/, ''));
  const groups = [...new Set([...named, here('logs', `log-group:/aws/rds/cluster/${cluster}/iam-db-auth-error`)])];
  return [
    ...everyKey(on),
    ...through(on, 'logs', false),
    ...groups.flatMap(group => onlyWith(
      { who: logs, action: 'kms:GenerateDataKey', on, when: { phrase: `for ${group}`, context: { 'kms:EncryptionContext:aws:logs:arn': group } }, because: 'it is a log group of the application' },
      { 'kms:EncryptionContext:aws:logs:arn': group.replace(ACCOUNT, FOREIGN) })),
    { who: logs, may: false, action: 'kms:GenerateDataKey', on, when: { context: { 'kms:EncryptionContext:aws:logs:arn': here('logs', 'log-group:/other') } }, because: 'it is not a log group of the application' },
    { who: service(`logs.${REGION}.amazonaws.com`), may: false, action: 'kms:CreateGrant', on, because: 'log groups need no grants' },
  ];
}

function topicKey(world: World): Row[] {
  const on = world.key('SecurityTopicKey', 'the key of the topic');
  const events = role(world.template, world.id('AWS::IAM::Role', 'BackupNotificationsFailuresRole'), 'the role of the rule on failed backups');
  return [
    ...everyKey(on),
    ...through(on, 'sns', false),
    ...itself(on, 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', here('cloudwatch', 'alarm:any'), 'alarms notify'),
    ...itself(on, 'events.rds.amazonaws.com', 'kms:GenerateDataKey', here('rds', 'cluster:shop'), 'RDS tells of failovers'),
    { who: events, may: true, action: 'kms:GenerateDataKey', on, when: via('sns'), because: 'a rule notifies through its role' },
    { who: service('events.amazonaws.com'), may: false, action: 'kms:GenerateDataKey', on, because: 'EventBridge has no right of its own' },
  ];
}

function dataKey(world: World): Row[] {
  const on = world.key('DataKey', 'the data key');
  const { application } = world;
  return [
    ...everyKey(on),
    ...through(on, 's3', false),
    ...through(on, 'rds', true),
    ...through(on, 'secretsmanager', true),
    { who: ADMINISTRATOR, may: false, action: 'kms:CreateGrant', on, when: via('s3', GRANT), because: 'buckets need no grants' },
    { who: application, may: true, action: 'kms:GenerateDataKey', on, when: via('s3'), because: 'it writes its bucket' },
    { who: application, may: false, action: 'kms:Decrypt', on, when: DIRECT, because: 'it uses the key through S3 only' },
    { who: application, may: false, action: 'kms:Decrypt', on, when: via('rds'), because: 'it reads no snapshots' },
    { who: application, may: false, action: 'kms:PutKeyPolicy', on, because: 'whoever uses the key does not administer it' },
  ];
}

function clusterKey(world: World): Row[] {
  const on = world.key('ServiceClusterKey', 'the key of the ephemeral storage');
  const cluster = world.template.resources[world.id('AWS::ECS::Cluster', 'ServiceCluster')].Properties.ClusterName;
  const fargate = service('fargate.amazonaws.com');
  const context = { 'kms:EncryptionContext:aws:ecs:clusterAccount': ACCOUNT, 'kms:EncryptionContext:aws:ecs:clusterName': cluster };
  const wrong = { 'kms:EncryptionContext:aws:ecs:clusterAccount': FOREIGN, 'kms:EncryptionContext:aws:ecs:clusterName': 'other' };
  return [
    ...everyKey(on),
    ...onlyWith({ who: fargate, action: 'kms:GenerateDataKeyWithoutPlaintext', on, when: { context }, because: 'it encrypts the storage of this cluster' }, wrong),
    ...onlyWith({ who: fargate, action: 'kms:CreateGrant', on, when: { context: { ...context, 'kms:GrantOperations': ['Decrypt'] } }, because: 'hosts decrypt the storage of this cluster' },
      { ...wrong, 'kms:GrantOperations': ['Decrypt', 'Encrypt'] }),
    { who: fargate, may: false, action: 'kms:GenerateDataKey', on, when: { context }, because: 'it never sees the key in clear' },
  ];
}

function vaultKey(world: World): Row[] {
  const on = world.key('BackupVaultKey', 'the key of the vault');
  const backup = role(world.template, world.id('AWS::IAM::Role', 'BackupRole'), 'the backup role');
  const grant = { ...GRANT, 'kms:EncryptionContextKeys': ['aws:backup:backup-vault'] };
  const wrong = { 'kms:GrantIsForAWSResource': 'false', 'kms:EncryptionContextKeys': ['other'], 'kms:ViaService': `sqs.${REGION}.amazonaws.com` };
  return [
    ...everyKey(on),
    ...through(on, 'backup', false),
    ...onlyWith({ who: backup, action: 'kms:GenerateDataKey', on, when: via('backup'), because: 'it encrypts backups' }, { 'kms:ViaService': `s3.${REGION}.amazonaws.com` }),
    ...onlyWith({ who: backup, action: 'kms:CreateGrant', on, when: via('backup', grant), because: 'AWS Backup makes grants for its vaults' }, wrong),
    ...onlyWith({ who: ADMINISTRATOR, action: 'kms:CreateGrant', on, when: via('backup', grant), because: 'whoever deploys makes the vault' }, wrong),
  ];
}

function auditKey(world: World): Row[] {
  const on = world.key('AuditKey', 'the audit key');
  const trail = world.template.arn(world.id('AWS::CloudTrail::Trail', 'Trail'));
  const detector = `detector/${world.template.att(world.id('AWS::GuardDuty::Detector', 'Detection'), 'Id')}`;
  const encryption = { 'aws:SourceArn': trail, 'kms:EncryptionContext:aws:cloudtrail:arn': trail };
  return [
    ...everyKey(on),
    ...through(on, 's3', false),
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap(action => onlyWith({ who: service('cloudtrail.amazonaws.com'), action, on, when: { context: encryption }, because: 'the trail of the application delivers' }, {
      'aws:SourceArn': here('cloudtrail', 'trail/other'), 'kms:EncryptionContext:aws:cloudtrail:arn': trail.replace(ACCOUNT, FOREIGN),
    })),
    // with a Bucket Key S3 asks in the name of the bucket, not of the trail
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap(action => onlyWith({
      who: service('cloudtrail.amazonaws.com'),
      action,
      on,
      because: 'the trail delivers to a bucket with a Bucket Key',
      when: { context: { 'aws:SourceArn': trail, 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::trail-bucket' } },
    }, { 'aws:SourceArn': here('cloudtrail', 'trail/other'), 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:sns:eu-west-1:111122223333:no-bucket' })),
    ...onlyWith({ who: service('cloudtrail.amazonaws.com'), action: 'kms:GenerateDataKey', on, when: { context: encryption }, because: 'a trail of another account does not deliver' },
      { 'aws:SourceArn': trail.replace(ACCOUNT, FOREIGN) }),
    ...onlyWith({ who: service('cloudtrail.amazonaws.com'), action: 'kms:DescribeKey', on, when: { context: { 'aws:SourceArn': trail } }, because: 'the trail checks its key' },
      { 'aws:SourceArn': here('cloudtrail', 'trail/other') }),
    ...itself(on, 'config.amazonaws.com', 'kms:GenerateDataKey', here('config', 'config-recorder/any'), 'the recorder delivers'),
    ...itself(on, 'guardduty.amazonaws.com', 'kms:GenerateDataKey', here('guardduty', detector), 'the detector exports'),
    ...itself(on, 'guardduty.amazonaws.com', 'kms:Decrypt', here('guardduty', detector), 'the bucket has a Bucket Key'),
    { who: service('guardduty.amazonaws.com'), may: false, action: 'kms:GenerateDataKey', on, when: { phrase: 'for another detector', context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': here('guardduty', 'detector/other') } }, because: 'the source is forged' },
    { who: world.application, may: false, action: 'kms:Decrypt', on, when: via('s3'), because: 'the application has nothing to do with audit data' },
  ];
}

/** Who may do what with the keys. */
export function keys(world: World): Row[] {
  return [logKey, topicKey, dataKey, clusterKey, vaultKey, auditKey].flatMap(table => table(world));
}
