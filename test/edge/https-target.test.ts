import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, Fn, PropertyInjectors, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { HttpsListener } from '../../src/edge/alb-listeners';
import { AlbTargetProps, HttpsTarget } from '../../src/edge/https-target';
import { newStack, render } from '../support/prove';

const IP = { targetType: elbv2.TargetType.IP };

function target(props: AlbTargetProps, hostNames = ['app.example.com', 'www.example.com'], inject?: (props: any) => any) {
  const stack = newStack();
  if (inject) { PropertyInjectors.of(stack).add({ constructUniqueId: elbv2.ApplicationTargetGroup.PROPERTY_INJECTION_ID, inject }); }
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc });
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1');
  const [securityGroup] = loadBalancer.connections.securityGroups;
  const listener = new HttpsListener(stack, 'Listener', { loadBalancer, certificate, securityGroup });
  new HttpsTarget(stack, 'Target', { vpc, listener, hostNames, priority: props.priority ?? 1 }, props);
  return stack;
}

const groupOf = (props: AlbTargetProps) => render(target(props)).resourcesOf('AWS::ElasticLoadBalancingV2::TargetGroup')[0].properties;
const ruleOf = (props: AlbTargetProps, hostNames?: string[]) => render(target(props, hostNames)).resourcesOf('AWS::ElasticLoadBalancingV2::ListenerRule')[0].properties;

test('the defaults are those of the documentation', () => {
  expect(groupOf(IP)).toMatchObject({
    TargetType: 'ip',
    Protocol: 'HTTPS',
    ProtocolVersion: 'HTTP1',
    Port: 443,
    HealthCheckEnabled: true,
    HealthCheckProtocol: 'HTTPS',
    HealthCheckPath: '/',
    Matcher: { HttpCode: '200' },
    TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }, { Key: 'stickiness.enabled', Value: 'false' }],
  });
  expect(ruleOf(IP)).toMatchObject({
    Priority: 1,
    Actions: [{ Type: 'forward' }],
    Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['app.example.com', 'www.example.com'] } }],
  });
});

test('takes choices', () => {
  expect(groupOf({ ...IP, port: 8443, healthCheckPath: '/health', deregistrationDelay: Duration.seconds(5) })).toMatchObject({
    Port: 8443, HealthCheckPath: '/health', TargetGroupAttributes: [{ Value: '5' }, {}],
  });
  expect(ruleOf({ ...IP, hostNames: ['www.example.com'], pathPatterns: ['/api/*'] }).Conditions).toEqual([
    { Field: 'host-header', HostHeaderConfig: { Values: ['www.example.com'] } }, { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } },
  ]);
});

describe('a target that says where it listens', () => {
  class Listening extends Construct implements elbv2.IApplicationLoadBalancerTarget, ec2.IConnectable {
    public readonly connections: ec2.Connections;

    constructor(port: number) {
      super(newStack(), 'App');
      this.connections = new ec2.Connections({ defaultPort: ec2.Port.tcp(port) });
    }

    public attachToApplicationTargetGroup(): elbv2.LoadBalancerTargetProps { return IP; }
  }

  test.each([8443, Token.asNumber({ Ref: 'Port' })])('is taken at the same port or at one that nobody knows yet', port => {
    expect(() => target({ port, targets: [new Listening(8443)] })).not.toThrow();
    expect(() => target({ port: 8443, targets: [new Listening(port)] })).not.toThrow();
  });

  test.each([[9000, 9000], [undefined, 443]])('is refused at another', (port, used) => {
    expect(() => target({ port, targets: [new Listening(8443)] })).toThrow(`[Test/Target] 'port' is ${used}, but 'Test/App' listens on 8443: give 8443, or nothing would answer`);
  });
});

