import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { AlbTlsPolicy, FrameOptions } from '../../src/edge/alb-listeners';
import { TlsAlb, TlsAlbProps } from '../../src/edge/tls-alb';
import { WebFirewall } from '../../src/edge/web-firewall';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

const DOMAIN = { name: 'app.example.com', hostedZoneId: 'Z0123', zoneName: 'example.com' };
const REASON = 'the load balancer is replaced every day by its pipeline';

function vpcOf(stack: Stack, maxAzs = 2): ec2.IVpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs, restrictDefaultSecurityGroup: false });
}

function importedVpc(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['s-1', 's-2'], privateSubnetRouteTableIds: ['r-1', 'r-2'],
  });
}

function albIn(stack: Stack, props: Partial<TlsAlbProps> = {}): TlsAlb {
  const vpc = props.vpc ?? vpcOf(stack);
  return new TlsAlb(stack, 'Alb', { domain: props.certificate ? undefined : DOMAIN, ...props, vpc });
}

function targetIn(stack: Stack, vpc: ec2.IVpc, id = 'Server'): { group: ec2.SecurityGroup; target: elbv2.IApplicationLoadBalancerTarget } {
  const group = new ec2.SecurityGroup(stack, id, { vpc, allowAllOutbound: false, description: 'Servers' });
  const connections = new ec2.Connections({ securityGroups: [group] });
  return {
    group,
    target: {
      attachToApplicationTargetGroup: targetGroup => {
        (targetGroup as elbv2.ApplicationTargetGroup).registerConnectable({ connections });
        return { targetType: elbv2.TargetType.IP };
      },
    },
  };
}

function rendered(props: Partial<TlsAlbProps> = {}) {
  const stack = newStack();
  albIn(stack, props);
  return render(stack);
}

function attributesOf(template: any): Record<string, any> {
  const list = template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer')[0].properties.LoadBalancerAttributes;
  expect(new Set(list.map((a: any) => a.Key)).size).toBe(list.length);
  return Object.fromEntries(list.map((a: any) => [a.Key, a.Value]));
}

function listenerOf(template: any, port = 443) {
  return template.resourcesOf('AWS::ElasticLoadBalancingV2::Listener').find((l: any) => l.properties.Port === port)?.properties;
}

// VPC-11 is about ingress that must not be there, and VPC-13 holds by the rule to the targets too; ALB-11 does not.
proveControls(stack => {
  const vpc = importedVpc(stack);
  albIn(stack, { vpc, redirectHttp: true, sourceCidrs: ['10.0.0.0/8'] }).addTarget('App', { targets: [targetIn(stack, vpc).target] });
}, { absences: ['VPC-11', 'VPC-13'] });

test.each(FLAG_SETS)('an internet facing one holds every control under %s feature flags', (_name, context) => {
  const stack = newStack(context);
  const vpc = vpcOf(stack);
  albIn(stack, { vpc, internetFacing: true }).addTarget('App', { targets: [targetIn(stack, vpc).target] });
  render(stack);
});

test.each(['eu-west-1', 'us-gov-west-1', 'cn-north-1'])('takes neighbours from elsewhere in %s', region => {
  const stack = newStack({}, { env: { region, account: '111122223333' } });
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', `arn:aws:acm:${region}:111122223333:certificate/1`);
  const logBucket = s3.Bucket.fromBucketName(stack, 'Logs', 'logs');
  albIn(stack, { vpc: importedVpc(stack), certificate, hostNames: ['app.example.com'], logBucket });
  const template = render(stack);
  expect(attributesOf(template)['access_logs.s3.bucket']).toBe('logs');
  expect(listenerOf(template).Certificates).toEqual([{ CertificateArn: certificate.certificateArn }]);
  expect(template.resourcesOf('AWS::S3::Bucket')).toEqual([]);
  expect(JSON.stringify(template.json)).not.toMatch(/"arn:aws:(?!acm)/);
});

test('claims every control', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  albIn(stack, { vpc, redirectHttp: true }).addTarget('App', { targets: [targetIn(stack, vpc).target] });
  const ids = [...Array(17).keys()].map(i => `ALB-${String(i + 1).padStart(2, '0')}`);
  expect(claimed(stack)).toEqual(expect.arrayContaining([...ids, 'ALB-09b', 'ACM-01', 'ACM-02', 'ACM-03', 'ACM-04']));
});

