import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnElement, PropertyInjectors, Resource, Stack } from 'aws-cdk-lib/core';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { SecureVpc } from '../../src/network/secure-vpc';
import { SecureVpcProps } from '../../src/network/secure-vpc-props';
import { membersOf, missingMembers } from '../support/delegate';
import { moved } from '../support/move';
import { FLAG_SETS, newStack, render } from '../support/prove';

const make = (props: SecureVpcProps = {}, stack = newStack()) => new SecureVpc(stack, 'Network', props);
const rendered = (network: SecureVpc) => render(Stack.of(network));

describe('is a VPC of the CDK', () => {
  test('with every member of its interface', () => {
    expect(membersOf('aws-cdk-lib.aws_ec2.IVpc')).toEqual(expect.arrayContaining(['vpcId', 'selectSubnets', 'addFlowLog', 'vpcRef', 'stack', 'env', 'applyRemovalPolicy']));
    expect(missingMembers(make(), 'aws-cdk-lib.aws_ec2.IVpc')).toEqual([]);
    expect(missingMembers({ vpcId: '' }, 'aws-cdk-lib.aws_ec2.IVpc')).toContain('selectSubnets');
  });

  test('which say what it has', () => {
    const network = make({ azCount: 3 });
    const vpc: ec2.IVpc = network;
    const { stack } = network;
    expect(Resource.isResource(network)).toBe(true);
    expect(network.node.defaultChild).toBeInstanceOf(ec2.CfnVPC);
    const ref = { Ref: expect.stringMatching(/^Network/) };
    expect(stack.resolve([vpc.vpcId, vpc.vpcRef.vpcId])).toEqual([ref, ref]);
    expect(stack.resolve(vpc.vpcArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':vpc/', ref]] });
    expect(vpc.vpcCidrBlock).toBe('10.0.0.0/16');
    expect(vpc.availabilityZones).toHaveLength(3);
    expect(vpc.publicSubnets).toEqual(vpc.selectSubnets(network.loadBalancerSubnets).subnets);
    expect(vpc.isolatedSubnets).toEqual([network.applicationSubnets, network.dataSubnets].flatMap(s => vpc.selectSubnets(s).subnets));
    expect(vpc.privateSubnets).toEqual([]);
    expect(vpc.vpnGatewayId).toBeUndefined();
    expect(vpc.selectSubnets({ subnetType: ec2.SubnetType.PUBLIC }).hasPublic).toBe(true);
  });

  test.each(FLAG_SETS)('that constructs of its stack and of another one take, under %s feature flags', (_name, context) => {
    const own = newStack(context, { env: { account: '111111111111', region: 'eu-west-1' } });
    const network = make({}, own);
    const other = new Stack(own.node.root as App, 'Other', { env: { account: '111111111111', region: 'eu-west-1' } });
    for (const stack of [own, other]) {
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc: network, allowAllOutbound: false, description: 'clients' });
      new lambda.Function(stack, 'Function', {
        vpc: network, vpcSubnets: network.applicationSubnets, securityGroups: [group], code: lambda.Code.fromInline('0'), handler: 'a.b', runtime: lambda.Runtime.NODEJS_22_X,
      });
      new rds.DatabaseInstance(stack, 'Database', {
        vpc: network, vpcSubnets: network.dataSubnets, engine: rds.DatabaseInstanceEngine.POSTGRES, securityGroups: [group],
      });
      new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc: network, vpcSubnets: network.loadBalancerSubnets, internetFacing: true, securityGroup: group });
      network.allowAwsServices(group);
      SecurityWaivers.of(stack).add({ control: 'VPC-29', reason: 'the load balancer of this test has no web firewall' });
    }
    render(own);
    const [mine, theirs] = [own, other].map(stack => render(stack));
    const subnets = (template: typeof mine, type: string, property: string) => JSON.stringify(template.resourcesOf(type)[0].properties[property]);
    expect(subnets(mine, 'AWS::Lambda::Function', 'VpcConfig')).toMatch(/NetworkApplicationSubnet1.*NetworkApplicationSubnet2/);
    expect(subnets(theirs, 'AWS::Lambda::Function', 'VpcConfig')).toMatch(/NetworkApplicationSubnet1.*NetworkApplicationSubnet2/);
    expect(subnets(mine, 'AWS::RDS::DBSubnetGroup', 'SubnetIds')).toMatch(/NetworkDataSubnet1.*NetworkDataSubnet2/);
    expect(subnets(theirs, 'AWS::RDS::DBSubnetGroup', 'SubnetIds')).toMatch(/NetworkDataSubnet1.*NetworkDataSubnet2/);
    expect(subnets(theirs, 'AWS::EC2::SecurityGroup', 'VpcId')).toMatch(/Network/);
    expect(other.dependencies).toEqual([own]);
  });

  test('an L1 takes it, too', () => {
    const network = make();
    new ec2.CfnVPCEncryptionControl(network.stack, 'Control', { vpcId: network.vpcRef.vpcId, mode: 'monitor' });
    expect(rendered(network).resourcesOf('AWS::EC2::VPCEncryptionControl')[0].properties.VpcId).toEqual({ Ref: expect.stringMatching(/^Network/) });
  });

  test('what waits for the internet connectivity of the VPC waits for the route', () => {
    const network = make();
    const address = new ec2.CfnEIP(network.stack, 'Address');
    address.node.addDependency(network.internetConnectivityEstablished);
    expect(rendered(network).resource('Address')!.dependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^NetworkInternetRoute/)]));
  });
});

