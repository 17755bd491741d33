import { WebFirewallScope } from '../../src/edge/web-firewall-scope';

test('each scope knows its name and what WAF says of it', () => {
  const { REGIONAL, CLOUDFRONT } = WebFirewallScope;
  expect([REGIONAL, CLOUDFRONT].map(s => `${s}`)).toEqual(['REGIONAL', 'CLOUDFRONT']);
  expect([REGIONAL, CLOUDFRONT].map(s => s._facts.associates)).toEqual([true, false]);
});