test('the defaults are those of the documentation', () => {
  const template = rendered();
  const [alb] = template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(alb.properties).toMatchObject({ Scheme: 'internal', IpAddressType: 'ipv4', Subnets: [{ Ref: expect.stringContaining('PrivateSubnet1') }, { Ref: expect.stringContaining('PrivateSubnet2') }] });
  expect(attributesOf(template)).toMatchObject({
    'deletion_protection.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'strictest',
    'routing.http.preserve_host_header.enabled': 'false',
    'routing.http.xff_header_processing.mode': 'append',
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'waf.fail_open.enabled': 'false',
  });
  expect(listenerOf(template)).toMatchObject({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] });
  expect(listenerOf(template, 80)).toBeUndefined();
  const headers = Object.fromEntries(listenerOf(template).ListenerAttributes.map((a: any) => [a.Key, a.Value]));
  expect(headers['routing.http.response.content_security_policy.header_value']).toBe("default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'");
  expect(headers['routing.http.response.x_frame_options.header_value']).toBe('DENY');
  const [group] = template.resourcesOf('AWS::EC2::SecurityGroup');
  expect(group.properties.SecurityGroupIngress).toBeUndefined();
  expect(template.resourcesOf('AWS::WAFv2::WebACL')).toHaveLength(1);
});

test('makes the certificate and the record of the domain', () => {
  const template = rendered();
  expect(template.resourcesOf('AWS::CertificateManager::Certificate')[0].properties).toMatchObject({
    DomainName: 'app.example.com',
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: 'app.example.com', HostedZoneId: 'Z0123' }],
    KeyAlgorithm: 'EC_prime256v1',
    CertificateTransparencyLoggingPreference: 'ENABLED',
  });
  const records = template.resourcesOf('AWS::Route53::RecordSet').map(r => r.properties);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ Name: 'app.example.com.', Type: 'A', HostedZoneId: 'Z0123', AliasTarget: { EvaluateTargetHealth: true } });
});

test('an internet facing one takes HTTPS from everywhere, redirects HTTP, and is in public subnets', () => {
  const template = rendered({ internetFacing: true });
  const [alb] = template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(alb.properties).toMatchObject({ Scheme: 'internet-facing', Subnets: [{ Ref: expect.stringContaining('PublicSubnet1') }, { Ref: expect.stringContaining('PublicSubnet2') }] });
  const [group] = template.resourcesOf('AWS::EC2::SecurityGroup');
  expect(group.properties.SecurityGroupIngress.map((i: any) => [i.CidrIp, i.FromPort, i.ToPort, i.Description])).toEqual([
    ['0.0.0.0/0', 443, 443, 'HTTPS from clients'], ['0.0.0.0/0', 80, 80, 'HTTP from clients, redirected to HTTPS'],
  ]);
  expect(listenerOf(template, 80)).toMatchObject({
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', StatusCode: 'HTTP_301' } }],
  });
});

