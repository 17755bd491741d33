// One measurement in a process of its own; prints one JSON line. See build-tools/bench.js.
// usage: node bench/run.js cpu PROGRAM, or cold PROGRAM, or require, or compare, or modules PROGRAM|EXPORT
const fs = require('fs');
const os = require('os');
const path = require('path');

/** The programs. Those of a group render one template. */
const GROUPS = [
  ['library', 'hand-written', 'hand-written-interfaces'],
  ['bucket/library', 'bucket/hand-written'],
];
const isLibrary = name => name.endsWith('library');

const [what, which] = process.argv.slice(2);
const cpuMs = since => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
const outdir = () => fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
const wallMs = since => Number(process.hrtime.bigint() - since) / 1e6;

function programOf(name) {
  if (!GROUPS.flat().includes(name)) { throw new Error(`unknown program '${name}': name one of ${GROUPS.flat().join(', ')}`); }
  return require(`./${name}`);
}

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

/** CPU time of the main thread alone, where the system tells (Linux): other threads still collect and compile what the build left. */
const mainMs = () => {
  try { return Number(fs.readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6; } catch { return cpuMs(); }
};

/** Times the self-check by running it once more over what was synthesized: the app's own, with the same claims and the same files. */
function selfCheck({ app, dir }) {
  if (!app[Symbol.for('cdk-hardened.registry')]?.claims.length) { throw new Error('the library claims nothing, so its self-check does nothing that could be measured'); }
  const [start, startMain] = [process.cpuUsage(), mainMs()];
  app[Symbol.for('@aws-cdk/core:customSynthesis')].onSynthesize({ outdir: dir });
  return { selfCheckMs: cpuMs(start), selfCheckMainMs: mainMs() - startMain };
}

/** A process that builds once. */
function cold(name) {
  const { dir } = build(programOf(name));
  const coldMs = cpuMs(); // since the process began: start-up, modules, construction, synthesis
  fs.rmSync(dir, { recursive: true, force: true });
  return { coldMs };
}

/** And one that goes on building. */
function cpu(name) {
  const program = programOf(name);
  const { coldMs } = cold(name);
  const dirs = [];
  const once = () => {
    const [start, startMain] = [process.cpuUsage(), mainMs()];
    const built = build(program);
    dirs.push(built.dir);
    const took = { warmMs: cpuMs(start), warmMainMs: mainMs() - startMain, synthMs: built.synthMs };
    return isLibrary(name) ? { ...took, ...selfCheck(built) } : took;
  };
  for (let i = 2; i < 8; i++) { once(); }
  // The eighth to the twelfth, and of these the median. The tenth alone would not do: the garbage of all before it is collected there
  // in the one program, and a build later in the other.
  const warm = Array.from({ length: 5 }, once);
  const middle = key => warm.map(w => w[key]).sort((x, y) => x - y)[2];
  dirs.forEach(d => fs.rmSync(d, { recursive: true, force: true }));
  return { coldMs, ...Object.fromEntries(Object.keys(warm[0]).map(key => [key, middle(key)])) };
}

/** How long the CDK takes to require, and the library after it. */
function requires() {
  let start = process.hrtime.bigint();
  require('aws-cdk-lib');
  const cdkMs = wallMs(start);
  start = process.hrtime.bigint();
  require('..');
  return { cdkMs, libraryMs: wallMs(start) };
}

function template(name) {
  const { stack, dir } = build(programOf(name));
  const rendered = JSON.parse(fs.readFileSync(path.join(dir, stack.templateFile), 'utf8'));
  fs.rmSync(dir, { recursive: true, force: true });
  return rendered;
}

/** Whether the programs of each group render the same template, and that the comparison would notice if they did not. */
function compare() {
  const { difference, selfTest, smallTest } = require('./compare');
  const differences = [];
  let noticed = smallTest();
  const resources = GROUPS.map(([first, ...others]) => {
    const left = template(first);
    const found = others.map(name => [name, difference(left, template(name))]).filter(([, text]) => text !== undefined);
    differences.push(...found.map(([name, text]) => `${first} and ${name}:\n${text}`));
    // a check that can't fail would let any two programs be timed
    if (found.length === 0) { noticed += selfTest(left); }
    return Object.keys(left.Resources).length;
  });
  return { equal: differences.length === 0, difference: differences.join('\n'), resources, noticed };
}

/** Which modules of the bundle a program runs, or the first use of an export, and how many there are. */
function modules(name) {
  const { Session } = require('inspector');
  const session = new Session();
  session.connect();
  const post = (method, params) => {
    let answer;
    session.post(method, params, (error, result) => { if (error) { throw new Error(error.message); } answer = result; });
    return answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  if (GROUPS.flat().includes(name)) { cold(name); } else if (!require('..')[name]) { throw new Error(`'${name}' is no program and no export`); }
  const bundle = post('Profiler.takePreciseCoverage').result.find(script => script.url.endsWith('/lib/bundle.js'));
  const all = bundle.functions.filter(f => /^lib\/.*\.js$/.test(f.functionName));
  return { all: all.length, run: all.filter(f => f.ranges[0].count > 0).map(f => f.functionName).sort() };
}

const measurements = { cpu, cold, require: requires, compare, modules };
if (!(what in measurements)) { throw new Error(`unknown measurement '${what}': name one of ${Object.keys(measurements).join(', ')}`); }
console.log(JSON.stringify(measurements[what](which)));
