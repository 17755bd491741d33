import * as controls from '../../../src/services/ec2/endpoint-controls';
import { provePredicate } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const statement = (properties: any) => ({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*', ...properties });
const OURS = { 'aws:PrincipalAccount': ref('AWS::AccountId'), 'aws:ResourceAccount': ref('AWS::AccountId') };
const GATEWAY = {
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcEndpointType: 'Gateway',
      RouteTableIds: [ref('Table')],
      PolicyDocument: {
        Statement: [
          statement({ Condition: { StringEquals: OURS } }),
          statement({ Action: 's3:GetObject', Resource: { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':s3:::prod-', ref('AWS::Region'), '-starport-layer-bucket/*']] } }),
        ],
      },
    },
  },
};

provePredicate(controls.VPC_GATEWAY_ENDPOINT, GATEWAY, {
  'it has the default policy': r => { delete r.Endpoint.Properties.PolicyDocument; },
  'it is on no route table': r => { r.Endpoint.Properties.RouteTableIds = []; },
  'it is of another kind': r => { r.Endpoint.Properties.VpcEndpointType = 'Interface'; },
  'the caller may be anybody': r => { delete r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals['aws:PrincipalAccount']; },
  'the bucket may be anybody\'s': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals = { 'aws:PrincipalAccount': '123456789012' }; },
  'buckets of another account are reached too': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals['aws:ResourceAccount'] = [ref('AWS::AccountId'), '444455556666']; },
  'another account comes too': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals['aws:PrincipalAccount'] = [ref('AWS::AccountId'), '444455556666']; },
  'a statement has an effect that only the deployment knows': r => { r.Endpoint.Properties.PolicyDocument.Statement.push({ Effect: { 'Fn::Unknown': 'E' }, Principal: '*', Action: '*', Resource: '*' }); },
  'the condition is a pattern': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals['aws:ResourceAccount'] = '*'; },
  'the condition is optional': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition = { StringEqualsIfExists: OURS }; },
  'every bucket is readable': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource = '*'; },
  'every bucket is readable, by a pattern': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource = 'arn:aws:s3:::*'; },
  'buckets are readable by a beginning': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource = ['arn:aws:s3:::prod-*/*']; },
  'the named bucket is writable': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Action = ['s3:GetObject', 's3:PutObject']; },
});

describe('a bucket that is known at deployment', () => {
  const right = structuredClone(GATEWAY) as any;
  right.Endpoint.Metadata = { 'cdk-hardened:admits': ['packages', ref('Bucket')] };
  right.Endpoint.Properties.PolicyDocument.Statement[1].Resource = ['arn:aws:s3:::packages/*', { 'Fn::Join': ['', ['arn:aws:s3:::', ref('Bucket'), '/*']] }];
  provePredicate(controls.VPC_GATEWAY_ENDPOINT, right, {
    'it is another': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource[1]['Fn::Join'][1][1] = ref('Other'); },
    'another is named besides': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource.push('arn:aws:s3:::loot/*'); },
    'nobody told of it': r => { delete r.Endpoint.Metadata; },
    'a pattern follows': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource[1]['Fn::Join'][1][2] = '*/*'; },
  });
});

const INTERFACE = {
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      SubnetIds: ['a', 'b'],
      SecurityGroupIds: [att('Group', 'GroupId')],
      PolicyDocument: {
        Statement: statement({
          Condition: { StringEquals: { 'aws:PrincipalAccount': ref('AWS::AccountId') }, StringEqualsIfExists: { 'aws:ResourceAccount': [ref('AWS::AccountId')] } },
        }),
      },
    },
  },
};

provePredicate(controls.VPC_PRIVATE_DNS, INTERFACE, {
  'its name leads outside': r => { r.Endpoint.Properties.PrivateDnsEnabled = false; },
  'nothing is said of its name': r => { delete r.Endpoint.Properties.PrivateDnsEnabled; },
  'it is in one zone': r => { r.Endpoint.Properties.SubnetIds = ['a']; },
  'it is of another kind': r => { delete r.Endpoint.Properties.VpcEndpointType; },
});
provePredicate(controls.VPC_ENDPOINT_GROUP, INTERFACE, {
  'it has the default security group': r => { delete r.Endpoint.Properties.SecurityGroupIds; },
  'it has the default security group by name': r => { r.Endpoint.Properties.SecurityGroupIds = [att('Vpc', 'DefaultSecurityGroup')]; },
});
provePredicate(controls.VPC_ENDPOINT_POLICY, INTERFACE, {
  'it has the default policy': r => { delete r.Endpoint.Properties.PolicyDocument; },
  'the caller may be anybody': r => { delete r.Endpoint.Properties.PolicyDocument.Statement.Condition.StringEquals; },
  'an anonymous caller passes': r => {
    const { Condition } = r.Endpoint.Properties.PolicyDocument.Statement;
    Condition.StringEqualsIfExists = { ...Condition.StringEqualsIfExists, ...Condition.StringEquals };
    delete Condition.StringEquals;
  },
  'the resource may be anybody\'s': r => { delete r.Endpoint.Properties.PolicyDocument.Statement.Condition.StringEqualsIfExists; },
});

const CLOSED = { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc'), SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }] } };
provePredicate(controls.VPC_ENDPOINT_GROUPS, { ...INTERFACE, Group: CLOSED }, {
  'a second one nobody knows': r => { r.Endpoint.Properties.SecurityGroupIds.push('sg-1'); },
  'a second one is open': r => {
    r.Open = structuredClone(CLOSED);
    r.Open.Properties.SecurityGroupIngress = [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }];
    r.Endpoint.Properties.SecurityGroupIds.push(ref('Open'));
  },
});
const subnet = (more = {}) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), ...more } });
const PLACED = { Endpoint: { ...INTERFACE.Endpoint, Properties: { ...INTERFACE.Endpoint.Properties, SubnetIds: [ref('A'), ref('B')] } }, A: subnet(), B: subnet(), Public: subnet({ MapPublicIpOnLaunch: true }) };
provePredicate(controls.VPC_ENDPOINT_INSIDE, PLACED, {
  'one of its subnets is public': r => { r.Endpoint.Properties.SubnetIds.push(ref('Public')); },
  'nobody knows one': r => { r.Endpoint.Properties.SubnetIds.push('subnet-1'); },
});