test('logs to the bucket by prefixes that its policy allows, after the policy', () => {
  const template = rendered();
  const attributes = attributesOf(template);
  expect(attributes['access_logs.s3.prefix']).toMatch(/^elb\/[0-9a-f]+\/access$/);
  expect(attributes['connection_logs.s3.prefix']).toMatch(/^elb\/[0-9a-f]+\/connection$/);
  expect(attributes['access_logs.s3.bucket']).toEqual(attributes['connection_logs.s3.bucket']);
  const [policy] = template.resourcesOf('AWS::S3::BucketPolicy');
  expect(template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer')[0].dependsOn).toContain(policy.logicalId);
  const allows = policy.properties.PolicyDocument.Statement.filter((s: any) => s.Effect === 'Allow');
  expect(allows).toMatchObject([{ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject' }]);
  expect(JSON.stringify(allows[0].Resource)).toContain('/elb/*/AWSLogs/');
});

test('two of them share the statement of the log bucket, but no prefix', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  albIn(stack, { vpc });
  new TlsAlb(stack, 'Other', { vpc, domain: { ...DOMAIN, name: 'other.example.com' } });
  const template = render(stack);
  const prefixes = template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .flatMap(r => r.properties.LoadBalancerAttributes).filter(a => a.Key.endsWith('prefix')).map(a => a.Value);
  expect(new Set(prefixes).size).toBe(4);
  expect(template.resourcesOf('AWS::S3::BucketPolicy')[0].properties.PolicyDocument.Statement.filter((s: any) => s.Effect === 'Allow')).toHaveLength(1);
});

test('the way to a target is open on both sides, and nothing else is', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  const alb = albIn(stack, { vpc });
  const { group, target } = targetIn(stack, vpc);
  const targetGroup = alb.addTarget('App', { targets: [target], port: 8443 });
  const template = render(stack);
  const [own, servers] = [alb.securityGroup, group].map(g => stack.resolve(g.securityGroupId));
  const text = { IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, Description: 'HTTPS from the load balancer to its targets' };
  expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress').map(r => r.properties)).toEqual([{ ...text, GroupId: servers, SourceSecurityGroupId: own }]);
  expect(template.resourcesOf('AWS::EC2::SecurityGroupEgress').map(r => r.properties)).toEqual([{ ...text, GroupId: own, DestinationSecurityGroupId: servers }]);
  expect(template.resource(own['Fn::GetAtt'][0])!.properties.SecurityGroupEgress).toEqual([
    { CidrIp: '127.0.0.1/32', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Nowhere: keeps EC2 from opening everything' },
  ]);
  expect(targetGroup.targetGroupArn).toBeDefined();
});

test('the way is opened to a target that does not do it by itself, and once to one that does', () => {
  const stack = newStack();
  const vpc = importedVpc(stack);
  const alb = albIn(stack, { vpc });
  const { group, target } = targetIn(stack, vpc);
  const connections = new ec2.Connections({ securityGroups: [new ec2.SecurityGroup(stack, 'Passive', { vpc, allowAllOutbound: false })] });
  const passive = { connections, attachToApplicationTargetGroup: () => ({ targetType: elbv2.TargetType.IP }) };
  const active = Object.assign(target, { connections: group.connections });
  alb.addTarget('App', { targets: [passive, active], port: 8443 });
  alb.addTarget('Admin', { targets: [passive], port: 9443, pathPatterns: ['/admin/*'] });
  const ways = (kind: string) => render(stack).resourcesOf(`AWS::EC2::SecurityGroup${kind}`).map(r => r.properties.FromPort).sort();
  expect(ways('Ingress')).toEqual([8443, 8443, 9443]);
  expect(ways('Egress')).toEqual([8443, 8443, 9443]);
});

test('a target that registers later gets the same way', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  const targetGroup = albIn(stack, { vpc }).addTarget('App', { targetType: elbv2.TargetType.IP });
  targetGroup.addTarget(targetIn(stack, vpc).target);
  const template = render(stack);
  expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress').map(r => r.properties.Description)).toEqual(['HTTPS from the load balancer to its targets']);
});

test('targets in another stack make no circle', () => {
  const app = new App({ analyticsReporting: false });
  const edge = new Stack(app, 'Edge');
  const vpc = vpcOf(edge);
  const alb = albIn(edge, { vpc });
  alb.addTarget('App', { targets: [targetIn(new Stack(app, 'Compute'), vpc).target] });
  const assembly = app.synth();
  expect(Object.values<any>(assembly.getStackByName('Compute').template.Resources).map(r => r.Type).sort()).toEqual([
    'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress',
  ]);
});

test('works with foundation, VPC and load balancer in three stacks', () => {
  const app = new App({ analyticsReporting: false });
  const foundation = new SecurityFoundation(new Stack(app, 'Shared'), 'Foundation');
  const vpc = vpcOf(new Stack(app, 'Network'));
  new TlsAlb(new Stack(app, 'Edge'), 'Alb', { vpc, domain: DOMAIN, foundation });
  expect(app.synth().stacks.map(s => s.stackName)).toEqual(expect.arrayContaining(['Shared', 'Network', 'Edge']));
});

test('takes choices', () => {
  const stack = newStack();
  const firewall = new WebFirewall(stack, 'Firewall');
  const alb = albIn(stack, {
    sslPolicy: AlbTlsPolicy.FIPS_TLS13_13_PQ,
    sourceCidrs: ['10.0.0.0/8'],
    desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
    preserveHostHeader: true,
    contentSecurityPolicy: "default-src 'none'",
    frameOptions: FrameOptions.SAMEORIGIN,
    firewall,
  });
  const template = render(stack);
  expect(listenerOf(template).SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09');
  expect(attributesOf(template)).toMatchObject({ 'routing.http.desync_mitigation_mode': 'defensive', 'routing.http.preserve_host_header.enabled': 'true' });
  expect(JSON.stringify(listenerOf(template).ListenerAttributes)).toContain('SAMEORIGIN');
  expect(JSON.stringify(listenerOf(template).ListenerAttributes)).toContain("default-src 'none'");
  expect(template.resourcesOf('AWS::WAFv2::WebACL')).toHaveLength(1);
  expect(alb.firewall).toBe(firewall);
  expect(template.resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupIngress).toHaveLength(1);
});

test('clients come by connections', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  const alb = albIn(stack, { vpc });
  const client = new ec2.SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false, description: 'Clients' });
  alb.connections.allowDefaultPortFrom(client, 'HTTPS from the clients');
  expect(render(stack).resourcesOf('AWS::EC2::SecurityGroupIngress')[0].properties).toMatchObject({ FromPort: 443, ToPort: 443, SourceSecurityGroupId: stack.resolve(client.securityGroupId) });
});

