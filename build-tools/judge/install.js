// The judges' own tools, in exact versions, installed once and kept until their list changes.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { run } = require('./process');

const ROOT = path.join(__dirname, '..', '..');
const NODE = path.join(ROOT, 'judges');
const windows = process.platform === 'win32';

/** Installs if the stamp does not say that exactly this was installed. The stamp is written last, so half an installation never counts. */
async function once(folder, wanted, install) {
  const stamp = path.join(folder, '.installed');
  const hash = crypto.createHash('sha256').update(wanted).digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) { return; }
  fs.rmSync(folder, { recursive: true, force: true });
  await install();
  fs.writeFileSync(stamp, hash);
}

let installing;

/** aws-cdk-lib, cdk-nag, cdk-preflight and the Guard rules: newer than what the library itself is built with. */
function installNode() {
  return installing ??= installNodeOnce();
}

async function installNodeOnce() {
  const modules = path.join(NODE, 'node_modules');
  await once(modules, fs.readFileSync(path.join(NODE, 'package-lock.json')), async () => {
    console.error('Installing the judges that run on Node …');
    await run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: NODE })
      .catch(e => { throw new Error(`the judges of judges/package.json can't be installed: ${e.message}`); });
  });
  return modules;
}

class NoPython extends Error {}

/** A Python that can make virtual environments, and that the listed versions support. */
async function findPython(candidates = [process.env.PYTHON, 'python3', 'python'].filter(Boolean)) {
  for (const python of candidates) {
    try {
      const { stdout } = await run(python, ['-c', 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])']);
      const [major, minor] = stdout.trim().split('.').map(Number);
      if (major === 3 && minor >= 11) { return { python, version: stdout.trim() }; }
    } catch { /* the next */ }
  }
  throw new NoPython(`there is no Python 3.11 or later with venv (tried ${candidates.join(', ')}); install it, or name it in PYTHON`);
}

/** A tool of PyPI in a virtual environment of its own. */
async function installPython(tool, candidates) {
  const { python, version } = await findPython(candidates);
  const list = path.join(NODE, `${tool}.txt`);
  const home = path.join(ROOT, '.venv', tool);
  const bin = path.join(home, windows ? 'Scripts' : 'bin');
  await once(home, `${version}\n${fs.readFileSync(list, 'utf8')}`, async () => {
    console.error(`Installing ${tool} …`);
    await run(python, ['-m', 'venv', home]).catch(e => { throw new Error(`no virtual environment for ${tool}: ${e.message}`); });
    await run(path.join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', list])
      .catch(e => { throw new Error(`${tool} can't be installed from judges/${tool}.txt: ${e.message}`); });
  });
  return path.join(bin, tool);
}

module.exports = { NoPython, findPython, installNode, installPython, once, ROOT };
