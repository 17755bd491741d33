import { App, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';

export const PACKS: NagPack[] = [
  new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R4Checks(), new NIST80053R5Checks(), new PCIDSS321Checks(), new ServerlessChecks(),
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