describe('an interface endpoint that is added', () => {
  const endpointOf = (network: SecureVpc) => rendered(network).resourcesOf('AWS::EC2::VPCEndpoint').find(e => e.logicalId.includes('Added'))!;

  test('has our policy, security group and subnets', () => {
    const network = make({ organizationId: 'o-a1b2c3d4e5' });
    network.addInterfaceEndpoint('Added', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
    const { properties } = endpointOf(network);
    const kms = rendered(network).resourcesOf('AWS::EC2::VPCEndpoint').find(e => e.logicalId.includes('kms'))!.properties;
    for (const property of ['VpcEndpointType', 'PrivateDnsEnabled', 'SubnetIds', 'SecurityGroupIds', 'VpcId']) {
      expect([property, properties[property]]).toEqual([property, kms[property]]);
    }
    expect(JSON.stringify(properties.PolicyDocument)).toContain('o-a1b2c3d4e5');
    expect(rendered(network).resourcesOf('AWS::EC2::SecurityGroup')).toHaveLength(1);
  });

  test('of the registry lets images of others pass, and no other one does', () => {
    const { ECR_DOCKER, SQS } = ec2.InterfaceVpcEndpointAwsService;
    for (const [service, passes] of [[ECR_DOCKER, true], [SQS, false]] as const) {
      const network = make({ endpointServices: [], imageAccounts: ['111122223333'] });
      network.addInterfaceEndpoint('Added', { service });
      expect(JSON.stringify(endpointOf(network).properties.PolicyDocument).includes('111122223333')).toBe(passes);
    }
  });

  test.each<[string, string, (network: SecureVpc) => void]>([
    ['without private DNS', 'VPC-09', network => { network.addInterfaceEndpoint('Added', { service: ec2.InterfaceVpcEndpointAwsService.SQS, privateDnsEnabled: false }); }],
    ['in the default security group', 'VPC-09b', network => {
      const { attrDefaultSecurityGroup } = network.node.defaultChild as ec2.CfnVPC;
      const group = ec2.SecurityGroup.fromSecurityGroupId(network.stack, 'Default', attrDefaultSecurityGroup);
      network.addInterfaceEndpoint('Added', { service: ec2.InterfaceVpcEndpointAwsService.SQS, securityGroups: [group] });
    }],
    ['with a policy for everybody', 'VPC-09c', network => {
      network.addInterfaceEndpoint('Added', { service: ec2.InterfaceVpcEndpointAwsService.SQS })
        .addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'], principals: [new iam.StarPrincipal()] }));
    }],
    ['without a policy', 'VPC-09c', network => {
      (network.addInterfaceEndpoint('Added', { service: ec2.InterfaceVpcEndpointAwsService.SQS }).node.defaultChild as ec2.CfnVPCEndpoint).policyDocument = undefined;
    }],
  ])('%s fails the synthesis', (_name, control, add) => {
    const network = make();
    add(network);
    expect(() => rendered(network)).toThrow(new RegExp(`\\[Test/Network/Vpc/Added/Resource\\] ${control} does not hold`));
  });

  test('needs a service, and a security group if any is named', () => {
    expect(() => make().addInterfaceEndpoint('Added', { service: ec2.InterfaceVpcEndpointAwsService.SQS, securityGroups: [] }))
      .toThrow("[Test/Network] 'securityGroups' is empty: name one, or leave it out for that of the other endpoints");
    expect(() => make().addInterfaceEndpoint('Added', { service: 'sqs' as any })).toThrow("[Test/Network] 'service' is the text 'sqs': give an ec2.InterfaceVpcEndpointAwsService");
    expect(() => make().addInterfaceEndpoint('Added', undefined as any)).toThrow("[Test/Network] 'options' is missing: give its 'service', for example ec2.InterfaceVpcEndpointAwsService.SQS");
  });
});

describe('a gateway endpoint that is added', () => {
  test('serves the public tier, with our policy', () => {
    const network = make();
    network.addGatewayEndpoint('Added', { service: ec2.GatewayVpcEndpointAwsService.S3, subnets: [network.loadBalancerSubnets] });
    const endpoint = rendered(network).resourcesOf('AWS::EC2::VPCEndpoint').find(e => e.logicalId.includes('Added'))!;
    expect(JSON.stringify(endpoint.properties.PolicyDocument)).toContain('aws:PrincipalAccount');
    expect(JSON.stringify(endpoint.properties.RouteTableIds)).toContain('NetworkPublicRouteTable');
  });

  test.each([ec2.GatewayVpcEndpointAwsService.S3, ec2.GatewayVpcEndpointAwsService.DYNAMODB])('is refused where there is one (%#)', service => {
    expect(() => make().addGatewayEndpoint('Added', { service })).toThrow(/^\[Test\/Network\] 'addGatewayEndpoint' for '(s3|dynamodb)' is for the application or data tier, which has one/);
    const network = make();
    expect(() => network.addGatewayEndpoint('Added', { service, subnets: [network.dataSubnets] })).toThrow(/which has one/);
  });

  test('of another service needs a policy', () => {
    const service = ec2.GatewayVpcEndpointAwsService.S3_EXPRESS;
    const network = make();
    network.addGatewayEndpoint('Added', { service });
    expect(() => rendered(network)).toThrow(/\[Test\/Network\/Vpc\/Added\/Resource\] VPC-08 does not hold/);
    const other = make();
    other.addGatewayEndpoint('Added', { service }).addToPolicy(new iam.PolicyStatement({
      principals: [new iam.StarPrincipal()],
      actions: ['s3express:*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': other.stack.account, 'aws:ResourceAccount': other.stack.account } },
    }));
    expect(() => rendered(other)).not.toThrow();
  });
});

