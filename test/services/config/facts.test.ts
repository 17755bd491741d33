import { SECURITY_TYPES } from '../../../src/services/config/facts';

const isSecurity = (type: string) => SECURITY_TYPES.some(s => s.test(type));

test.each(['AWS::IAM::Role', 'AWS::EC2::SecurityGroup', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::RouteTable', 'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::WAFv2::WebACL', 'AWS::EC2::NatGateway'])('%s is recorded as it changes', type => expect(isSecurity(type)).toBe(true));

test.each(['AWS::EC2::NetworkInterface', 'AWS::EC2::Volume', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::SSM::ManagedInstanceInventory', 'AWS::CloudFormation::Stack'])(
  '%s may be recorded once a day', type => expect(isSecurity(type)).toBe(false));