test('weaker settings need a waiver', () => {
  expect(() => rendered({ deletionProtection: false })).toThrow(/\[Test\/Alb\/Resource\/Resource\] ALB-06 does not hold/);
  expect(() => rendered({ desyncMitigationMode: elbv2.DesyncMitigationMode.MONITOR })).toThrow(/ALB-05 does not hold/);
  expect(() => rendered({ contentSecurityPolicy: 'default-src *' })).toThrow(/ALB-16 does not hold/);
  expect(attributesOf(rendered({ deletionProtection: false, waivers: [{ control: 'ALB-06', reason: REASON }] }))['deletion_protection.enabled']).toBe('false');
});

test('a disposable one can be deleted, and keeps everything else', () => {
  const stack = newStack();
  Disposable.because('a stack for one test, without any data').applyTo(stack);
  albIn(stack);
  const attributes = attributesOf(render(stack));
  expect(attributes['deletion_protection.enabled']).toBe('false');
  expect(attributes['access_logs.s3.enabled']).toBe('true');
});

test('what is added behind our back fails the synthesis', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  const alb = albIn(stack, { vpc });
  alb.listener.addAction('Any', { priority: 99, conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])], action: elbv2.ListenerAction.forward([alb.addTarget('App', { targets: [targetIn(stack, vpc).target] })]) });
  alb.connections.allowToAnyIpv4(ec2.Port.tcp(443), 'everywhere');
  expect(() => render(stack)).toThrow(/ALB-11 does not hold[\s\S]*ALB-14 does not hold/);
});