test('a function of the CDK is refused', () => {
  const stack = newStack();
  const code = lambda.Code.fromInline('exports.handler = () => {}');
  const fn = new lambda.Function(stack, 'Function', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
  expect(() => target({ targets: [new LambdaTarget(fn)] })).toThrow("[Test/Target] 'targets' has a Lambda function");
});

test('a target is asked once', () => {
  const attachToApplicationTargetGroup = jest.fn(() => ({ targetType: elbv2.TargetType.IP, targetJson: { id: '10.0.0.1' } }));
  expect(groupOf({ targets: [{ attachToApplicationTargetGroup }] }).Targets).toEqual([{ Id: '10.0.0.1' }]);
  expect(attachToApplicationTargetGroup).toHaveBeenCalledTimes(1);
});

test('host names that are tokens pass', () => {
  expect(ruleOf(IP, Fn.split(',', Fn.importValue('Hosts'))).Conditions[0].HostHeaderConfig.Values).toEqual({ 'Fn::Split': [',', { 'Fn::ImportValue': 'Hosts' }] });
  ruleOf({ ...IP, hostNames: [Fn.importValue('Host')] });
  ruleOf({ ...IP, hostNames: ['app.example.com'] }, [Fn.importValue('Host')]);
});

test('a host of a domain that the load balancer answers to passes', () => {
  ruleOf({ ...IP, hostNames: ['app.example.com'] }, ['*.example.com']);
});

test.each<[string, AlbTargetProps, RegExp]>([
  ['no targets', {}, /'targets' is empty: name at least one target, or say by 'targetType'/],
  ['an empty list of targets', { targets: [] }, /'targets' is empty/],
  ['a function as target', { targets: [{ attachToApplicationTargetGroup: () => ({ targetType: elbv2.TargetType.LAMBDA, targetJson: { id: 'arn' } }) }] },
    /^\[Test\/Target\] 'targets' has a Lambda function, to which a load balancer makes no connection that could be held to HTTPS: call a function by an API of API Gateway, or let a service answer/],
  ['functions to come', { targetType: elbv2.TargetType.LAMBDA }, /^\[Test\/Target\] 'targetType' is for Lambda functions, to which/],
  ['a port that is none', { ...IP, port: 70000 }, /'port' must be a whole number from 1 to 65535/],
  ['a priority that is none', { ...IP, priority: 0 }, /'priority' must be a whole number from 1 to 50000/],
  ['a path without slash', { ...IP, healthCheckPath: 'health' }, /'healthCheckPath' is 'health': begin with '\/'/],
  ['a path pattern without slash', { ...IP, pathPatterns: ['api/*'] }, /'pathPatterns' is 'api\/\*'/],
  ['no host names', { ...IP, hostNames: [] }, /'hostNames' is empty: name at least one host/],
  ["a host that is not the load balancer's", { ...IP, hostNames: ['other.example.com'] }, /'hostNames' has 'other\.example\.com', which is none of the load balancer's host names \(app\.example\.com, www\.example\.com\)/],
  ['more values than a rule takes', { ...IP, pathPatterns: ['/a', '/b', '/c', '/d'] }, /'hostNames' and 'pathPatterns' have 6 values: a rule takes five/],
])('fails on %s', (_name, props, message) => {
  expect(() => target(props)).toThrow(message);
  expect(() => target(props)).toThrow(/^\[Test\/Target\] /);
});

test('names that are known at deployment only are written down', () => {
  const admits = (hostNames: string[]) => render(target({ ...IP, hostNames }, [Fn.importValue('Host'), 'app.example.com']))
    .resourcesOf('AWS::ElasticLoadBalancingV2::Listener')[0].metadata['cdk-hardened:admits'];
  expect(admits(['app.example.com'])).toBeUndefined();
  expect(admits([Fn.importValue('Host')])).toEqual(['host names that are known at deployment only']);
  expect(admits(Fn.split(',', Fn.importValue('Hosts')))).toEqual(['host names that are known at deployment only']);
});

test('an injector that weakens target groups changes nothing, or fails the self-check', () => {
  const sorted = ({ TargetGroupAttributes, ...others }: any) => ({
    ...others, attributes: Object.fromEntries(TargetGroupAttributes.map((a: any) => [a.Key, a.Value])),
  });
  const weaken = (weak: object) => {
    const template = render(target(IP, undefined, props => ({ ...props, ...weak })));
    return sorted(template.resourcesOf('AWS::ElasticLoadBalancingV2::TargetGroup')[0].properties);
  };
  const plain = { protocol: elbv2.ApplicationProtocol.HTTP, port: 80, protocolVersion: undefined, deregistrationDelay: undefined };
  expect(weaken(plain)).toEqual(sorted(groupOf(IP)));
  expect(() => weaken({ healthCheck: undefined })).toThrow(/ALB-13 does not hold/);
});

test('the health check may be changed, as long as it speaks HTTPS', () => {
  const changed = (check: elbv2.HealthCheck) => {
    const stack: Stack = target(IP);
    (stack.node.findChild('Target') as HttpsTarget).targetGroup.configureHealthCheck(check);
    return render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::TargetGroup')[0].properties;
  };
  expect(changed({ protocol: elbv2.Protocol.HTTPS, path: '/ready' })).toMatchObject({ HealthCheckPath: '/ready', HealthCheckProtocol: 'HTTPS' });
  expect(() => changed({ protocol: elbv2.Protocol.HTTP })).toThrow(/ALB-13 does not hold/);
});
