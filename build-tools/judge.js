// `npx projen judge [--accepted FILE] [CDK_OUT…]`: every independent judge over every template, in one table, and judgement.json.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { explain, readAccepted } = require('./judge/accepted');
const { readAssembly, synthesizeExamples } = require('./judge/assemblies');
const { NoPython, installNode, ROOT } = require('./judge/install');
const { CANARY, complaints, judgeAll } = require('./judge/judge');
const { render, summarize } = require('./judge/table');

// The slow ones first: they run two at a time.
const JUDGES = ['control-tower', 'validate', 'cfn-lint', 'checkov', 'preflight', 'cdk-nag'].map(j => require(`./judge/judges/${j}`));

function options(args) {
  const dirs = [];
  let accepted;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--accepted') {
      accepted = args[++i];
      if (accepted === undefined) { throw new Error('--accepted names no file; write --accepted FILE'); }
    } else if (args[i].startsWith('-')) {
      throw new Error(`there is no option "${args[i]}"; use: judge [--accepted FILE] [CDK_OUT…]`);
    } else {
      dirs.push(args[i]);
    }
  }
  return { dirs, accepted };
}

/** Given folders, under the names that they were given by. */
function named(dirs) {
  const twice = dirs.find((d, i) => dirs.findIndex(other => path.resolve(other) === path.resolve(d)) !== i);
  if (twice !== undefined) { throw new Error(`"${twice}" is given twice; give each assembly once`); }
  return dirs.map(d => readAssembly(d, d));
}

async function main() {
  const { dirs, accepted: file } = options(process.argv.slice(2));
  const names = JUDGES.map(j => j.name);
  // Our list explains our examples; whoever judges something else brings a list of their own.
  const list = file ?? (dirs.length === 0 ? path.join(ROOT, 'judges', 'accepted.json') : undefined);
  const accepted = list ? readAccepted(list, names) : { accepted: [], comparisons: [] };

  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));
  try {
    const canary = readAssembly(path.join(ROOT, 'judges', 'canary'), CANARY);
    const subjects = dirs.length > 0 ? named(dirs) : synthesizeExamples(ROOT, scratch);
    // Once, before several judges want it; a failure is told by each of them.
    await installNode().catch(() => {});
    const { findings: raw, judges } = await judgeAll(JUDGES, subjects, canary, { isSkip: e => e instanceof NoPython });
    const ran = judges.filter(j => j.status === 'ran').map(j => j.name);
    const { findings, stale } = explain(raw, accepted, subjects.map(s => s.name), ran);
    const rows = summarize(subjects.map(s => s.name), judges, findings, accepted.comparisons);
    const wrong = complaints({ findings, judges, stale, comparisons: accepted.comparisons, ci: Boolean(process.env.CI) && process.env.CI !== 'false' });

    fs.writeFileSync('judgement.json', JSON.stringify({
      judges, rows, stale,
      subjects: subjects.map(s => ({ name: s.name, comparison: accepted.comparisons.includes(s.name), templates: s.templates.map(t => ({ name: t.name, file: path.basename(t.file), resources: t.resources })) })),
      findings,
    }, undefined, 1) + '\n');
    console.log(render(rows));
    for (const j of judges.filter(x => x.status === 'skipped')) { console.log(`\nSKIPPED: ${j.name} judged NOTHING: ${j.why}`); }
    console.log(wrong.length === 0
      ? `\nNothing unexplained. Each finding and its reason: judgement.json`
      : `\n${wrong.join('\n')}\n\n${wrong.length} complaint${wrong.length === 1 ? '' : 's'}. Mend it, or accept it with a reason in ${list ? path.relative(process.cwd(), list) : 'a file that you name with --accepted'}.`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

main().then(code => { process.exitCode = code; }, e => {
  console.error(`judge: ${e.message}`);
  process.exitCode = 2;
});
