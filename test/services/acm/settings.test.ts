import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { certificate, CertificateOptions, checkCertificate, checkDomain } from '../../../src/services/acm/settings';

const AT = { node: { path: 'Stack/Alb' } };
const DOMAIN = { domainName: 'app.example.com', hostedZoneId: 'Z0123', zoneName: 'example.com' };

test('a certificate is for one name, is validated by DNS, and its key stays where it is', () => {
  expect(certificate(DOMAIN)).toEqual({
    domainName: 'app.example.com',
    validationMethod: 'DNS',
    domainValidationOptions: [{ domainName: 'app.example.com', hostedZoneId: 'Z0123' }],
    keyAlgorithm: 'EC_prime256v1',
    certificateTransparencyLoggingPreference: 'ENABLED',
  });
  expect(Object.keys(certificate(DOMAIN))).toEqual(expect.arrayContaining(['subjectAlternativeNames', 'certificateExport']));
});

test('the name may be that of the zone, and tokens pass', () => {
  const text = new CfnParameter(new Stack(), 'Text').valueAsString;
  checkDomain(AT, 'domain.hostedZone', DOMAIN);
  checkDomain(AT, 'domain.hostedZone', { ...DOMAIN, domainName: 'example.com' });
  checkDomain(AT, 'domain.hostedZone', { domainName: text, hostedZoneId: text, zoneName: text });
});

test.each<[string, Partial<CertificateOptions>, string]>([
  ['a wildcard', { domainName: '*.example.com' }, "'domain.domainName' is '*.example.com': give one domain name"],
  ['upper case', { domainName: 'App.example.com' }, "'domain.domainName'"],
  ['a dot at the end', { domainName: 'app.example.com.' }, "'domain.domainName'"],
  ['a name that is too long for a certificate', { domainName: `${'a'.repeat(53)}.example.com` }, "'domain.domainName'"],
  ['a zone with a dot at the end', { zoneName: 'example.com.' }, "'domain.hostedZone.zoneName' is 'example.com.'"],
  ['a zone ID with its path', { hostedZoneId: '/hostedzone/Z0123' }, "'domain.hostedZone.hostedZoneId' is '/hostedzone/Z0123': give the ID of the hosted zone without '/hostedzone/'"],
  ['an empty zone ID', { hostedZoneId: '' }, "'domain.hostedZone.hostedZoneId' is ''"],
  ['a zone ID that is not set', { hostedZoneId: undefined }, "'domain.hostedZone.hostedZoneId' is ''"],
  ['a name that is not set', { domainName: undefined }, "'domain.domainName' is ''"],
  ['a zone that is not set', { zoneName: undefined }, "'domain.hostedZone.zoneName' is ''"],
  ['a name of another zone', { domainName: 'app.badexample.com' }, "'domain.domainName' is 'app.badexample.com', which is not in the zone 'example.com'"],
])('refuses %s', (_name, change, message) => {
  expect(() => checkDomain(AT, 'domain.hostedZone', { ...DOMAIN, ...change })).toThrow(`[Stack/Alb] ${message}`);
});

describe('certificates from elsewhere', () => {
  const check = (arn: string, region: string) => {
    const stack = new Stack(new App(), 'Test', { env: { region, account: '111122223333' } });
    checkCertificate(AT, acm.Certificate.fromCertificateArn(stack, 'Certificate', arn), stack.region);
  };

  test.each([
    ['of another region', 'arn:aws:acm:us-east-1:111122223333:certificate/1', "[Stack/Alb] 'certificate' is of us-east-1, but the load balancer is in eu-west-1: give a certificate of eu-west-1"],
    ['of IAM', 'arn:aws:iam::111122223333:server-certificate/x', "[Stack/Alb] 'certificate' is 'arn:aws:iam::111122223333:server-certificate/x', which is not of ACM"],
  ])('%s are refused', (_name, arn, message) => expect(() => check(arn, 'eu-west-1')).toThrow(message));

  test.each(['arn:aws:acm:eu-west-1:111122223333:certificate/1', 'arn:aws-cn:acm:eu-west-1:111122223333:certificate/1', Fn.importValue('Arn')])(
    '%s passes', arn => check(arn, 'eu-west-1'));

  test('of any region pass where the stack has none', () => {
    const stack = new Stack();
    checkCertificate(AT, acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/1'), stack.region);
  });

  test('made in a stack of another region are refused', () => {
    const other = new Stack(new App(), 'Other', { env: { region: 'us-east-1' } });
    const made = new acm.Certificate(other, 'Certificate', { domainName: 'app.example.com', validation: acm.CertificateValidation.fromDns() });
    expect(() => checkCertificate(AT, made, 'eu-west-1')).toThrow("'certificate' is of us-east-1");
  });
});
