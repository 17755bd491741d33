import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Fn, Stack } from 'aws-cdk-lib/core';
import { checkNeighbours, checkSubnets, hostNamesOf, warnOfHostsWithoutCertificate } from '../../src/edge/alb-checks';
import { TlsAlbProps } from '../../src/edge/tls-alb-props';
import { newStack } from '../support/prove';

const AT = { node: { path: 'Test/Alb' } };

function neighbours(stack: Stack): TlsAlbProps {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
  return { vpc, certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1') };
}

test('neighbours of the right kind pass', () => {
  const stack = newStack();
  checkNeighbours(AT, stack, { ...neighbours(stack), logBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs') });
});

test.each<[string, (stack: Stack) => any, string]>([
  ['neither domain nor certificate', () => ({ certificate: undefined }), "'domain' and 'certificate' are not given: give exactly one of the two"],
])('%s is refused', (_name, change, message) => {
  const stack = newStack();
  expect(() => checkNeighbours(AT, stack, { ...neighbours(stack), ...change(stack) })).toThrow(`[Test/Alb] ${message}`);
});

test('host names are those that are given, and must be some', () => {
  const props = neighbours(newStack());
  expect(hostNamesOf(AT, { ...props, hostNames: ['app.example.com'] })).toEqual(['app.example.com']);
  expect(() => hostNamesOf(AT, props)).toThrow("[Test/Alb] 'hostNames' is empty: name the hosts");
});

test('only hosts beside the one of the domain are warned of', () => {
  const warnings = (hosts: string[], domain: string) => {
    const stack = newStack();
    warnOfHostsWithoutCertificate(stack, hosts, domain);
    return stack.node.metadata.filter(m => m.type === 'aws:cdk:warning').length;
  };
  expect(warnings(['App.example.com'], 'app.example.com')).toBe(0);
  expect(warnings(['www.example.com'], 'app.example.com')).toBe(1);
  expect(warnings([Fn.importValue('Host')], 'app.example.com')).toBe(0);
});

describe('subnets', () => {
  const subnet = (stack: Stack, subnetId: string, availabilityZone?: string) => {
    return ec2.Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, availabilityZone });
  };

  test('in two zones pass, known or not', () => {
    const stack = newStack();
    checkSubnets(AT, [subnet(stack, 'A', 'a'), subnet(stack, 'B', 'b')]);
    checkSubnets(AT, [subnet(stack, 'C'), subnet(stack, 'D')]);
    checkSubnets(AT, [subnet(stack, 'E', 'a'), subnet(stack, 'F')]);
    checkSubnets(AT, new ec2.Vpc(stack, 'Vpc').privateSubnets);
  });

  test('are refused if there is one, or none', () => {
    const stack = newStack();
    expect(() => checkSubnets(AT, [subnet(stack, 'A', 'a')])).toThrow(/'vpcSubnets' selects subnets in 1 availability zone\(s\)/);
    expect(() => checkSubnets(AT, [])).toThrow(/in 0 availability zone\(s\)/);
  });

  test('are refused if they are in one zone', () => {
    const stack = newStack();
    expect(() => checkSubnets(AT, [subnet(stack, 'A', 'a'), subnet(stack, 'B', 'a')])).toThrow(/in 1 availability zone\(s\)/);
  });

  test('are refused if two of them are in one zone', () => {
    const stack = newStack();
    expect(() => checkSubnets(AT, [subnet(stack, 'A', 'a'), subnet(stack, 'B', 'b'), subnet(stack, 'C', 'b')])).toThrow(/'vpcSubnets' selects two subnets in b/);
    const [first, second] = [0, 1].map(i => Fn.select(i, Fn.getAzs()));
    expect(() => checkSubnets(AT, [first, second, second].map((zone, i) => subnet(stack, `Zone${i}`, zone)))).toThrow("'vpcSubnets' selects two subnets in an availability zone that only the deployment knows: a load");
  });
});
