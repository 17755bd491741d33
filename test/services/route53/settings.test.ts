import { alias } from '../../../src/services/route53/settings';

test('a record points to a load balancer for as long as it is healthy', () => {
  expect(alias({ domainName: 'app.example.com', hostedZoneId: 'Z1', target: { dnsName: 'alb', hostedZoneId: 'Z2' } })).toEqual({
    name: 'app.example.com.', type: 'A', hostedZoneId: 'Z1', aliasTarget: { dnsName: 'alb', hostedZoneId: 'Z2', evaluateTargetHealth: true },
  });
});
