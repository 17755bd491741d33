import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib/core';
import * as ts from 'typescript';
import { InterfacesStack } from '../../examples/interfaces/interfaces';
import { verdictsOf } from '../../src/assurance/self-check';
import { FLAG_SETS } from '../support/prove';
import { parse, visit } from '../support/syntax';

/** What `cdk init` sets, and the example without it. */
const QUEUES = '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption';

function synth(context: Record<string, unknown>): App {
  const app = new App({ context, analyticsReporting: false });
  new InterfacesStack(app, 'Interfaces', { env: { account: '111122223333', region: 'eu-west-1' } });
  app.synth();
  return app;
}

test.each(FLAG_SETS)('what a CDK user does first needs no waiver, and fails no control, under %s feature flags', (_name, context) => {
  const app = synth({ ...context, [QUEUES]: true });
  expect(verdictsOf(app).length).toBeGreaterThan(300);
  expect(verdictsOf(app).filter(v => v.outcome !== 'holds')).toEqual([]);
});

test('without the flag for queues, by which the CDK lets SNS use the key for everybody, the key binds what it is asked for', () => {
  expect(verdictsOf(synth({})).filter(v => v.outcome !== 'holds')).toEqual([]);
});

describe('the example', () => {
  const source = parse(fs.readFileSync(path.join(__dirname, '..', '..', 'examples', 'interfaces', 'interfaces.ts'), 'utf8'));
  const takers = source.statements.filter(ts.isFunctionDeclaration).filter(f => f.name!.text.startsWith('take'));
  const names = source.statements.filter(ts.isImportDeclaration).find(i => (i.moduleSpecifier as ts.StringLiteral).text === 'cdk-hardened')!
    .importClause!.namedBindings as ts.NamedImports;
  const own = new Set(names.elements.map(e => e.name.text));
  const identifiers = (node: ts.Node) => {
    const found: ts.Identifier[] = [];
    visit(node, n => { if (ts.isIdentifier(n)) { found.push(n); } });
    return found;
  };

  test('passes each construct to a function that knows the CDK only', () => {
    expect(own.size).toBeGreaterThan(20);
    expect(takers.flatMap(f => identifiers(f).filter(i => own.has(i.text)).map(i => `${f.name!.text}: ${i.text}`))).toEqual([]);
  });

  /** The interfaces of the library's constructs. Those of the generated layer, and the plan, have one or two members of their own. */
  test.each([
    ['kms.IKey', 3], ['s3.IBucket', 3], ['sns.ITopic', 3], ['logs.ILogGroup', 3], ['ec2.IVpc', 3], ['elbv2.IApplicationLoadBalancer', 3], ['rds.IDatabaseCluster', 3],
    ['ecs.IBaseService', 3], ['ecr.IRepository', 3], ['backup.IBackupVault', 3], ['backup.IBackupPlan', 1], ['aws_wafv2.IWebACLRef', 1], ['aws_cloudtrail.ITrailRef', 1],
    ['aws_config.IConfigurationRecorderRef', 1], ['aws_guardduty.IDetectorRef', 1], ['aws_events.IRuleRef', 1], ['ec2.IConnectable', 1], ['iam.IGrantable', 0],
  ])('takes an %s, hands it on to the CDK, and calls at least %d of its members', (type, count) => {
    const uses = takers.flatMap(f => f.parameters.filter(p => p.type!.getText() === type).map(p => {
      const all = identifiers(f.body!).filter(i => i.text === p.name.getText()).map(i => i.parent as ts.Node);
      const members = all.filter(ts.isPropertyAccessExpression).map(access => access.name.text);
      return { members: new Set(members).size, handedOn: all.length > members.length };
    }));
    expect(Math.max(...uses.map(u => u.members))).toBeGreaterThanOrEqual(count);
    expect(uses.some(u => u.handedOn)).toBe(true);
  });
});
