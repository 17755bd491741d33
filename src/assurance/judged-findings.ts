// Findings of judges that read templates, on our own resources, declared by the constructs.
import type { IConstruct } from 'constructs';

/** Under this the reasons stand in the assembly. `npx cdk-hardened judge` reads them there, so they go wherever the construct goes. */
export const JUDGED_FINDINGS = 'cdk-hardened:judged-findings';

/** A rule with its judge, in the spelling of the CDK's acknowledgements. */
export type JudgedRule = `${'Control-Tower-Guard' | 'checkov' | 'cdk-preflight' | 'cfn-lint' | 'CloudFormation-Validate'}::${string}`;

/**
 * Declares what judges find on a construct and what is below it, and why it is safe there: the narrowest construct. It explains the
 * finding to `npx cdk-hardened judge`; no check of the synthesis reads it. (cdk-nag's findings: `declareFinding`.)
 */
export function declareJudged(construct: IConstruct, reason: string, ...rules: JudgedRule[]): void {
  construct.node.addMetadata(JUDGED_FINDINGS, Object.fromEntries(rules.map(rule => [rule, reason])));
}
