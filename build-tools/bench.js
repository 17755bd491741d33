// `npm run bench`: what the library costs beside a program written by hand that renders the same template (bench/hand-written.js).
// Compiled JavaScript, validator off, user + system CPU, interleaved pairs, and the library against itself as a control.
// usage: npm run bench [-- --pairs 21]
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const pairsAt = process.argv.indexOf('--pairs');
const pairs = pairsAt < 0 ? 21 : Number(process.argv[pairsAt + 1]);
if (!Number.isInteger(pairs) || pairs < 1) { throw new Error(`'--pairs' is '${process.argv[pairsAt + 1]}': give a whole number, 21 or more for a verdict`); }
const LIMITS = { cold: 1.15, warm: 1.3, selfCheck: 0.05, requireMs: 5 };

/** Runs a child that prints one JSON line. */
function child(...args) {
  const run = spawnSync(process.execPath, [path.join(root, 'bench', 'run.js'), ...args], {
    encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false', NODE_ENV: 'production' },
  });
  if (run.status !== 0) { throw new Error(`bench/run.js ${args.join(' ')} failed:\n${run.stderr}`); }
  return JSON.parse(run.stdout.trim().split('\n').pop());
}

const median = xs => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];
const ratio = (rows, a, b, key) => median(rows.map(r => r[a][key] / r[b][key]));

if (!fs.existsSync(path.join(root, 'lib', 'index.js'))) { throw new Error("'lib/index.js' does not exist: run 'npx projen compile' first"); }
const lazy = require('../bench/lazy').check();
const same = child('compare');
if (!same.equal) { throw new Error(`the programs do not render the same template, so comparing them means nothing:\n${same.difference}`); }

const rows = [];
for (let i = 0; i < pairs; i++) {
  // the order changes, so that neither is always first
  const order = i % 2 ? ['library', 'hand', 'control'] : ['control', 'hand', 'library'];
  const row = {};
  for (const name of order) { row[name] = child('cpu', name === 'hand' ? 'hand-written' : 'library'); }
  rows.push(row);
  process.stderr.write('.');
}
process.stderr.write('\n');

const requires = Array.from({ length: pairs }, () => child('require'));
const result = {
  pairs,
  resources: same.resources,
  cold: ratio(rows, 'library', 'hand', 'coldMs'),
  coldControl: ratio(rows, 'library', 'control', 'coldMs'),
  warm: ratio(rows, 'library', 'hand', 'warmMs'),
  warmControl: ratio(rows, 'library', 'control', 'warmMs'),
  selfCheck: median(rows.map(r => r.library.selfCheckMs / r.library.warmMs)),
  selfCheckOfSynth: median(rows.map(r => r.library.selfCheckMs / r.library.synthMs)),
  requireMs: median(requires.map(r => r.libraryMs)),
};
const show = (name, value, limit) => console.log(`${name.padEnd(62)} ${value.toFixed(3)}  (at most ${limit})${value > limit ? '  TOO MUCH' : ''}`);
const ms = (name, key) => median(rows.map(r => r[name][key])).toFixed(0);
console.log(`the two templates are equal but for logical IDs; the comparison noticed ${same.noticed} changes made to try it; ${lazy} exports are lazy`);
console.log(`${result.resources} resources, ${pairs} interleaved pairs, medians of user + system CPU`);
console.log(`cold ${ms('library', 'coldMs')} and ${ms('hand', 'coldMs')} ms, about the tenth build ${ms('library', 'warmMs')} and ${ms('hand', 'warmMs')} ms, `
  + `of which app.synth() ${ms('library', 'synthMs')} and ${ms('hand', 'synthMs')} ms, self-check ${ms('library', 'selfCheckMs')} ms`);
show('cold process, library : hand-written', result.cold, LIMITS.cold);
console.log(`${'  the library against itself'.padEnd(62)} ${result.coldControl.toFixed(3)}`);
show('about the tenth build in a process, library : hand-written', result.warm, LIMITS.warm);
console.log(`${'  the library against itself'.padEnd(62)} ${result.warmControl.toFixed(3)}`);
show('share of the self-check in a warm build', result.selfCheck, LIMITS.selfCheck);
console.log(`${'  in app.synth() alone'.padEnd(62)} ${result.selfCheckOfSynth.toFixed(3)}`);
show("ms for require('cdk-hardened') beyond aws-cdk-lib", result.requireMs, LIMITS.requireMs);
const failed = Object.keys(LIMITS).filter(k => result[k] > LIMITS[k]);
process.exit(failed.length === 0 ? 0 : 1);
