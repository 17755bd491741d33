// What people do to the network, the edge, the tasks, the database, the backups and the audit with good reason.
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as config from 'aws-cdk-lib/aws-config';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Stack } from 'aws-cdk-lib/core';
import { attached, clone, proxy } from './databases';
import { apart, Kind, Target, within } from './kind';
import { PrivateImage } from '../../../src/compute/private-image';
import { EncryptedDatabase } from '../../../src/data/encrypted-database';
import { EncryptedLogGroup } from '../../../src/foundation/encrypted-log-group';
import { EventNotification } from '../../../src/foundation/event-notification';
import { AccountServices } from '../../../src/patterns/account-services';
import { EncryptedBucket } from '../../../src/storage/encrypted-bucket';
import { DIGEST, ENV, shop } from '../../support/shop';
import { secondService } from '../compute';
import { furtherInstance, subscribe } from '../data';
import { targetGroup } from '../edge';
import { aFunction } from '../legitimate';
import { allow, append, CERTIFICATE, deny, document, ownArn, ownIam, REGION, rendered } from '../touch';

const GROUP = 'AWS::EC2::SecurityGroup';
const VPC = 'AWS::EC2::VPC';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const WEB_ACL = 'AWS::WAFv2::WebACL';
const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';
const CLUSTER = 'AWS::RDS::DBCluster';
const HTTPS = /LoadBalancer\/Listener/;

/** A security group of a worker in the VPC that lets nothing in and nothing out. */
const worker = (scope: Stack, { application: { network: vpc } }: Target) => new ec2.SecurityGroup(scope, 'Worker', { vpc, allowAllOutbound: false, description: 'A worker' });
const inner = ({ application: { network } }: Target) => network.selectSubnets(network.applicationSubnets).subnetIds;

const NETWORKS: Kind[] = [
  apart<ec2.CfnSecurityGroup>(GROUP, 'a worker connects to the database', 'by its group, on its port', t => new ec2.CfnSecurityGroupIngress(t.scope, 'FromWorker',
    { groupId: t.resource.attrGroupId, sourceSecurityGroupId: worker(t.scope, t).securityGroupId, ipProtocol: 'tcp', fromPort: 5440, toPort: 5440, description: 'from a worker' }), /Database/),
  within(GROUP, 'a worker connects to the tasks', 'by its group, on its port', t => t.application.service.connections.allowDefaultPortFrom(worker(t.stack, t))),
  apart<ec2.CfnSecurityGroup>(GROUP, 'the tasks connect to a cache', 'by its group, on its port', t => new ec2.CfnSecurityGroupEgress(t.scope, 'ToCache',
    { groupId: t.resource.attrGroupId, destinationSecurityGroupId: worker(t.scope, t).securityGroupId, ipProtocol: 'tcp', fromPort: 6379, toPort: 6379, description: 'to the cache' }), /Service/),
  within(GROUP, 'a worker calls AWS services by the endpoints', 'by the method of the library', t => t.application.network.allowAwsServices(worker(t.stack, t))),
  apart(VPC, 'a function in the application tier', 'under a group of its own', t => aFunction(t.scope, { vpc: t.application.network, vpcSubnets: t.application.network.applicationSubnets, securityGroups: [worker(t.scope, t)] })),
  within(VPC, 'an endpoint of SQS', 'by the method of the library', t => t.application.network.addInterfaceEndpoint('Queues', { service: ec2.InterfaceVpcEndpointAwsService.SQS })),
  within(VPC, 'a flow log to an encrypted log group', 'a second record', t => t.application.network.addFlowLog('Second', {
    destination: ec2.FlowLogDestination.toCloudWatchLogs(new EncryptedLogGroup(t.stack, 'SecondFlows', { foundation: t.application.foundation })),
  })),
  apart<ec2.CfnVPC>(VPC, 'a private zone for own names', 'none of AWS', t => new route53.CfnHostedZone(t.scope, 'Zone', { name: 'internal.example.com', vpcs: [{ vpcId: t.resource.attrVpcId, vpcRegion: REGION }] })),
  within(VPC, 'a second database in the data tier', 'of the library', t => new EncryptedDatabase(t.stack, 'Reports', {
    vpc: t.application.network, vpcSubnets: t.application.network.dataSubnets, port: t.application.network.databasePort, databaseName: 'reports', foundation: t.application.foundation,
  })),
  within('AWS::EC2::Subnet', 'an interface of the own account in the application tier', 'under a group of its own',
    t => new ec2.CfnNetworkInterface(t.stack, 'Interface', { subnetId: inner(t)[0], groupSet: [worker(t.stack, t).securityGroupId] }), /Application/),
];

