import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as actions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnParameter, Duration, Lazy, PropertyInjectors, Stack, Token } from 'aws-cdk-lib/core';
import { beside, containerOf as container, DIGEST, newService, newVpc, only } from './fixtures';
import { Disposable } from '../../src/assurance/disposable';
import { PrivateFargateService } from '../../src/compute/private-fargate-service';
import { PrivateFargateServiceProps } from '../../src/compute/private-fargate-service-props';
import { PrivateImage } from '../../src/compute/private-image';
import { PrivateRepository } from '../../src/compute/private-repository';
import { TaskScaling } from '../../src/compute/task-scaling';
import { TaskSecret } from '../../src/compute/task-secret';
import { WritablePath } from '../../src/compute/writable-path';
import { RenderedTemplate } from '../../src/core/template';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

describe('by default', () => proveControls(stack => { newService(stack); }, { absences: ['ECS-11', 'VPC-11'] }));

describe('with everything', () => proveControls(stack => {
  const service = newService(stack, {
    scaling: TaskScaling.onCpuUtilization({ maxCapacity: 6 }),
    environment: { LOG_LEVEL: 'info' },
    writablePaths: [WritablePath.inMemory('/tmp'), WritablePath.onDisk('/var/cache/app')],
    healthCheckCommand: ['/app/health'],
    topic: new sns.Topic(stack, 'Topic'),
  });
  new s3.Bucket(stack, 'Bucket').grantRead(service);
  // Removing the count changes nothing where the scaling sets it.
}, { absences: ['ECS-11', 'ECS-13', 'VPC-11'] }));

/** The log group of the application. That of Container Insights is like it. */
function logsOf(template: RenderedTemplate): any {
  const [own, insights, ...further] = template.resourcesOf('AWS::Logs::LogGroup').map(g => g.properties);
  expect(further).toEqual([]);
  const { LogGroupName: name, ...rest } = insights;
  expect(JSON.stringify(name)).toMatch(/aws\/ecs\/containerinsights\/.*\/performance/);
  expect(rest).toEqual(own);
  return own;
}

function rendered(props: Partial<PrivateFargateServiceProps> = {}): RenderedTemplate {
  const stack = newStack();
  newService(stack, props);
  return render(stack);
}

test('claims every control of the section', () => {
  const stack = newStack();
  newService(stack);
  expect(claimed(stack, 'AWS::ECS::Service')).toEqual(['ECS-04b', 'ECS-07', 'ECS-09b', 'ECS-13', 'ECS-13b', 'ECS-13c', 'ECS-13d',
    'ECS-21', 'ECS-21b', 'VPC-21', 'VPC-21b']);
  expect(claimed(stack, 'AWS::ECS::Cluster')).toEqual(['ECS-08', 'ECS-09', 'ECS-10', 'ECS-23', 'ECS-25']);
  expect(claimed(stack, 'AWS::ECS::TaskDefinition')).toEqual([
    'ECS-01', 'ECS-02', 'ECS-03', 'ECS-04', 'ECS-05', 'ECS-05b', 'ECS-06', 'ECS-06b', 'ECS-11', 'ECS-12', 'ECS-14', 'ECS-14b',
    'ECS-17', 'ECS-18', 'ECS-19', 'ECS-19b', 'ECS-19c', 'ECS-20', 'ECS-22', 'ECS-24',
    'SEC-01', 'SEC-02', 'SEC-03', 'SEC-04', 'SEC-05', 'SEC-06',
  ]);
});

