import { grantingAccount, here, OTHER_KEY, World } from './world';
import { ACCOUNT, REGION } from '../support/simulate';
import { Actor, onlyOn, onlyWith, role, Row, Thing, via } from '../support/table';

const ANYTHING: Thing = { name: 'everything', arn: '*' };
const thing = (service: string, resource: string, name = resource): Thing => ({ name, arn: here(service, resource) });
/** A key whose own policy refuses nothing to the account, so that the identity's alone decides. */
const open = (key: Thing): Thing => ({ ...key, policy: grantingAccount() });

/** A stream of a log group. */
function stream(world: World, beginning: string, name = 'one'): Thing {
  const group = world.template.arn(world.id('AWS::Logs::LogGroup', beginning)).replace(/:\*$/, '');
  return { name: `a stream of ${beginning}`, arn: `${group}:log-stream:${name}` };
}

/** An automation of AWS, without an account. */
const automation = (name: string): Thing => ({ name: `the automation ${name}`, arn: `arn:aws:ssm:${REGION}::automation-definition/${name}:1` });

const OTHER_STREAM = thing('logs', 'log-group:other:log-stream:one', 'a stream of another log group');

function flowLogs(world: World): Row[] {
  const who = actor(world, 'NetworkFlowLogsRole', 'the role of the flow logs');
  return onlyOn({ who, action: 'logs:PutLogEvents', on: stream(world, 'NetworkFlowLogsLogGroup'), because: 'it delivers flow logs' }, OTHER_STREAM, stream(world, 'TrailLogGroup'));
}

function defaultGroup(world: World): Row[] {
  const who = actor(world, 'NetworkDefaultSecurityGroupAutomationRole', 'the role of the automation');
  const vpc = world.id('AWS::EC2::VPC', 'Network');
  const group = thing('ec2', `security-group/${world.template.att(vpc, 'DefaultSecurityGroup')}`, 'the default security group');
  const document = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';
  const pass: Thing = { name: 'the role of the automation', arn: who.principal! };
  return [
    { who, may: true, action: 'ec2:DescribeSecurityGroups', on: ANYTHING, because: 'descriptions know no resources' },
    ...['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'].flatMap(action =>
      onlyOn({ who, action, on: group, because: 'it empties the default group' }, thing('ec2', 'security-group/sg-other', 'another security group'))),
    { who, may: false, action: 'ec2:AuthorizeSecurityGroupIngress', on: group, because: 'it only takes away' },
    ...onlyOn({ who, action: 'ssm:StartAutomationExecution', on: automation(document), because: 'it runs this automation' }, automation('AWS-StopEC2Instance')),
    ...onlyOn({ who, action: 'ssm:GetAutomationExecution', on: thing('ssm', 'automation-execution/1'), because: 'it follows the automation' },
      { name: 'an automation of another region', arn: `arn:aws:ssm:us-east-1:${ACCOUNT}:automation-execution/1` }),
    ...onlyWith({ who, action: 'iam:PassRole', on: pass, when: { phrase: 'to SSM', context: { 'iam:PassedToService': 'ssm.amazonaws.com' } }, because: 'the automation runs as itself' },
      { 'iam:PassedToService': 'ec2.amazonaws.com' }),
    { who, may: false, action: 'iam:PassRole', on: { name: 'another role', arn: `arn:aws:iam::${ACCOUNT}:role/Admin` }, when: { context: { 'iam:PassedToService': 'ssm.amazonaws.com' } }, because: 'it passes no role but its own' },
  ];
}

function monitoring(world: World): Row[] {
  const who = actor(world, 'DatabaseMonitoringRole', 'the role of Enhanced Monitoring');
  return [
    ...onlyOn({ who, action: 'logs:PutLogEvents', on: thing('logs', 'log-group:RDSOSMetrics:log-stream:db-1'), because: 'it delivers metrics' }, OTHER_STREAM),
    ...onlyOn({ who, action: 'logs:CreateLogGroup', on: thing('logs', 'log-group:RDSOSMetrics'), because: 'it makes the log group that RDS prescribes' }, thing('logs', 'log-group:other')),
  ];
}

