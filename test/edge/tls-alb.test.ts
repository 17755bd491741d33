import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnOutput, CfnParameter, Fn, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { AlbTlsPolicy, FrameOptions } from '../../src/edge/alb-listeners';
import { TlsAlb } from '../../src/edge/tls-alb';
import { LoadBalancerDomain, TlsAlbProps } from '../../src/edge/tls-alb-props';
import { WebFirewall } from '../../src/edge/web-firewall';
import { WebFirewallScope } from '../../src/edge/web-firewall-scope';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

/** The domain, by the ID and the name of its zone. */
function domainIn(stack: Stack, domainName = 'app.example.com'): LoadBalancerDomain {
  const zone = stack.node.tryFindChild('Zone') as route53.IHostedZone | undefined;
  const hostedZone = zone ?? route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123', zoneName: 'example.com' });
  return { domainName, hostedZone };
}

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
  return new TlsAlb(stack, 'Alb', { domain: props.certificate ? undefined : domainIn(stack), ...props, vpc });
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
  const ids = [...Array(18).keys()].map(i => `ALB-${String(i + 1).padStart(2, '0')}`);
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
  expect(attributes['access_logs.s3.prefix']).toMatch(/^elb\/test-alb[0-9a-f]{8}\/access$/);
  expect(attributes['connection_logs.s3.prefix']).toMatch(/^elb\/test-alb[0-9a-f]{8}\/connection$/);
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
  new TlsAlb(stack, 'Other', { vpc, domain: domainIn(stack, 'other.example.com') });
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
  const edge = new Stack(app, 'Edge');
  new TlsAlb(edge, 'Alb', { vpc, domain: domainIn(edge), foundation });
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
  expect(() => rendered({ deletionProtection: false })).toThrow(/\[Test\/Alb\/Resource\] ALB-06 does not hold/);
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
  expect(() => render(stack)).toThrow(/ALB-11 does not hold[\s\S]*AnyRule\/Resource\] ALB-14 of 'Test\/Alb\/Listener\/Resource' does not hold/);
});

