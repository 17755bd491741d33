// Principals: services that are not called the same everywhere, and the ARNs of people and roles.
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource, Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import type { Place } from './validate';
import { fail, requireKind, requireList } from './validate';

/**
 * Regions that an account has without opting in: those from before March 2019, and those of GovCloud and China. Every later one is
 * opted in to. (The CDK's own table of regions takes a tenth of a cold start to load.)
 */
const ENABLED_REGIONS = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'cn-north-1',
  'cn-northwest-1',
  'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-gov-east-1',
  'us-gov-west-1', 'us-west-1',
  'us-west-2',
];

/** The service principal of GuardDuty in the stack where it is rendered: a regional one where an account has to opt in to the region. */
export function guardDutyPrincipal(): string {
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const { region } = Stack.of(scope);
      const isOptIn = !Token.isUnresolved(region) && !ENABLED_REGIONS.includes(region);
      return isOptIn ? `guardduty.${region}.amazonaws.com` : 'guardduty.amazonaws.com';
    },
  });
}

/**
 * The ARNs of principals, for a condition on `aws:PrincipalArn`. A `*` in one stands for any text.
 *
 * Refuses principals without an ARN, and those that stand for everybody.
 */
export function arnsOf(at: Place, prop: string, principals: iam.IPrincipal[] | undefined): string[] {
  requireList(at, prop, principals);
  return (principals ?? []).flatMap((principal, i) => {
    requireKind(at, `${prop}[${i}]`, principal, ['policyFragment'], "an iam.IPrincipal, for example a role or 'new iam.ArnPrincipal(ARN)'");
    const { principalJson } = principal.policyFragment;
    const arns = principalJson.AWS ?? [];
    if (arns.length === 0 || Object.keys(principalJson).length > 1) {
      fail(at, `'${prop}' has '${principal}', which has no ARN: name a role, for example by 'new iam.ArnPrincipal(ARN)'`);
    }
    for (const arn of arns) {
      if (!Token.isUnresolved(arn) && !/^arn:[^:*]+:(iam|sts)::[^:]*:[^*].*$/.test(arn)) {
        fail(at, `'${prop}' has '${arn}', which is not the ARN of a role or user: give one, for example `
          + 'arn:aws:iam::111122223333:role/BreakGlass');
      }
      if (!Token.isUnresolved(arn) ? /:root$/.test(arn) : principal instanceof iam.AccountPrincipal) {
        fail(at, `'${prop}' has the account '${arn}', which stands for everybody in it: name a role`);
      }
    }
    return arns;
  });
}

/** The origin access identity of CloudFront that a statement is about, by its path or ARN; undefined if there is none. */
export function originAccessIdentityIn(statement: iam.PolicyStatement): string | undefined {
  for (const { policyFragment: { principalJson } } of statement.principals) {
    const arn = textsOf(principalJson.AWS).find(a => a.includes(':iam::cloudfront:user/'));
    if (arn !== undefined) { return arn.split('/').pop(); }
    for (const user of textsOf(principalJson.CanonicalUser)) {
      const made = Tokenization.reverseString(user).tokens.find(token => Reference.isReference(token));
      const target = (made as Reference | undefined)?.target;
      if (CfnResource.isCfnResource(target) && target.cfnResourceType === 'AWS::CloudFront::CloudFrontOriginAccessIdentity') {
        return target.node.scope?.node.path ?? target.node.path;
      }
    }
  }
  return undefined;
}

/** The texts of what a principal has: one that was read from JSON may have a function of CloudFormation, or a single value. */
function textsOf(values: unknown): string[] {
  return [values].flat().filter(value => typeof value === 'string');
}
