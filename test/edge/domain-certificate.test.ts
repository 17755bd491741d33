import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Duration, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { domainOf, DomainCertificate } from '../../src/edge/domain-certificate';
import { LoadBalancerDomain } from '../../src/edge/tls-alb-props';
import { newStack, proveControls, render } from '../support/prove';

const ZONE = { hostedZoneId: 'Z0123', zoneName: 'example.com' };
const AT = { node: { path: 'Test/Alb' } };

function domainIn(stack: Stack, change: Partial<LoadBalancerDomain> = {}): LoadBalancerDomain {
  return { domainName: 'app.example.com', hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', ZONE), ...change };
}

proveControls(stack => { new DomainCertificate(stack, 'Domain', domainOf(AT, domainIn(stack))); });

test('is a certificate of the CDK, named after its domain', () => {
  const stack = newStack();
  const certificate: acm.ICertificate = new DomainCertificate(stack, 'Domain', domainOf(AT, domainIn(stack)));
  expect(certificate.metricDaysToExpiry({ period: Duration.days(1) }).metricName).toBe('DaysToExpiry');
  expect(render(stack).resourcesOf('AWS::CertificateManager::Certificate')[0].properties.Tags).toEqual([{ Key: 'Name', Value: 'app.example.com' }]);
});

test('takes a zone that the app makes', () => {
  const stack = newStack();
  const hostedZone = new route53.PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' });
  new DomainCertificate(stack, 'Domain', domainOf(AT, { domainName: 'example.com', hostedZone }));
  expect(render(stack).resourcesOf('AWS::CertificateManager::Certificate')[0].properties.DomainValidationOptions).toEqual([
    { DomainName: 'example.com', HostedZoneId: stack.resolve(hostedZone.hostedZoneId) },
  ]);
});

test('takes ID and name of the zone, which need no stack', () => {
  expect(domainOf(AT, { domainName: 'app.example.com', hostedZoneAttributes: ZONE })).toEqual({ domainName: 'app.example.com', ...ZONE });
  expect(domainOf(AT, domainIn(newStack()))).toEqual({ domainName: 'app.example.com', ...ZONE });
});

test('an injector that weakens certificates changes nothing', () => {
  const certificate = (stack: Stack) => {
    new DomainCertificate(stack, 'Domain', domainOf(AT, domainIn(stack)));
    return render(stack).resourcesOf('AWS::CertificateManager::Certificate')[0];
  };
  const stack = newStack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: acm.Certificate.PROPERTY_INJECTION_ID,
    inject: props => ({
      ...props,
      domainName: '*.example.com',
      subjectAlternativeNames: ['*.example.org'],
      validation: acm.CertificateValidation.fromEmail(),
      keyAlgorithm: new acm.KeyAlgorithm('RSA_1024'),
      transparencyLoggingEnabled: false,
      allowExport: true,
    }),
  });
  expect(certificate(stack)).toEqual(certificate(newStack()));
});

test.each<[string, (stack: Stack) => any, string]>([
  ['a wildcard', () => ({ domainName: '*.example.com' }), "'domain.domainName' is '*.example.com': give one domain name"],
  ['a name that is not set', () => ({ domainName: undefined }), "'domain.domainName' is ''"],
  ['a name of another zone', () => ({ domainName: 'app.badexample.com' }), "'domain.domainName' is 'app.badexample.com', which is not in the zone 'example.com'"],
  ['a zone twice', () => ({ hostedZoneAttributes: ZONE }), "'domain.hostedZone' and 'domain.hostedZoneAttributes' are both given: give one of the two"],
  ['attributes of a zone without its name', () => ({ hostedZone: undefined, hostedZoneAttributes: { hostedZoneId: 'Z0123' } }), "'domain.hostedZoneAttributes.zoneName' is ''"],
  ['no zone', () => ({ hostedZone: undefined }), "'domain.hostedZone' is missing: give a route53.IHostedZone, without a look-up by HostedZone.fromHostedZoneAttributes"],
  ['the ID of a zone', () => ({ hostedZone: 'Z0123' }), "'domain.hostedZone' is the text 'Z0123': give a route53.IHostedZone"],
  ['a zone by its ID alone', stack => ({ hostedZone: route53.HostedZone.fromHostedZoneId(stack, 'Id', 'Z0123') }), "'domain.hostedZone' is 'Test/Id', which does not know its name: import it by HostedZone.fromHostedZoneAttributes, with ID and name"],
  ['a private zone', stack => ({ hostedZone: new route53.PrivateHostedZone(stack, 'Private', { zoneName: 'example.com', vpc: new ec2.Vpc(stack, 'Vpc') }) }), "'domain.hostedZone' is the private zone 'Test/Private'"],
  ['a zone whose ID is not set', stack => ({ hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Unset', { ...ZONE, hostedZoneId: undefined as any }) }), "'domain.hostedZone.hostedZoneId' is ''"],
  ['a zone ID with its path', stack => ({ hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Path', { ...ZONE, hostedZoneId: '/hostedzone/Z0123' }) }), "'domain.hostedZone.hostedZoneId' is '/hostedzone/Z0123'"],
])('fails on %s', (_name, change, message) => {
  const stack = newStack();
  expect(() => domainOf(AT, domainIn(stack, change(stack)))).toThrow(`[Test/Alb] ${message}`);
});