test.each<[string, Partial<TlsAlbProps> | ((stack: Stack) => Partial<TlsAlbProps>), RegExp]>([
  ['neither domain nor certificate', { domain: undefined }, /'domain' and 'certificate' are not given: give exactly one/],
  ['both', stack => ({ domain: DOMAIN, certificate: acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:1:certificate/1') }), /'domain' and 'certificate' are both given/],
  ['a certificate without host names', stack => ({ certificate: acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:1:certificate/1') }), /'hostNames' is empty: name the hosts/],
  ['every host', { hostNames: ['*'] }, /'hostNames' is '\*'/],
  ['IPv6 clients', { sourceCidrs: ['::/0'] }, /'sourceCidrs' has '::\/0': give an IPv4 block/],
  ['a domain whose name is not set', { domain: { ...DOMAIN, name: undefined as any } }, /'domain\.name' is ''/],
  ['a domain outside its zone', { domain: { ...DOMAIN, name: 'app.example.org' } }, /'domain\.name' is 'app\.example\.org', which is not in the zone 'example\.com'/],
])('fails on %s', (_name, props, message) => {
  const stack = newStack({}, { env: { region: 'eu-west-1', account: '111122223333' } });
  const vpc = importedVpc(stack);
  expect(() => albIn(stack, { vpc, ...typeof props === 'function' ? props(stack) : props })).toThrow(message);
  expect(() => new TlsAlb(new Stack(stack, 'Nested'), 'Alb', { vpc })).toThrow(/^\[Test\/Nested\/Alb\] /);
});

test('warns of host names that the certificate of the domain does not name', () => {
  const warnings = (props: Partial<TlsAlbProps>) => {
    const stack = newStack();
    return albIn(stack, { vpc: vpcOf(stack), ...props }).node.metadata.filter(m => m.type === 'aws:cdk:warning').map(m => m.data);
  };
  expect(warnings({ hostNames: ['app.example.com', 'www.example.com', '*.example.com'] })).toEqual([
    expect.stringMatching(/^'hostNames' has 'www\.example\.com', '\*\.example\.com', but the certificate and the record of 'domain' are for 'app\.example\.com' alone: give a 'certificate' of all names/),
  ]);
  expect(warnings({ hostNames: ['App.example.com'] })).toEqual([]);
  expect(warnings({})).toEqual([]);
  expect(warnings({ hostNames: [Fn.importValue('Host')] })).toEqual([]);
  expect(warnings({ hostNames: ['www.example.com'], domain: { ...DOMAIN, name: Fn.importValue('Name') } })).toEqual([]);
});

test('fails on one availability zone', () => {
  const stack = newStack();
  const vpc = vpcOf(stack, 1);
  expect(() => albIn(stack, { vpc })).toThrow(/^\[Test\/Alb\] 'vpcSubnets' selects subnets in 1 availability zone/);
});

test('fails on a log bucket with a key', () => {
  const stack = newStack();
  const logBucket = new s3.Bucket(stack, 'Logs', { encryption: s3.BucketEncryption.KMS });
  expect(() => albIn(stack, { logBucket })).toThrow(/\[Test\/Logs\] 'logBucket' is encrypted with a KMS key/);
});

test('fails on a priority that is taken, and counts on from the highest', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  const alb = albIn(stack, { vpc });
  const targets = [targetIn(stack, vpc).target];
  alb.addTarget('First', { targets, priority: 10, pathPatterns: ['/api/*'] });
  expect(() => alb.addTarget('Second', { targets, priority: 10 })).toThrow(/^\[Test\/Alb\] 'priority' of 'Second' is 10, which 'First' has/);
  alb.addTarget('Third', { targets });
  expect(render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::ListenerRule').map(r => r.properties.Priority)).toEqual([10, 11]);
});

test('tokens pass', () => {
  const stack = newStack();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const vpc = vpcOf(stack);
  const alb = albIn(stack, {
    vpc,
    domain: { name: text('Name'), hostedZoneId: text('ZoneId'), zoneName: text('Zone') },
    sourceCidrs: [text('Cidr')],
    contentSecurityPolicy: text('Csp'),
  });
  alb.addTarget('App', { targets: [targetIn(stack, vpc).target], healthCheckPath: text('Path'), pathPatterns: [text('Pattern')] });
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', text('Arn'));
  const hostNames = new CfnParameter(stack, 'Hosts', { type: 'CommaDelimitedList' }).valueAsList;
  new TlsAlb(stack, 'Other', { vpc, certificate, hostNames });
  expect(render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer')).toHaveLength(2);
});