test.each<[string, Partial<TlsAlbProps> | ((stack: Stack) => Partial<TlsAlbProps>), RegExp]>([
  ['neither domain nor certificate', { domain: undefined }, /'domain' and 'certificate' are not given: give exactly one/],
  ['both', stack => ({ domain: domainIn(stack), certificate: acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:1:certificate/1') }), /'domain' and 'certificate' are both given/],
  ['a certificate without host names', stack => ({ domain: undefined, certificate: acm.Certificate.fromCertificateArn(stack, 'C', 'arn:aws:acm:eu-west-1:1:certificate/1') }), /'hostNames' is empty: name the hosts/],
  ['every host', { hostNames: ['*'] }, /'hostNames' is '\*'/],
  ['IPv6 clients', { sourceCidrs: ['::/0'] }, /'sourceCidrs' has '::\/0': give an IPv4 block/],
  ['a domain whose name is not set', stack => ({ domain: { ...domainIn(stack), domainName: undefined as any } }), /'domain\.domainName' is missing: give the name of the application/],
  ['a domain outside its zone', stack => ({ domain: domainIn(stack, 'app.example.org') }), /'domain\.domainName' is 'app\.example\.org', which is not in the zone 'example\.com'/],
  ['a firewall for CloudFront', stack => ({ firewall: new WebFirewall(new Stack(stack, 'Global', { env: { region: 'us-east-1' } }), 'Firewall', { scope: WebFirewallScope.CLOUDFRONT }) }), /'scope' is CLOUDFRONT, which protects distributions: give the load balancer 'Test\/Alb' a firewall of scope REGIONAL/],
  ['no VPC', { vpc: undefined as any }, /'vpc' is missing: give an ec2\.IVpc/],
  ['the ID of a VPC', { vpc: 'vpc-1' as any }, /'vpc' is the text 'vpc-1': give an ec2\.IVpc/],
  ['a text as source', { sourceCidrs: '10.0.0.0/8' as any }, /'sourceCidrs' is the text '10\.0\.0\.0\/8', not a list/],
])('fails on %s, and leaves nothing behind', (_name, props, message) => {
  const stack = newStack({}, { env: { region: 'eu-west-1', account: '111122223333' } });
  const own = { vpc: importedVpc(stack), domain: domainIn(stack), ...typeof props === 'function' ? props(stack) : props };
  const [before, claims] = [stack.node.findAll().length, claimed(stack)];
  expect(() => new TlsAlb(stack, 'Alb', own)).toThrow(message);
  expect(() => new TlsAlb(stack, 'Alb', own)).toThrow(/^\[Test\/Alb\] /);
  expect(stack.node.findAll()).toHaveLength(before);
  expect(claimed(stack)).toEqual(claims);
});

test('warns of host names that the certificate of the domain does not name', () => {
  const warnings = (props: Partial<TlsAlbProps>, domainName?: string) => {
    const stack = newStack();
    return albIn(stack, { vpc: vpcOf(stack), domain: domainIn(stack, domainName), ...props }).node.metadata.filter(m => m.type === 'aws:cdk:warning').map(m => m.data);
  };
  expect(warnings({ hostNames: ['app.example.com', 'www.example.com', '*.example.com'] })).toEqual([
    expect.stringMatching(/^'hostNames' has 'www\.example\.com', '\*\.example\.com', but the certificate and the record of 'domain' are for 'app\.example\.com' alone: give a 'certificate' of all names/),
  ]);
  expect(warnings({ hostNames: ['App.example.com'] })).toEqual([]);
  expect(warnings({})).toEqual([]);
  expect(warnings({ hostNames: [Fn.importValue('Host')] })).toEqual([]);
  expect(warnings({ hostNames: ['www.example.com'] }, Fn.importValue('Name'))).toEqual([]);
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
    domain: { domainName: text('Name'), hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Domain', { hostedZoneId: text('ZoneId'), zoneName: text('Zone') }) },
    sourceCidrs: [text('Cidr')],
    contentSecurityPolicy: `default-src 'self' ${text('Csp')}`,
  });
  alb.addTarget('App', { targets: [targetIn(stack, vpc).target], healthCheckPath: text('Path'), pathPatterns: [text('Pattern')] });
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', text('Arn'));
  const hostNames = new CfnParameter(stack, 'Hosts', { type: 'CommaDelimitedList' }).valueAsList;
  new TlsAlb(stack, 'Other', { vpc, certificate, hostNames });
  expect(render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer')).toHaveLength(2);
});

test('is a load balancer of the CDK', () => {
  const stack = newStack();
  const vpc = vpcOf(stack);
  const alb = albIn(stack, { vpc, redirectHttp: true });
  const plain: elbv2.IApplicationLoadBalancer = alb;
  const connectable: ec2.IConnectable = alb;
  const client = new ec2.SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false, description: 'Clients' });
  connectable.connections.allowDefaultPortFrom(client, 'HTTPS from the clients');
  new route53.ARecord(stack, 'Record', { zone: domainIn(stack).hostedZone!, recordName: 'www', target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(plain)) });
  new CfnOutput(stack, 'Arn', { value: plain.loadBalancerArn });
  const template = render(stack);
  const [id] = template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer').map(r => r.logicalId);
  expect(id).toBe(stack.getLogicalId(alb.node.defaultChild as elbv2.CfnLoadBalancer));
  expect(template.json.Outputs.Arn.Value).toEqual({ Ref: id });
  const records = template.resourcesOf('AWS::Route53::RecordSet').map(r => r.properties.AliasTarget);
  expect(records.map(r => r.HostedZoneId)).toEqual([{ 'Fn::GetAtt': [id, 'CanonicalHostedZoneID'] }, { 'Fn::GetAtt': [id, 'CanonicalHostedZoneID'] }]);
  expect(stack.resolve(alb.metrics.requestCount().dimensions)).toEqual({ LoadBalancer: { 'Fn::GetAtt': [id, 'LoadBalancerFullName'] } });
  expect(alb.listeners).toEqual([alb.listener, alb.redirectListener]);
  expect(alb.connections.securityGroups).toEqual([alb.securityGroup]);
  expect(alb.vpc).toBe(vpc);
});