describe('a flow log that is added', () => {
  test('delivers to a bucket, or to an encrypted log group', () => {
    const network = make();
    network.addFlowLog('Archive', { destination: ec2.FlowLogDestination.toS3(new s3.Bucket(network.stack, 'Bucket')) });
    network.addFlowLog('Rejected', {
      trafficType: ec2.FlowLogTrafficType.REJECT, destination: ec2.FlowLogDestination.toCloudWatchLogs(new EncryptedLogGroup(network.stack, 'Logs')),
    });
    expect(rendered(network).resourcesOf('AWS::EC2::FlowLog')).toHaveLength(3);
  });

  test.each<[string, (stack: Stack) => ec2.FlowLogOptions | undefined, RegExp]>([
    ['by default', () => undefined, /\[Test\/Network\/Vpc\/Added\/LogGroup\/Resource\] LOG-01 does not hold/],
    ['by name', stack => ({ destination: ec2.FlowLogDestination.toCloudWatchLogs(new logs.LogGroup(stack, 'Logs')) }), /\[Test\/Logs\/Resource\] LOG-01 does not hold/],
  ])('does not deliver to a log group without a key: %s', (_name, options, message) => {
    const network = make();
    network.addFlowLog('Added', options(network.stack));
    expect(() => rendered(network)).toThrow(message);
  });

  test('delivers to a log group of others, which is theirs to encrypt', () => {
    const network = make();
    network.addFlowLog('Added', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logs.LogGroup.fromLogGroupName(network.stack, 'Logs', 'theirs')) });
    expect(() => rendered(network)).not.toThrow();
  });
});