const toOwnHost = (...values: string[]) => [{ field: 'host-header', hostHeaderConfig: { values: ['shop.example.com'] } }, { field: 'path-pattern', pathPatternConfig: { values } }];
const rule = (name: string, action: (t: Target) => elbv2.CfnListenerRule.ActionProperty): Kind => apart<elbv2.CfnListener>(LISTENER, name, 'for the own host',
  t => new elbv2.CfnListenerRule(t.scope, 'Rule', { listenerArn: t.resource.ref, priority: 9, conditions: toOwnHost('/reports/*'), actions: [action(t)] }), HTTPS);
const VISIBLE = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'Further' };
const blocks = (name: string, Rule: any): Kind => within<wafv2.CfnWebACL>(WEB_ACL, name, 'it blocks more', t => append(t.resource, 'Rules', { Priority: 5, VisibilityConfig: VISIBLE, ...Rule }));

const EDGE: Kind[] = [
  rule('a second group of targets by TLS', t => ({
    type: 'forward',
    targetGroupArn: new elbv2.CfnTargetGroup(t.scope, 'Reports', {
      vpcId: t.application.network.vpcId, port: 9443, protocol: 'HTTPS', targetType: 'ip', healthCheckProtocol: 'HTTPS', healthCheckPath: '/',
    }).attrTargetGroupArn,
  })),
  rule('a path is answered by a 404', () => ({ type: 'fixed-response', fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'Not found' } })),
  rule('a path is redirected, with TLS', () => ({ type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', path: '/new', statusCode: 'HTTP_301' } })),
  rule('a path of the own host goes to the application', t => ({ type: 'forward', targetGroupArn: targetGroup(t.stack).targetGroupArn })),
  apart<elbv2.CfnListener>(LISTENER, 'a further certificate', 'for a further name', t => new elbv2.CfnListenerCertificate(t.scope, 'Further', { listenerArn: t.resource.ref, certificates: [{ certificateArn: CERTIFICATE }] }), HTTPS),
  apart(BALANCER, 'a further name points to it', 'a record', t => new route53.CfnRecordSet(t.scope, 'Record',
    { hostedZoneId: 'Z0123456789ABC', name: 'www.shop.example.com.', type: 'CNAME', ttl: '300', resourceRecords: [t.application.loadBalancer.loadBalancerDnsName] })),
  apart(BALANCER, 'an alarm on its errors', 'it watches', t => new cloudwatch.Alarm(t.scope, 'Errors', { metric: t.application.loadBalancer.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT), threshold: 10, evaluationPeriods: 1 })),
  blocks('a rule that blocks a country', { Name: 'Country', Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['KP'] } } }),
  blocks('a stricter limit for a path', {
    Name: 'Login',
    Action: { Block: {} },
    Statement: {
      RateBasedStatement: {
        Limit: 100,
        AggregateKeyType: 'IP',
        ScopeDownStatement: {
          ByteMatchStatement: {
            FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/login', TextTransformations: [{ Priority: 0, Type: 'NONE' }],
          },
        },
      },
    },
  }),
  blocks('a further group of rules', { Name: 'Anonymous', OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesAnonymousIpList' } } }),
  blocks('a rule that counts', { Name: 'Counted', Action: { Count: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['NL'] } } }),
  apart<wafv2.CfnWebACL>(WEB_ACL, 'it protects another load balancer', 'which had none', t => new wafv2.CfnWebACLAssociation(t.scope, 'Other',
    { webAclArn: t.resource.attrArn, resourceArn: ownArn('elasticloadbalancing', 'loadbalancer/app/other/0a1b2c3d4e5f6071') })),
];

const ownPlace = (t: Target) => ({ assignPublicIp: 'DISABLED', subnets: inner(t), securityGroups: [worker(t.scope, t).securityGroupId] });

