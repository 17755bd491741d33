// cdk-nag is at hand, so that it can be asked whether its verdicts are what the cases say.
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { NagRuleCompliance, rules } from 'cdk-nag';
import { CASES } from './all';
import type { ForeignCase, Verdict } from './support';

type Rule = (resource: CfnResource) => unknown;
const RULES = new Map(Object.values(rules).flatMap(group => Object.values(group) as Rule[]).map(rule => [rule.name, rule]));

/** It reads the tree of constructs, which a template does not have. */
const OF_CONSTRUCTS = 'VPCDefaultSecurityGroupClosed';
const OF_NAG = CASES.filter(c => c.source.startsWith('cdklabs/cdk-nag') && c.id !== OF_CONSTRUCTS);

function verdictOf({ id, fixture }: ForeignCase, folder: string): Verdict | undefined {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Test');
  const templateFile = path.join(folder, 'template.json');
  fs.writeFileSync(templateFile, JSON.stringify('Resources' in fixture ? fixture : { Resources: fixture }));
  new CfnInclude(stack, 'Template', { templateFile });
  const found = stack.node.findAll().filter((node): node is CfnResource => node instanceof CfnResource).map(RULES.get(id)!);
  if (found.some(one => Array.isArray(one) || one === NagRuleCompliance.NON_COMPLIANT)) { return 'fail'; }
  return found.includes(NagRuleCompliance.COMPLIANT) ? 'pass' : undefined;
}

// the rule for event buses reads a property that the CDK warns of
const { JSII_DEPRECATED } = process.env;
beforeAll(() => { process.env.JSII_DEPRECATED = 'quiet'; });
afterAll(() => {
  if (JSII_DEPRECATED === undefined) { delete process.env.JSII_DEPRECATED; } else { process.env.JSII_DEPRECATED = JSII_DEPRECATED; }
});

test('cdk-nag says what the cases say', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foreign-'));
  try {
    expect(OF_NAG.length).toBeGreaterThan(70);
    expect(OF_NAG.filter(c => verdictOf(c, folder) !== c.theirs).map(c => c.key)).toEqual([]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
