// Each construct of the library, passed as the interface of the CDK that it implements. The functions know nothing but the CDK: they
// hand what they get to one of its constructs, and call what a CDK user calls first.
import { Annotations, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as pipelineActions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as config from 'aws-cdk-lib/aws-config';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as aliases from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { aws_cloudtrail, aws_config, aws_events, aws_guardduty, aws_wafv2 } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import {
  AuditTrail, BackupPolicy, CisAlarms, ConfigNotifications, ConfigRecorder, CustomerManagedKey, EncryptedBucket, EncryptedDatabase, EncryptedLogGroup,
  EventNotification, LockedBackupVault, LogBucket, NotificationTopic, PrivateFargateService, PrivateImage, PrivateRepository, ProtectedResource,
  SecureVpc, SecurityFoundation, ServiceLinkedRole, ThreatDetection, TlsAlb, WebFirewall,
} from 'cdk-hardened';

const DIGEST = 'sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8';

function role(scope: Construct, id: string): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
}

/** A queue and a secret under a key. */
function takeKey(scope: Construct, key: kms.IKey): sqs.Queue {
  const queue = new sqs.Queue(scope, 'Queue', { encryptionMasterKey: key });
  queue.grantConsumeMessages(role(scope, 'Consumer'));
  new secretsmanager.Secret(scope, 'Secret', { encryptionKey: key }).grantRead(role(scope, 'Reader'));
  key.grantEncryptDecrypt(role(scope, 'Worker'));
  key.grantDecrypt(role(scope, 'Auditor'));
  new CfnOutput(scope, 'Arn', { value: key.keyArn });
  return queue;
}

/** A distribution of what is in a bucket. */
function takeBucket(scope: Construct, bucket: s3.IBucket): void {
  new cloudfront.Distribution(scope, 'Distribution', {
    defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) },
  });
  Annotations.of(bucket).acknowledgeWarning('@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac', 'No distribution of the account is for strangers');
  bucket.grantRead(role(scope, 'Reader'));
  bucket.grantReadWrite(role(scope, 'Writer'), 'orders/*');
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('archive/*')],
  }));
  new CfnOutput(scope, 'Arn', { value: bucket.bucketArn });
}

/** The access logs of a bucket. */
function takeLogBucket(scope: Construct, logBucket: s3.IBucket): void {
  new s3.Bucket(scope, 'Plain', { serverAccessLogsBucket: logBucket, serverAccessLogsPrefix: 's3/plain/' });
  logBucket.grantRead(role(scope, 'Auditor'), 'elb/*');
  new CfnOutput(scope, 'Arn', { value: logBucket.bucketArn });
  new CfnOutput(scope, 'Url', { value: logBucket.s3UrlForObject('elb/') });
}

/** An alarm, and a queue of what is published. */
function takeTopic(scope: Construct, topic: sns.ITopic, queue: sqs.IQueue): void {
  topic.metricNumberOfNotificationsFailed().createAlarm(scope, 'Failed', { threshold: 1, evaluationPeriods: 1 })
    .addAlarmAction(new actions.SnsAction(topic));
  topic.addSubscription(new subscriptions.SqsSubscription(queue));
  topic.grantPublish(role(scope, 'Publisher'));
  new CfnOutput(scope, 'Arn', { value: topic.topicArn });
}

/** A filter of a log group, and a function that logs to it. */
function takeLogGroup(scope: Construct, logGroup: logs.ILogGroup): void {
  new logs.MetricFilter(scope, 'Filter', {
    logGroup, metricNamespace: 'Interfaces', metricName: 'Errors', filterPattern: logs.FilterPattern.anyTerm('ERROR'),
  });
  new lambda.Function(scope, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'), logGroup,
  });
  logGroup.addStream('Stream');
  logGroup.grantWrite(role(scope, 'Writer'));
  logGroup.metricIncomingLogEvents().createAlarm(scope, 'Silence', {
    threshold: 1, evaluationPeriods: 1, comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  });
  new CfnOutput(scope, 'Arn', { value: logGroup.logGroupArn });
}

