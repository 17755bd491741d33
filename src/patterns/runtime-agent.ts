import type * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AGENT_ACCOUNTS } from '../services/guardduty/facts';
import { pullAgent } from '../services/guardduty/statements';

/**
 * The agent that GuardDuty puts beside Fargate tasks: where its image comes from. A closed network has to let it through, or
 * runtime monitoring fails in silence.
 */
export class RuntimeAgent extends Construct {
  /** The account whose repository holds the image; undefined where GuardDuty has none. */
  public readonly account?: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { region } = Stack.of(this);
    this.account = Token.isUnresolved(region) ? this.looksUp() : AGENT_ACCOUNTS[region];
  }

  /** Lets the role that starts tasks pull the agent's image. */
  public allowPull(executionRole: iam.IRole): void {
    if (this.account === undefined) { return; }
    executionRole.addToPrincipalPolicy(pullAgent(this.account));
  }

  /** The account, by a table in the template: the region is known at deployment only. */
  private looksUp(): string {
    const mapping = Object.fromEntries(Object.entries(AGENT_ACCOUNTS).map(([region, account]) => [region, { account }]));
    return new CfnMapping(this, 'Accounts', { mapping }).findInMap(Aws.REGION, 'account');
  }
}
