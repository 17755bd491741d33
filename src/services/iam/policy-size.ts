// How much fits into a managed policy, while it is filled and nobody knows its length yet.
import type * as iam from 'aws-cdk-lib/aws-iam';

/** The longest managed policy, in characters. Source: IAM user guide, "IAM and AWS STS quotas". */
const LONGEST = 6144;
/** What a policy has besides its statements. */
const FRAME = 50;
/** How long a value becomes that only the deployment knows: the ARN of a bucket has up to 76 characters, that of a key 80. */
const TOKEN = '-'.repeat(100);

const lengthOf = (value: unknown) => JSON.stringify(value ?? '').replace(/\$\{Token\[[^\]]*\]\}/g, TOKEN).length;

/** The length of a policy whose statements become one where they differ in their resources only: rather too much than too little. */
export class PolicySize {
  private length = FRAME;
  private readonly kinds = new Map<string, Set<string>>();

  /** Whether a statement fits too. The first one always does, as there is no other place for it. */
  public takes(statement: iam.PolicyStatement): boolean {
    return this.kinds.size === 0 || this.length + this.added(statement) <= LONGEST;
  }

  /** Counts a statement. */
  public add(statement: iam.PolicyStatement): void {
    this.length += this.added(statement);
    const kind = kindOf(statement);
    this.kinds.set(kind, new Set([...this.kinds.get(kind) ?? [], ...statement.resources]));
  }

  private added(statement: iam.PolicyStatement): number {
    const known = this.kinds.get(kindOf(statement));
    return known
      ? statement.resources.filter(r => !known.has(r)).reduce((sum, r) => sum + lengthOf(r) + 1, 0)
      : lengthOf(statement.toStatementJson()) + 1;
  }
}

/** What statements have in common that become one. One with a Sid stays as it is. */
function kindOf({ sid, effect, actions, notActions, notResources, conditions }: iam.PolicyStatement): string {
  return JSON.stringify([sid, effect, [...actions].sort(), notActions, notResources, conditions]);
}