/** A function in a VPC. */
function takeVpc(scope: Construct, vpc: ec2.IVpc, vpcSubnets: ec2.SubnetSelection, logGroup: logs.ILogGroup): ec2.IConnectable {
  const client = new ec2.SecurityGroup(scope, 'Client', { vpc, allowAllOutbound: false, description: 'A client of the database' });
  new lambda.Function(scope, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    vpc,
    vpcSubnets,
    securityGroups: [client],
  });
  vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
  vpc.addFlowLog('More', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup) });
  new CfnOutput(scope, 'Subnets', { value: vpc.selectSubnets(vpcSubnets).subnetIds.join(' ') });
  new CfnOutput(scope, 'Id', { value: vpc.vpcId });
  return client;
}

/** A record for a load balancer. */
function takeLoadBalancer(scope: Construct, loadBalancer: elbv2.IApplicationLoadBalancer, zone: route53.IHostedZone): void {
  new route53.ARecord(scope, 'Record', {
    zone, recordName: 'www', target: route53.RecordTarget.fromAlias(new aliases.LoadBalancerTarget(loadBalancer)),
  });
  loadBalancer.metrics.requestCount().createAlarm(scope, 'Requests', { threshold: 10000, evaluationPeriods: 1 });
  loadBalancer.connections.allowDefaultPortFrom(ec2.Peer.ipv4('198.51.100.0/24'));
  new CfnOutput(scope, 'Arn', { value: loadBalancer.loadBalancerArn });
  new CfnOutput(scope, 'Name', { value: loadBalancer.loadBalancerDnsName });
}

/** An API behind a web firewall. */
function takeWebAcl(scope: Construct, webAcl: aws_wafv2.IWebACLRef): void {
  const api = new apigateway.RestApi(scope, 'Api', { cloudWatchRole: false });
  api.root.addMethod('GET');
  const association = new wafv2.CfnWebACLAssociation(scope, 'Association', {
    resourceArn: api.deploymentStage.stageArn, webAclArn: wafv2.CfnWebACL.arnForWebACL(webAcl),
  });
  association.node.addDependency(webAcl);
  new CfnOutput(scope, 'Id', { value: webAcl.webAclRef.webAclId });
  new CfnOutput(scope, 'Name', { value: webAcl.webAclRef.webAclName });
}

/** A client of a database, and a backup of it. */
function takeDatabase(scope: Construct, database: rds.IDatabaseCluster, client: ec2.IConnectable, plan: backup.BackupPlan): void {
  plan.addSelection('Database', { resources: [backup.BackupResource.fromRdsDatabaseCluster(database)] });
  database.connections.allowDefaultPortFrom(client);
  database.grantConnect(role(scope, 'Client'), 'reporting');
  database.metricCPUUtilization().createAlarm(scope, 'Busy', { threshold: 80, evaluationPeriods: 3 });
  new CfnOutput(scope, 'Host', { value: database.clusterEndpoint.hostname });
  new CfnOutput(scope, 'Id', { value: database.clusterIdentifier });
}

/** A pipeline that deploys a service. */
function takeService(scope: Construct, service: ecs.IBaseService, artifactBucket: s3.IBucket, repository: ecr.IRepository): void {
  const sourceOutput = new codepipeline.Artifact('Image');
  new codepipeline.Pipeline(scope, 'Pipeline', {
    artifactBucket,
    pipelineType: codepipeline.PipelineType.V2,
    stages: [
      { stageName: 'Source', actions: [new pipelineActions.EcrSourceAction({ actionName: 'Image', repository, output: sourceOutput })] },
      { stageName: 'Deploy', actions: [new pipelineActions.EcsDeployAction({ actionName: 'Tasks', service, input: sourceOutput })] },
    ],
  });
  new CfnOutput(scope, 'Arn', { value: service.serviceArn });
  new CfnOutput(scope, 'Name', { value: service.serviceName });
  new CfnOutput(scope, 'Cluster', { value: service.cluster.clusterName });
}

