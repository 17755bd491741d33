import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { App, Stack } from 'aws-cdk-lib/core';
import { KnownFindings } from '../../src/assurance/known-findings';
import { TlsAlb } from '../../src/edge/tls-alb';
import { WebFirewall } from '../../src/edge/web-firewall';
import { nagFindings } from '../support/nag';

function findings(internetFacing: boolean, acknowledge: boolean) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Test');
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const hostedZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123', zoneName: 'example.com' });
  const alb = new TlsAlb(stack, 'Alb', { vpc, internetFacing, domain: { domainName: 'app.example.com', hostedZone } });
  alb.addTarget('App', { targetType: elbv2.TargetType.IP });
  new WebFirewall(stack, 'Firewall', { allowedCidrs: ['192.0.2.0/24'], deniedCidrs: ['198.51.100.0/24'] });
  const app = stack.node.root as App;
  if (acknowledge) { KnownFindings.acknowledge(app); }
  app.synth();
  return nagFindings(stack).filter(f => /^Test\/(Alb|Firewall)\//.test(f.path)).map(f => `${f.rule} ${f.path}`).sort();
}

test('cdk-nag finds nothing on an internal load balancer and a firewall', () => expect(findings(false, false)).toEqual([]));

test('on an internet facing one it finds what is declared', () => {
  expect(findings(true, false)).toEqual([
    'AwsSolutions-EC23 Test/Alb/SecurityGroup/Resource',
    'HIPAA.Security-ELBv2ACMCertificateRequired Test/Alb/RedirectListener/Resource',
    'NIST.800.53.R5-ELBv2ACMCertificateRequired Test/Alb/RedirectListener/Resource',
    'PCI.DSS.321-ELBv2ACMCertificateRequired Test/Alb/RedirectListener/Resource',
  ]);
  expect(findings(true, true)).toEqual([]);
});
