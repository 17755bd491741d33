// Statements that the CDK writes in a log bucket's policy for load balancers, without a source.
import * as iam from 'aws-cdk-lib/aws-iam';
import { arn, sourceIs } from '../../core/names';

const DELIVERY = 'delivery.logs.amazonaws.com';
/** Who writes for load balancers in all regions. In old ones the CDK names an account of Elastic Load Balancing instead. */
const BALANCERS = 'logdelivery.elasticloadbalancing.amazonaws.com';

/**
 * A statement as it is, or, if the CDK wrote it for the logs of a load balancer, bound to the account.
 *
 * @param isOfBalancers whether an account is one that Elastic Load Balancing writes from
 */
export function bound(statement: iam.PolicyStatement, isOfBalancers: (account: string) => boolean): iam.PolicyStatement {
  const [principal] = statement.principals;
  const [action] = statement.actions;
  if (statement.effect !== iam.Effect.ALLOW || statement.principals.length !== 1 || statement.actions.length !== 1) { return statement; }
  const conditions = JSON.stringify({ ...statement.conditions, ...principal.policyFragment.conditions });
  const service = principal instanceof iam.ServicePrincipal ? principal.service : undefined;
  const account = principal instanceof iam.AccountPrincipal ? String(principal.accountId) : undefined;
  if (action === 's3:PutObject' && conditions === '{}' && (service === BALANCERS || (account !== undefined && isOfBalancers(account)))) {
    return statement.copy({
      principals: [new iam.ServicePrincipal(BALANCERS)], conditions: sourceIs(arn('elasticloadbalancing', 'loadbalancer/*')),
    });
  }
  if (service !== DELIVERY || !DELIVERED.some(d => d.action === action && d.conditions === conditions)) { return statement; }
  const { StringEquals: equals } = statement.conditions as { StringEquals?: Record<string, unknown> };
  const { StringEquals: source, ...like } = sourceIs(arn('logs', '*'));
  return statement.copy({ conditions: { StringEquals: { ...equals, ...source }, ...like } });
}

const DELIVERED = [
  { action: 's3:PutObject', conditions: JSON.stringify({ StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } }) },
  { action: 's3:GetBucketAcl', conditions: '{}' },
];
