import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import * as hardened from '../src';
import { newApp, shop, shopProps, DIGEST, ENV } from './support/shop';
import { newVpc } from './support/vpc';

const LIST = Lazy.list({ produce: () => ['a'] });
const TEXT = Lazy.string({ produce: () => 'a' });
const NUMBER = Lazy.number({ produce: () => 2 });

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App({ analyticsReporting: false }), 'Test', { env: ENV });
  new hardened.SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
});

const service = (changes: Partial<hardened.PrivateFargateServiceProps>) => new hardened.PrivateFargateService(stack, 'Thing', {
  vpc: newVpc(stack),
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  image: hardened.PrivateImage.of('shop', DIGEST),
  port: 8443,
  ...changes,
});
const target = (changes: Partial<hardened.AlbTargetProps>) => new hardened.TlsAlb(stack, 'Thing', {
  vpc: newVpc(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, domain: shopProps().domain,
}).addTarget('Target', { targetType: elbv2.TargetType.IP, ...changes });
const backup = (changes: Partial<hardened.BackupPolicyProps>) => new hardened.BackupPolicy(stack, 'Thing', {
  resources: [hardened.ProtectedResource.fromArn('arn:aws:s3:::orders')], ...changes,
});

describe('says by path what it must know before deployment', () => {
  test.each<[string, () => unknown]>([
    ["'endpointServices' is known only at deployment", () => new hardened.SecureVpc(stack, 'Thing', { endpointServices: [hardened.EndpointService.of(TEXT)] })],
    ["'healthCheckCommand' is a list", () => service({ healthCheckCommand: LIST })],
    ["'name' is known only at deployment", () => new hardened.AuditTrail(stack, 'Thing', { customAlarms: [{ name: TEXT, description: 'd', filterPattern: 'x' }] })],
    ["'insightTypes' is a list", () => new hardened.AuditTrail(stack, 'Thing', { insightTypes: LIST as any })],
    ["'features' is a list", () => new hardened.ThreatDetection(stack, 'Thing', { features: LIST as any })],
    ["'redactedHeaders' is a list", () => new hardened.WebFirewall(stack, 'Thing', { redactedHeaders: LIST })],
    ["'uploadPaths' is a list", () => new hardened.WebFirewall(stack, 'Thing', { uploadPaths: LIST })],
    ["'countOnlyRules' is a list", () => new hardened.WebFirewall(stack, 'Thing', { countOnlyRules: LIST })],
    ["'pathPatterns' is a list", () => target({ pathPatterns: LIST })],
    ["'deregistrationDelay' is a token in days", () => target({ deregistrationDelay: Duration.days(NUMBER) })],
    ["'startWindow' is a token in hours", () => backup({ startWindow: Duration.hours(NUMBER) })],
    ["'completionWindow' is a token in hours", () => backup({ completionWindow: Duration.hours(NUMBER) })],
    ["'breakGlassPrincipals' is a list", () => backup({ breakGlassPrincipals: LIST as any })],
    ["'deploymentPrincipals' is a list", () => backup({ deploymentPrincipals: LIST as any })],
    ["'instances' is known only at deployment", () => new hardened.EncryptedDatabase(stack, 'Thing', { vpc: newVpc(stack), instances: NUMBER })],
    ["'parameters' is known only at deployment", () => new hardened.EncryptedDatabase(stack, 'Thing', { vpc: newVpc(stack), parameters: { [TEXT]: '1' } })],
    ["'rotationPeriod' is a token in hours", () => new hardened.CustomerManagedKey(stack, 'Thing', { description: 'd', rotationPeriod: Duration.hours(NUMBER) })],
    ["'pendingWindow' is a token in hours", () => new hardened.CustomerManagedKey(stack, 'Thing', { description: 'd', pendingWindow: Duration.hours(NUMBER) })],
  ])('%s', (message, make) => {
    let error: Error | undefined;
    try { make(); } catch (e) { error = e as Error; }
    expect(error?.message).toMatch(/^\[Test\/Thing/);
    expect(error?.message).toContain(message);
  });
});

test('a key takes its periods as tokens', () => {
  const period = (value: number) => Duration.days(Lazy.number({ produce: () => value }));
  new hardened.CustomerManagedKey(stack, 'Key', { description: 'd', rotationPeriod: period(90), pendingWindow: period(20) });
  const { Resources } = (stack.node.root as App).synth().getStackByName('Test').template;
  expect(Object.values<any>(Resources).map(r => r.Properties))
    .toContainEqual(expect.objectContaining({ RotationPeriodInDays: 90, PendingWindowInDays: 20 }));
});

test('the three tiers take ports as tokens', () => {
  const app = newApp();
  const { application } = shop(app, 'Shop', { env: ENV, data: { port: Lazy.number({ produce: () => 5441 }) } });
  const { Resources } = app.synth().getStackByName('Shop').template;
  expect(application.database.port).not.toBe(5441);
  expect(JSON.stringify(Resources)).toContain('{"Name":"DATABASE_PORT","Value":"5441"}');

  const other = newApp();
  const stackOfParameters = new Stack(other, 'Shop', { env: ENV });
  const port = new CfnParameter(stackOfParameters, 'Port', { type: 'Number' }).valueAsNumber;
  new hardened.ThreeTierApplication(stackOfParameters, 'Application', shopProps({ data: { port } }));
  expect(JSON.stringify(other.synth().getStackByName('Shop').template)).toContain('{"Name":"DATABASE_PORT","Value":{"Ref":"Port"}}');
});
