// What people add to the application with good reason: none of it may be refused.
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as config from 'aws-cdk-lib/aws-config';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { secondService } from './compute';
import { furtherInstance, subscribe } from './data';
import { Cases, casesOf, Change } from './harness';
import { added, addedBeside, allow, CERTIFICATE, document, ACCOUNT, may, ownArn, ownIam, REGION, Statement, statement, to } from './touch';
import { PrivateFargateService } from '../../src/compute/private-fargate-service';
import { PrivateImage } from '../../src/compute/private-image';
import { FindingsNotification } from '../../src/detection/findings-notification';
import type { ThreeTierApplication } from '../../src/patterns/three-tier-application';
import { DIGEST } from '../support/shop';

/** A function that does nothing. */
export function aFunction(scope: Construct, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(scope, 'Function',
    { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'), ...props });
}

/** What the application may do besides. */
const taskMay = (json: Statement | ((a: ThreeTierApplication) => Statement)): Change =>
  to(a => a.service.taskRole.addToPrincipalPolicy(statement(typeof json === 'function' ? json(a) : json)));

const worker = (scope: Construct, a: ThreeTierApplication) =>
  new ec2.SecurityGroup(scope, 'Worker', { vpc: a.network, allowAllOutbound: false, description: 'A worker' });

const toOwnHost = (path: string) => [elbv2.ListenerCondition.hostHeaders(['shop.example.com']), elbv2.ListenerCondition.pathPatterns([path])];

const httpsTargets = (scope: Construct, a: ThreeTierApplication) => new elbv2.ApplicationTargetGroup(scope, 'Targets', {
  vpc: a.network,
  port: 9443,
  protocol: elbv2.ApplicationProtocol.HTTPS,
  targetType: elbv2.TargetType.IP,
  healthCheck: { protocol: elbv2.Protocol.HTTPS },
});

const objectsOf = (a: ThreeTierApplication) => ({ source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [a.bucket.bucketName] } } });

const stsPolicy = () => document(allow('*', 'sts:*', '*', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }));

