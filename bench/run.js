// One measurement in a process of its own; prints one JSON line. See build-tools/bench.js.
const fs = require('fs');
const os = require('os');
const path = require('path');

const [what, which] = process.argv.slice(2);
const cpuMs = since => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
const outdir = () => fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));

/** Builds and synthesizes once; returns the app, the stack and where the assembly is. */
function build(program) {
  const { App } = require('aws-cdk-lib/core');
  const dir = outdir();
  const app = new App({ outdir: dir, analyticsReporting: false, treeMetadata: false });
  const stack = program(app);
  app.synth();
  return { app, stack, dir };
}

const programs = { 'library': () => require('./library'), 'hand-written': () => require('./hand-written') };

if (what === 'cpu') {
  const program = programs[which]();
  const dirs = [build(program).dir];
  const coldMs = cpuMs(); // since the process began: start-up, modules, construction, synthesis
  for (let i = 0; i < 8; i++) { dirs.push(build(program).dir); }
  const start = process.cpuUsage();
  const tenth = build(program);
  const warmMs = cpuMs(start);
  const result = { coldMs, warmMs };
  if (which === 'library') {
    const { judge, registryOf } = require('../lib/foundation/claims');
    const check = process.cpuUsage();
    judge(registryOf(tenth.stack), tenth.dir);
    result.selfCheckMs = cpuMs(check);
  }
  [...dirs, tenth.dir].forEach(d => fs.rmSync(d, { recursive: true, force: true }));
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
  throw new Error(`unknown measurement '${what}'`);
}