/** What reaches others, and what they are granted. */
function takeClient(client: ec2.IConnectable, grantee: iam.IGrantable, database: ec2.IConnectable, bucket: s3.IBucket): void {
  client.connections.allowToDefaultPort(database);
  client.connections.allowFrom(ec2.Peer.ipv4('10.0.0.0/16'), ec2.Port.tcp(8443));
  bucket.grantRead(grantee);
}

/** A task and a function of a repository's images. */
function takeRepository(scope: Construct, repository: ecr.IRepository): void {
  new ecs.FargateTaskDefinition(scope, 'Task').addContainer('Container', { image: ecs.ContainerImage.fromEcrRepository(repository, '1') });
  new lambda.DockerImageFunction(scope, 'Function', { code: lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: '1' }) });
  repository.grantPull(role(scope, 'Reader'));
  repository.grantPullPush(role(scope, 'Builder'));
  repository.onImageScanCompleted('Scanned');
  new CfnOutput(scope, 'Uri', { value: repository.repositoryUri });
}

/** A plan that backs up to a vault. */
function takeVault(scope: Construct, backupVault: backup.IBackupVault): backup.BackupPlan {
  backupVault.grant(role(scope, 'Copier'), 'backup:CopyIntoBackupVault');
  new CfnOutput(scope, 'Arn', { value: backupVault.backupVaultArn });
  new CfnOutput(scope, 'Name', { value: backupVault.backupVaultName });
  return backup.BackupPlan.daily35DayRetention(scope, 'Plan', backupVault);
}

/** More that a plan backs up. */
function takeBackupPlan(scope: Construct, backupPlan: backup.IBackupPlan): void {
  new backup.BackupSelection(scope, 'Selection', { backupPlan, resources: [backup.BackupResource.fromTag('backup', 'daily')] });
  new CfnOutput(scope, 'Id', { value: backupPlan.backupPlanId });
  new CfnOutput(scope, 'Arn', { value: backup.CfnBackupPlan.arnForBackupPlan(backupPlan) });
  role(scope, 'Later').node.addDependency(backupPlan);
}

/** Who may look at a trail. */
function takeTrail(scope: Construct, trail: aws_cloudtrail.ITrailRef): void {
  role(scope, 'Auditor').addToPolicy(new iam.PolicyStatement({
    actions: ['cloudtrail:GetTrailStatus'], resources: [cloudtrail.CfnTrail.arnForTrail(trail)],
  }));
  new CfnOutput(scope, 'Arn', { value: trail.trailRef.trailArn });
  new CfnOutput(scope, 'Name', { value: trail.trailRef.trailName });
  role(scope, 'Later').node.addDependency(trail);
}

/** A rule that needs a recorder. */
function takeRecorder(scope: Construct, recorder: aws_config.IConfigurationRecorderRef): config.ManagedRule {
  const rule = new config.ManagedRule(scope, 'Rule', { identifier: config.ManagedRuleIdentifiers.EBS_ENCRYPTED_VOLUMES });
  rule.node.addDependency(recorder);
  new CfnOutput(scope, 'Region', { value: recorder.env.region });
  return rule;
}

/** A filter of findings. */
function takeDetector(scope: Construct, detector: aws_guardduty.IDetectorRef): void {
  const filter = new guardduty.CfnFilter(scope, 'Filter', {
    detectorId: detector.detectorRef.detectorId, action: 'ARCHIVE', name: 'mild', findingCriteria: { criterion: { severity: { Lt: 2 } } },
  });
  filter.node.addDependency(detector);
  new CfnOutput(scope, 'Arn', { value: guardduty.CfnDetector.arnForDetector(detector) });
}

/** An alarm when a rule fails to notify. */
function takeRule(scope: Construct, rule: aws_events.IRuleRef): void {
  new cloudwatch.Metric({
    namespace: 'AWS/Events', metricName: 'FailedInvocations', dimensionsMap: { RuleName: events.CfnRule.arnForRule(rule) },
  }).createAlarm(scope, 'Failed', { threshold: 1, evaluationPeriods: 1 });
  new CfnOutput(scope, 'Arn', { value: rule.ruleRef.ruleArn });
}

