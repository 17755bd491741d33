import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AGENT_ACCOUNTS, AGENT_REPOSITORY } from '../services/guardduty/facts';

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
    this.account = Token.isUnresolved(region)
      ? new CfnMapping(this, 'Accounts', { mapping: Object.fromEntries(Object.entries(AGENT_ACCOUNTS).map(([r, account]) => [r, { account }])) }).findInMap(Aws.REGION, 'account')
      : AGENT_ACCOUNTS[region];
  }

  /** Lets the role that starts tasks pull the agent's image. */
  public allowPull(executionRole: iam.IRole): void {
    if (this.account === undefined) { return; }
    executionRole.addToPrincipalPolicy(new iam.PolicyStatement({
      sid: 'PullRuntimeAgent',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [`arn:${Aws.PARTITION}:ecr:${Aws.REGION}:${this.account}:repository/${AGENT_REPOSITORY}`],
    }));
  }
}
