// One valid call of everything in the public API that takes arguments, for tests that change one argument at a time.
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { DIGEST, ENV, newApp, shopProps } from './shop';
import * as library from '../../src';

/** Somebody else's stack in which a call is made, with a foundation. */
export function newStack(): Stack {
  const stack = new Stack(newApp(), 'Test', { env: ENV });
  new library.SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  return stack;
}

const once = <T>(stack: Stack, id: string, make: () => T): T => (stack.node.tryFindChild(id) as T | undefined) ?? make();
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const bucket = (stack: Stack) => once(stack, 'ABucket', () => new s3.Bucket(stack, 'ABucket'));
const key = (stack: Stack) => once(stack, 'AKey', () => new kms.Key(stack, 'AKey'));
const role = (stack: Stack) => once(stack, 'ARole', () => new iam.Role(stack, 'ARole', { assumedBy: new iam.AccountRootPrincipal() }));
const topic = (stack: Stack) => once(stack, 'ATopic', () => new sns.Topic(stack, 'ATopic', { masterKey: key(stack) }));
const vpc = (stack: Stack) => once(stack, 'AVpc', () => ec2.Vpc.fromVpcAttributes(stack, 'AVpc', {
  vpcId: 'vpc-12345678',
  vpcCidrBlock: '10.0.0.0/16',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  isolatedSubnetIds: ['subnet-1', 'subnet-2'],
  isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  publicSubnetIds: ['subnet-3', 'subnet-4'],
  publicSubnetRouteTableIds: ['rtb-3', 'rtb-4'],
}));
const certificate = (stack: Stack) => once(stack, 'ACertificate', () => acm.Certificate.fromCertificateArn(stack, 'ACertificate', arn('acm', 'certificate/a')));
const group = (stack: Stack) => once(stack, 'AGroup', () => new ec2.SecurityGroup(stack, 'AGroup', { vpc: vpc(stack) }));

const statement = (stack: Stack) => new iam.PolicyStatement({ principals: [role(stack)], actions: ['s3:GetObject'], resources: ['*'] });
const stranger = () => new iam.ArnPrincipal('arn:aws:iam::444455556666:role/reader');