test('takes ID and name of the zone as a stack is told them, and renders the same', () => {
  const hostedZoneAttributes = { hostedZoneId: 'Z0123', zoneName: 'example.com' };
  expect(rendered({ domain: { domainName: 'app.example.com', hostedZoneAttributes } }).json).toEqual(rendered().json);
});

test('its security group is ours alone', () => {
  const template = rendered();
  expect(template.resourcesOf('AWS::EC2::SecurityGroup')).toHaveLength(1);
  const [alb] = template.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(alb.properties.SecurityGroups).toEqual([{ 'Fn::GetAtt': [template.resourcesOf('AWS::EC2::SecurityGroup')[0].logicalId, 'GroupId'] }]);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    const stack = Stack.of(scope);
    new SecurityFoundation(stack, 'Foundation');
    const vpc = importedVpc(stack);
    const alb = new TlsAlb(scope, 'Alb', { vpc, domain: domainIn(stack), internetFacing: true, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
    alb.addTarget('App', { targetType: elbv2.TargetType.IP });
    return alb;
  });
  expect(after.json).toEqual(before.json);
});

test.each<[string, (alb: TlsAlb) => unknown, string]>([
  ['a listener', alb => alb.addListener('Http', { port: 80 }), "'addListener' of 'Http' on 80 would take requests that no rule of this load balancer is about: 'listener' takes those on 443"],
  ['a listener by its protocol', alb => alb.addListener('Http', { protocol: elbv2.ApplicationProtocol.HTTP }), "'addListener' of 'Http' on HTTP "],
  ['a redirection', alb => alb.addRedirect(), "'addRedirect' from port 80 would open it to everybody: give 'redirectHttp: true'"],
  ['access logs', alb => alb.logAccessLogs(s3.Bucket.fromBucketName(alb, 'Logs', 'logs'), 'x'), "'logAccessLogs' to 'Test/Alb/Logs' under 'x' would let the accounts of old regions write to it: give the bucket as 'logBucket'"],
  ['connection logs', alb => alb.logConnectionLogs(s3.Bucket.fromBucketName(alb, 'Logs', 'logs')), "'logConnectionLogs' to 'Test/Alb/Logs' would let"],
  ['a security group', alb => alb.addSecurityGroup(ec2.SecurityGroup.fromSecurityGroupId(alb, 'Other', 'sg-1')), "'addSecurityGroup' of 'Test/Alb/Other' would open what its rules open, which nobody checks: let clients in by 'sourceCidrs', or by 'connections'"],
])('refuses %s behind our back', (_name, change, message) => {
  expect(() => change(albIn(newStack()))).toThrow(`[Test/Alb] ${message}`);
});

test.each<[string, string | undefined, string]>([
  ['routing.http.drop_invalid_header_fields.enabled', 'false', 'ALB-04'],
  ['routing.http.desync_mitigation_mode', 'monitor', 'ALB-05'],
  ['deletion_protection.enabled', 'false', 'ALB-06'],
  ['access_logs.s3.enabled', 'false', 'ALB-07'],
  ['connection_logs.s3.enabled', undefined, 'ALB-08'],
  ['waf.fail_open.enabled', 'true', 'ALB-09b'],
  ['routing.http.xff_header_processing.mode', undefined, 'ALB-17'],
])('an attribute %s of %s fails the self-check', (key, value, control) => {
  const stack = newStack();
  const alb = albIn(stack);
  if (value === undefined) { alb.removeAttribute(key); } else { alb.setAttribute(key, value); }
  expect(() => render(stack)).toThrow(new RegExp(`\\[Test/Alb/Resource\\] ${control} does not hold`));
});

