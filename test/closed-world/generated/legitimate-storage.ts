// What people do to keys, buckets, topics, roles and log groups with good reason.
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Alias } from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { CfnOutput, Duration, Tags } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { apart, Kind, Target, within } from './kind';
import { KeyAccess } from '../../../src/foundation/key-access';
import { aFunction } from '../legitimate';
import { ACCOUNT, allow, append, deny, document, may, ownArn, ownIam, REGION, Statement, statement } from '../touch';

const KEY = 'AWS::KMS::Key';
const BUCKET = 'AWS::S3::Bucket';
const TOPIC = 'AWS::SNS::Topic';
const ROLE = 'AWS::IAM::Role';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const DATA = /^(DataKey|Bucket)\//;
const TRAIL = /^Trail\/Bucket\//;
const TASK_ROLE = /TaskRole/;

/** The L2 that a resource belongs to. */
const of = <T extends IConstruct>({ resource }: Target) => resource.node.scope as T;
const role = ({ scope }: Target) => new iam.Role(scope, 'Worker', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const READER = { AWS: ownIam('role/Reader') };

const keys = (name: string, touch: (key: kms.Key, t: Target) => void, only?: RegExp): Kind => apart(KEY, name, 'of the own account, by name', t => touch(of(t), t), only);
const KEYS: Kind[] = [
  keys('a role uses it through S3', key => key.addToResourcePolicy(statement(allow(READER, ['kms:Decrypt', 'kms:GenerateDataKey'], '*', { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:CallerAccount': ACCOUNT } }))), DATA),
  keys('a role is granted its use', (key, t) => key.grantEncryptDecrypt(role(t)), DATA),
  keys('a queue is encrypted with it, and read', (key, t) => new sqs.Queue(t.scope, 'Queue', { encryptionMasterKey: key }).grantConsumeMessages(role(t)), DATA),
  keys('a second alias', (key, t) => new Alias(t.scope, 'Second', { aliasName: 'alias/shop/second', targetKey: key })),
  within(KEY, 'DynamoDB uses it', 'a further service, by the conditions of the library', t => t.application.dataKey.allow(KeyAccess.dynamoDb()), DATA),
];

const buckets = (name: string, touch: (bucket: s3.Bucket, t: Target) => void, only = DATA): Kind => apart(BUCKET, name, 'of the own account, by name', t => touch(of(t), t), only);
const inside = (name: string, touch: (bucket: s3.Bucket, t: Target) => void, only = DATA): Kind => within(BUCKET, name, 'of the own account, by name', t => touch(of(t), t), only);
const BUCKETS: Kind[] = [
  inside('a role reads and lists', bucket => {
    bucket.addToResourcePolicy(statement(allow(READER, 's3:GetObject', bucket.arnForObjects('*'))));
    bucket.addToResourcePolicy(statement(allow(READER, 's3:ListBucket', bucket.bucketArn)));
  }),
  inside('a distribution of the own account reads, and decrypts', bucket => {
    const own = { StringEquals: { 'aws:SourceArn': `arn:aws:cloudfront::${ACCOUNT}:distribution/E1ABCDEFGHIJK` } };
    bucket.addToResourcePolicy(statement(allow({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', bucket.arnForObjects('*'), own)));
    bucket.encryptionKey!.addToResourcePolicy(statement(allow({ Service: 'cloudfront.amazonaws.com' }, 'kms:Decrypt', '*', own)));
  }),
  inside('a further denial', bucket => bucket.addToResourcePolicy(statement(deny('*', 's3:PutBucketAcl', bucket.bucketArn)))),
  inside('whoever is outside of the account is denied', bucket => bucket.addToResourcePolicy(statement(deny('*', 's3:GetObject', bucket.arnForObjects('*'),
    { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:PrincipalIsAWSService': 'false' } })))),
  buckets('a function reads it, by grant', (bucket, t) => bucket.grantRead(aFunction(t.scope))),
  buckets('a function reads and writes it, by grant', (bucket, t) => bucket.grantReadWrite(aFunction(t.scope))),
  buckets('a function reads the evidence, by grant', (bucket, t) => bucket.grantRead(aFunction(t.scope)), TRAIL),
  inside('uploads under a prefix expire after 30 days', bucket => bucket.addLifecycleRule({ id: 'Uploads', prefix: 'uploads/', expiration: Duration.days(30) })),
  inside('old versions move to a cheaper class', bucket => bucket.addLifecycleRule({
    id: 'Old', noncurrentVersionTransitions: [{ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(30) }],
  })),
  inside('metrics of a prefix', bucket => bucket.addMetric({ id: 'Uploads', prefix: 'uploads/' })),
  inside('tiers by use', (_, t) => append(t.resource, 'IntelligentTieringConfigurations', { Id: 'Tiers', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] })),
  inside('an inventory to a bucket of the stack', (bucket, t) => bucket.addInventory({ destination: { bucket: new s3.Bucket(t.stack, 'Reports') } })),
  inside('a role may do one thing to objects of a prefix', bucket => bucket.addToResourcePolicy(statement(allow(READER, 's3:PutObjectTagging', bucket.arnForObjects('uploads/*'))))),
  buckets('an access point for a role, from the VPC', (bucket, t) => new s3.CfnAccessPoint(t.scope, 'Point', {
    bucket: bucket.bucketName,
    name: 'own',
    vpcConfiguration: { vpcId: t.application.network.vpcId },
    policy: document(allow(READER, 's3:GetObject', ownArn('s3', 'accesspoint/own/object/*'))),
  })),
  buckets('new objects start a state machine', (bucket, t) => new events.Rule(t.scope, 'Uploaded', {
    eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [bucket.bucketName] } } },
    targets: [new targets.SfnStateMachine(machine(t))],
  })),
];

const machine = ({ scope }: Target) => new stepfunctions.StateMachine(scope, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(scope, 'Pass')) });

const topics = (name: string, touch: (topic: sns.ITopic, t: Target) => void): Kind => apart(TOPIC, name, 'of the own account, by name', t => touch(t.application.foundation.topic, t));
const TOPICS: Kind[] = [
  topics('a queue of the own account is subscribed', (topic, t) => topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(t.scope, 'Alarms')))),
  topics('a queue under a key of its own is subscribed', (topic, t) => topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(t.scope, 'Alarms', { encryption: sqs.QueueEncryption.KMS })))),
  topics('a function is subscribed', (topic, t) => topic.addSubscription(new subscriptions.LambdaSubscription(aFunction(t.scope)))),
  topics('an endpoint with TLS is subscribed', (topic, t) => new sns.CfnSubscription(t.scope, 'Pager', { topicArn: topic.topicArn, protocol: 'https', endpoint: 'https://pager.example.com/alarms' })),
  topics('a further address, in its own stack', (topic, t) => new sns.CfnSubscription(t.scope, 'Second', { topicArn: topic.topicArn, protocol: 'email', endpoint: 'second@example.com' })),
  topics('an alarm notifies it', (topic, t) => new cloudwatch.Alarm(t.scope, 'Busy', { metric: t.application.service.metricCpuUtilization(), threshold: 90, evaluationPeriods: 3 }).addAlarmAction(new actions.SnsAction(topic))),
  topics('a function publishes, by grant', (topic, t) => topic.grantPublish(aFunction(t.scope))),
  within(TOPIC, 'the own bucket publishes', 'a service, by its source', ({ application: { bucket, foundation: { topic } } }) => {
    const ours = { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': bucket.bucketArn } };
    topic.addToResourcePolicy(statement(allow({ Service: 's3.amazonaws.com' }, 'sns:Publish', topic.topicArn, ours)));
    topic.masterKey!.addToResourcePolicy(statement(allow({ Service: 's3.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*', ours)));
  }),
  within(TOPIC, 'a role of the account publishes', 'the role is named', ({ application: { foundation: { topic } } }) =>
    topic.addToResourcePolicy(statement(allow({ AWS: ownIam('role/Deployments') }, 'sns:Publish', topic.topicArn)))),
];

const mayDo = (name: string, json: Statement): Kind => within(ROLE, name, 'named actions, and named resources where there are some', t => of<iam.Role>(t).addToPrincipalPolicy(statement(json)), TASK_ROLE);
const granted = (name: string, touch: (t: Target, to: iam.IGrantable) => void): Kind => apart(ROLE, name, 'a grant of the CDK', t => touch(t, of<iam.Role>(t)), TASK_ROLE);
const ROLES: Kind[] = [
  mayDo('finds labels in images, which knows no resources', may('rekognition:DetectLabels', '*')),
  mayDo('translates, which knows no resources', may('translate:TranslateText', '*')),
  mayDo('writes metrics', may('cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'Shop' } })),
  mayDo('reads parameters of a path', may(['ssm:GetParameter', 'ssm:GetParametersByPath'], ownArn('ssm', 'parameter/shop/*'))),
  mayDo('reads a secret by its name', may('secretsmanager:GetSecretValue', ownArn('secretsmanager', 'secret:shop/token-??????'))),
  mayDo('asks a model', may('bedrock:InvokeModel', `arn:aws:bedrock:${REGION}::foundation-model/amazon.titan-text-express-v1`)),
  mayDo('sends mail from one identity', may('ses:SendEmail', ownArn('ses', 'identity/shop.example.com'))),
  granted('reads a secret', (t, to) => new secretsmanager.Secret(t.stack, 'Token').grantRead(to)),
  granted('reads a parameter', (t, to) => new ssm.StringParameter(t.stack, 'Flag', { stringValue: 'on' }).grantRead(to)),
  granted('sends messages to a queue', (t, to) => new sqs.Queue(t.stack, 'Orders').grantSendMessages(to)),
  granted('publishes to a topic', (t, to) => new sns.Topic(t.stack, 'News').grantPublish(to)),
  granted('writes to a stream', (t, to) => new kinesis.Stream(t.stack, 'Clicks').grantWrite(to)),
  granted('reads the stream of a table', (t, to) => new dynamodb.TableV2(t.stack, 'Carts',
    { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, dynamoStream: dynamodb.StreamViewType.NEW_IMAGE }).grantStreamRead(to)),
  granted('reads the stream of a table of the older kind', (t, to) => new dynamodb.Table(t.stack, 'Baskets',
    { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE }).grantStreamRead(to)),
  granted('calls a function', (t, to) => aFunction(t.stack).grantInvoke(to)),
  granted('starts a state machine', (t, to) => machine({ ...t, scope: t.stack }).grantStartExecution(to)),
  granted('puts events on a bus', (t, to) => new events.EventBus(t.stack, 'Bus').grantPutEventsTo(to)),
  granted('reads a bucket of a second stack', (t, to) => new s3.Bucket(t.scope, 'Images', { bucketName: 'images-of-the-shop' }).grantRead(to)),
  apart<iam.CfnRole>(ROLE, 'a managed policy with named actions and resources', 'what the library asks for', t => new iam.CfnManagedPolicy(t.scope, 'Named',
    { policyDocument: document(may('s3:GetObject', 'arn:aws:s3:::catalogue-of-the-shop/*')), roles: [t.resource.ref] }), TASK_ROLE),
];

const groups = (name: string, touch: (group: logs.LogGroup, t: Target) => void, only?: RegExp): Kind => apart(LOG_GROUP, name, 'of the own account, by name', t => touch(of(t), t), only);
const LOG_GROUPS: Kind[] = [
  groups('a metric and its alarm', (group, t) => {
    const filter = new logs.MetricFilter(t.scope, 'Errors', {
      logGroup: logs.LogGroup.fromLogGroupName(t.scope, 'Group', group.logGroupName), filterPattern: logs.FilterPattern.anyTerm('ERROR'), metricNamespace: 'Shop', metricName: 'Errors',
    });
    new cloudwatch.Alarm(t.scope, 'ErrorsAlarm', { metric: filter.metric(), threshold: 10, evaluationPeriods: 1 });
  }),
  groups('a function of the own account reads along', (group, t) => new logs.SubscriptionFilter(t.scope, 'Along', {
    logGroup: logs.LogGroup.fromLogGroupName(t.scope, 'Group', group.logGroupName), destination: new destinations.LambdaDestination(aFunction(t.scope)), filterPattern: logs.FilterPattern.anyTerm('ERROR'),
  })),
  groups('a query that is kept', (group, t) => new logs.CfnQueryDefinition(t.scope, 'Query', { name: 'Errors', queryString: 'filter @message like /ERROR/', logGroupNames: [group.logGroupName] })),
  groups('a detector of anomalies', (group, t) => new logs.CfnLogAnomalyDetector(t.scope, 'Anomalies', { logGroupArnList: [group.logGroupArn] })),
  groups('a role reads it, by grant', (group, t) => group.grantRead(role(t))),
  apart(LOG_GROUP, 'EventBridge writes to a group of its own', 'a service, by its source', t => new logs.CfnResourcePolicy(t.scope, 'Events', {
    policyName: 'Events',
    policyDocument: JSON.stringify(document(allow({ Service: 'events.amazonaws.com' }, ['logs:CreateLogStream', 'logs:PutLogEvents'], ownArn('logs', 'log-group:/aws/events/shop:*'),
      { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': ownArn('events', 'rule/*') } }))),
  })),
];

const ANY: Kind[] = [
  apart(BUCKET, 'its name is an output', 'nothing is touched', t => new CfnOutput(t.scope, 'Name', { value: t.resource.ref })),
  apart(BUCKET, 'its name is a parameter', 'nothing is touched', t => new ssm.StringParameter(t.scope, 'BucketName', { stringValue: t.resource.ref })),
  within(BUCKET, 'a tag', 'nothing is touched', t => Tags.of(of(t)).add('class', 'data')),
];

export const LEGITIMATE_STORAGE: Kind[] = [...KEYS, ...BUCKETS, ...TOPICS, ...ROLES, ...LOG_GROUPS, ...ANY];
