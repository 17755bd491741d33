import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TLS_POLICIES } from '../../../src/services/elb/facts';

test('the TLS policies are those of the CDK, without CBC and RSA key exchange', () => {
  expect(Object.values(elbv2.SslPolicy)).toEqual(expect.arrayContaining(TLS_POLICIES));
  expect(new Set(TLS_POLICIES).size).toBe(TLS_POLICIES.length);
  for (const policy of TLS_POLICIES) { expect(policy).toMatch(/^ELBSecurityPolicy-TLS13-1-(2-Res|3)-/); }
});