test('has the defaults that its documentation names', () => {
  const template = rendered();
  expect(only(template, 'AWS::ECS::Service')).toMatchObject({
    DesiredCount: 2,
    LaunchType: 'FARGATE',
    PlatformVersion: 'LATEST',
    EnableExecuteCommand: false,
    EnableECSManagedTags: true,
    PropagateTags: 'SERVICE',
    AvailabilityZoneRebalancing: 'ENABLED',
    DeploymentController: { Type: 'ECS' },
    DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true }, MinimumHealthyPercent: 100, MaximumPercent: 200 },
    NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: [{ Ref: 'VpcAppSubnet1Subnet7D2CF347' }, { Ref: 'VpcAppSubnet2Subnet8D65443B' }] } },
  });
  expect(only(template, 'AWS::ECS::Service')).not.toHaveProperty('LoadBalancers');
  expect(only(template, 'AWS::ECS::Service')).not.toHaveProperty('HealthCheckGracePeriodSeconds');
  expect(only(template, 'AWS::ECS::TaskDefinition')).toMatchObject({
    Cpu: '512',
    Memory: '1024',
    NetworkMode: 'awsvpc',
    RequiresCompatibilities: ['FARGATE'],
    RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
  });
  expect(container(template)).toMatchObject({
    User: '1000:1000',
    Privileged: false,
    ReadonlyRootFilesystem: true,
    VersionConsistency: 'enabled',
    LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true, Tmpfs: [{ ContainerPath: '/tmp', Size: 64, MountOptions: ['noexec', 'nosuid', 'nodev'] }] },
    LogConfiguration: { LogDriver: 'awslogs', Options: { 'mode': 'non-blocking', 'max-buffer-size': '25m' } },
    PortMappings: [{ ContainerPort: 8443, Protocol: 'tcp' }],
  });
  for (const absent of ['Environment', 'Secrets', 'Command', 'HealthCheck', 'MountPoints']) {
    expect(container(template)).not.toHaveProperty(absent);
  }
  expect(logsOf(template).RetentionInDays).toBe(365);
  expect(template.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([]);
  expect(template.resourcesOf('AWS::Events::Rule')).toEqual([]);
});

test('takes what it is given', () => {
  const template = rendered({
    cpu: 1024,
    memoryLimitMiB: 4096,
    desiredCount: 3,
    user: '20000',
    command: ['serve'],
    healthCheckCommand: ['/app/health', '--quick'],
    cpuArchitecture: ecs.CpuArchitecture.ARM64,
    environment: { LOG_LEVEL: 'info' },
    logRetention: RetentionDays.FIVE_YEARS,
    writablePaths: [],
  });
  expect(only(template, 'AWS::ECS::TaskDefinition')).toMatchObject({ Cpu: '1024', Memory: '4096', RuntimePlatform: { CpuArchitecture: 'ARM64' } });
  expect(container(template)).toMatchObject({
    User: '20000',
    Command: ['serve'],
    HealthCheck: { Command: ['CMD', '/app/health', '--quick'] },
    Environment: [{ Name: 'LOG_LEVEL', Value: 'info' }],
  });
  expect(container(template).LinuxParameters).not.toHaveProperty('Tmpfs');
  expect(only(template, 'AWS::ECS::Service').DesiredCount).toBe(3);
  expect(logsOf(template).RetentionInDays).toBe(1827);
});