const CASES: Cases = {
  'task role: calls Textract, which knows no resources': { addToPrincipalPolicy: taskMay(may('textract:DetectDocumentText', '*')) },
  'task role: writes X-Ray traces, which knows no resources': {
    addToPrincipalPolicy: taskMay(may(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')),
  },
  'task role: reads objects of one other bucket': {
    'addToPrincipalPolicy': taskMay(may('s3:GetObject', 'arn:aws:s3:::catalogue-of-the-shop/*')),
    'grantRead of an imported bucket': to((a, stack) => s3.Bucket.fromBucketName(stack, 'Catalogue', 'catalogue-of-the-shop').grantRead(a.service)),
  },
  'task role: assumes one named role': {
    'addToPrincipalPolicy': taskMay(may('sts:AssumeRole', ownIam('role/Reports'))),
    'grantAssumeRole of a role of the stack': to((a, stack) => {
      const role = new iam.Role(stack, 'Reports', { assumedBy: new iam.ArnPrincipal(a.service.taskRole.roleArn) });
      role.grantAssumeRole(a.service.taskRole);
    }),
  },
  'task role: reads and writes a table of the stack, by grant': {
    grantReadWriteData: to((a, stack) => new dynamodb.TableV2(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }).grantReadWriteData(a.service)),
  },
  'a named role of the account reads the data bucket and uses its key': {
    'grantRead': to((a, stack) => a.bucket.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }))),
    'grantRead to a role that is imported': to((a, stack) => a.bucket.grantRead(iam.Role.fromRoleArn(stack, 'Reader', ownIam('role/Reader')))),
  },
  'tasks: may connect to one other security group of the VPC': {
    allowTo: to((a, stack) => a.service.connections.allowTo(worker(stack, a), ec2.Port.tcp(6379), 'to the cache')),
  },
  'database: admits the security group of a worker in the application tier': {
    allowDefaultPortFrom: to((a, stack) => {
      const group = worker(stack, a);
      a.database.connections.allowDefaultPortFrom(group);
      aFunction(stack, { vpc: a.network, vpcSubnets: a.network.applicationSubnets, securityGroups: [group] });
    }),
  },
  'a second service under a security group of its own in the application tier': {
    'of the same tasks': to((a, stack) => secondService(stack, stack, {
      networkConfiguration: {
        awsvpcConfiguration: {
          assignPublicIp: 'DISABLED',
          subnets: a.network.selectSubnets(a.network.applicationSubnets).subnetIds,
          securityGroups: [worker(stack, a).securityGroupId],
        },
      },
    })),
    'of the library': to((a, stack) => new PrivateFargateService(stack, 'Worker', {
      vpc: a.network, vpcSubnets: a.network.applicationSubnets, image: PrivateImage.of('worker', DIGEST), port: 9443, foundation: a.foundation,
    })),
  },
  'a second target group and a rule for the own host': {
    'addTarget': to(a => a.loadBalancer.addTarget('Reports', { targetType: elbv2.TargetType.IP, port: 9443, pathPatterns: ['/reports/*'] })),
    'by the L2s of the CDK': to((a, stack) => a.loadBalancer.listener.addTargetGroups('Reports',
      { priority: 7, conditions: toOwnHost('/reports/*'), targetGroups: [httpsTargets(stack, a)] })),
  },
  'a second host name with its certificate and its rule': {
    'by the L2s of the CDK': to((a, stack) => {
      a.loadBalancer.listener.addCertificates('Shop2', [acm.Certificate.fromCertificateArn(stack, 'Shop2', CERTIFICATE)]);
      a.loadBalancer.listener.addTargetGroups('Shop2',
        { priority: 7, conditions: [elbv2.ListenerCondition.hostHeaders(['shop2.example.com'])], targetGroups: [httpsTargets(stack, a)] });
    }),
    'addCertificates and addTarget': to((a, stack) => {
      a.loadBalancer.listener.addCertificates('Shop2', [acm.Certificate.fromCertificateArn(stack, 'Shop2', CERTIFICATE)]);
      a.loadBalancer.addTarget('Shop2', { targetType: elbv2.TargetType.IP, port: 9443, hostNames: ['shop2.example.com'] });
    }),
    'by L1s': to((a, stack) => {
      const listenerArn = a.loadBalancer.listener.listenerArn;
      new elbv2.CfnListenerCertificate(stack, 'Shop2Certificate', { listenerArn, certificates: [{ certificateArn: CERTIFICATE }] });
      new elbv2.CfnListenerRule(stack, 'Shop2Rule', {
        listenerArn,
        priority: 7,
        conditions: [{ field: 'host-header', hostHeaderConfig: { values: ['shop2.example.com'] } }],
        actions: [{ type: 'forward', targetGroupArn: httpsTargets(stack, a).targetGroupArn }],
      });
    }),
  },
  'the service scales between two and ten tasks': {
    'by the L2 of the CDK': to((a, stack) => new appscaling.ScalableTarget(stack, 'Scaling', {
      serviceNamespace: appscaling.ServiceNamespace.ECS,
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${a.service.cluster.clusterName}/${a.service.serviceName}`,
      minCapacity: 2,
      maxCapacity: 10,
    }).scaleToTrackMetric('Cpu', { targetValue: 50, predefinedMetric: appscaling.PredefinedMetric.ECS_SERVICE_AVERAGE_CPU_UTILIZATION })),
  },
  'the data bucket moves objects to another storage class after 90 days': {
    addLifecycleRule: to(a => a.bucket.addLifecycleRule({
      id: 'Archive', transitions: [{ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) }],
    })),
  },
  'the data bucket answers one origin (CORS)': {
    addCorsRule: to(a => a.bucket.addCorsRule({ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://shop.example.com'] })),
  },
  'a rule of EventBridge reacts to new objects': added((scope, { application: a }) =>
    new events.Rule(scope, 'NewObjects', { eventPattern: objectsOf(a), targets: [new targets.LambdaFunction(aFunction(scope))] })),
  'a further reader of the database, as the others': {
    'in the stack': (_, stack) => { furtherInstance(stack, stack); },
    'in the stack, and told of': (_, stack) => subscribe(stack, { instance: furtherInstance(stack, stack) }),
  },
  'a further alarm on the trail log group': added((scope, { application: { trail, foundation } }) => {
    const filter = new logs.MetricFilter(scope, 'Exports', {
      logGroup: logs.LogGroup.fromLogGroupName(scope, 'TrailLogs', trail!.logGroup.logGroupName),
      filterPattern: logs.FilterPattern.literal('{ $.eventName = "StartExportTask" }'),
      metricNamespace: 'Shop',
      metricName: 'Exports',
    });
    const alarm = new cloudwatch.Alarm(scope, 'ExportsAlarm', { metric: filter.metric({ statistic: 'Sum' }), threshold: 1, evaluationPeriods: 1 });
    alarm.addAlarmAction(new actions.SnsAction(foundation.topic));
  }),
  'a further address is notified': {
    addSubscription: to(a => a.foundation.topic.addSubscription(new subscriptions.EmailSubscription('second@example.com'))),
  },
  'a further rule of AWS Config': added(scope =>
    new config.ManagedRule(scope, 'VolumesEncrypted', { identifier: config.ManagedRuleIdentifiers.EC2_EBS_ENCRYPTION_BY_DEFAULT })),
  'a further rule for findings of medium severity': {
    'by the CDK': to((_, stack) => new events.Rule(stack, 'Medium', {
      eventPattern: { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', 4, '<', 7] }] } },
      targets: [new targets.SqsQueue(new sqs.Queue(stack, 'MediumQueue'))],
    })),
    'by the library': to((a, stack) => new FindingsNotification(stack, 'Medium', { topic: a.foundation.topic, from: 4, below: 7 })),
  },
  'a further selection of the backup plan': added((scope, { application: { backup: policy } }) => new backup.CfnBackupSelection(scope, 'FurtherSelection', {
    backupPlanId: policy.backupPlanId,
    backupSelection: { selectionName: 'Further', iamRoleArn: policy.role.roleArn, resources: [ownArn('dynamodb', 'table/orders')] },
  })),
  'a further flow log, to a bucket of the stack': {
    addFlowLog: to((a, stack) => a.network.addFlowLog('ToBucket', { destination: ec2.FlowLogDestination.toS3(new s3.Bucket(stack, 'FlowLogBucket')) })),
  },
  'an interface endpoint of STS with a policy for the account': {
    addInterfaceEndpoint: to(a => a.network.addInterfaceEndpoint('Sts', { service: ec2.InterfaceVpcEndpointAwsService.STS })),
    ...added((scope, { application: { network } }) => new ec2.CfnVPCEndpoint(scope, 'Sts', {
      vpcId: network.vpcId,
      serviceName: `com.amazonaws.${REGION}.sts`,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      policyDocument: stsPolicy(),
      subnetIds: network.selectSubnets(network.applicationSubnets).subnetIds,
      securityGroupIds: [network.endpointSecurityGroup.securityGroupId],
    })),
  },
  'a bucket, a key and a function that touch nothing hardened': added(scope => {
    const key = new kms.Key(scope, 'OwnKey');
    const bucket = new s3.Bucket(scope, 'OwnBucket', { encryptionKey: key });
    bucket.grantReadWrite(aFunction(scope));
  }),
  'a tag on everything': {
    'of the app': app => Tags.of(app).add('team', 'shop'),
    'of the stack': (_, stack) => Tags.of(stack).add('team', 'shop'),
  },
  'a dashboard': added((scope, { application: a }) => new cloudwatch.Dashboard(scope, 'Dashboard', {
    widgets: [[
      new cloudwatch.GraphWidget({ left: [a.service.metricCpuUtilization(), a.loadBalancer.metrics.requestCount()] }),
      new cloudwatch.GraphWidget({ left: [a.database.metricCPUUtilization()] }),
    ]],
  })),
  'a second stack with a bucket and a queue of its own': {
    'of nothing in common': addedBeside((scope: Stack) => {
      new s3.Bucket(scope, 'OtherBucket');
      new sqs.Queue(scope, 'OtherQueue');
    }),
  },
};

export const LEGITIMATE = casesOf('legitimate', CASES);
