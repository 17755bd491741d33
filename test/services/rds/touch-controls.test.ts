import { CLUSTER } from './fixtures';
import { ADMITTED } from '../../../src/core/ours';
import { DB_INSIGHTS } from '../../../src/services/rds/controls';
import * as instances from '../../../src/services/rds/instance-controls';
import * as parameters from '../../../src/services/rds/parameter-controls';
import * as touch from '../../../src/services/rds/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const UNKNOWN = { 'Fn::Unknown': 'P' };
const CLUSTER_ARN = { 'Fn::GetAtt': ['Db', 'DBClusterArn'] };
const SECRET = { 'Fn::GetAtt': ['Db', 'MasterUserSecret.SecretArn'] };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, MapPublicIpOnLaunch: false } };
const NOTHING = { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 };
const instance = (changes: any = {}) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: {
    DBClusterIdentifier: { Ref: 'Db' },
    PubliclyAccessible: false,
    AutoMinorVersionUpgrade: true,
    MonitoringInterval: 60,
    MonitoringRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    EnablePerformanceInsights: true,
    PerformanceInsightsRetentionPeriod: 465,
    PerformanceInsightsKMSKeyId: KEY,
    ...changes,
  },
});
const { One: _, Two: __, ...WITHOUT } = CLUSTER;
const RIGHT: Resources = {
  ...WITHOUT,
  One: instance(),
  Two: instance(),
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  A: subnet,
  B: subnet,
  Public: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, MapPublicIpOnLaunch: true } },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [NOTHING] } },
  Parameters: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Parameters: { 'rds.force_ssl': '1' } } },
};
const add = (id: string, Type: string, Properties: any) => (r: any) => { r[id] = { Type, Properties }; };
const further = (changes: any) => (r: any) => { r.Three = instance(changes); };

proveBreaks(instances.DB_EVERY_INSTANCE, RIGHT, {
  'there is one more, as the others': further({}),
  'one of another cluster is public': further({ DBClusterIdentifier: { Ref: 'Other' }, PubliclyAccessible: true }),
}, {
  'one is public': [further({ PubliclyAccessible: true }), 'Three'],
  'one is public, as text': [further({ PubliclyAccessible: 'true' }), 'Three'],
  'one does not say whether it is public': [further({ PubliclyAccessible: undefined }), 'Three'],
  'the deployment decides whether one is public': [further({ PubliclyAccessible: UNKNOWN }), 'Three'],
  'one stays at its version': [further({ AutoMinorVersionUpgrade: false }), 'Three'],
  'one has an old certificate': [further({ CACertificateIdentifier: 'rds-ca-2019' }), 'Three'],
  'one is not monitored': [further({ MonitoringInterval: 0 }), 'Three'],
});
proveBreaks(DB_INSIGHTS, RIGHT, { 'there is one more, as the others': further({}) }, {
  'one keeps no insights': [further({ EnablePerformanceInsights: false }), 'Three'],
  'one keeps them under the key of AWS': [further({ PerformanceInsightsKMSKeyId: 'alias/aws/rds' }), 'Three'],
});
const ROLE = [{ FeatureName: 's3Export', RoleArn: 'arn:aws:iam::111122223333:role/Export' }];
proveBreaks(instances.DB_NO_ROLES, RIGHT, { 'there is one more instance': further({ AssociatedRoles: [] }) }, { 'an instance has one': [further({ AssociatedRoles: ROLE }), 'Three'] });
provePredicate(instances.DB_NO_ROLES, RIGHT, {
  'the cluster has one': r => { r.Db.Properties.AssociatedRoles = ROLE; },
  'the deployment says which': r => { r.Db.Properties.AssociatedRoles = UNKNOWN; },
});