test.each<[string, Partial<PrivateFargateServiceProps>, RegExp]>([
  ['a port of root', { port: 443 }, /^\[Test\/App\] 'port' must be a whole number from 1024 to 65535 .*, got 443$/],
  ['a port above all', { port: 65536 }, /'port' must be/],
  ['CPU units that there are not', { cpu: 300 }, /^\[Test\/App\] 'cpu' is 300: Fargate has 256, 512/],
  ['memory that does not fit', { memoryLimitMiB: 512 }, /^\[Test\/App\] 'memoryLimitMiB' is 512: with 512 CPU units Fargate takes 1024, 2048, 3072, 4096$/],
  ['no task', { desiredCount: 0 }, /'desiredCount' must be a whole number from 1 to 5000 tasks, got 0/],
  ['scaling below the least', { desiredCount: 4, scaling: TaskScaling.onCpuUtilization({ maxCapacity: 3 }) }, /'scaling.maxCapacity' must be a whole number from 4 to 5000 tasks, got 3/],
  ['scaling that never comes', { scaling: TaskScaling.onCpuUtilization({ maxCapacity: 4, targetUtilizationPercent: 100 }) }, /'scaling.targetUtilizationPercent' must be .* from 10 to 90 percent, got 100/],
  ['root', { user: 'root' }, /^\[Test\/App\] 'user' is 'root': give numbers as UID:GID/],
  ['root by its number', { user: '0:1000' }, /'user' is '0:1000'/],
  ['the group of root', { user: '1000:0' }, /'user' is '1000:0'/],
  ['a user by name', { user: 'app' }, /'user' is 'app'/],
  ['a user known at deployment only', { user: Lazy.string({ produce: () => '0' }) }, /^\[Test\/App\] 'user' is known at deployment only, .*: give numbers/],
  ['a password', { environment: { DB_PASSWORD: 'x' } }, /^\[Test\/App\] 'environment' has 'DB_PASSWORD', which is named like a credential: .*waive 'ECS-05b'/],
  ['an access key', { environment: { X: 'AKIAIOSFODNN7EXAMPLE' } }, /^\[Test\/App\] 'environment' has a credential in 'X'(?!.*AKIA)/],
  ['an empty command', { command: [] }, /'command' is empty/],
  ['an empty health check', { healthCheckCommand: [] }, /'healthCheckCommand' is empty/],
  ['a health check with its form', { healthCheckCommand: ['CMD-SHELL', 'curl x'] }, /'healthCheckCommand' begins with 'CMD-SHELL': give only the command/],
  ['a relative path', { writablePaths: [WritablePath.inMemory('tmp')] }, /^\[Test\/App\] 'writablePaths' is 'tmp'/],
  ['an image of Docker Hub', { image: PrivateImage.uri('nginx:latest') }, /^\[Test\/App\] 'image' is 'nginx:latest': without a NAT gateway only private repositories/],
  ['a subnet in one zone', { vpcSubnets: { availabilityZones: ['dummy1a'] } }, /^\[Test\/App\] 'vpcSubnets' selects subnets in/],
  ['a list of subnets', { vpcSubnets: ['Application'] as any }, /^\[Test\/App\] 'vpcSubnets' is a list: give an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }/],
  ['public subnets', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, /^\[Test\/App\] 'vpcSubnets' selects public subnets/],
])('refuses %s', (_name, props, message) => {
  expect(() => newService(newStack(), props)).toThrow(message);
});

test.each<[string, string, Partial<PrivateFargateServiceProps>]>([
  ['ECS-13', 'one task', { desiredCount: 1 }],
  ['ECS-14', 'a tag', { image: PrivateImage.tagged('team/app', 'v1') }],
  ['ECS-05b', 'a name like a credential', { environment: { TOKENIZER: 'fast' } }],
])('takes, with a waiver of %s, %s', (control, _name, props) => {
  expect(() => rendered(props)).toThrow(control);
  expect(() => rendered({ ...props, waivers: [{ control, reason: 'the reason of this test is long enough' }] })).not.toThrow();
});

test.each(['ECS-01', 'ECS-02', 'ECS-09b', 'ECS-10'])('%s is a floor', control => {
  expect(() => newService(newStack(), { waivers: [{ control, reason: 'the reason of this test is long enough' }] })).toThrow(/which is a floor/);
});

test('takes tokens', () => {
  const stack = newStack();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  newService(stack, {
    // a name that could be `*` would be every repository of the account
    image: PrivateImage.of(new CfnParameter(stack, 'Name', { allowedValues: ['app', 'worker'] }).valueAsString, text('Digest')),
    port: number('Port'),
    cpu: number('Cpu'),
    memoryLimitMiB: number('Memory'),
    environment: { ANY: text('Any') },
    command: Token.asList({ 'Fn::Split': [',', text('Command')] }),
    scaling: TaskScaling.onCpuUtilization({ maxCapacity: number('Max'), targetUtilizationPercent: number('Percent') }),
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', text('KeyArn')),
  });
  const template = render(stack);
  expect(only(template, 'AWS::ECS::TaskDefinition')).toMatchObject({ Cpu: { Ref: 'Cpu' }, Memory: { Ref: 'Memory' } });
  expect(container(template).PortMappings[0].ContainerPort).toEqual({ Ref: 'Port' });
});

test.each([[undefined], ['eu-central-1'], ['us-gov-west-1'], ['cn-north-1']])('is made in %s', region => {
  const stack = newStack({}, region ? { env: { account: '111122223333', region } } : {});
  newService(stack);
  expect(JSON.stringify(render(stack).json)).not.toMatch(/arn:aws[:-]|"amazonaws\.com"/);
});

