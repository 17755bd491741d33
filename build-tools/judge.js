// `npx cdk-hardened judge [options] [CDK_OUT | TEMPLATE…]`, and here `npx projen judge`: every independent judge over every template, in
// one table, and judgement.json.
const fs = require('fs');
const path = require('path');
const { explain, readAccepted, startingList } = require('./judge/accepted');
const { readAssembly, readTemplate, synthesizeExamples } = require('./judge/assemblies');
const { LISTS, NoPython, ROOT, checkout, installNode } = require('./judge/install');
const { CANARY, complaints, judgeAll } = require('./judge/judge');
const { HELP, options } = require('./judge/options');
const { sarif } = require('./judge/sarif');
const { session } = require('./judge/session');
const { render, renderAccepted, summarize } = require('./judge/table');

// The slow ones first: they run two at a time.
const JUDGES = ['control-tower', 'validate', 'cfn-lint', 'checkov', 'preflight', 'cdk-nag'].map(j => require(`./judge/judges/${j}`));

/** The reader of YAML templates of the CDK that the judges run on, which knows CloudFormation's short forms. */
async function yaml() {
  return require(path.join(await installNode(), 'node_modules', 'aws-cdk-lib', 'cloudformation-include', 'lib', 'private', 'yaml-cfn.js')).deserialize;
}

/** What is given, under the names that it was given by. */
async function named(given) {
  const twice = given.find((d, i) => given.findIndex(other => path.resolve(other) === path.resolve(d)) !== i);
  if (twice !== undefined) { throw new Error(`"${twice}" is given twice; give each assembly once`); }
  const subjects = [];
  for (const g of given) {
    subjects.push(fs.statSync(g, { throwIfNoEntry: false })?.isFile() ? await readTemplate(g, g, session.scratch, yaml) : readAssembly(g, g));
  }
  return subjects;
}

/** Our list explains our examples; whoever judges something else brings a list of their own. */
function listOf(file, own, names) {
  const list = file ?? (own ? path.join(LISTS, 'accepted.json') : undefined);
  return { list, accepted: list ? readAccepted(list, names) : { accepted: [], comparisons: [] } };
}

function writeJson(file, what, value) {
  try {
    fs.writeFileSync(file, JSON.stringify(value, undefined, 1) + '\n');
  } catch (e) {
    throw new Error(`can't write ${what} to "${file}": ${e.message}`);
  }
}

function tell({ rows, judges, findings, comparisons, wrong, files, list }) {
  console.log(render(rows));
  const accepted = renderAccepted(findings.filter(f => !comparisons.includes(f.subject)));
  if (accepted !== '') { console.log(`\n${accepted}`); }
  for (const j of judges.filter(x => x.status === 'skipped')) { console.log(`\nSKIPPED: ${j.name} judged NOTHING: ${j.why}`); }
  const ran = judges.filter(j => j.status === 'ran');
  const open = findings.filter(f => !f.accepted && !comparisons.includes(f.subject)).length;
  if (wrong.length > 0) { console.log(`\n${wrong.join('\n')}`); }
  console.log(`\n${ran.length} judge${ran.length === 1 ? '' : 's'} ran: ${ran.map(j => j.name).join(', ') || 'none'}. ${open} unexplained finding${open === 1 ? '' : 's'}${wrong.length > open ? ', and what is said above' : ''}.`);
  if (wrong.length > 0) { console.log(`Mend it, or accept it with a reason in ${list ? path.relative(process.cwd(), list) : 'a file that you name with --accepted (--write-accepted begins one)'}.`); }
  console.log(`Each finding and its reason: ${files.join(', ')}`);
}

function write(given, { judges, rows, stale, subjects, findings, accepted }) {
  writeJson(given.json, 'the judgement', {
    judges, rows, stale,
    subjects: subjects.map(s => ({ name: s.name, comparison: accepted.comparisons.includes(s.name), templates: s.templates.map(t => ({ name: t.name, file: path.basename(t.source ?? t.file), resources: t.resources })) })),
    findings,
  });
  if (given.sarif) { writeJson(given.sarif, 'SARIF', sarif({ findings, judges, subjects, comparisons: accepted.comparisons, from: process.cwd() })); }
  if (given.writeAccepted) { writeJson(given.writeAccepted, 'the list', startingList(accepted, findings)); }
  return [given.json, given.sarif, given.writeAccepted].filter(Boolean);
}

async function main(args) {
  const given = options(args);
  if (given.help) {
    console.log(HELP);
    return 0;
  }
  const own = checkout && given.dirs.length === 0;
  const { list, accepted } = listOf(given.accepted, own, JUDGES.map(j => j.name));
  if (given.writeAccepted && fs.existsSync(given.writeAccepted) && path.resolve(given.writeAccepted) !== path.resolve(list ?? '')) {
    throw new Error(`"${given.writeAccepted}" exists, and reasons may be in it; name another file, or give it with --accepted too, and new rows are added to it`);
  }
  session.watch().begin();
  try {
    const canary = readAssembly(path.join(LISTS, 'canary'), CANARY);
    const subjects = own ? await synthesizeExamples(ROOT, session.scratch) : await named(given.dirs.length > 0 ? given.dirs : ['cdk.out']);
    // Once, before several judges want it; a failure is told by each of them.
    await installNode().catch(() => {});
    const { findings: raw, judges } = await judgeAll(JUDGES, subjects, canary, { isSkip: e => e instanceof NoPython });
    const ran = judges.filter(j => j.status === 'ran').map(j => j.name);
    const { findings, stale } = explain(raw, accepted, subjects, ran, { complete: own });
    const rows = summarize(subjects.map(s => s.name), judges, findings, accepted.comparisons);
    const wrong = complaints({ findings, judges, stale, comparisons: accepted.comparisons, ci: Boolean(process.env.CI) && process.env.CI !== 'false' });
    const files = write(given, { judges, rows, stale, subjects, findings, accepted });
    tell({ rows, judges, findings, comparisons: accepted.comparisons, wrong, files, list });
    return wrong.length === 0 ? 0 : 1;
  } finally {
    if (!session.interrupted) { await session.end(); }
  }
}

/** Runs to the end of the process. */
function judge(args) {
  main(args).then(code => { process.exitCode = code; }, e => {
    if (session.interrupted) { return; }
    console.error(`judge: ${e.message}`);
    process.exitCode = 2;
  });
}

module.exports = { judge };

if (require.main === module) { judge(process.argv.slice(2)); }
