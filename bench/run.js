// One measurement in a process of its own; prints one JSON line. See build-tools/bench.js.
// usage: node bench/run.js cpu library|hand-written, or require, or compare
const fs = require('fs');
const os = require('os');
const path = require('path');

const [what, which] = process.argv.slice(2);
const cpuMs = since => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
const outdir = () => fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));

/** Builds and synthesizes once; returns the app, the stack, where the assembly is, and what the synthesis took. */
function build(program) {
  const { App } = require('aws-cdk-lib/core');
  const dir = outdir();
  const app = new App({ outdir: dir, analyticsReporting: false, treeMetadata: false });
  const stack = program(app);
  const start = process.cpuUsage();
  app.synth();
  return { app, stack, dir, synthMs: cpuMs(start) };
}

/** Times the self-check by running it once more over what was synthesized: the same claims, the same files. */
function selfCheckMs({ app, dir }, mustClaim) {
  const { registryOf } = require('../lib/assurance/registry');
  const { selfCheck } = require('../lib/assurance/self-check');
  const registry = registryOf(app);
  if (registry.claims.length === 0) {
    if (mustClaim) { throw new Error('the library claims nothing, so its self-check does nothing that could be measured'); }
    return 0;
  }
  const start = process.cpuUsage();
  selfCheck(registry, dir, app);
  return cpuMs(start);
}

const programs = { 'library': () => require('./library'), 'hand-written': () => require('./hand-written') };

if (what === 'cpu') {
  if (!(which in programs)) { throw new Error(`unknown program '${which}': name one of ${Object.keys(programs).join(', ')}`); }
  const program = programs[which]();
  const dirs = [build(program).dir];
  const coldMs = cpuMs(); // since the process began: start-up, modules, construction, synthesis
  for (let i = 2; i < 8; i++) {
    const built = build(program);
    selfCheckMs(built, which === 'library');
    dirs.push(built.dir);
  }
  // The eighth to the twelfth, and of these the median. The tenth alone would not do: the garbage of all before it is collected there
  // in the one program, and a build later in the other.
  const warm = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    const built = build(program);
    const warmMs = cpuMs(start);
    dirs.push(built.dir);
    return { warmMs, synthMs: built.synthMs, selfCheckMs: selfCheckMs(built, which === 'library') };
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
