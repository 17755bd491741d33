import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AlbTlsPolicy, httpsListener, redirectListener, FrameOptions } from '../../src/edge/alb-listeners';
import { ALB_TLS_POLICY } from '../../src/services/elb/controls';
import { FLAG_SETS, newStack, render } from '../support/prove';

const reach = () => {};

function parts(context = {}) {
  const stack = newStack(context);
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, securityGroup });
  return { stack, loadBalancer };
}

test('every TLS policy on offer passes the control', () => {
  for (const policy of Object.values(AlbTlsPolicy)) {
    expect(ALB_TLS_POLICY.holds({ properties: { SslPolicy: policy } } as any, {} as any)).toBe(true);
  }
  expect(Object.values(elbv2.SslPolicy)).toEqual(expect.arrayContaining(Object.values(AlbTlsPolicy)));
});

test.each(FLAG_SETS)('the TLS policy is the one that was asked for, under %s feature flags', (_name, context) => {
  const { stack, loadBalancer } = parts(context);
  httpsListener(stack, 'Listener', {
    loadBalancer,
    reach,
    certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1'),
    sslPolicy: AlbTlsPolicy.TLS13_13_PQ,
    contentSecurityPolicy: "default-src 'self'",
    frameOptions: FrameOptions.DENY,
  });
  const template = render(stack);
  expect(template.resourcesOf('AWS::ElasticLoadBalancingV2::Listener')[0].properties.SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-PQ-2025-09');
  expect(template.resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress).toBeUndefined();
});

test('the redirection takes path and query along, and opens nothing by itself', () => {
  const { stack, loadBalancer } = parts();
  redirectListener(stack, 'Redirect', loadBalancer);
  const template = render(stack);
  expect(template.resourcesOf('AWS::ElasticLoadBalancingV2::Listener')[0].properties.DefaultActions).toEqual([
    { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', Path: '/#{path}', Query: '#{query}', StatusCode: 'HTTP_301' } },
  ]);
  expect(template.resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress).toBeUndefined();
});
