// What breaks programs that are written against the baseline: jsii-diff finds it.
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

/**
 * Every break between two assemblies: its key and a sentence.
 *
 * @param root the folder whose node_modules have what the assemblies depend on
 */
function breaksOf(baseline, current, root) {
  // Below node_modules, so that jsii-diff finds the dependencies of both.
  const cache = path.join(root, 'node_modules', '.cache');
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(cache, 'compat-'));
  try {
    const [before, after] = [baseline, current].map((assembly, i) => written(assembly, path.join(scratch, `${i}`), root));
    const run = spawnSync(process.execPath, [require.resolve('jsii-diff/bin/jsii-diff'), before, after, '--keys'], {
      encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0] },
    });
    const lines = `${run.stdout}${run.stderr}`.split('\n');
    const found = lines.map(l => /^err +- (.*) \[([^\]]+)\]$/.exec(l)).filter(m => m).map(([, sentence, key]) => ({ key, sentence }));
    if (run.status !== (found.length > 0 ? 1 : 0) || lines.some(l => /Skipping analysis|Comparing is probably pointless/.test(l))) {
      throw new Error(`jsii-diff did not compare:\n${lines.join('\n')}`);
    }
    return found;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function written(assembly, folder, root) {
  fs.mkdirSync(folder);
  const { peerDependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { name, version } = assembly;
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version, peerDependencies, jsii: { outdir: 'dist' } }));
  fs.writeFileSync(path.join(folder, '.jsii'), JSON.stringify(complete(assembly)));
  return folder;
}

/** What jsii-diff wants of every assembly, though it does not compare it. */
function complete(assembly) {
  return { author: {}, description: '', fingerprint: '', homepage: '', jsiiVersion: '', license: '', repository: {}, ...assembly };
}

/** What is wrong: a break that nobody accepted, and what is accepted without a reason or without need. */
function verdictOn(breaks, accepted) {
  const lines = accepted.split('\n').map(l => l.trim()).filter(l => l !== '');
  const keys = lines.filter(l => !l.startsWith('#'));
  return [
    ...breaks.filter(b => !keys.includes(b.key)).map(b => `${b.sentence}: undo it, or say in .compatignore why '${b.key}' may break, and in CHANGELOG.md how to go on`),
    ...keys.filter(k => !breaks.some(b => b.key === k)).map(k => `.compatignore accepts '${k}', which breaks nothing: take it out`),
    ...keys.filter(k => (lines.slice(0, lines.indexOf(k)).reverse().find(l => l.startsWith('#')) ?? '').length < 20)
      .map(k => `.compatignore accepts '${k}' without a reason: say it in a comment above`),
  ];
}

module.exports = { breaksOf, verdictOn };