describe('network', () => {
  test('nothing goes in or out until a rule says so', () => {
    const group = only(rendered(), 'AWS::EC2::SecurityGroup');
    expect(group.GroupDescription).toMatch(/^Tasks of Test-App[0-9A-F]{8}$/);
    expect(group).not.toHaveProperty('SecurityGroupIngress');
    expect(group.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '127.0.0.1/32', Description: 'Nowhere: keeps EC2 from opening everything' })]);
  });

  test('stays closed while the stack of what it reaches is not there', () => {
    const stack = newStack();
    const far = beside(stack, 'Far');
    const vpc = newVpc(stack);
    const other = new ec2.SecurityGroup(far, 'Other', { vpc, description: 'other' });
    other.connections.allowFrom(newService(stack, { vpc }), ec2.Port.tcp(5432), 'from the tasks');
    const template = render(stack);
    expect(template.resourcesOf('AWS::EC2::SecurityGroupEgress')).toEqual([]);
    expect(only(template, 'AWS::EC2::SecurityGroup').SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '127.0.0.1/32' })]);
  });

  test.each<[string, (group: ec2.SecurityGroup) => void]>([
    ['VPC-11', group => group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(8443), 'everybody')],
    ['VPC-13', group => group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'everywhere')],
  ])('%s: refuses rules for everywhere', (control, open) => {
    const stack = newStack();
    open(newService(stack).securityGroup);
    expect(() => render(stack)).toThrow(`[Test/App/SecurityGroup/Resource] ${control} does not hold`);
  });

  test('is opened by its connections, at the port of the application', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    const service = newService(stack, { vpc });
    const other = new ec2.SecurityGroup(stack, 'Other', { vpc, description: 'other' });
    service.connections.allowDefaultPortFrom(other, 'from the other');
    service.connections.allowTo(other, ec2.Port.tcp(5432), 'to the other');
    const template = render(stack);
    expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress').map(r => r.properties)).toContainEqual(expect.objectContaining({ FromPort: 8443, ToPort: 8443, Description: 'from the other' }));
    expect(template.resourcesOf('AWS::EC2::SecurityGroupEgress').map(r => r.properties)).toContainEqual(expect.objectContaining({ FromPort: 5432, Description: 'to the other' }));
  });

  test('takes an imported VPC', () => {
    const stack = newStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
    newService(stack, { vpc });
    expect(only(render(stack), 'AWS::ECS::Service').NetworkConfiguration.AwsvpcConfiguration.Subnets).toEqual(['subnet-1', 'subnet-2']);
  });
});

