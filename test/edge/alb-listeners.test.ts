import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { AlbTlsPolicy, FrameOptions, HttpsListener, RedirectListener } from '../../src/edge/alb-listeners';
import { ALB_TLS_POLICY } from '../../src/services/elb/listener-controls';
import { FLAG_SETS, newStack, render } from '../support/prove';

function parts(context = {}) {
  const stack = newStack(context);
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, securityGroup });
  return { stack, vpc, securityGroup, loadBalancer };
}

function https({ stack, loadBalancer, securityGroup }: ReturnType<typeof parts>): HttpsListener {
  return new HttpsListener(stack, 'Listener', {
    loadBalancer,
    securityGroup,
    certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1'),
    sslPolicy: AlbTlsPolicy.TLS13_13_PQ,
    contentSecurityPolicy: "default-src 'self'",
    frameOptions: FrameOptions.DENY,
  });
}

const listenersOf = (stack: Stack) => render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::Listener');

test('every TLS policy on offer passes the control', () => {
  for (const policy of Object.values(AlbTlsPolicy)) {
    expect(ALB_TLS_POLICY.holds({ properties: { SslPolicy: policy } } as any, {} as any)).toBe(true);
  }
  expect(Object.values(elbv2.SslPolicy)).toEqual(expect.arrayContaining(Object.values(AlbTlsPolicy)));
});

test.each(FLAG_SETS)('the TLS policy is the one that was asked for, under %s feature flags', (_name, context) => {
  const all = parts(context);
  https(all);
  const template = render(all.stack);
  expect(template.resourcesOf('AWS::ElasticLoadBalancingV2::Listener')[0].properties.SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-PQ-2025-09');
  expect(template.resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress).toBeUndefined();
});

test('the redirection takes path and query along, and opens nothing by itself', () => {
  const all = parts();
  new RedirectListener(all.stack, 'Redirect', all);
  const template = render(all.stack);
  expect(template.resourcesOf('AWS::ElasticLoadBalancingV2::Listener')[0].properties.DefaultActions).toEqual([
    { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', Path: '/#{path}', Query: '#{query}', StatusCode: 'HTTP_301' } },
  ]);
  expect(template.resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress).toBeUndefined();
});

test('opens the way to what registers, on both sides, and counts it', () => {
  const all = parts();
  const listener = https(all);
  const servers = new ec2.SecurityGroup(all.stack, 'Servers', { vpc: all.vpc, allowAllOutbound: false });
  listener.registerConnectable({ connections: new ec2.Connections({ securityGroups: [servers] }) }, ec2.Port.tcp(8443));
  expect(listener.ways).toBe(1);
  const [ingress] = render(all.stack).resourcesOf('AWS::EC2::SecurityGroupIngress').map(r => r.properties);
  expect(ingress).toMatchObject({ FromPort: 8443, Description: 'HTTPS from the load balancer to its targets', SourceSecurityGroupId: all.stack.resolve(all.securityGroup.securityGroupId) });
});

test('clients reach each of them on its own port, by its connections', () => {
  const all = parts();
  const redirect = new RedirectListener(all.stack, 'Redirect', all);
  [https(all), redirect].forEach(l => l.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/8')));
  const ports = render(all.stack).resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress.map((r: any) => r.FromPort);
  expect(ports).toEqual([443, 80]);
});

test('refuses target groups of the CDK, which may speak HTTP', () => {
  const listener = https(parts());
  expect(() => listener.addTargets('App', { port: 80 })).toThrow(/^\[Test\/Listener\] 'addTargets' of 'App' would make a target group of port 80 .*: use 'addTarget' of the load balancer/);
  expect(() => listener.addTargets('App', { protocol: elbv2.ApplicationProtocol.HTTP })).toThrow(/a target group of HTTP /);
});

test('an injector that weakens listeners changes nothing but what the self-check sees', () => {
  const build = (inject?: (props: any) => any) => {
    const all = parts();
    if (inject) { PropertyInjectors.of(all.stack).add({ constructUniqueId: elbv2.ApplicationListener.PROPERTY_INJECTION_ID, inject }); }
    https(all);
    new RedirectListener(all.stack, 'Redirect', all);
    return all.stack;
  };
  const weak = { sslPolicy: elbv2.SslPolicy.LEGACY, certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:1:certificate/2')] };
  expect(listenersOf(build(props => ({ ...props, ...props.port === 443 ? weak : {} })))).toEqual(listenersOf(build()));
  const forward = (props: any) => ({ ...props, defaultAction: elbv2.ListenerAction.fixedResponse(200) });
  expect(() => render(build(forward))).toThrow(/ALB-14 does not hold[\s\S]*ALB-03 does not hold/);
});