const withGroup = (Parameters: any) => (r: any) => {
  r.Own = { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters } };
  r.Three = instance({ DBParameterGroupName: { Ref: 'Own' } });
};
proveBreaks(parameters.DB_INSTANCE_PARAMETERS, RIGHT, {
  'one is tuned': withGroup({ work_mem: '65536' }),
  'one audits more': withGroup({ 'pgaudit.log': 'all' }),
  'nobody uses a group that audits nothing': add('Own', 'AWS::RDS::DBParameterGroup', { Parameters: { 'pgaudit.log': 'none' } }),
}, {
  'one audits nothing': [withGroup({ 'pgaudit.log': 'none' }), 'Own'],
  'one takes plain text': [withGroup({ 'rds.force_ssl': '0' }), 'Own'],
  'one audits what the deployment says': [withGroup({ 'pgaudit.log': UNKNOWN }), 'Own'],
  'the deployment says all': [withGroup(UNKNOWN), 'Own'],
  'an upgrade would give one that audits nothing': [r => {
    r.Own = { Type: 'AWS::RDS::DBParameterGroup', Properties: { Parameters: { 'pgaudit.log': 'none' } } };
    r.Db.Properties.DBInstanceParameterGroupName = { Ref: 'Own' };
  }, 'Own'],
});
proveBreaks(parameters.DB_KNOWN_PARAMETERS, RIGHT, {
  'one has a group of the app': withGroup({}),
  'one has the group of AWS': further({ DBParameterGroupName: 'default.aurora-postgresql17' }),
}, {
  'one has a group that nobody here knows': [further({ DBParameterGroupName: 'unaudited' }), 'Three'],
  'one has the group that the deployment says': [further({ DBParameterGroupName: UNKNOWN }), 'Three'],
  'one has something else of the app': [further({ DBParameterGroupName: { Ref: 'Parameters' } }), 'Three'],
});
provePredicate(parameters.DB_KNOWN_PARAMETERS, RIGHT, { 'an upgrade gives one that nobody here knows': r => { r.Db.Properties.DBInstanceParameterGroupName = 'unaudited'; } });