function application(world: World): Row[] {
  const who = world.application;
  const user = (name: string, cluster = world.template.att(world.id('AWS::RDS::DBCluster', 'Database'), 'DBClusterResourceId')): Thing =>
    ({ name: `the database user ${name} of ${cluster}`, arn: here('rds-db', `dbuser:${cluster}/${name}`) });
  const bucket = world.bucket('', 'its bucket');
  const others: Thing = { name: 'a bucket of the account that it has nothing to do with', arn: 'arn:aws:s3:::other-of-ours' };
  const data = open(world.key('DataKey', 'the data key'));
  return [
    ...onlyOn({ who, action: 'rds-db:connect', on: user('application'), because: 'it connects as its own user' }, user('postgres'), user('application', 'cluster-other')),
    ...onlyOn({ who, action: 's3:ListBucket', on: bucket, because: 'it lists its bucket' }, others),
    ...['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].flatMap(action =>
      onlyOn({ who, action, on: world.object(bucket, 'report.pdf'), because: 'it uses its bucket' }, { ...others, name: `an object of ${others.name}`, arn: `${others.arn}/report.pdf` })),
    ...['kms:Decrypt', 'kms:GenerateDataKey'].flatMap(action => [
      ...onlyWith({ who, action, on: data, when: via('s3'), because: 'it uses the key through S3' }, { 'kms:ViaService': undefined }),
      { who, may: false, action, on: OTHER_KEY, when: via('s3'), because: 'the key of somebody else' },
    ]),
    { who, may: false, action: 'sts:AssumeRole', on: { name: 'another role', arn: `arn:aws:iam::${ACCOUNT}:role/Admin` }, because: 'it becomes nobody else' },
    { who, may: false, action: 'secretsmanager:GetSecretValue', on: thing('secretsmanager', 'secret:other-AbCdEf', 'a secret'), because: 'it has none' },
  ];
}

function starter(world: World): Row[] {
  const who = actor(world, 'ServiceTaskExecutionRole', 'the role that starts tasks');
  const agent: Thing = { name: "GuardDuty's agent", arn: here('ecr', 'repository/aws-guardduty-agent-fargate', '694911143906'), account: '694911143906', policy: grantingAccount(ACCOUNT, 'ecr:*') };
  const alien: Thing = { ...agent, name: 'another repository of that account', arn: here('ecr', 'repository/other', '694911143906') };
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  return [
    { who, may: true, action: 'ecr:GetAuthorizationToken', on: ANYTHING, because: 'tokens know no resources' },
    ...pull.flatMap(action => onlyOn({ who, action, on: thing('ecr', 'repository/shop'), because: 'it pulls the image' }, thing('ecr', 'repository/other'))),
    ...pull.flatMap(action => onlyOn({ who, action, on: agent, because: "it pulls GuardDuty's agent" }, alien)),
    ...['logs:CreateLogStream', 'logs:PutLogEvents'].flatMap(action => onlyOn({ who, action, on: stream(world, 'ServiceLogs'), because: 'it logs' }, OTHER_STREAM)),
    { who, may: false, action: 's3:GetObject', on: world.object(world.bucket('', 'the bucket of the application'), 'report.pdf'), because: 'it starts tasks and reads no data' },
    { who, may: false, action: 'ecr:PutImage', on: thing('ecr', 'repository/shop'), because: 'it pulls and does not push' },
  ];
}

