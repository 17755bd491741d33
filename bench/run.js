// One measurement in a process of its own; prints one JSON line. See build-tools/bench.js.
// usage: node bench/run.js cpu library|hand-written, or require, or compare
const fs = require('fs');
const os = require('os');
const path = require('path');

const [what, which] = process.argv.slice(2);
const cpuMs = since => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
const outdir = () => fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));

/** Builds and synthesizes once; returns the app, the stack, where the assembly is, and what the synthesis and the self-check in it took. */
function build(program) {
  const { App } = require('aws-cdk-lib/core');
  const dir = outdir();
  const app = new App({ outdir: dir, analyticsReporting: false, treeMetadata: false });
  const stack = program(app);
  const check = timed(app);
  const start = process.cpuUsage();
  app.synth();
  return { app, stack, dir, synthMs: cpuMs(start), selfCheckMs: check.ms };
}

/** Times the self-check where it runs: in the synthesis of the app. */
function timed(app) {
  const check = { ms: 0 };
  const hook = app[Symbol.for('@aws-cdk/core:customSynthesis')];
  if (!hook) { return check; }
  const { registryOf } = require('../lib/assurance/claims');
  if (registryOf(app).claims.length === 0) { throw new Error('the library claims nothing, so its self-check does nothing that could be measured'); }
  const run = hook.onSynthesize.bind(hook);
  hook.onSynthesize = session => {
    const start = process.cpuUsage();
    run(session);
    check.ms += cpuMs(start);
  };
  return check;
}

const programs = { 'library': () => require('./library'), 'hand-written': () => require('./hand-written') };

if (what === 'cpu') {
  if (!(which in programs)) { throw new Error(`unknown program '${which}': name one of ${Object.keys(programs).join(', ')}`); }
  const program = programs[which]();
  const dirs = [build(program).dir];
  const coldMs = cpuMs(); // since the process began: start-up, modules, construction, synthesis
  for (let i = 2; i < 8; i++) { dirs.push(build(program).dir); }
  // The eighth to the twelfth, and of these the median. The tenth alone would not do: the garbage of all before it is collected there
  // in the one program, and a build later in the other.
  const warm = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    const { dir, synthMs, selfCheckMs } = build(program);
    const warmMs = cpuMs(start);
    dirs.push(dir);
    return { warmMs, synthMs, selfCheckMs };
  });
  const middle = key => warm.map(w => w[key]).sort((a, b) => a - b)[2];
  const result = { coldMs, warmMs: middle('warmMs'), synthMs: middle('synthMs'), selfCheckMs: middle('selfCheckMs') };
  dirs.forEach(d => fs.rmSync(d, { recursive: true, force: true }));
  console.log(JSON.stringify(result));
} else if (what === 'require') {
  require('aws-cdk-lib');
  const start = process.hrtime.bigint();
  require('..');
  console.log(JSON.stringify({ libraryMs: Number(process.hrtime.bigint() - start) / 1e6 }));
} else if (what === 'compare') {
  const { difference, selfTest, smallTest } = require('./compare');
  const [a, b] = ['library', 'hand-written'].map(name => {
    const { stack, dir } = build(programs[name]());
    const template = JSON.parse(fs.readFileSync(path.join(dir, stack.templateFile), 'utf8'));
    fs.rmSync(dir, { recursive: true, force: true });
    return template;
  });
  const found = difference(a, b);
  // The comparison has to notice what is changed: a check that cannot fail would let any two programs be timed.
  const noticed = smallTest() + (found === undefined ? selfTest(a) : 0);
  console.log(JSON.stringify({ equal: found === undefined, difference: found, resources: Object.keys(a.Resources).length, noticed }));
} else {
  throw new Error(`unknown measurement '${what}': name cpu, require or compare`);
}
