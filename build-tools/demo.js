// `npm run demo`: the same application before and after hardening, judged. Needs node and npm only, installs the rest itself.
const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const tsx = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'tsx.cmd' : 'tsx');

if (!fs.existsSync(tsx)) {
  console.log('Installing dependencies …');
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

const outdir = path.join(root, 'demo.out');
fs.rmSync(outdir, { recursive: true, force: true });
console.log('Synthesizing examples/three-tier before and after hardening, and judging both …\n');
const run = spawnSync(tsx, [path.join(root, 'examples', 'three-tier', 'app.ts')], {
  cwd: root, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'true' },
});
const report = name => path.join(outdir, name, 'validation-report.json');
if (!fs.existsSync(report('before')) || !fs.existsSync(report('after'))) {
  console.error(run.stderr || run.stdout || run.error);
  process.exit(1);
}

/** Findings of a judge, counted rule x resource. */
const count = findings => (findings ?? []).reduce((n, v) => n + (v.violatingConstructs ?? v.violatingResources ?? []).length, 0);

/** What was acknowledged, as `path | rule | reason`. */
function accepted(name) {
  const metadata = JSON.parse(fs.readFileSync(path.join(outdir, name, 'Shop.metadata.json'), 'utf8'));
  return Object.entries(metadata).flatMap(([at, entries]) => entries.filter(e => e.type === 'aws:cdk:acknowledged-rules')
    .flatMap(e => Object.entries(e.data).map(([rule, reason]) => `${at} | ${rule} | ${reason}`)));
}

function judge(name) {
  const template = JSON.parse(fs.readFileSync(path.join(outdir, name, 'Shop.template.json'), 'utf8'));
  const rows = { resources: Object.keys(template.Resources).length, findings: {}, accepted: accepted(name) };
  for (const plugin of JSON.parse(fs.readFileSync(report(name), 'utf8')).pluginReports) {
    rows.findings[plugin.pluginName] = count(plugin.violations);
  }
  return rows;
}

const before = judge('before');
const after = judge('after');
const judges = [...new Set([...Object.keys(before.findings), ...Object.keys(after.findings)])].sort();
const table = [
  ['', 'before', 'after'],
  ['resources', before.resources, after.resources],
  ...judges.map(j => [`findings of ${j}`, before.findings[j] ?? 0, after.findings[j] ?? 0]),
  ['findings acknowledged, each with a reason', before.accepted.length, after.accepted.length],
];
const width = Math.max(...table.map(r => String(r[0]).length));
for (const [what, b, a] of table) {
  console.log(`${String(what).padEnd(width)}  ${String(b).padStart(7)}  ${String(a).padStart(7)}`);
}
const reasons = path.join(outdir, 'acknowledged.txt');
fs.writeFileSync(reasons, after.accepted.sort().join('\n') + '\n');
console.log('\nTo look at:');
for (const name of ['before', 'after']) {
  console.log(`  ${path.relative(process.cwd(), path.join(outdir, name, 'Shop.template.json'))}`);
  console.log(`  ${path.relative(process.cwd(), report(name))}`);
}
console.log(`  ${path.relative(process.cwd(), reasons)}`);
process.exit(run.status === 0 ? 0 : 1);