function backups(world: World): Row[] {
  const who = actor(world, 'BackupRole', 'the backup role');
  const vaultId = world.id('AWS::Backup::BackupVault', 'BackupVault');
  const vault: Thing = { name: 'the vault', arn: world.template.arn(vaultId), policy: vaultId };
  const cluster: Thing = { name: 'the database', arn: world.template.arn(world.id('AWS::RDS::DBCluster', 'Database')) };
  const otherCluster = thing('rds', 'cluster:other', 'another database');
  const snapshot = thing('rds', 'cluster-snapshot:awsbackup:job-1', 'a snapshot of AWS Backup');
  const manual = thing('rds', 'cluster-snapshot:manual', 'a snapshot of somebody');
  const bucket = world.bucket('', 'the bucket of the application');
  const trail = world.bucket('Trail', 'the bucket of the trail');
  const vaultKey = open(world.key('BackupVaultKey', 'the key of the vault'));
  const dataKey = open(world.key('DataKey', 'the data key'));
  const grant = { phrase: 'for a service', context: { 'kms:GrantIsForAWSResource': 'true' } };
  return [
    ...onlyOn({ who, action: 'backup:DescribeBackupVault', on: vault, because: 'it writes to this vault' }, thing('backup', 'backup-vault:other')),
    ...onlyOn({ who, action: 'backup:TagResource', on: thing('backup', 'recovery-point:1'), because: 'it tags backups' }, { name: 'a backup of another region', arn: `arn:aws:backup:us-east-1:${ACCOUNT}:recovery-point:1` }),
    { who, may: true, action: 'tag:GetResources', on: ANYTHING, because: 'tags know no resources' },
    ...[vaultKey, dataKey].flatMap(key => [
      ...onlyOn({ who, action: 'kms:DescribeKey', on: key, because: 'it looks at the key' }, OTHER_KEY),
      ...onlyOn({ who, action: 'kms:CreateGrant', on: key, when: grant, because: 'services make grants' }, OTHER_KEY),
      { who, may: false, action: 'kms:CreateGrant', on: key, when: { context: { 'kms:GrantIsForAWSResource': 'false' } }, because: 'it gives the key to nobody' } as Row,
    ]),
    ...['kms:Decrypt', 'kms:GenerateDataKey'].flatMap(action => [
      ...onlyWith({ who, action, on: vaultKey, when: via('backup'), because: 'it encrypts backups' }, { 'kms:ViaService': undefined }),
      { who, may: false, action, on: OTHER_KEY, when: via('backup'), because: 'the key of somebody else' },
    ]),
    ...onlyWith({ who, action: 'kms:Decrypt', on: dataKey, when: via('s3'), because: 'it reads the bucket' }, { 'kms:ViaService': undefined }),
    { who, may: false, action: 'kms:Decrypt', on: OTHER_KEY, when: via('s3'), because: 'the key of somebody else' },
    { who, may: true, action: 'rds:DescribeDBClusters', on: cluster, because: 'it looks for the database' },
    { who, may: false, action: 'rds:DescribeDBClusters', on: { name: 'a database of another region', arn: `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:other` }, because: 'it works in this region' },
    ...onlyOn({ who, action: 'rds:ModifyDBCluster', on: cluster, because: 'continuous backup changes a setting' }, otherCluster),
    ...onlyOn({ who, action: 'rds:CreateDBClusterSnapshot', on: cluster, because: 'it backs up the database' }, otherCluster),
    ...onlyOn({ who, action: 'rds:DeleteDBClusterSnapshot', on: snapshot, because: 'it removes its own snapshots' }, manual),
    ...onlyOn({ who, action: 'rds:DeleteDBClusterAutomatedBackup', on: thing('rds', 'cluster-auto-backup:ab-1'), because: 'it ends continuous backups' },
      { name: 'a backup of another region', arn: `arn:aws:rds:us-east-1:${ACCOUNT}:cluster-auto-backup:ab-1` }),
    ...onlyOn({ who, action: 's3:GetBucketVersioning', on: bucket, because: 'it looks at the bucket' }, trail),
    ...onlyOn({ who, action: 's3:GetObjectVersion', on: world.object(bucket, 'report.pdf'), because: 'it backs up the bucket' }, world.object(trail, 'log')),
    { who, may: false, action: 's3:PutObject', on: world.object(bucket, 'report.pdf'), because: 'it reads and does not restore' },
    { who, may: false, action: 's3:DeleteObject', on: world.object(bucket, 'report.pdf'), because: 'it reads and does not delete' },
    ...onlyOn({ who, action: 'events:PutRule', on: thing('events', 'rule/AwsBackupManagedRule1'), because: 'it follows the bucket' }, thing('events', 'rule/other')),
    { who, may: true, action: 's3:ListAllMyBuckets', on: ANYTHING, because: 'lists know no resources' },
    { who, may: false, action: 'backup:DeleteRecoveryPoint', on: { ...thing('backup', 'recovery-point:1'), policy: vaultId }, because: 'it makes backups and does not remove them' },
  ];
}

function trailLogs(world: World): Row[] {
  const who = actor(world, 'TrailLogsRole', 'the role of the trail');
  const own = `${ACCOUNT}_CloudTrail_${REGION}`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].flatMap(action =>
    onlyOn({ who, action, on: stream(world, 'TrailLogGroup', own), because: 'the trail delivers to its log group' }, stream(world, 'TrailLogGroup', 'forged'), OTHER_STREAM));
}

/** The roles through which EventBridge notifies. */
function rules(world: World): Row[] {
  const ids = Object.keys(world.template.resources).filter(id => world.template.resources[id].Type === 'AWS::IAM::Role' && JSON.stringify(world.policies[id]).includes('"events.amazonaws.com"'));
  const topicKey = open(world.key('SecurityTopicKey', 'the key of the topic'));
  return ids.flatMap(id => {
    const who = role(world.template, id, `the role ${id}`);
    return [
      ...onlyOn({ who, action: 'sns:Publish', on: world.topic, because: 'it notifies' }, thing('sns', 'other', 'another topic')),
      ...['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action): Row[] => [
        ...onlyWith({ who, action, on: topicKey, when: via('sns'), because: 'it encrypts what it notifies' }, { 'kms:ViaService': undefined }),
        { who, may: false, action, on: OTHER_KEY, when: via('sns'), because: 'the key of somebody else' },
      ]),
    ];
  });
}

function actor(world: World, beginning: string, name: string): Actor {
  return role(world.template, world.id('AWS::IAM::Role', beginning), name);
}

/** What the roles of the application may do. */
export function identities(world: World): Row[] {
  return [flowLogs, defaultGroup, monitoring, application, starter, backups, trailLogs, rules].flatMap(table => table(world));
}
