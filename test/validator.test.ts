import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { FLAG_SETS } from './support/prove';
import { ENV, shop } from './support/shop';

// The one suite with CloudFormation Validate on: it costs three seconds a process.
beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

function findings(build: (app: App) => void, context: Record<string, unknown>): any[] {
  const app = new App({ context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:failSynthOnValidationErrors': false } });
  build(app);
  app.synth();
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap((r: any) => r.violations)
    .map((v: any) => ({ rule: v.ruleName, severity: v.severity, where: v.violatingConstructs?.map((c: any) => c.constructPath) }));
}

test.each(FLAG_SETS)('CloudFormation Validate finds nothing in the three-tier stack under %s feature flags', (_n, context) => {
  expect(findings(app => { shop(app, 'Shop', { env: ENV }); shop(app, 'Agnostic', {}); }, context)).toEqual([]);
}, 60_000);

test('CloudFormation Validate finds what is wrong', () => {
  const found = findings(app => {
    const stack = shop(app, 'Shop', { env: ENV });
    stack.application.bucket.node.defaultChild!.node.tryRemoveChild('none');
    (stack.application.bucket.node.defaultChild as any).addPropertyOverride('NoSuchProperty', true);
  }, recommended as any);
  expect(found.length).toBeGreaterThan(0);
}, 60_000);