const COMPUTE: Kind[] = [
  apart(TASK, 'a second service under a group of its own', 'in the application tier', t => secondService(t.scope, t.stack, { networkConfiguration: { awsvpcConfiguration: ownPlace(t) } })),
  apart(TASK, 'a schedule runs it under a group of its own', 'in the application tier', t => new events.CfnRule(t.scope, 'Schedule', {
    scheduleExpression: 'rate(1 day)',
    targets: [{
      id: 'Task',
      arn: t.application.service.cluster.clusterArn,
      roleArn: ownIam('role/Schedule'),
      ecsParameters: { taskDefinitionArn: t.application.service.taskDefinition.taskDefinitionArn, launchType: 'FARGATE', networkConfiguration: { awsVpcConfiguration: ownPlace(t) } },
    }],
  })),
  within(TASK, 'a side-car that is as locked down, of the own registry', 'by digest', t => {
    const { PortMappings: _, ...own } = rendered(t.resource, 'ContainerDefinitions.0');
    append(t.resource, 'ContainerDefinitions', { ...own, Name: 'side', Essential: false });
  }),
  within(TASK, 'a further variable', 'no secret', t => append(t.resource, 'ContainerDefinitions.0.Environment', { Name: 'LOG_LEVEL', Value: 'info' })),
  within(TASK, 'a larger memory disk', 'where it may write', t => t.resource.addPropertyOverride('ContainerDefinitions.0.LinuxParameters.Tmpfs.0.Size', 128)),
  apart(SERVICE, 'it scales between two and ten', 'never below two', t => new appscaling.CfnScalableTarget(t.scope, 'Scaling', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    minCapacity: 2,
    maxCapacity: 10,
    resourceId: `service/${t.application.service.cluster.clusterName}/${t.application.service.serviceName}`,
  })),
  apart(SERVICE, 'an alarm on its memory', 'it watches', t => new cloudwatch.Alarm(t.scope, 'Memory', { metric: t.application.service.metricMemoryUtilization(), threshold: 90, evaluationPeriods: 3 })),
  apart(SERVICE, 'deployments that fail are told', 'it watches', t => new events.Rule(t.scope, 'Failed', {
    eventPattern: { source: ['aws.ecs'], detailType: ['ECS Deployment State Change'], detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] } }, targets: [new targets.SqsQueue(new sqs.Queue(t.scope, 'Failures'))],
  })),
];