/** The least that each struct of ours needs, where it needs something. */
export const STRUCTS: Record<string, (stack: Stack) => object> = {
  AccountServicesAdoptOptions: () => ({ detectorId: 'a'.repeat(32) }),
  ApplicationTier: () => ({ image: library.PrivateImage.of('shop', DIGEST), port: 8443 }),
  BackupPolicyProps: () => ({ resources: [library.ProtectedResource.fromArn(arn('dynamodb', 'table/a'))] }),
  CisAlarmsProps: stack => ({ logGroup: once(stack, 'ALogGroup', () => new logs.LogGroup(stack, 'ALogGroup')) }),
  ComplianceLockOptions: () => ({ acknowledgeImmutable: true, changeableFor: Duration.days(3) }),
  ConfigRecorderProps: () => ({ serviceLinkedRole: library.ServiceLinkedRole.EXISTING }),
  CpuScalingProps: () => ({ maxCapacity: 8 }),
  CustomAlarm: () => ({ name: 'Mine', description: 'Mine', filterPattern: '{ $.a = 1 }' }),
  CustomerManagedKeyProps: () => ({ description: 'Test' }),
  EncryptedDatabaseProps: stack => ({ vpc: vpc(stack) }),
  EventNotificationProps: stack => ({ description: 'Test', eventPattern: { source: ['aws.s3'] }, topic: topic(stack) }),
  LoadBalancerDomain: () => ({ domainName: 'shop.example.com', hostedZoneAttributes: { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' } }),
  NotificationTopicProps: () => ({ emails: ['security@example.com'] }),
  PrivateFargateServiceProps: stack => ({ vpc: vpc(stack), image: library.PrivateImage.of('shop', DIGEST), port: 8443 }),
  SecurityWaiver: () => ({ control: 'LOG-02', reason: 'a test that needs no such thing' }),
  ServerlessCapacity: () => ({ minCapacity: 1, maxCapacity: 2 }),
  ThreeTierApplicationProps: () => shopProps(),
  ThreeTierSecureStackProps: () => shopProps({ env: ENV } as object),
  TlsAlbProps: stack => ({ vpc: vpc(stack), certificate: certificate(stack), hostNames: ['shop.example.com'] }),
};

/** Props of a class, or whatever else is a struct. */
export function structOf(name: string, stack: Stack): object {
  return STRUCTS[name]?.(stack) ?? {};
}

const made = (stack: Stack, name: string) => new (library as any)[name](name === 'ThreeTierSecureStack' ? stack.node.root as App : stack, 'Thing', structOf(`${name}Props`, stack));

/** What has methods that are not static, other than constructs. */
export const INSTANCES: Record<string, (stack: Stack) => unknown> = {
  Disposable: () => library.Disposable.because('a test that loses nothing at all'),
  KeyAccess: () => library.KeyAccess.s3(),
  SecurityWaivers: stack => library.SecurityWaivers.of(stack),
};

/** The arguments of each method. */
export const METHODS: Record<string, (stack: Stack) => unknown[]> = {
  'AccountServices.adopt': stack => [structOf('AccountServicesAdoptOptions', stack)],
  'AccountServices.create': () => [{}],
  'ConfigRecorder.precede': stack => [bucket(stack)],
  'CustomerManagedKey.allow': () => [library.KeyAccess.s3()],
  'CustomerManagedKey.grantAdmin': stack => [role(stack)],
  'DataEvents.ofType': () => ['AWS::DynamoDB::Table'],
  'DataEvents.refusedByEndpoint': () => ['s3.amazonaws.com'],
  'DataEvents.s3Objects': stack => [bucket(stack)],
  'Disposable.applyTo': stack => [new Stack(stack.node.root as App, 'Gone')],
  'Disposable.because': () => ['a test that loses nothing at all'],
  'Disposable.isDisposable': stack => [stack],
  'EncryptedBucket.addEventNotification': stack => [s3.EventType.OBJECT_CREATED, new SnsDestination(topic(stack)), { prefix: 'a' }],
  'CustomerManagedKey.addToResourcePolicy': stack => [statement(stack), true],
  'CustomerManagedKey.grantDecryptToAccount': () => [stranger()],
  'EncryptedBucket.addToResourcePolicy': stack => [statement(stack)],
  'EncryptedBucket.grantReadToAccount': () => [stranger(), 'a/*'],
  'EncryptedBucket.grantPublicAccess': () => ['a/*', 's3:GetObject'],
  'EncryptedBucket.grantObjects': stack => [role(stack)],
  'EncryptedBucket.grantOnKey': stack => [role(stack), 'kms:Decrypt'],
  'EncryptedDatabase.addProxy': stack => ['Proxy', { vpc: vpc(stack), secrets: [new secretsmanager.Secret(stack, 'ASecret')] }],
  'EncryptedDatabase.grantConnect': stack => [role(stack), 'app'],
  'EncryptedDatabase.grantDataApiAccess': stack => [role(stack)],
  'EndpointService.of': () => ['events'],
  'FindingsExport.toBucket': stack => [bucket(stack), key(stack)],
  'FindingsExport.toOwnBucket': () => [Duration.days(365)],
  'KeyAccess.allowOn': stack => [key(stack)],
  'KeyAccess.autoScaling': () => ['mine'],
  'KeyAccess.cloudFront': () => ['E123'],
  'KeyAccess.cloudTrail': () => ['trail'],
  'KeyAccess.fargateStorage': () => ['cluster'],
  'KeyAccess.guardDuty': () => ['a'.repeat(32)],
  'KeyAccess.logGroup': () => ['group'],
  'KeyAccess.publisher': () => ['events.rds.amazonaws.com', arn('rds', 'db:*')],
  'KeyAccess.throughService': () => ['athena', {}],
  'KnownFindings.acknowledge': stack => [stack],
  'LockedBackupVault.addToAccessPolicy': () => [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['backup:*'], principals: [new iam.AnyPrincipal()], resources: ['*'] })],
  'LogBucket.addToResourcePolicy': stack => [statement(stack)],
  'LogBucket.grantPublicAccess': () => ['a/*', 's3:GetObject'],
  'LogBucket.acceptLoadBalancerLogs': stack => [bucket(stack)],
  'LogBucket.addEventNotification': stack => [s3.EventType.OBJECT_CREATED, new SnsDestination(topic(stack)), { prefix: 'a' }],
  'NotificationTopic.addToResourcePolicy': stack => [statement(stack)],
  'NotificationTopic.admitSubscriber': () => ['444455556666'],
  'PrivateRepository.addToResourcePolicy': stack => [statement(stack)],
  'PrivateRepository.grantPullToAccount': () => [stranger()],
  'NotificationTopic.addSubscription': () => [new UrlSubscription('https://example.com')],
  'NotificationTopic.grantPublish': stack => [role(stack)],
  'PrivateFargateService.addDependency': stack => [bucket(stack)],
  'PrivateFargateService.attachToApplicationTargetGroup': stack => [new elbv2.ApplicationTargetGroup(stack, 'ATargetGroup', { vpc: vpc(stack), port: 8443, protocol: elbv2.ApplicationProtocol.HTTPS, targetType: elbv2.TargetType.IP })],
  'PrivateFargateService.metric': () => ['CPUUtilization', {}],
  'PrivateFargateService.metricCpuUtilization': () => [{}],
  'PrivateFargateService.metricMemoryUtilization': () => [{}],
  'PrivateImage.fromRepository': stack => [new ecr.Repository(stack, 'ARepository'), DIGEST],
  'PrivateImage.of': () => ['shop', DIGEST],
  'PrivateImage.tagged': () => ['shop', 'v1'],
  'PrivateImage.uri': () => [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop@${DIGEST}`],
  'ProtectedResource.auroraCluster': stack => [rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'ACluster', { clusterIdentifier: 'a', clusterResourceIdentifier: 'b' }), key(stack)],
  'ProtectedResource.bucket': stack => [bucket(stack)],
  'ProtectedResource.fileSystem': stack => [new efs.FileSystem(stack, 'AFileSystem', { vpc: vpc(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } })],
  'ProtectedResource.fromArn': () => [arn('dynamodb', 'table/a'), new iam.PolicyStatement({ actions: ['dynamodb:StartAwsBackupJob'], resources: ['*'] })],
  'ProtectedResource.table': stack => [new dynamodb.Table(stack, 'ATable', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }), key(stack)],
  'ProtectedResource.tagged': () => ['backup', 'yes'],
  'ProtectedResource.volume': stack => [ec2.Volume.fromVolumeAttributes(stack, 'AVolume', { volumeId: 'vol-12345678', availabilityZone: 'eu-west-1a' })],
  'SecureVpc.addClientVpnEndpoint': () => ['Vpn', { cidr: '10.100.0.0/16', serverCertificateArn: arn('acm', 'certificate/a'), clientCertificateArn: arn('acm', 'certificate/b') }],
  'SecureVpc.addFlowLog': () => ['More', {}],
  'SecureVpc.addGatewayEndpoint': () => ['Express', { service: ec2.GatewayVpcEndpointAwsService.S3_EXPRESS }],
  'SecureVpc.addInterfaceEndpoint': () => ['Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS }],
  'SecureVpc.addVpnConnection': () => ['Site', { ip: '192.0.2.1' }],
  'SecureVpc.allowAwsServices': stack => [group(stack)],
  'SecureVpc.enableVpnGateway': () => [{ type: 'ipsec.1' }],
  'SecureVpc.selectSubnets': () => [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  'SecurityFoundation.of': stack => [stack],
  'SecurityWaivers.add': stack => [structOf('SecurityWaiver', stack)],
  'SecurityWaivers.of': stack => [stack],
  'TaskScaling.onCpuUtilization': stack => [structOf('CpuScalingProps', stack)],
  'TaskSecret.fromSecretsManager': stack => [new secretsmanager.Secret(stack, 'ASecret'), 'field'],
  'TaskSecret.fromSsmParameter': stack => [ssm.StringParameter.fromStringParameterName(stack, 'AParameter', '/a'), key(stack)],
  'ThreatDetection.fromDetectorId': stack => [stack, 'Thing', 'a'.repeat(32)],
  'ThreatDetection.scanUploads': stack => [bucket(stack)],
  'TlsAlb.addListener': stack => ['More', { port: 8443, protocol: elbv2.ApplicationProtocol.HTTPS, certificates: [certificate(stack)], defaultAction: elbv2.ListenerAction.fixedResponse(404) }],
  'TlsAlb.addRedirect': () => [{}],
  'TlsAlb.addSecurityGroup': stack => [group(stack)],
  'TlsAlb.addTarget': () => ['Api', { targetType: elbv2.TargetType.IP }],
  'TlsAlb.logAccessLogs': stack => [bucket(stack), 'prefix'],
  'SelfCheck.explain': () => [new App()],
  'TlsAlb.logConnectionLogs': stack => [bucket(stack), 'prefix'],
  'VaultLock.compliance': stack => [structOf('ComplianceLockOptions', stack)],
  'VaultLock.governance': () => [{}],
  'WebFirewall.protect': stack => [elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'AnAlb', { loadBalancerArn: arn('elasticloadbalancing', 'loadbalancer/app/a/b'), securityGroupId: 'sg-12345678' })],
  'WritablePath.inMemory': () => ['/tmp', 64],
  'WritablePath.onDisk': () => ['/var/data'],
};

/** What the constructs have because the CDK's resources have it, and refuse whatever is given. */
export const REFUSED = [
  'CustomerManagedKey.grantAdmin', 'EncryptedBucket.addEventNotification', 'EncryptedBucket.grantPublicAccess',
  'EncryptedDatabase.grantDataApiAccess', 'LogBucket.addEventNotification', 'LogBucket.grantPublicAccess',
  'SecureVpc.addClientVpnEndpoint', 'SecureVpc.addVpnConnection', 'SecureVpc.enableVpnGateway', 'TlsAlb.addListener', 'TlsAlb.addRedirect',
  'TlsAlb.addSecurityGroup', 'TlsAlb.logAccessLogs', 'TlsAlb.logConnectionLogs',
];

/** A call that is prepared: its arguments, and what makes it. */
export interface Call {
  readonly args: unknown[];
  readonly make: (...args: any[]) => unknown;
}

/** A call by its name in the table of the API. */
export function callOf(name: string, stack: Stack): Call {
  const [className, method] = name.split('.');
  const type = (library as any)[className];
  if (method === undefined) {
    const scope = className === 'ThreeTierSecureStack' ? stack.node.root : className === 'SecurityFoundation' ? new Stack(stack.node.root as App, 'Other') : stack;
    return { args: [scope, 'Thing', structOf(`${className}Props`, stack)], make: (...args) => new type(...args) };
  }
  const args = METHODS[name](stack);
  if (typeof type[method] === 'function') { return { args, make: (...given) => type[method](...given) }; }
  const on = INSTANCES[className]?.(stack) ?? made(stack, className);
  return { args, make: (...given) => on[method](...given) };
}
