import { DomainCertificate } from '../../src/edge/domain-certificate';
import { newStack, proveControls } from '../support/prove';

const DOMAIN = { name: 'app.example.com', hostedZoneId: 'Z0123', zoneName: 'example.com' };

proveControls(stack => { new DomainCertificate(stack, 'Domain', DOMAIN); });

test('the name may be that of the zone', () => {
  new DomainCertificate(newStack(), 'Domain', { ...DOMAIN, name: 'example.com' });
});

test.each([
  ['a wildcard', { name: '*.example.com' }, /'domain\.name' is '\*\.example\.com': give one domain name/],
  ['upper case', { name: 'App.example.com' }, /'domain\.name'/],
  ['a dot at the end', { name: 'app.example.com.' }, /'domain\.name'/],
  ['a name that is too long for a certificate', { name: `${'a'.repeat(53)}.example.com` }, /'domain\.name'.*64 characters/],
  ['a zone with a dot at the end', { zoneName: 'example.com.' }, /'domain\.zoneName' is 'example\.com\.'/],
  ['a zone ID with its path', { hostedZoneId: '/hostedzone/Z0123' }, /'domain\.hostedZoneId' is '\/hostedzone\/Z0123': give the ID of the hosted zone without '\/hostedzone\/'/],
  ['an empty zone ID', { hostedZoneId: '' }, /'domain\.hostedZoneId' is ''/],
  ['a zone ID that is not set', { hostedZoneId: undefined as any }, /'domain\.hostedZoneId' is ''/],
  ['a name that is not set', { name: undefined as any }, /'domain\.name' is ''/],
  ['a zone that is not set', { zoneName: undefined as any }, /'domain\.zoneName' is ''/],
  ['a name of another zone', { name: 'app.badexample.com' }, /which is not in the zone 'example\.com'/],
])('fails on %s', (_name, change, message) => {
  expect(() => new DomainCertificate(newStack(), 'Domain', { ...DOMAIN, ...change })).toThrow(message);
  expect(() => new DomainCertificate(newStack(), 'Domain', { ...DOMAIN, ...change })).toThrow(/^\[Test\] /);
});
