import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { App, CfnParameter, Fn, Stack, Token } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { at, entries, list, numberOf, textOf, UNKNOWN } from '../../src/core/values';
import { EndpointService } from '../../src/network/endpoint-service';
import { SecureVpc } from '../../src/network/secure-vpc';
import { SecureVpcProps, VpcEncryptionMode } from '../../src/network/secure-vpc-props';
import { claimed, FLAG_SETS, newStack, proveControls, render, verdicts } from '../support/prove';

const make = (props: SecureVpcProps = {}, stack = newStack()) => new SecureVpc(stack, 'Network', props);
const rendered = (props: SecureVpcProps = {}, stack = newStack()) => {
  make(props, stack);
  return render(stack);
};
const client = (stack: Stack, vpc: ec2.IVpc) => new ec2.SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false, description: 'client' });

describe('by default', () => {
  proveControls(stack => { make({}, stack); }, { absences: ['VPC-11', 'VPC-17'] });

  test('claims every control of a VPC', () => {
    const stack = newStack();
    make({}, stack);
    expect(claimed(stack).filter(id => id.startsWith('VPC'))).toEqual([
      'VPC-01', 'VPC-02', 'VPC-03', 'VPC-03b', 'VPC-04', 'VPC-04b', 'VPC-05', 'VPC-05b', 'VPC-05c', 'VPC-06', 'VPC-07', 'VPC-08', 'VPC-09', 'VPC-09b', 'VPC-09c', 'VPC-09d', 'VPC-09e',
      'VPC-10', 'VPC-11', 'VPC-11b', 'VPC-12', 'VPC-13', 'VPC-17', 'VPC-19', 'VPC-20b', 'VPC-22', 'VPC-23', 'VPC-24', 'VPC-25', 'VPC-25b', 'VPC-26', 'VPC-27', 'VPC-28', 'VPC-29',
    ]);
  });

  test('is what the documentation says', () => {
    const template = rendered();
    expect(template.resourcesOf('AWS::EC2::VPC').map(r => r.properties.CidrBlock)).toEqual(['10.0.0.0/16']);
    expect(template.resourcesOf('AWS::EC2::Subnet').map(r => r.properties.CidrBlock)).toEqual([
      '10.0.0.0/19', '10.0.32.0/19', '10.0.64.0/19', '10.0.96.0/19', '10.0.128.0/19', '10.0.160.0/19',
    ]);
    const services = template.resourcesOf('AWS::EC2::VPCEndpoint').map(r => textOf(r.properties.ServiceName).split(UNKNOWN)[1]);
    expect(services).toEqual(['.s3', '.dynamodb', '.ecr.api', '.ecr.dkr', '.logs', '.secretsmanager', '.kms']);
    const ports = template.resourcesOf('AWS::EC2::NetworkAclEntry').map(r => at(r.properties.PortRange, 'From'));
    expect(ports).toEqual(expect.arrayContaining([80, 443, 8443, 5440]));
    expect(template.resourcesOf('AWS::Logs::LogGroup')[0].properties.RetentionInDays).toBe(365);
    expect(template.resourcesOf('AWS::EC2::VPCEncryptionControl')).toEqual([]);
  });

  test('has no Lambda, no custom resource and no NAT gateway', () => {
    const types = entries(rendered().json.Resources).map(([, r]) => String(at(r, 'Type')));
    expect(types.length).toBeGreaterThan(50);
    expect(types.filter(type => /^AWS::Lambda|^Custom::|CustomResource|NatGateway|EIP/.test(type))).toEqual([]);
  });

  test('has one way out, for the public tier', () => {
    const template = rendered();
    const routes = template.resourcesOf('AWS::EC2::Route');
    expect(routes.map(r => r.properties.RouteTableId)).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^NetworkPublic/), 'RouteTableId'] }]);
    expect(routes[0].dependsOn).toEqual([expect.stringMatching(/Attachment/)]);
    expect(template.resourcesOf('AWS::EC2::RouteTable')).toHaveLength(3);
  });

  test('warns of nothing', () => {
    const stack = newStack();
    make({}, stack);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

test.each(FLAG_SETS)('with everything set, every control holds under %s feature flags', (_name, context) => {
  const stack = newStack(context);
  make({
    cidr: '172.20.0.0/20',
    azCount: 3,
    applicationPort: 9443,
    databasePort: 6000,
    publicHttp: false,
    denyCidrs: ['198.51.100.0/24'],
    endpointServices: [EndpointService.ecrApi(), EndpointService.guardDutyData()],
    organizationId: 'o-a1b2c3d4e5',
    readableBuckets: ['packages'],
    imageAccounts: ['111122223333'],
    encryptionMode: VpcEncryptionMode.ENFORCE,
  }, stack);
  expect(verdicts(stack).filter(v => v.outcome !== 'holds').map(v => v.control)).toEqual([]);
  expect(claimed(stack)).toContain('VPC-18');
});

test('subnets are found by their tier', () => {
  const stack = newStack();
  const network = make({}, stack);
  for (const [selection, tier] of [[network.loadBalancerSubnets, 'Public'], [network.applicationSubnets, 'Application'], [network.dataSubnets, 'Data']] as const) {
    const { subnetIds, availabilityZones } = network.selectSubnets(selection);
    expect(stack.resolve(subnetIds)).toEqual([1, 2].map(i => ({ 'Fn::GetAtt': [expect.stringMatching(`^Network${tier}Subnet${i}`), 'SubnetId'] })));
    expect(stack.resolve(availabilityZones)).toEqual([0, 1].map(i => ({ 'Fn::Select': [i, { 'Fn::GetAZs': '' }] })));
  }
  expect([network.publicCidr, network.applicationCidr, network.dataCidr]).toEqual(['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18']);
});

test('zones are not looked up in a concrete environment', () => {
  const stack = newStack({}, { env: { account: '123456789012', region: 'eu-central-1' } });
  make({}, stack);
  const assembly = (stack.node.root as App).synth();
  expect(assembly.manifest.missing ?? []).toEqual([]);
});

test('a load balancer in the public tier waits for its route', () => {
  const stack = newStack();
  const network = make({ waivers: [{ control: 'VPC-29', reason: 'the load balancer of this test has no web firewall' }] }, stack);
  new elb.ApplicationLoadBalancer(stack, 'Balancer', {
    vpc: network, vpcSubnets: network.loadBalancerSubnets, internetFacing: true, securityGroup: client(stack, network),
  });
  const [balancer] = render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(balancer.dependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^NetworkInternetRoute/), expect.stringMatching(/NetworkAclAssociation/)]));
});