const DATA: Kind[] = [
  apart(CLUSTER, 'a further reader, as the others', 'of the same parameters', t => furtherInstance(t.scope, t.stack)),
  within(CLUSTER, 'a further reader, as the others and told of', 'of the same parameters', t => subscribe(t.stack, { instance: furtherInstance(t.stack, t.stack) })),
  within(CLUSTER, 'a proxy with TLS', 'under a group of its own', t => {
    const { application: { database, network } } = t;
    const group = worker(t.stack, t);
    database.addProxy('Proxy', { vpc: network, vpcSubnets: network.applicationSubnets, secrets: [database.secret!], securityGroups: [group] });
  }),
  apart(CLUSTER, 'an alarm on its processors', 'it watches', t => new cloudwatch.Alarm(t.scope, 'Busy', { metric: t.application.database.metricCPUUtilization(), threshold: 90, evaluationPeriods: 3 })),
  apart(CLUSTER, 'its readers scale', 'within bounds', t => new appscaling.CfnScalableTarget(t.scope, 'Readers', {
    serviceNamespace: 'rds', scalableDimension: 'rds:cluster:ReadReplicaCount', minCapacity: 1, maxCapacity: 4, resourceId: `cluster:${t.application.database.clusterIdentifier}`,
  })),
  apart(CLUSTER, 'a further subscription to its events', 'the own topic is told more', t => new rds.CfnEventSubscription(t.scope, 'Backups', {
    snsTopicArn: t.application.foundation.topic.topicArn, sourceType: 'db-cluster', sourceIds: [t.application.database.clusterIdentifier], eventCategories: ['failover'],
  })),
  apart(CLUSTER, 'a function for migrations reads the master password, by grant', 'users are made with it, as the documentation says', t => t.application.database.secret!.grantRead(aFunction(t.scope))),
  apart(CLUSTER, 'a function logs in with IAM, by grant', 'as a user of its own', t => t.application.database.grantConnect(aFunction(t.scope), 'reports')),
  apart<rds.CfnDBCluster>(CLUSTER, 'a further reader under parameters of its own', 'which harden no less', t => furtherInstance(t.scope, t.stack, {
    dbParameterGroupName: new rds.CfnDBParameterGroup(t.scope, 'Tuned', { description: 'tuned', family: 'aurora-postgresql17', parameters: { 'work_mem': '65536', 'pgaudit.log': 'all' } }).ref,
  })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy by TLS and IAM', 'as the documentation says', t => { proxy(t); }),
  apart<rds.CfnDBCluster>(CLUSTER, 'a clone that is as well protected', 'for tests', t => { clone(t); }),
  apart<rds.CfnDBCluster>(CLUSTER, 'an integration with the own account under an own key', 'reports of the shop', t => new rds.CfnIntegration(t.scope, 'Integration', {
    sourceArn: t.resource.attrDbClusterArn, targetArn: ownArn('redshift-serverless', 'namespace/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'), kmsKeyId: t.application.database.encryptionKey.keyArn,
  })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a further user with a secret that is rotated', 'by a function of the own account, each month', t => new secretsmanager.CfnRotationSchedule(t.scope, 'Rotation',
    { secretId: attached(t, { replicaRegions: [{ region: 'eu-central-1', kmsKeyId: ownArn('kms', 'key/1') }] }).ref, rotationLambdaArn: ownArn('lambda', 'function:rotate'), rotationRules: { automaticallyAfterDays: 30 } })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a role of the account reads the master password, by its policy', 'a named one', t => new secretsmanager.CfnResourcePolicy(t.scope, 'SecretPolicy', {
    secretId: t.resource.attrMasterUserSecretSecretArn, blockPublicPolicy: true, resourcePolicy: document(allow({ AWS: ownIam('role/Migrations') }, 'secretsmanager:GetSecretValue', '*')),
  })),
  within(CLUSTER, 'a further user whose password the CDK rotates', 'by the L2s', t => {
    const made = new rds.DatabaseSecret(t.stack, 'Reports', { username: 'reports', encryptionKey: t.application.database.encryptionKey });
    made.attach(t.application.database).addRotationSchedule('Rotation', { hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser({ vpc: t.application.network, vpcSubnets: t.application.network.applicationSubnets, securityGroups: [worker(t.stack, t)] }) });
  }),
  within('AWS::RDS::DBClusterParameterGroup', 'queries that take too long are ended', 'nothing that is hardened', t => t.resource.addPropertyOverride('Parameters.statement_timeout', '30000')),
  within('AWS::RDS::DBClusterParameterGroup', 'slow statements are logged', 'it says why the database is slow', t => t.resource.addPropertyOverride('Parameters.log_min_duration_statement', '2000')),
  within('AWS::RDS::DBClusterParameterGroup', 'more is audited', 'it hardens more', t => t.resource.addPropertyOverride('Parameters.pgaudit\\.log', 'ddl,role,write')),
];

