import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import { after, before } from '../../examples/three-tier/apps';
import { NagFinding, nagFindings } from '../support/nag';
import { newApp, shop } from '../support/shop';

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'three-tier-'));
afterAll(() => fs.rmSync(outdir, { recursive: true, force: true }));

const report = (app: App) => JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports;

describe('cdk-nag, as the example opts in', () => {
  const app = after(path.join(outdir, 'after'));

  test('has no unacknowledged finding, and no rule threw', () => {
    app.synth();
    expect(nagFindings(app)).toEqual([]);
    expect(report(app).flatMap((r: any) => r.violations ?? [])).toEqual([]);
  });

  test('accepts exactly the committed list, each with a reason', () => {
    const stack = app.node.findChild('Shop');
    const accepted = stack.node.findAll().flatMap(c => c.node.metadata.filter(m => m.type === 'aws:cdk:acknowledged-rules')
      .flatMap(m => Object.entries<string>(m.data).map(([id, reason]) => `${c.node.path} | ${id.replace(/^[\w.]+::(?=[A-Z])/, '')} | ${reason}`)));
    expect([...new Set(accepted)].sort()).toMatchSnapshot();
    expect(accepted.filter(a => a.split(' | ')[2].length < 40)).toEqual([]);
  });
});

describe('cdk-nag without acknowledgements, counted rule x resource', () => {
  const app = newApp();
  shop(app);
  let findings: NagFinding[];
  beforeAll(() => {
    app.synth();
    findings = nagFindings(app);
  });

  test.each([['AwsSolutions', 8], ['NIST.800.53.R5', 10], ['HIPAA.Security', 10], ['PCI.DSS.321', 8]])('%s: at most %d errors', (pack, most) => {
    // a rule that finds several wildcards in one policy is one rule on one resource
    const errors = [...new Set(findings.filter(f => f.pack === pack && f.severity === 'error').map(f => `${f.rule.replace(/\[.*\]$/, '')} at ${f.path}`))];
    expect(errors.slice(most)).toEqual([]);
    expect(errors.length).toBeLessThanOrEqual(most as number);
  });

  test('no rule threw', () => expect(findings.filter(f => f.threw)).toEqual([]));

  test('and the undefended stack has findings, so the packs look', () => {
    const undefended = before(path.join(outdir, 'before'));
    undefended.synth();
    expect(nagFindings(undefended).length).toBeGreaterThan(80);
  });
});
