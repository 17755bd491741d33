// Runs programs, and ends those that still run.
const { spawn } = require('child_process');
const path = require('path');

const root = path.join(__dirname, '..', '..');
const windows = process.platform === 'win32';

/** A program that npm installed. */
const bin = name => path.join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);

const children = new Set();

/** Runs a program to its end and gives its output, which is shown only if the end is not the expected one. */
function run(command, args, env, expectFailure = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) { stream.on('data', data => { output += data; }); }
    child.on('error', reject);
    child.on('close', status => {
      children.delete(child);
      if ((status === 0) !== expectFailure) { return resolve(output); }
      const what = expectFailure ? 'worked and should have failed' : `failed with ${status}`;
      reject(new Error(`'${path.basename(command)} ${args.join(' ')}' ${what}:\n${output.slice(-6000)}`));
    });
  });
}

function endAll() {
  for (const child of children) { child.kill('SIGKILL'); }
}

module.exports = { bin, endAll, root, run };