const copy = (changes: any = {}) => add('Copy', 'AWS::RDS::DBCluster', {
  SourceDBClusterIdentifier: { Ref: 'Db' },
  EnableIAMDatabaseAuthentication: true,
  DeletionProtection: true,
  DBSubnetGroupName: { Ref: 'Subnets' },
  VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
  DBClusterParameterGroupName: { Ref: 'Parameters' },
  ...changes,
});
const world = (changes: any = {}) => add('World', 'AWS::RDS::GlobalCluster', { SourceDBClusterIdentifier: CLUSTER_ARN, ...changes });
proveBreaks(touch.DB_COPIES, RIGHT, {
  'a clone is as it is': copy(),
  'a clone is under another key': copy({ KmsKeyId: `arn:aws:kms:eu-west-1:${OWN}:key/1` }),
  'a clone has parameters of its own that audit': r => {
    r.Own = { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Parameters: { 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.3', 'pgaudit.log': 'all' } } };
    copy({ DBClusterParameterGroupName: { Ref: 'Own' } })(r);
  },
  'another cluster is cloned': copy({ SourceDBClusterIdentifier: 'other', DeletionProtection: false }),
  'there is a global cluster': world(),
}, {
  'a clone has no protection': [copy({ DeletionProtection: false }), 'Copy'],
  'a clone is under the key of AWS': [copy({ KmsKeyId: 'alias/aws/rds' }), 'Copy'],
  'a clone is not encrypted': [copy({ StorageEncrypted: false }), 'Copy'],
  'the deployment decides whether a clone is encrypted': [copy({ StorageEncrypted: UNKNOWN }), 'Copy'],
  'a clone asks for passwords': [copy({ EnableIAMDatabaseAuthentication: undefined }), 'Copy'],
  'a clone has a password in the template': [copy({ MasterUserPassword: 'hunter2' }), 'Copy'],
  'a clone is under a group that nobody here knows': [copy({ VpcSecurityGroupIds: ['sg-1'] }), 'Copy'],
  'a clone is in the default subnets': [copy({ DBSubnetGroupName: undefined }), 'Copy'],
  'a clone has the parameters of AWS': [copy({ DBClusterParameterGroupName: 'default.aurora-postgresql17' }), 'Copy'],
  'a clone takes SQL over the internet': [copy({ EnableHttpEndpoint: true }), 'Copy'],
  'a clone is public': [copy({ PubliclyAccessible: true }), 'Copy'],
  'a replica in another region is under the key of AWS': [copy({ SourceDBClusterIdentifier: undefined, ReplicationSourceIdentifier: CLUSTER_ARN }), 'Copy'],
  'an instance is made of it': [add('Copy', 'AWS::RDS::DBInstance', { SourceDBClusterIdentifier: { Ref: 'Db' } }), 'Copy'],
  'the global cluster is not encrypted': [world({ StorageEncrypted: false }), 'World'],
  'a member of the global cluster has no key': [r => { world()(r); copy({ SourceDBClusterIdentifier: undefined, GlobalClusterIdentifier: { Ref: 'World' } })(r); }, 'Copy'],
});

const TARGET = `arn:aws:redshift-serverless:eu-west-1:${OWN}:namespace/1`;
const integration = (changes: any = {}, service = 'RDS') => add('Integration', `AWS::${service}::Integration`, { SourceArn: CLUSTER_ARN, TargetArn: TARGET, KMSKeyId: KEY, ...changes });
const FOREIGN_TARGET = `arn:aws:redshift-serverless:eu-west-1:${FOREIGN}:namespace/1`;
proveBreaks(touch.DB_STAYS, RIGHT, {
  'an integration ends in the account': integration(),
  'an integration of another database leaves': integration({ SourceArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:other', TargetArn: FOREIGN_TARGET }),
  'one leaves to where the construct was told of': r => { r.Db.Metadata = { [ADMITTED]: [FOREIGN] }; integration({ TargetArn: FOREIGN_TARGET })(r); },
}, {
  'an integration leaves': [integration({ TargetArn: FOREIGN_TARGET }), 'Integration'],
  'an integration of Glue leaves': [integration({ TargetArn: FOREIGN_TARGET }, 'Glue'), 'Integration'],
  'an integration ends where the deployment says': [integration({ TargetArn: UNKNOWN }), 'Integration'],
  'an integration is under the key of AWS': [integration({ KMSKeyId: undefined }), 'Integration'],
  'it is shared': [add('Share', 'AWS::RAM::ResourceShare', { Principals: [FOREIGN], ResourceArns: [CLUSTER_ARN] }), 'Share'],
});
provePredicate(touch.DB_STAYS, RIGHT, { 'it joins a global cluster that nobody here knows': r => { r.Db.Properties.GlobalClusterIdentifier = 'theirs'; } });

const proxy = (changes: any = {}) => (r: any) => {
  r.Proxy = { Type: 'AWS::RDS::DBProxy', Properties: { RequireTLS: true, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, VpcSubnetIds: [{ Ref: 'A' }, { Ref: 'B' }], Auth: [{ AuthScheme: 'SECRETS', IAMAuth: 'REQUIRED', SecretArn: SECRET }], ...changes } };
  r.Targets = { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: { Ref: 'Proxy' }, DBClusterIdentifiers: [{ Ref: 'Db' }] } };
};
const auth = (...Auth: any[]) => proxy({ Auth });
proveBreaks(touch.DB_PROXIES, RIGHT, {
  'one asks for IAM, and reads the master secret': proxy(),
  'one asks for IAM on both sides': proxy({ Auth: undefined, DefaultAuthScheme: 'IAM_AUTH' }),
  'one reads a secret of the account': auth({ IAMAuth: 'REQUIRED', SecretArn: `arn:aws:secretsmanager:eu-west-1:${OWN}:secret:s` }),
}, {
  'one asks for passwords': [auth({ IAMAuth: 'DISABLED', SecretArn: SECRET }), 'Proxy'],
  'one does not say what it asks for': [auth({ SecretArn: SECRET }), 'Proxy'],
  'one asks some for passwords': [auth({ IAMAuth: 'REQUIRED', SecretArn: SECRET }, { IAMAuth: 'DISABLED', SecretArn: SECRET }), 'Proxy'],
  'one asks for what the deployment says': [auth({ IAMAuth: UNKNOWN, SecretArn: SECRET }), 'Proxy'],
  'one reads a secret of another account': [auth({ IAMAuth: 'REQUIRED', SecretArn: `arn:aws:secretsmanager:eu-west-1:${FOREIGN}:secret:s` }), 'Proxy'],
  'one has a role of another account': [proxy({ RoleArn: `arn:aws:iam::${FOREIGN}:role/Proxy` }), 'Proxy'],
  'one is public': [proxy({ VpcSubnetIds: [{ Ref: 'A' }, { Ref: 'Public' }] }), 'Proxy'],
  'one logs statements': [proxy({ DebugLogging: 'true' }), 'Proxy'],
  'an endpoint of one is public': [r => { proxy()(r); add('Door', 'AWS::RDS::DBProxyEndpoint', { DBProxyName: { Ref: 'Proxy' }, VpcSubnetIds: [{ Ref: 'Public' }] })(r); }, 'Proxy'],
  'one is in nobody\'s template': [add('Targets', 'AWS::RDS::DBProxyTargetGroup', { DBProxyName: 'theirs', DBClusterIdentifiers: [{ Ref: 'Db' }] }), 'Targets'],
});

const tells = (SnsTopicArn: any, SourceIds: any = [{ Ref: 'Db' }]) => add('Theirs', 'AWS::RDS::EventSubscription', { SnsTopicArn, SourceIds, SourceType: 'db-cluster' });
const COLLECTOR = `arn:aws:sns:eu-west-1:${FOREIGN}:collector`;
proveBreaks(touch.DB_TELLS_OURS, RIGHT, {
  'a topic of the account is told': tells(`arn:aws:sns:eu-west-1:${OWN}:on-call`),
  'strangers are told of another database': tells(COLLECTOR, ['other']),
  'another database was told of the topic, and tells of everything': r => {
    tells(COLLECTOR)(r);
    delete r.Theirs.Properties.SourceIds;
    r.Other = { Type: 'AWS::RDS::DBCluster', Properties: {}, Metadata: { [ADMITTED]: [COLLECTOR] } };
  },
  'the construct was told of the topic': r => { r.Db.Metadata = { [ADMITTED]: [COLLECTOR] }; tells(COLLECTOR)(r); },
}, {
  'strangers are told': [tells(COLLECTOR), 'Theirs'],
  'strangers are told of everything': [r => { tells(COLLECTOR)(r); delete r.Theirs.Properties.SourceIds; }, 'Theirs'],
  'strangers are told of an instance': [tells(COLLECTOR, [{ Ref: 'Two' }]), 'Theirs'],
  'whom the deployment says is told': [tells(UNKNOWN), 'Theirs'],
});

proveBreaks(touch.DB_KNOWN, RIGHT, { 'there is a proxy': proxy(), 'there is a clone': copy(), 'there is an integration': integration() }, {
  'there are shards': [add('Shards', 'AWS::RDS::DBShardGroup', { DBClusterIdentifier: { Ref: 'Db' } }), 'Shards'],
});

const { Db: ___, Parameters: own, ...rest } = RIGHT;
const GROUP: Resources = { Parameters: { ...own, Properties: { Parameters: { 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' } } }, Db: RIGHT.Db, ...rest };
proveBreaks(parameters.DB_TLS, GROUP, { 'there is a proxy with TLS': proxy() }, {
  'a proxy has no TLS': [proxy({ RequireTLS: false }), 'Proxy'],
  'a proxy does not say': [proxy({ RequireTLS: undefined }), 'Proxy'],
  'the deployment decides': [proxy({ RequireTLS: UNKNOWN }), 'Proxy'],
});
provePredicate(parameters.DB_STRONG_PARAMETERS, GROUP, {
  'passwords are hashed with MD5': r => { r.Parameters.Properties.Parameters.password_encryption = 'md5'; },
  'ciphers are weak': r => { r.Parameters.Properties.Parameters.ssl_ciphers = 'AES128-SHA'; },
  'nothing but a panic is logged': r => { r.Parameters.Properties.Parameters.log_min_messages = 'panic'; },
  'audit records are below what is logged': r => { r.Parameters.Properties.Parameters['pgaudit.log_level'] = 'debug5'; },
  'the deployment says how passwords are hashed': r => { r.Parameters.Properties.Parameters.password_encryption = UNKNOWN; },
});