describe('load balancer', () => {
  function balanced(healthCheckGracePeriod?: Duration): RenderedTemplate {
    const stack = newStack();
    const vpc = newVpc(stack);
    const service = newService(stack, { vpc, healthCheckGracePeriod });
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc });
    const group = new elbv2.ApplicationTargetGroup(stack, 'Group', { vpc, port: 8443, protocol: elbv2.ApplicationProtocol.HTTPS, targets: [service] });
    balancer.addListener('Listener', { port: 80, open: false, defaultTargetGroups: [group] });
    return render(stack);
  }

  test('registers the container and its port, after the listener, and opens nothing', () => {
    const template = balanced();
    const [service] = template.resourcesOf('AWS::ECS::Service');
    const [listener] = template.resourcesOf('AWS::ElasticLoadBalancingV2::Listener');
    const [group] = template.resourcesOf('AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(service.properties.LoadBalancers).toEqual([{ ContainerName: 'app', ContainerPort: 8443, TargetGroupArn: { Ref: group.logicalId } }]);
    expect(service.properties.HealthCheckGracePeriodSeconds).toBe(60);
    expect(service.dependsOn).toContain(listener.logicalId);
    expect(group.properties.TargetType).toBe('ip');
    expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress')).toEqual([]);
    expect(template.resourcesOf('AWS::EC2::SecurityGroupEgress')).toEqual([]);
  });

  test('registers with several target groups, imported ones too', () => {
    const stack = newStack();
    const service = newService(stack, { healthCheckGracePeriod: Duration.seconds(90) });
    const arns = ['a', 'b'].map(name => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`);
    for (const [i, targetGroupArn] of arns.entries()) {
      const group = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, `TargetGroup${i}`, { targetGroupArn });
      expect(service.attachToApplicationTargetGroup(group)).toEqual({ targetType: elbv2.TargetType.IP });
    }
    const rendition = only(render(stack), 'AWS::ECS::Service');
    expect(rendition.LoadBalancers).toEqual(arns.map(TargetGroupArn => ({ TargetGroupArn, ContainerName: 'app', ContainerPort: 8443 })));
    expect(rendition.HealthCheckGracePeriodSeconds).toBe(90);
  });

  test('waits as long as it is told', () => {
    expect(balanced(Duration.minutes(5)).resourcesOf('AWS::ECS::Service')[0].properties.HealthCheckGracePeriodSeconds).toBe(300);
  });
});

describe('grants', () => {
  test.each(FLAG_SETS)('go to a customer managed policy, under %s feature flags', (_name, context) => {
    const stack = newStack(context);
    const service = newService(stack);
    const key = new CustomerManagedKey(stack, 'Key', { description: 'data', access: [KeyAccess.s3(), KeyAccess.secretsManager()] });
    const secretCompleteArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abcdef';
    new s3.Bucket(stack, 'Bucket', { encryptionKey: key }).grantReadWrite(service);
    secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn, encryptionKey: key }).grantRead(service);
    s3.Bucket.fromBucketName(stack, 'Foreign', 'foreign').grantRead(service.taskRole);
    const template = render(stack);
    expect(template.resourcesOf('AWS::IAM::Policy')).toEqual([]);
    template.resourcesOf('AWS::IAM::Role').forEach(r => expect(r.properties).not.toHaveProperty('Policies'));
    const grants = template.resourcesOf('AWS::IAM::ManagedPolicy').filter(p => JSON.stringify(p.properties).includes('s3:GetObject'));
    expect(grants).toHaveLength(1);
    expect(JSON.stringify(grants[0].properties.PolicyDocument)).toMatch(/foreign.*/);
    expect(JSON.stringify(grants[0].properties.PolicyDocument)).toContain('secretsmanager:GetSecretValue');
    const [ours] = template.resourcesOf('AWS::ECS::Service');
    expect(ours.dependsOn).toContain(grants[0].logicalId);
  });

  test('there is no policy without a grant', () => {
    const template = rendered();
    expect(template.resourcesOf('AWS::IAM::ManagedPolicy')).toHaveLength(1);
    expect(template.resourcesOf('AWS::IAM::Role')).toHaveLength(2);
  });

  test('a grant of everything fails the synthesis', () => {
    const stack = newStack();
    newService(stack).taskRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
    expect(() => render(stack)).toThrow(/IAM-02 does not hold/);
  });
});

describe('what starts tasks', () => {
  const allows = (template: RenderedTemplate) => only(template, 'AWS::IAM::ManagedPolicy').PolicyDocument.Statement;

  test('may pull one image and write one log group', () => {
    expect(allows(rendered())).toEqual([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':repository/team/app']] },
      },
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^AppLogs/), 'Arn'] } },
    ]);
  });

  test('may read the secrets, and only those', () => {
    const stack = newStack();
    const secretCompleteArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abcdef';
    const secret = secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn, encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k') });
    newService(stack, { secrets: { DB_PASSWORD: TaskSecret.fromSecretsManager(secret, 'password') } });
    const template = render(stack);
    expect(container(template).Secrets).toEqual([{ Name: 'DB_PASSWORD', ValueFrom: `${secretCompleteArn}:password::` }]);
    expect(allows(template).slice(3)).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretCompleteArn },
      expect.objectContaining({ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:eu-west-1:111122223333:key/k' }),
    ]);
  });

  test('pulls from a repository of another stack', () => {
    const stack = newStack();
    const repository = new ecr.Repository(beside(stack, 'Images'), 'Repository');
    newService(stack, { image: PrivateImage.fromRepository(repository, DIGEST) });
    expect(container(render(stack)).Image['Fn::Join'][1].at(-1)).toBe(`@${DIGEST}`);
  });
});

test('scaling keeps at least the desired count and leaves it out of the service', () => {
  const template = rendered({ desiredCount: 3, scaling: TaskScaling.onCpuUtilization({ maxCapacity: 9 }) });
  expect(only(template, 'AWS::ECS::Service')).not.toHaveProperty('DesiredCount');
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: 3, MaxCapacity: 9, ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs' });
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').TargetTrackingScalingPolicyConfiguration).toEqual({
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    TargetValue: 60,
  });
});

test('notifies of failed deployments of this service', () => {
  const stack = newStack();
  newService(stack, { topic: new sns.Topic(stack, 'Topic') });
  const template = render(stack);
  expect(only(template, 'AWS::Events::Rule').EventPattern).toEqual({
    'source': ['aws.ecs'],
    'detail-type': ['ECS Deployment State Change'],
    'resources': [{ Ref: template.resourcesOf('AWS::ECS::Service')[0].logicalId }],
    'detail': { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
  });
});

test('in a disposable scope one task and a week of logs do', () => {
  const stack = newStack();
  Disposable.because('a test environment without data of anybody').applyTo(stack);
  newService(stack);
  const template = render(stack);
  expect(only(template, 'AWS::ECS::Service').DesiredCount).toBe(1);
  expect(logsOf(template)).toMatchObject({ RetentionInDays: 7, DeletionProtectionEnabled: false });
  expect(container(template).ReadonlyRootFilesystem).toBe(true);
});

test('takes a log bucket', () => {
  const stack = newStack();
  newService(stack, { logBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'our-logs') });
  const template = render(stack);
  expect(only(template, 'AWS::ECS::Cluster').Configuration.ExecuteCommandConfiguration.LogConfiguration.S3BucketName).toBe('our-logs');
  expect(template.resourcesOf('AWS::S3::Bucket')).toEqual([]);
});

test('shares what a foundation of another stack has', () => {
  const stack = newStack();
  const shared = beside(stack, 'Shared');
  const foundation = new SecurityFoundation(shared, 'Foundation');
  newService(stack, { foundation, vpc: newVpc(shared) });
  const template = render(stack);
  expect(template.resourcesOf('AWS::S3::Bucket')).toEqual([]);
  expect(template.resourcesOf('AWS::KMS::Key')).toHaveLength(1);
  expect(logsOf(template).KmsKeyId).toHaveProperty('Fn::ImportValue');
});

test('refuses keys that Fargate does not take', () => {
  const stack = newStack();
  const regions = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1');
  expect(() => newService(stack, { encryptionKey: regions })).toThrow(/^\[Test\/App\] 'encryptionKey' is 'mrk-1': Fargate takes neither aliases/);
  const other = newStack();
  expect(() => newService(other, { encryptionKey: kms.Alias.fromAliasName(other, 'Alias', 'alias/x') })).toThrow(/'encryptionKey' is 'alias\/x'/);
});

test('two services live side by side, in a stack whose path EC2 would not take as it is', () => {
  const stack = newStack();
  const vpc = newVpc(stack);
  for (const id of ['Zahlung für alle', 'Konto']) {
    new PrivateFargateService(stack, id, { vpc, image: PrivateImage.of('team/app', DIGEST), port: 8443 });
  }
  const template = render(stack);
  const descriptions = template.resourcesOf('AWS::EC2::SecurityGroup').map(g => String(g.properties.GroupDescription));
  expect(new Set(descriptions).size).toBe(2);
  descriptions.forEach(d => expect(d).toMatch(/^[a-zA-Z0-9 ._:/()#,@[\]+=&;{}!$*-]{1,255}$/));
  expect(new Set(template.resourcesOf('AWS::ECS::Cluster').map(c => c.properties.ClusterName)).size).toBe(2);
});

describe('is a service of the CDK', () => {
  test('with its ARN, name, cluster and task definition', () => {
    const stack = newStack();
    const service = newService(stack);
    const known: ecs.IFargateService & ecs.IBaseService = service;
    const { logicalId } = render(stack).resourcesOf('AWS::ECS::Service')[0];
    expect(stack.resolve([known.serviceArn, known.serviceName, known.serviceRef]))
      .toEqual([{ Ref: logicalId }, { 'Fn::GetAtt': [logicalId, 'Name'] }, { serviceArn: { Ref: logicalId } }]);
    expect([service.node.defaultChild, service.cfnService.node.id]).toEqual([service.cfnService, 'Resource']);
    expect(known.cluster.vpc).toBeDefined();
    expect(service.taskDefinition.taskRole).toBe(service.taskRole);
  });

  test('that is measured', () => {
    const stack = newStack();
    const service = newService(stack);
    const alarm = service.metricCpuUtilization({ period: Duration.minutes(1), statistic: 'Maximum' }).createAlarm(stack, 'Alarm', { threshold: 90, evaluationPeriods: 3 });
    expect([alarm.metric.warnings, service.metricMemoryUtilization().toMetricConfig().metricStat]).toMatchObject([undefined, {
      namespace: 'AWS/ECS', metricName: 'MemoryUtilization', period: Duration.minutes(5), statistic: 'Average',
    }]);
    const template = render(stack);
    const [cluster, own] = ['AWS::ECS::Cluster', 'AWS::ECS::Service'].map(type => template.resourcesOf(type)[0].logicalId);
    expect(only(template, 'AWS::CloudWatch::Alarm')).toMatchObject({
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Period: 60,
      Statistic: 'Maximum',
      Dimensions: [{ Name: 'ClusterName', Value: { Ref: cluster } }, { Name: 'ServiceName', Value: { 'Fn::GetAtt': [own, 'Name'] } }],
    });
    expect(service.metric('RunningTaskCount', { statistic: 'Minimum' }).toMetricConfig().metricStat).toMatchObject({ metricName: 'RunningTaskCount', statistic: 'Minimum' });
  });

  test('whose tasks, and nothing else of it, wait for what they need', () => {
    const stack = newStack();
    const needed = new sns.Topic(stack, 'Needed').node.defaultChild as sns.CfnTopic;
    newService(stack).addDependency(needed);
    const id = stack.resolve(needed.logicalId);
    const { Resources } = render(stack).json as any;
    expect(Object.values<any>(Resources).filter(r => [r.DependsOn ?? []].flat().includes(id)).map(r => r.Type)).toEqual(['AWS::ECS::Service']);
  });

  test('that a pipeline deploys to', () => {
    const stack = newStack();
    const service = newService(stack);
    const source = new codepipeline.Artifact();
    new codepipeline.Pipeline(stack, 'Pipeline', {
      stages: [
        { stageName: 'Source', actions: [new actions.S3SourceAction({ actionName: 'S', bucket: new s3.Bucket(stack, 'Source'), bucketKey: 'k', output: source })] },
        { stageName: 'Deploy', actions: [new actions.EcsDeployAction({ actionName: 'D', service, input: source })] },
      ],
    });
    expect(JSON.stringify(only(render(stack), 'AWS::CodePipeline::Pipeline'))).toContain('"ServiceName":{"Fn::GetAtt":');
  });
});

describe('property injectors', () => {
  const inject = (stack: Stack, constructUniqueId: string, injected: object) => PropertyInjectors.of(stack)
    .add({ constructUniqueId, inject: props => ({ ...props, ...injected }) });

  test.each<[string, string, object]>([
    ['services', ecs.FargateService.PROPERTY_INJECTION_ID, { assignPublicIp: true, enableExecuteCommand: true }],
    ['clusters', ecs.Cluster.PROPERTY_INJECTION_ID, { containerInsightsV2: ecs.ContainerInsights.DISABLED }],
    ['task definitions', ecs.FargateTaskDefinition.PROPERTY_INJECTION_ID, { cpu: 4096 }],
    ['log groups', LogGroup.PROPERTY_INJECTION_ID, { retention: RetentionDays.ONE_DAY, encryptionKey: undefined }],
  ])('of %s change nothing', (_name, constructUniqueId, injected) => {
    const [stack, usual] = [newStack(), newStack()];
    inject(stack, constructUniqueId, injected);
    [stack, usual].forEach(s => newService(s));
    expect(render(stack).json).toEqual(render(usual).json);
  });

  test.each<[string, string, object, string]>([
    ['opens the network', ec2.SecurityGroup.PROPERTY_INJECTION_ID, { allowAllOutbound: true }, 'VPC-13'],
    ['gives roles to others', iam.Role.PROPERTY_INJECTION_ID, { assumedBy: new iam.AccountPrincipal('111122223333') }, 'IAM-04'],
    ['adds inline policies', iam.Role.PROPERTY_INJECTION_ID, {
      inlinePolicies: { all: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::orders/*'] })] }) },
    }, 'IAM-01'],
  ])('one that %s fails the synthesis', (_name, constructUniqueId, injected, control) => {
    const stack = newStack();
    inject(stack, constructUniqueId, injected);
    newService(stack);
    expect(() => render(stack)).toThrow(`${control} does not hold`);
  });
});

test('an escape hatch that opens the service fails the synthesis', () => {
  const stack = newStack();
  newService(stack).cfnService.enableExecuteCommand = true;
  expect(() => render(stack)).toThrow('[Test/App/Resource] ECS-09b does not hold');
});

test('takes names', () => {
  const template = rendered({ clusterName: 'Shop', family: 'Web' });
  expect(only(template, 'AWS::ECS::Cluster')).toMatchObject({
    ClusterName: 'Shop', Configuration: { ExecuteCommandConfiguration: { LogConfiguration: { S3KeyPrefix: 'ecs-exec/Shop' } } },
  });
  expect(only(template, 'AWS::ECS::TaskDefinition').Family).toBe('Web');
});

test('takes the image of a private repository', () => {
  const stack = newStack();
  newService(stack, { image: PrivateImage.fromRepository(new PrivateRepository(stack, 'Images'), DIGEST) });
  expect(container(render(stack)).Image['Fn::Join'][1].at(-1)).toBe(`@${DIGEST}`);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    const stack = Stack.of(scope);
    new SecurityFoundation(stack, 'Foundation');
    const vpc = newVpc(stack);
    const topic = new sns.Topic(stack, 'Topic');
    return new PrivateFargateService(scope, 'App', { vpc, topic, image: PrivateImage.of('team/app', DIGEST), port: 8443, scaling: TaskScaling.onCpuUtilization({ maxCapacity: 4 }) });
  });
  expect(after.json).toEqual(before.json);
});

describe('what JavaScript and Python let through', () => {
  test.each<[string, object, string]>([
    ['no VPC', { vpc: undefined }, "'vpc' is missing: give an ec2.IVpc, for example a SecureVpc"],
    ['the ID of a VPC', { vpc: 'vpc-1' }, "'vpc' is the text 'vpc-1': give an ec2.IVpc"],
    ['no image', { image: undefined }, "'image' is missing: give PrivateImage.of(repositoryName, digest)"],
    ['an image by its URI', { image: 'nginx' }, "'image' is the text 'nginx': give PrivateImage.of"],
    ['no port', { port: undefined }, "'port' is missing"],
    ['a processor by its name', { cpuArchitecture: 'ARM64' }, "'cpuArchitecture' is the text 'ARM64'"],
    ['scaling by its counts', { scaling: { maxCapacity: 4 } }, "'scaling' is an object: give TaskScaling.onCpuUtilization"],
    ['a key by its alias', { encryptionKey: 'alias/x' }, "'encryptionKey' is the text 'alias/x': give a kms.IKey"],
    ['a bucket by its name', { logBucket: 'logs' }, "'logBucket' is the text 'logs': give an s3.IBucket"],
    ['a topic by its ARN', { topic: 'arn:aws:sns:x' }, "'topic' is the text 'arn:aws:sns:x': give an sns.ITopic"],
    ['a secret as text', { secrets: { TOKEN: 'arn' } }, "'secrets.TOKEN' is the text 'arn': give TaskSecret.fromSecretsManager"],
    ['a path as text', { writablePaths: ['/tmp'] }, "'writablePaths[0]' is the text '/tmp'"],
  ])('%s is an error in the usual form', (_name, props, message) => {
    const stack = newStack();
    const make = () => new PrivateFargateService(stack, 'App', { vpc: newVpc(stack), image: PrivateImage.of('team/app', DIGEST), port: 8443, ...props } as any);
    expect(make).toThrow(`[Test/App] ${message}`);
    expect(stack.node.children.map(c => c.node.id)).toEqual(['Vpc']);
  });
});