test('takes requests for further hosts once there is their certificate', () => {
  const stack = newStack();
  const alb = albIn(stack);
  const shop = { targetType: elbv2.TargetType.IP, hostNames: ['shop.example.net'] };
  expect(() => alb.addTarget('Shop', shop)).toThrow(/add it there too, or first its certificate by 'listener.addCertificates'/);
  alb.listener.addCertificates('Shop', [acm.Certificate.fromCertificateArn(stack, 'Shop', 'arn:aws:acm:eu-west-1:111122223333:certificate/2')]);
  alb.addTarget('Shop', shop);
  expect(render(stack).resourcesOf('AWS::ElasticLoadBalancingV2::ListenerRule').map(r => r.properties.Conditions[0].HostHeaderConfig.Values))
    .toContainEqual(['shop.example.net']);
});

test('other attributes are its user\'s', () => {
  const stack = newStack();
  albIn(stack).setAttribute('idle_timeout.timeout_seconds', '30');
  expect(attributesOf(render(stack))['idle_timeout.timeout_seconds']).toBe('30');
});

test.each<[string, (alb: TlsAlb, stack: Stack) => unknown]>([
  ['a listener that speaks HTTP', (loadBalancer, stack) => new elbv2.ApplicationListener(stack, 'Http', { loadBalancer, port: 80, open: false, defaultAction: elbv2.ListenerAction.fixedResponse(200) })],
  ['a listener that accepts old TLS', (loadBalancer, stack) => new elbv2.ApplicationListener(stack, 'Https', { loadBalancer, port: 8443, open: false, certificates: [loadBalancer.certificate], sslPolicy: elbv2.SslPolicy.LEGACY, protocol: elbv2.ApplicationProtocol.HTTPS, defaultAction: elbv2.ListenerAction.fixedResponse(200) } as any)],
  ['a rule to a target group that speaks HTTP', (alb, stack) => alb.listener.addAction('Plain', {
    priority: 99,
    conditions: [elbv2.ListenerCondition.hostHeaders(['app.example.com'])],
    action: elbv2.ListenerAction.forward([new elbv2.ApplicationTargetGroup(stack, 'Plain', { vpc: alb.vpc, port: 80, targetType: elbv2.TargetType.IP })]),
  })],
])('%s fails the self-check', (_name, add) => {
  const stack = newStack();
  add(albIn(stack), stack);
  expect(() => render(stack)).toThrow(/\[Test\/[A-Za-z/]+\/Resource\] ALB-18 of 'Test\/Alb\/Resource' does not hold with this/);
});

test('an injector that weakens load balancers and listeners changes nothing', () => {
  const build = (stack: Stack) => {
    albIn(stack, { redirectHttp: true });
    return render(stack).json.Resources;
  };
  const stack = newStack();
  const other = new ec2.SecurityGroup(stack, 'Other', { vpc: vpcOf(newStack()) });
  stack.node.tryRemoveChild('Other');
  PropertyInjectors.of(stack).add({
    constructUniqueId: elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID,
    inject: props => ({
      ...props,
      internetFacing: true,
      vpcSubnets: undefined,
      securityGroup: other,
      ipAddressType: elbv2.IpAddressType.DUAL_STACK,
      deletionProtection: false,
      dropInvalidHeaderFields: false,
      desyncMitigationMode: elbv2.DesyncMitigationMode.MONITOR,
      xffHeaderProcessingMode: elbv2.XffHeaderProcessingMode.PRESERVE,
      preserveHostHeader: true,
      wafFailOpen: true,
    }),
  }, {
    constructUniqueId: elbv2.ApplicationListener.PROPERTY_INJECTION_ID,
    inject: props => ({ ...props, open: true, sslPolicy: elbv2.SslPolicy.LEGACY }),
  });
  const weakened = build(stack);
  const usual = build(newStack());
  const [id] = Object.keys(usual).filter(key => usual[key].Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const sorted = (resources: any) => Object.fromEntries(resources[id].Properties.LoadBalancerAttributes.map((a: any) => [a.Key, a.Value]));
  expect(sorted(weakened)).toEqual(sorted(usual));
  for (const resources of [weakened, usual]) { delete resources[id].Properties.LoadBalancerAttributes; delete resources[id].DependsOn; }
  expect(weakened).toEqual(usual);
});
