// `npm run bench`: what the library costs beside programs written by hand that render the same template: one whose parts can be passed where
// the CDK takes its interfaces, as the library's can (bench/hand-written-interfaces.js), and one of one piece (bench/hand-written.js); and
// what one small construct costs (bench/bucket). Compiled JavaScript, validator off, user + system CPU, interleaved, and the library against
// itself as a control.
// usage: npm run bench [-- --pairs 21]
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '..');
const pairsAt = process.argv.indexOf('--pairs');
const pairs = pairsAt < 0 ? 21 : Number(process.argv[pairsAt + 1]);
if (!Number.isInteger(pairs) || pairs < 1) { throw new Error(`'--pairs' is '${process.argv[pairsAt + 1]}': give a whole number, 21 or more for a verdict`); }
const LIMITS = { cold: 1.15, coldOnePiece: 1.2, warm: 1.25, bucket: 1.3, require: 0.2, selfCheck: 0.08 };

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

/** Runs each of the programs as often as there are pairs, in turn; the order changes, so that none is always first. */
function interleaved(measurement, programs) {
  const names = Object.keys(programs);
  return Array.from({ length: pairs }, (_, i) => {
    const order = names.map((__, at) => names[(at + i) % names.length]);
    const row = Object.fromEntries((i % 2 ? order : order.reverse()).map(name => [name, child(measurement, programs[name])]));
    process.stderr.write('.');
    return row;
  });
}

if (!fs.existsSync(path.join(root, 'lib', 'index.js'))) { throw new Error("'lib/index.js' does not exist: run 'npx projen compile' first"); }
const lazy = require('../bench/lazy').check();
const same = child('compare');
if (!same.equal) { throw new Error(`the programs do not render the same template, so comparing them means nothing:\n${same.difference}`); }

const rows = interleaved('cpu', { library: 'library', interfaces: 'hand-written-interfaces', onePiece: 'hand-written', control: 'library' });
const buckets = interleaved('cold', { library: 'bucket/library', hand: 'bucket/hand-written' });
const requires = Array.from({ length: pairs }, () => child('require'));
process.stderr.write('\n');

const result = {
  cold: ratio(rows, 'library', 'interfaces', 'coldMs'),
  coldOnePiece: ratio(rows, 'library', 'onePiece', 'coldMs'),
  coldControl: ratio(rows, 'library', 'control', 'coldMs'),
  warm: ratio(rows, 'library', 'interfaces', 'warmMs'),
  warmOnePiece: ratio(rows, 'library', 'onePiece', 'warmMs'),
  warmControl: ratio(rows, 'library', 'control', 'warmMs'),
  bucket: ratio(buckets, 'library', 'hand', 'coldMs'),
  require: median(requires.map(r => r.libraryMs / r.cdkMs)),
  // By the main thread: what others collect and compile meanwhile, the build has left.
  selfCheck: median(rows.map(r => r.library.selfCheckMainMs / r.library.warmMainMs)),
  selfCheckOfAll: median(rows.map(r => r.library.selfCheckMs / r.library.warmMs)),
};
const [shop, bucket] = same.resources;
const show = (name, value, limit) => console.log(`${name.padEnd(66)} ${value.toFixed(3)}`
  + (limit === undefined ? '' : `  (at most ${limit})${value > limit ? '  TOO MUCH' : ''}`));
const ms = (name, key) => median(rows.map(r => r[name][key])).toFixed(0);
const each = key => `${ms('library', key)}, ${ms('interfaces', key)} and ${ms('onePiece', key)} ms`;
console.log(`the templates are equal but for logical IDs and the names made of them; the comparison noticed ${same.noticed} changes made to try it`);
console.log(`${lazy.exports} exports are lazy; of ${lazy.all} modules ${Object.entries(lazy.run).map(([name, run]) => `${name} runs ${run}`).join(', ')}`);
console.log(`${pairs} interleaved runs of each program, medians of user + system CPU; the library, by hand with the same interfaces, by hand in one piece:`);
console.log(`  ${shop} resources: cold ${each('coldMs')}; about the tenth build ${each('warmMs')},`);
console.log(`  of which app.synth() ${each('synthMs')}; self-check ${ms('library', 'selfCheckMainMs')} ms`);
console.log(`  ${bucket} resources: cold ${['library', 'hand'].map(name => median(buckets.map(r => r[name].coldMs)).toFixed(0)).join(' and ')} ms`);
console.log(`  require('aws-cdk-lib') ${median(requires.map(r => r.cdkMs)).toFixed(1)} ms, require('cdk-hardened') ${median(requires.map(r => r.libraryMs)).toFixed(1)} ms`);
show('cold process, library : by hand with the same interfaces', result.cold, LIMITS.cold);
show('cold process, library : by hand in one piece', result.coldOnePiece, LIMITS.coldOnePiece);
show('  the library against itself', result.coldControl);
show('about the tenth build, library : by hand with the same interfaces', result.warm, LIMITS.warm);
show('  by hand in one piece', result.warmOnePiece);
show('  the library against itself', result.warmControl);
show('cold process, EncryptedBucket alone : by hand', result.bucket, LIMITS.bucket);
show("require('cdk-hardened') : require('aws-cdk-lib')", result.require, LIMITS.require);
show('share of the self-check in a warm build, on its thread', result.selfCheck, LIMITS.selfCheck);
show('  on all threads', result.selfCheckOfAll);
const failed = Object.keys(LIMITS).filter(k => !(result[k] <= LIMITS[k]));
process.exit(failed.length === 0 ? 0 : 1);
