import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { KnownFindings } from '../../src/foundation/known-findings';

/** What cdk-nag, with every pack, finds below a path of a stack's app when the declared findings are acknowledged. */
export function openFindings(stack: Stack, below: string): string[] {
  const app = stack.node.root as App;
  KnownFindings.acknowledge(app);
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R4Checks(), new NIST80053R5Checks(), new PCIDSS321Checks(),
    new ServerlessChecks(),
  );
  try {
    app.synth();
  } catch (e: any) {
    if (e.name !== 'ValidationFailed') { throw e; }
  }
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap((p: any) => p.violations)
    .flatMap((v: any) => v.violatingConstructs.map((c: any) => `${v.ruleName} on ${c.constructPath}`))
    .filter((finding: string) => finding.includes(` on ${below}`));
}