/** The interfaces of the CDK, and what implements them. */
export class InterfacesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const below = (name: string) => new Construct(this, name);
    const zone = route53.PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' });

    const foundation = new SecurityFoundation(this, 'Security', { notify: ['security@example.com'] });
    const queue = takeKey(below('TakesKey'), new CustomerManagedKey(this, 'Key', { description: 'What is passed on' }));
    takeLogBucket(below('TakesLogBucket'), new LogBucket(this, 'LogBucket'));
    const bucket = new EncryptedBucket(this, 'Bucket');
    takeBucket(below('TakesBucket'), bucket);
    const topic = new NotificationTopic(this, 'Topic', { emails: ['operations@example.com'] });
    takeTopic(below('TakesTopic'), topic, queue);
    const logGroup = new EncryptedLogGroup(this, 'LogGroup');
    takeLogGroup(below('TakesLogGroup'), logGroup);
    takeKey(below('TakesLogKey'), foundation.logKey);
    takeRule(below('TakesRule'), new EventNotification(this, 'Notification', {
      description: 'An instance changed its state', eventPattern: { source: ['aws.ec2'] }, topic,
    }).rule);

    const vpc = new SecureVpc(this, 'Network');
    const client = takeVpc(below('TakesVpc'), vpc, vpc.applicationSubnets, logGroup);
    const database = new EncryptedDatabase(this, 'Database', { vpc, vpcSubnets: vpc.dataSubnets });
    const vault = new LockedBackupVault(this, 'Vault');
    takeDatabase(below('TakesDatabase'), database, client, takeVault(below('TakesVault'), vault));
    takeBackupPlan(below('TakesBackupPlan'), new BackupPolicy(this, 'Backup', { resources: [ProtectedResource.auroraCluster(database)] }));

    const repository = new PrivateRepository(this, 'Repository');
    takeRepository(below('TakesRepository'), repository);
    const service = new PrivateFargateService(this, 'Service', {
      vpc, vpcSubnets: vpc.applicationSubnets, image: PrivateImage.fromRepository(repository, DIGEST), port: 8443,
    });
    takeService(below('TakesService'), service, bucket, repository);
    takeClient(service, service, database, bucket);
    const firewall = new WebFirewall(this, 'Firewall');
    takeWebAcl(below('TakesWebAcl'), firewall);
    const loadBalancer = new TlsAlb(this, 'LoadBalancer', {
      vpc, vpcSubnets: vpc.loadBalancerSubnets, internetFacing: true, domain: { domainName: 'shop.example.com', hostedZone: zone }, firewall,
    });
    loadBalancer.addTarget('Service', { targets: [service], port: 8443 });
    takeLoadBalancer(below('TakesLoadBalancer'), loadBalancer, zone);

    const trail = new AuditTrail(this, 'Trail');
    takeTrail(below('TakesTrail'), trail);
    takeLogGroup(below('TakesTrailLogs'), trail.logGroup);
    const recorder = new ConfigRecorder(this, 'Recorder', { serviceLinkedRole: ServiceLinkedRole.EXISTING });
    recorder.precede(takeRecorder(below('TakesRecorder'), recorder));
    const detection = new ThreatDetection(this, 'Detection');
    takeDetector(below('TakesDetector'), detection);
    detection.scanUploads(bucket);
    takeRule(below('TakesComplianceRule'), new ConfigNotifications(this, 'ConfigNotifications').compliance.rule);
    const alarms = new CisAlarms(this, 'Alarms', { logGroup, metricNamespace: 'Interfaces' });
    new cloudwatch.CompositeAlarm(this, 'Any', {
      alarmRule: cloudwatch.AlarmRule.anyOf(...alarms.alarms.map(a => cloudwatch.AlarmRule.fromAlarm(a, cloudwatch.AlarmState.ALARM))),
    }).addAlarmAction(new actions.SnsAction(topic));
  }
}
