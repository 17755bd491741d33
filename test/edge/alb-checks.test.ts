import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { App, Fn, Stack } from 'aws-cdk-lib/core';
import { checkCertificate, checkHostNames, checkSourceCidrs, checkSubnets } from '../../src/edge/alb-checks';
import { newStack } from '../support/prove';

const inIreland = () => newStack({}, { env: { region: 'eu-west-1', account: '111122223333' } });
const certificate = (stack: Stack, arn: string) => acm.Certificate.fromCertificateArn(stack, 'Certificate', arn);

describe('certificates', () => {
  test.each([
    ['of another region', 'arn:aws:acm:us-east-1:111122223333:certificate/1', /^\[Test\] 'certificate' is of us-east-1, but the load balancer is in eu-west-1: give a certificate of eu-west-1/],
    ['of IAM', 'arn:aws:iam::111122223333:server-certificate/x', /'certificate' is 'arn:aws:iam::111122223333:server-certificate\/x', which is not of ACM/],
  ])('%s are refused', (_name, arn, message) => {
    const stack = inIreland();
    expect(() => checkCertificate(stack, certificate(stack, arn))).toThrow(message);
  });

  test.each(['arn:aws:acm:eu-west-1:111122223333:certificate/1', 'arn:aws-cn:acm:eu-west-1:111122223333:certificate/1', Fn.importValue('Arn')])('%s passes', arn => {
    const stack = inIreland();
    checkCertificate(stack, certificate(stack, arn));
  });

  test('any region passes where the stack has none', () => {
    const stack = newStack();
    checkCertificate(stack, certificate(stack, 'arn:aws:acm:us-east-1:111122223333:certificate/1'));
  });

  test('made in a stack of another region are refused', () => {
    const app = new App();
    const other = new Stack(app, 'Other', { env: { region: 'us-east-1' } });
    const own = new Stack(app, 'Own', { env: { region: 'eu-west-1' } });
    const made = new acm.Certificate(other, 'Certificate', { domainName: 'app.example.com', validation: acm.CertificateValidation.fromDns() });
    expect(() => checkCertificate(own, made)).toThrow(/'certificate' is of us-east-1/);
  });
});

test.each(['*', '*.*', 'localhost', 'a b.example.com', 'example.com:443', '', 'https://example.com'])('%p is no host name', name => {
  expect(() => checkHostNames(newStack(), [name])).toThrow(/^\[Test\] 'hostNames'/);
});

test.each(['app.example.com', '*.example.com', 'App.Example.com', 'xn--bcher-kva.example'])('%s is a host name', name => checkHostNames(newStack(), [name]));

test.each(['10.0.0.1/8', '::/0', '10.0.0.0', 'everywhere'])('%s is no source', cidr => {
  expect(() => checkSourceCidrs(newStack(), [cidr])).toThrow(`[Test] 'sourceCidrs' has '${cidr}'`);
});

test('a list of sources that is one token is refused', () => {
  expect(() => checkSourceCidrs(newStack(), Fn.split(',', Fn.importValue('Cidrs')))).toThrow(/'sourceCidrs' is one token for the whole list/);
});

describe('subnets', () => {
  const subnet = (stack: Stack, subnetId: string, availabilityZone?: string) => {
    return ec2.Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, availabilityZone });
  };

  test('in two zones pass, known or not', () => {
    const stack = newStack();
    checkSubnets(stack, [subnet(stack, 'A', 'a'), subnet(stack, 'B', 'b')]);
    checkSubnets(stack, [subnet(stack, 'C'), subnet(stack, 'D')]);
    checkSubnets(stack, [subnet(stack, 'E', 'a'), subnet(stack, 'F')]);
    checkSubnets(stack, new ec2.Vpc(stack, 'Vpc').privateSubnets);
  });

  test('are refused if there is one, or none', () => {
    const stack = newStack();
    expect(() => checkSubnets(stack, [subnet(stack, 'A', 'a')])).toThrow(/'vpcSubnets' selects subnets in 1 availability zone\(s\)/);
    expect(() => checkSubnets(stack, [])).toThrow(/in 0 availability zone\(s\)/);
  });

  test('are refused if they are in one zone', () => {
    const stack = newStack();
    expect(() => checkSubnets(stack, [subnet(stack, 'A', 'a'), subnet(stack, 'B', 'a')])).toThrow(/in 1 availability zone\(s\)/);
  });

  test('are refused if two of them are in one zone', () => {
    const stack = newStack();
    expect(() => checkSubnets(stack, [subnet(stack, 'A', 'a'), subnet(stack, 'B', 'b'), subnet(stack, 'C', 'b')])).toThrow(/'vpcSubnets' selects two subnets in b/);
  });
});