test.each<[string, (network: SecureVpc) => void]>([
  ["'enableVpnGateway' of 'ipsec.1'", network => network.enableVpnGateway({ type: 'ipsec.1' })],
  ["'addVpnConnection' of 'Vpn 192.0.2.1'", network => network.addVpnConnection('Vpn', { ip: '192.0.2.1' })],
  ["'addClientVpnEndpoint' of 'Vpn 10.100.0.0/16'", network => network.addClientVpnEndpoint('Vpn', { cidr: '10.100.0.0/16', serverCertificateArn: 'arn:cert' })],
])('%s is refused, and leaves nothing behind', (door, open) => {
  const network = make();
  const before = network.node.findAll().length;
  expect(() => open(network)).toThrow(`[Test/Network] ${door} would lead into the inner tiers past the load balancer and the web firewall`);
  expect(network.node.findAll()).toHaveLength(before);
});

test.each<[string, string, (network: SecureVpc) => void]>([
  ['another network ACL for a subnet', 'VPC-05', network => {
    network.isolatedSubnets[0].associateNetworkAcl('Other', new ec2.NetworkAcl(network.stack, 'Acl', { vpc: network }));
  }],
  ['a NAT gateway', 'VPC-17', network => {
    new ec2.CfnNatGateway(network.stack, 'Nat', { subnetId: network.publicSubnets[0].subnetId, connectivityType: 'private' });
  }],
  ['a default route of an inner tier', 'VPC-04', network => {
    new ec2.CfnRoute(network.stack, 'Route', { routeTableId: network.isolatedSubnets[0].routeTable.routeTableId, destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-1' });
  }],
])('%s fails the synthesis', (_name, control, change) => {
  const network = make();
  change(network);
  expect(() => rendered(network)).toThrow(new RegExp(`${control} of 'Test/Network/.*' does not hold`));
});

describe('an injector of the consumer', () => {
  const inject = (id: string, change: object) => {
    const stack = newStack();
    PropertyInjectors.of(stack).add({ constructUniqueId: id, inject: props => ({ ...props, ...change }) });
    return stack;
  };

  test('that opens security groups fails the synthesis', () => {
    const stack = inject(ec2.SecurityGroup.PROPERTY_INJECTION_ID, { allowAllOutbound: true });
    make({}, stack);
    expect(() => render(stack)).toThrow(/\[Test\/Network\/Endpoints\/SecurityGroup\/Resource\] VPC-13 does not hold/);
  });

  test('that strips the log group changes nothing', () => {
    const stack = inject(logs.LogGroup.PROPERTY_INJECTION_ID, { encryptionKey: undefined, retention: logs.RetentionDays.ONE_DAY });
    make({}, stack);
    expect(render(stack).json).toEqual(rendered(make()).json);
  });
});

test('a failing constructor leaves nothing behind', () => {
  const stack = newStack();
  for (const props of [{ azCount: 7 }, { cidr: 'nowhere' }, { encryptionKey: 'alias/key' as any }, { endpointServices: ['kms'] as any }]) {
    expect(() => make(props, stack)).toThrow(/^\[Test\/Network\] '/);
  }
  expect(stack.node.children).toEqual([]);
  make({}, stack);
  expect(() => render(stack)).not.toThrow();
});

test('moves under another parent, and changes the names by which the console shows things, and nothing else', () => {
  const { before, after } = moved(scope => new SecureVpc(scope, 'Network'));
  const unnamed = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_key, v) => Array.isArray(v) ? v.filter(t => t?.Key !== 'Name') : v);
  expect(unnamed(after.json)).toEqual(unnamed(before.json));
  expect(before.resourcesOf('AWS::EC2::VPC')[0].properties.Tags).toEqual([{ Key: 'Name', Value: 'Test/Network' }]);
});

test('names nothing', () => {
  const network = make();
  const resources = network.node.findAll().filter(c => CfnElement.isCfnElement(c)).map(c => c.logicalId);
  expect(resources.length).toBeGreaterThan(50);
  const names = ['GroupName', 'RoleName', 'ManagedPolicyName', 'LogGroupName', 'AssociationName'];
  const template = rendered(network);
  const named = ['AWS::EC2::SecurityGroup', 'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::Logs::LogGroup', 'AWS::SSM::Association']
    .flatMap(type => template.resourcesOf(type)).filter(r => names.some(name => r.properties[name] !== undefined));
  expect(named).toEqual([]);
});