describe('cidr', () => {
  test.each<[string, SecureVpcProps, RegExp]>([
    ['no block', { cidr: '10.0.0.0' }, /^\[Test\/Network\] 'cidr' is '10.0.0.0': give an IPv4 block/],
    ['bits beyond the prefix', { cidr: '10.0.0.1/16' }, /'cidr' is '10.0.0.1\/16'/],
    ['too large', { cidr: '10.0.0.0/15' }, /from \/16/],
    ['too small', { cidr: '10.0.0.0/25' }, /'cidr' is '10.0.0.0\/25'.* in 2 zones .*to \/24/],
    ['too small for four zones', { cidr: '10.0.0.0/24', azCount: 4 }, /in 4 zones .*to \/23/],
  ])('%s is refused', (_name, props, message) => expect(() => make(props)).toThrow(message));

  test('the smallest is accepted', () => {
    expect(rendered({ cidr: '10.0.0.0/24' }).resourcesOf('AWS::EC2::Subnet').map(s => s.properties.CidrBlock)[5]).toBe('10.0.0.160/27');
    expect(rendered({ cidr: '10.0.0.0/23', azCount: 3 }).resourcesOf('AWS::EC2::Subnet').map(s => s.properties.CidrBlock)).toHaveLength(9);
  });
});

