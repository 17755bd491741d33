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
const run = spawnSync(tsx, ['-r', path.join(__dirname, 'demo-hook.js'), path.join(root, 'examples', 'three-tier', 'app.ts')], {
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
  const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
  const { ran, explained } = read(path.join(outdir, name, 'judges.json'));
  // The report names only judges that found something; one that it does not name, and that ran, found nothing.
  const { pluginReports } = read(report(name));
  const found = new Map(pluginReports.map(p => [p.pluginName, count(p.violations)]));
  return {
    ran, found, explained, reported: pluginReports.length > 0,
    resources: Object.keys(read(path.join(outdir, name, 'Shop.template.json')).Resources).length, accepted: accepted(name),
  };
}

const before = judge('before');
const after = judge('after');
const judges = [...new Set([...before.ran, ...after.ran, ...before.found.keys(), ...after.found.keys()])].sort();
/** What a judge found; that it found nothing is known only if it ran. The CDK itself collects annotations, and reports them if there are any. */
const cell = (of, judge) => of.found.get(judge) ?? (of.ran.includes(judge) || judge === 'Construct Annotations' ? 0 : 'did not run');
const table = [
  ['', 'before', 'after'],
  ['resources', before.resources, after.resources],
  ...judges.map(j => [`findings of ${j}`, cell(before, j), cell(after, j)]),
  ['findings acknowledged, each with a reason', before.explained, after.explained],
  ['by how many acknowledgements', before.accepted.length, after.accepted.length],
];
const width = Math.max(...table.map(r => String(r[0]).length));
for (const [what, b, a] of table) {
  console.log(`${String(what).padEnd(width)}  ${String(b).padStart(7)}  ${String(a).padStart(7)}`);
}
console.log(`
Ran: ${after.ran.join(', ')}, on both; \`npx projen judge\` asks four more.
An acknowledgement stands at a construct, names one rule, and explains what that rule finds there and below: the ${after.accepted.length} explain the same ${after.explained}
findings of cdk-nag that \`npx projen judge\` counts.`);
const missing = after.ran.filter(j => !before.ran.includes(j)).concat(before.ran.filter(j => !after.ran.includes(j)));
if (missing.length > 0 || after.ran.length === 0) { console.log(`Not judged alike: ${missing.join(', ') || 'no judge ran'}`); }
const reasons = path.join(outdir, 'acknowledged.txt');
fs.writeFileSync(reasons, after.accepted.sort().join('\n') + '\n');
console.log('\nTo look at:');
for (const name of ['before', 'after']) {
  console.log(`  ${path.relative(process.cwd(), path.join(outdir, name, 'Shop.template.json'))}`);
  if ((name === 'before' ? before : after).reported) { console.log(`  ${path.relative(process.cwd(), report(name))}`); }
}
console.log(`  ${path.relative(process.cwd(), reasons)}`);
process.exit(run.status === 0 && missing.length === 0 && after.ran.length > 0 ? 0 : 1);
