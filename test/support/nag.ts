import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { KnownFindings } from '../../src/assurance/known-findings';

export const PACKS: NagPack[] = [
  new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R4Checks(), new NIST80053R5Checks(), new PCIDSS321Checks(),
  new ServerlessChecks(),
];

export interface NagFinding {
  readonly pack: string;
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly threw: boolean;
}

/** Findings of all six packs that are not acknowledged, one for each rule and resource. Aspects must have run: synthesize first. */
export function nagFindings(scope: App | Stack): NagFinding[] {
  return PACKS.flatMap(pack => (pack.validateScope(scope) as any).violations.flatMap((v: any) => v.violatingResources.map((r: any) => ({
    pack: pack.readPackName,
    rule: v.ruleName,
    severity: v.severity,
    path: r.constructPath,
    threw: /threw an error/.test(v.description),
  }))));
}

/** What cdk-nag, with every pack, finds below a path of a stack's app when the declared findings are acknowledged. */
export function openFindings(stack: Stack, below: string): string[] {
  const app = stack.node.root as App;
  KnownFindings.acknowledge(app);
  Validations.of(app).addPlugins(...PACKS);
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