describe('bad props', () => {
  const ten = Array.from({ length: 10 }, (_, i) => `198.51.${i}.0/24`);
  test.each<[string, SecureVpcProps, RegExp]>([
    ['one zone', { azCount: 1 }, /^\[Test\/Network\] 'azCount' must be a whole number from 2 to 4 zones, got 1/],
    ['five zones', { azCount: 5 }, /'azCount'/],
    ['zones that are not known', { azCount: Token.asNumber({ Ref: 'Count' }) }, /'azCount' is known only at deployment/],
    ['a low application port', { applicationPort: 443 }, /'applicationPort' must be a whole number from 1024 to 65535 as a port, got 443/],
    ['a low database port', { databasePort: 22 }, /'databasePort'/],
    ['an organization', { organizationId: 'acme' }, /'organizationId' is 'acme': give/],
    ['a prefix list of S3', { s3PrefixListId: 's3' }, /'s3PrefixListId' is 's3'/],
    ['a prefix list of DynamoDB', { dynamoDbPrefixListId: 'pl-XYZ' }, /'dynamoDbPrefixListId' is 'pl-XYZ'/],
    ['a bucket pattern', { readableBuckets: ['*'] }, /'readableBuckets' is '\*'/],
    ['an account', { imageAccounts: ['12'] }, /'imageAccounts' is '12'/],
    ['a service by its full name', { endpointServices: [EndpointService.of('com.amazonaws.eu-west-1.sqs')] }, /'endpointServices' is 'com.amazonaws.eu-west-1.sqs'/],
    ['a service with a gateway endpoint', { endpointServices: [EndpointService.of('s3')] }, /'endpointServices' has 's3'/],
    ['a service whose endpoint takes no policy', { endpointServices: [EndpointService.of('neptune-graph')] }, /'endpointServices' has 'neptune-graph', whose endpoint takes no policy: EC2 would refuse it/],
    ['a service whose endpoint has no private name', { endpointServices: [EndpointService.of('neptune-graph-data')] }, /'endpointServices' has 'neptune-graph-data', whose endpoint has no private name/],
    ['a service twice', { endpointServices: [EndpointService.kms(), EndpointService.of('kms')] }, /'endpointServices' has 'kms' twice/],
    ['ten denied blocks', { denyCidrs: ten }, /'denyCidrs' has 10 blocks/],
    ['a denied name', { denyCidrs: ['example.com'] }, /'denyCidrs' is 'example.com'/],
    ['a denied address without a prefix', { denyCidrs: ['198.51.100.7'] }, /'denyCidrs' has '198.51.100.7'/],
    ['a denied block twice', { denyCidrs: ['198.51.100.0/24', '198.51.100.0/24'] }, /overlap/],
    ['denied blocks that overlap', { denyCidrs: ['198.51.100.0/25', '198.51.100.0/24'] }, /'198.51.100.0\/25' and '198.51.100.0\/24', which overlap/],
    ['the VPC itself denied', { denyCidrs: ['10.0.0.0/8'] }, /overlaps the VPC's own '10.0.0.0\/16'/],
    ['a list that is not known', { denyCidrs: Token.asList({ Ref: 'Blocks' }) }, /'denyCidrs' is a list that is known only at deployment/],
  ])('%s', (_name, props, message) => expect(() => make(props)).toThrow(message));
});

test('nine denied blocks fit', () => {
  const denyCidrs = Array.from({ length: 9 }, (_, i) => `198.51.${i}.0/24`);
  const denials = rendered({ denyCidrs }).resourcesOf('AWS::EC2::NetworkAclEntry').filter(e => e.properties.RuleAction === 'deny' && numberOf(e.properties.RuleNumber) < 50);
  expect(denials.map(e => e.properties.CidrBlock)).toEqual(denyCidrs);
});

test('tokens are accepted', () => {
  const stack = newStack();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const network = make({
    cidr: text('Cidr'),
    azCount: 3,
    applicationPort: number('ApplicationPort'),
    databasePort: number('DatabasePort'),
    denyCidrs: [text('Denied'), '10.0.0.0/8'],
    organizationId: text('Organization'),
    readableBuckets: [text('Bucket')],
    imageAccounts: [text('Account')],
    s3PrefixListId: text('S3'),
    dynamoDbPrefixListId: Fn.importValue('DynamoDb'),
  }, stack);
  network.allowAwsServices(client(stack, network));
  const template = render(stack);
  const quarter = (i: number) => ({ 'Fn::Select': [i, { 'Fn::Cidr': [{ Ref: 'Cidr' }, 4, '14'] }] });
  expect(template.resourcesOf('AWS::EC2::Subnet').map(s => s.properties.CidrBlock)[5]).toEqual({ 'Fn::Select': [2, { 'Fn::Cidr': [quarter(1), 4, '12'] }] });
  expect(at(list(template.resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress)[0], 'CidrIp')).toEqual(quarter(1));
  expect(template.resourcesOf('AWS::EC2::SecurityGroupEgress').map(r => r.properties.DestinationPrefixListId)).toEqual(
    expect.arrayContaining([{ Ref: 'S3' }, { 'Fn::ImportValue': 'DynamoDb' }]));
});

test('encryption is monitored or enforced', () => {
  const properties = (encryptionMode: VpcEncryptionMode) => rendered({ encryptionMode }).resourcesOf('AWS::EC2::VPCEncryptionControl')[0].properties;
  expect(properties(VpcEncryptionMode.MONITOR)).toMatchObject({ Mode: 'monitor' });
  expect(properties(VpcEncryptionMode.MONITOR)).not.toHaveProperty('InternetGatewayExclusionInput');
  expect(properties(VpcEncryptionMode.ENFORCE)).toMatchObject({ Mode: 'enforce', InternetGatewayExclusionInput: 'enable' });
});

test('the encryption control cannot be taken away', () => {
  const stack = newStack();
  make({ encryptionMode: VpcEncryptionMode.MONITOR }, stack).node.tryRemoveChild('EncryptionControl');
  expect(() => render(stack)).toThrow(/\[Test\/Network\/Resource\] VPC-18 does not hold/);
});

test('flow logs go under a key of the caller', () => {
  const stack = newStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:123456789012:key/1234');
  const template = rendered({ encryptionKey }, stack);
  expect(template.resourcesOf('AWS::Logs::LogGroup')[0].properties.KmsKeyId).toBe('arn:aws:kms:eu-central-1:123456789012:key/1234');
  expect(template.resourcesOf('AWS::KMS::Key')).toEqual([]);
});

test('flow logs of under a year need a waiver', () => {
  expect(() => rendered({ flowLogRetention: logs.RetentionDays.ONE_MONTH })).toThrow(/LOG-02 does not hold/);
  const waivers = [{ control: 'LOG-02', reason: 'flow logs are copied to the archive account every day' }];
  expect(rendered({ flowLogRetention: logs.RetentionDays.ONE_MONTH, waivers }).resourcesOf('AWS::Logs::LogGroup')[0].properties.RetentionInDays).toBe(30);
});

test('a floor has no waiver', () => {
  expect(() => make({ waivers: [{ control: 'VPC-04', reason: 'we would like to go to the internet from here' }] })).toThrow(/'VPC-04'.*is a floor/);
});

test('a disposable VPC keeps its walls, and its logs for a week', () => {
  const stack = newStack();
  Disposable.because('a sandbox that is deleted every evening').applyTo(stack);
  make({}, stack);
  const template = render(stack);
  expect(template.resourcesOf('AWS::Logs::LogGroup')[0].properties.RetentionInDays).toBe(7);
  expect(template.resourcesOf('AWS::EC2::NetworkAclEntry')).toHaveLength(25);
});

test.each([['us-gov-west-1', 'com.amazonaws.'], ['cn-north-1', 'cn.com.amazonaws.']])('%s synthesizes', (region, prefix) => {
  const stack = newStack({}, { env: { region } });
  const template = rendered({}, stack);
  const names = template.resourcesOf('AWS::EC2::VPCEndpoint').map(e => JSON.stringify(e.properties.ServiceName));
  expect(names.find(name => name.includes('.ecr.api'))).toContain(`"${prefix}`);
  expect(names.find(name => name.includes('.s3'))).toContain('"com.amazonaws.');
  expect(JSON.stringify(template.json.Resources)).not.toContain('arn:aws:');
});

describe('allowAwsServices', () => {
  const prefixLists = (region?: string, props: SecureVpcProps = {}) => {
    const stack = newStack({}, { env: { region } });
    const network = make(props, stack);
    network.allowAwsServices(client(stack, network));
    return render(stack).resourcesOf('AWS::EC2::SecurityGroupEgress').map(r => r.properties).filter(p => p.DestinationPrefixListId);
  };

  test('lets the client reach the endpoints, and describes each rule', () => {
    const stack = newStack();
    const network = make({}, stack);
    network.allowAwsServices(client(stack, network));
    const template = render(stack);
    const rules = template.resourcesOf('AWS::EC2::SecurityGroupEgress').map(r => r.properties);
    expect(rules).toHaveLength(3);
    expect(rules.every(r => r.FromPort === 443 && r.ToPort === 443 && r.IpProtocol === 'tcp' && r.Description)).toBe(true);
    expect(rules.map(r => r.DestinationSecurityGroupId ?? r.DestinationPrefixListId)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^NetworkEndpointsSecurityGroup/), 'GroupId'] },
      { 'Fn::FindInMap': ['GatewayPrefixLists', { Ref: 'AWS::Region' }, 's3'] },
      { 'Fn::FindInMap': ['GatewayPrefixLists', { Ref: 'AWS::Region' }, 'dynamoDb'] },
    ]);
    expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress').map(r => r.properties.SourceSecurityGroupId)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Client/), 'GroupId'] },
    ]);
  });

  test('knows the prefix lists of a region', () => {
    expect(prefixLists('eu-central-1').map(p => p.DestinationPrefixListId)).toEqual(['pl-6ea54007', 'pl-66a5400f']);
  });

  test('asks for the prefix lists of a region that is not known', () => {
    expect(() => prefixLists('us-gov-west-1')).toThrow(/^\[Test\/Network\] 's3PrefixListId' is missing, and the one of us-gov-west-1 is not known: give the ID that 'aws ec2 describe-managed-prefix-lists/);
    expect(() => prefixLists('us-gov-west-1', { s3PrefixListId: 'pl-12345678' })).toThrow(/'dynamoDbPrefixListId' is missing.*com.amazonaws.us-gov-west-1.dynamodb/);
    const given = { s3PrefixListId: 'pl-12345678', dynamoDbPrefixListId: 'pl-0123456789abcdef0' };
    expect(prefixLists('us-gov-west-1', given).map(p => p.DestinationPrefixListId)).toEqual(['pl-12345678', 'pl-0123456789abcdef0']);
  });

  test('serves a client of another stack, without a circle', () => {
    const stack = newStack();
    const network = make({}, stack);
    const other = new Stack(stack.node.scope as App, 'Other');
    network.allowAwsServices(client(other, network));
    const theirs = render(other);
    expect(theirs.resourcesOf('AWS::EC2::SecurityGroupEgress')).toHaveLength(3);
    expect(at(theirs.json, 'Mappings', 'GatewayPrefixLists')).toBeDefined();
    expect(render(stack).json.Mappings).toBeUndefined();
    expect(stack.dependencies).toEqual([]);
  });

  test('serves a client whose security group is imported', () => {
    const stack = newStack();
    const network = make({}, stack);
    network.allowAwsServices(ec2.SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-12345678', { allowAllOutbound: false }));
    expect(render(stack).resourcesOf('AWS::EC2::SecurityGroupEgress').map(r => r.properties.GroupId)).toEqual(['sg-12345678', 'sg-12345678', 'sg-12345678']);
  });

  test('serves two clients, and one twice', () => {
    const stack = newStack();
    const network = make({}, stack);
    const first = client(stack, network);
    const second = new ec2.SecurityGroup(stack, 'Second', { vpc: network, allowAllOutbound: false, description: 'second' });
    [first, second, first].forEach(c => network.allowAwsServices(c));
    expect(render(stack).resourcesOf('AWS::EC2::SecurityGroupEgress')).toHaveLength(6);
  });

  test('fails on a client without a security group', () => {
    const network = make();
    expect(() => network.allowAwsServices({ connections: new ec2.Connections() })).toThrow(/\[Test\/Network\] 'client' has no security group/);
  });
});
