import * as fs from 'fs';
import * as path from 'path';
import * as os from 'os';
import { App } from 'aws-cdk-lib/core';
import { idOf } from './harness';
import { WEAKENINGS } from './all';
import { LEGITIMATE } from './legitimate';
import { GENERATED } from './generated/weakenings';
import { shop } from '../support/shop';
process.env.CDK_VALIDATION = 'true';
const f = process.argv[2]; const skip = Number(process.argv[3] ?? 0);
let n = 0;
for (const c of [...WEAKENINGS, ...LEGITIMATE, ...GENERATED].filter(x => !f || f === 'all' || idOf(x).startsWith(f))) {
  if (n++ < skip) continue;
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cwv-'));
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const s = shop(app);
  try {
    c.change(app, s); app.node.tryRemoveChild('HardenedSelfCheck'); app.synth();
    const r = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
    for (const v of r.pluginReports.flatMap((x: any) => x.violations)) console.log('VIOL', idOf(c), '|', v.ruleName, v.severity, v.description?.slice(0, 200), JSON.stringify(v.violatingConstructs?.map((k: any) => k.constructPath ?? k.logicalId))?.slice(0,200));
  } catch (e: any) { console.log('ERR', idOf(c), String(e.message).slice(0, 200)); }
  fs.rmSync(outdir, { recursive: true, force: true });
}
console.log('done', n);