const RECOVERY: Kind[] = [
  apart('AWS::Backup::BackupPlan', 'a further selection', 'more is backed up', t => new backup.CfnBackupSelection(t.scope, 'Further', {
    backupPlanId: t.application.backup.backupPlanId, backupSelection: { selectionName: 'Further', iamRoleArn: t.application.backup.role.roleArn, resources: [ownArn('dynamodb', 'table/orders')] },
  })),
  within<backup.CfnBackupPlan>('AWS::Backup::BackupPlan', 'a monthly rule into the same vault', 'backups are kept longer', t => append(t.resource, 'BackupPlan.BackupPlanRule', {
    RuleName: 'Monthly',
    TargetBackupVault: rendered(t.resource, 'BackupPlan.BackupPlanRule.0.TargetBackupVault'),
    ScheduleExpression: 'cron(0 6 1 * ? *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    StartWindowMinutes: 60,
    CompletionWindowMinutes: 720,
    Lifecycle: { DeleteAfterDays: 365 },
  }), /^Backup\/Resource/),
  apart('AWS::Backup::BackupPlan', 'a plan beside it, into the same vault', 'more is backed up', t => new backup.CfnBackupPlan(t.scope, 'Second', {
    backupPlan: {
      backupPlanName: 'Second',
      backupPlanRule: [
        { ruleName: 'Weekly', targetBackupVault: t.application.backup.backupVault.backupVaultName, scheduleExpression: 'cron(0 6 ? * 1 *)', lifecycle: { deleteAfterDays: 90 } },
      ],
    },
  })),
  within<backup.CfnBackupPlan>('AWS::Backup::BackupPlan', 'copies to a vault of the own account in another region', 'a second copy', t => t.resource.addPropertyOverride('BackupPlan.BackupPlanRule.0.CopyActions',
    [{ DestinationBackupVaultArn: `arn:aws:backup:eu-central-1:${ENV.account}:backup-vault:copies`, Lifecycle: { DeleteAfterDays: 35 } }])),
  apart('AWS::Backup::BackupPlan', 'a report of what was backed up', 'it watches', t => new backup.CfnReportPlan(t.scope, 'Report',
    { reportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' }, reportDeliveryChannel: { S3BucketName: 'reports-of-the-shop', Formats: ['CSV'] } })),
  apart('AWS::Backup::BackupPlan', 'a plan for other data with a role of its own', 'none of it is ours', t => {
    const plan = new backup.CfnBackupPlan(t.scope, 'OtherPlan', { backupPlan: { backupPlanName: 'Other', backupPlanRule: [{ ruleName: 'Other', targetBackupVault: 'Default', scheduleExpression: 'cron(0 7 * * ? *)' }] } });
    new backup.CfnBackupSelection(t.scope, 'OtherSelection', { backupPlanId: plan.attrBackupPlanId, backupSelection: { selectionName: 'Other', iamRoleArn: ownIam('role/Other'), resources: [ownArn('dynamodb', 'table/orders')] } });
  }),
  within<backup.CfnBackupVault>('AWS::Backup::BackupVault', 'a role of the account restores, by its policy', 'a named one', t => append(t.resource, 'AccessPolicy.Statement', allow({ AWS: ownIam('role/Restores') }, 'backup:StartRestoreJob', '*'))),
  within<backup.CfnBackupVault>('AWS::Backup::BackupVault', 'the own topic is told of its jobs', 'more people hear of it', t => t.resource.addPropertyOverride('Notifications',
    { SNSTopicArn: t.stack.resolve(t.application.foundation.topic.topicArn), BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] })),
  within<backup.CfnBackupVault>('AWS::Backup::BackupVault', 'nobody copies backups out of it', 'it denies more', t => append(t.resource, 'AccessPolicy.Statement', deny('*', 'backup:CopyFromBackupVault', '*'))),
  apart('AWS::Backup::BackupVault', 'a framework says what must be backed up', 'it watches', t => new backup.CfnFramework(t.scope, 'Framework', { frameworkControls: [{ controlName: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED' }] })),
  apart('AWS::Backup::BackupVault', 'restores are tried', 'it proves the backups', t => new backup.CfnRestoreTestingPlan(t.scope, 'Testing', {
    restoreTestingPlanName: 'Testing',
    scheduleExpression: 'cron(0 9 ? * 1 *)',
    recoveryPointSelection: { algorithm: 'LATEST_WITHIN_WINDOW', includeVaults: [t.application.backup.backupVault.backupVaultArn], recoveryPointTypes: ['SNAPSHOT'] },
  })),
];

const AUDIT: Kind[] = [
  within<cloudtrail.CfnTrail>('AWS::CloudTrail::Trail', 'events of tables are recorded too', 'it records more', t => append(t.resource, 'AdvancedEventSelectors',
    { Name: 'Tables', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] }] })),
  apart('AWS::CloudTrail::Trail', 'a store of events beside it', 'a second record', t => new cloudtrail.CfnEventDataStore(t.scope, 'Store', { name: 'shop', retentionPeriod: 365 })),
  apart<cloudwatch.CfnAlarm>('AWS::CloudWatch::Alarm', 'an alarm over two of them', 'it watches', t => new cloudwatch.CfnCompositeAlarm(t.scope, 'Both', { alarmRule: `ALARM("${t.resource.ref}")`, alarmActions: [t.application.foundation.topic.topicArn] })),
  within<cloudwatch.CfnAlarm>('AWS::CloudWatch::Alarm', 'a second topic of the own account is told too', 'more people hear of it', t => append(t.resource, 'AlarmActions', ownArn('sns', 'on-call'))),
  apart('AWS::Events::Rule', 'findings go to an own queue', 'it watches', t => new events.Rule(t.scope, 'Findings', {
    eventPattern: { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'] }, targets: [new targets.SqsQueue(new sqs.Queue(t.scope, 'FindingsQueue'))],
  })),
  within('AWS::Events::Rule', 'console log-ins are told', 'by the library', t => new EventNotification(t.stack, 'LogIns', {
    description: 'Somebody signed in', eventPattern: { source: ['aws.signin'], detailType: ['AWS Console Sign In via CloudTrail'] }, topic: t.application.foundation.topic,
  })),
  apart('AWS::Config::ConfigurationRecorder', 'a further rule', 'it watches', t => new config.CfnConfigRule(t.scope, 'Rule', { source: { owner: 'AWS', sourceIdentifier: 'RDS_STORAGE_ENCRYPTED' } })),
  apart('AWS::Config::ConfigurationRecorder', 'an aggregator of the own account', 'it shows what is recorded', t => new config.CfnConfigurationAggregator(t.scope, 'Aggregator',
    { configurationAggregatorName: 'own', accountAggregationSources: [{ accountIds: [ENV.account], allAwsRegions: true }] })),
  apart<guardduty.CfnDetector>('AWS::GuardDuty::Detector', 'a filter that only sorts', 'nothing is archived', t => new guardduty.CfnFilter(t.scope, 'Sorts',
    { detectorId: t.resource.ref, name: 'Sorts', action: 'NOOP', rank: 1, description: 'of instances', findingCriteria: { criterion: { 'resource.resourceType': { eq: ['Instance'] } } } })),
  apart<guardduty.CfnDetector>('AWS::GuardDuty::Detector', 'a list of addresses of attackers', 'it finds more', t => new guardduty.CfnThreatIntelSet(t.scope, 'Threats',
    { detectorId: t.resource.ref, name: 'Threats', activate: true, format: 'TXT', location: 's3://lists-of-the-shop/threats.txt' })),
  within('AWS::GuardDuty::Detector', 'uploads are scanned', 'by the library', t => t.application.detection!.scanUploads(t.application.bucket)),
];

const WHOLE: Kind[] = [
  apart('AWS::S3::Bucket', 'an encrypted bucket of the library', 'under the foundation of the application', t => new EncryptedBucket(t.scope, 'Further', { foundation: t.application.foundation })),
  within('AWS::ECS::Cluster', 'a second application in the app', 'with account services that are there', ({ stack }) => shop(stack.node.root as any, 'Shop2', {
    env: ENV, accountServices: AccountServices.leave(), application: { image: PrivateImage.of('shop2', DIGEST), port: 8443 },
  })),
  apart('AWS::ECS::Cluster', 'a role to look around', 'named actions on the cluster', t => new iam.ManagedPolicy(t.scope, 'Looks', {
    roles: [new iam.Role(t.scope, 'Looker', { assumedBy: new iam.AccountRootPrincipal() })],
    statements: [new iam.PolicyStatement({ actions: ['ecs:DescribeServices', 'ecs:ListTasks'], resources: [t.application.service.serviceArn] })],
  })),
  apart('AWS::ECS::Cluster', 'an alarm on everything at once', 'it watches', t => new cloudwatch.Alarm(t.scope, 'Requests', { metric: t.application.loadBalancer.metrics.requestCount(), threshold: 10_000, evaluationPeriods: 1 })
    .addAlarmAction(new actions.SnsAction(t.application.foundation.topic))),
];

export const LEGITIMATE_TIERS: Kind[] = [...NETWORKS, ...EDGE, ...COMPUTE, ...DATA, ...RECOVERY, ...AUDIT, ...WHOLE];
