// The judges' own tools, in exact versions, installed once into a cache and kept until their list changes.
const crypto = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { run } = require('./process');
const { alive, began, session } = require('./session');

const ROOT = path.join(__dirname, '..', '..');
const LISTS = path.join(ROOT, 'judges');
const windows = process.platform === 'win32';
/** This file of the project is in no package. */
const checkout = fs.existsSync(path.join(ROOT, '.projenrc.ts'));

/** A folder of the project or, installed as a package, of the user: what is in node_modules, npm removes as it likes. */
function cacheFolder(env = process.env) {
  if (env.CDK_HARDENED_CACHE) { return path.resolve(env.CDK_HARDENED_CACHE); }
  if (checkout) { return path.join(ROOT, '.judges'); }
  if (windows) { return path.join(env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'), 'cdk-hardened', 'judges'); }
  if (process.platform === 'darwin') { return path.join(os.homedir(), 'Library', 'Caches', 'cdk-hardened', 'judges'); }
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'cdk-hardened', 'judges');
}

/** One at a time: two runs may want the same folder. The lock of a run that was killed does not count. */
async function locked(folder, work) {
  const lock = `${folder}.lock`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, start: began(process.pid) });
  for (;;) {
    try {
      fs.writeFileSync(lock, mine, { flag: 'wx' });
      break;
    } catch (e) {
      if (e.code !== 'EEXIST') { throw new Error(`can't write into the judges' cache "${path.dirname(folder)}": ${e.message}; name another in CDK_HARDENED_CACHE`); }
    }
    let holder;
    try { holder = JSON.parse(fs.readFileSync(lock, 'utf8')); } catch { /* it is being written, or is gone */ }
    if (holder && !alive(holder)) { fs.rmSync(lock, { force: true }); } else { await new Promise(resolve => setTimeout(resolve, 200)); }
  }
  try { return await work(); } finally { fs.rmSync(lock, { force: true }); }
}

/** Installs if the stamp does not say that exactly this was installed. The stamp is written last, so half an installation never counts. */
async function once(folder, wanted, install) {
  const stamp = path.join(folder, '.installed');
  const hash = crypto.createHash('sha256').update(wanted).digest('hex');
  const installed = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash;
  if (installed()) { return; }
  const remove = () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  await locked(folder, async () => {
    if (installed()) { return; }
    remove();
    await session.guarded(() => { remove(); fs.rmSync(`${folder}.lock`, { force: true }); }, install);
    fs.writeFileSync(stamp, hash);
  });
}

/** A folder for each list, so that two versions of the library don't take turns to install. */
function folderOf(tool, wanted) {
  return path.join(cacheFolder(), `${tool}-${crypto.createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);
}

let installing;

/** aws-cdk-lib, cdk-nag, cdk-preflight and the Guard rules: newer than what the library itself is built with. @returns the folder */
function installNode() {
  return installing ??= installNodeOnce();
}

async function installNodeOnce() {
  const files = ['package.json', 'package-lock.json'];
  const wanted = files.map(f => fs.readFileSync(path.join(LISTS, f), 'utf8')).join('\n');
  const folder = folderOf('node', wanted);
  await once(folder, wanted, async () => {
    console.error('Installing the judges that run on Node …');
    fs.mkdirSync(folder, { recursive: true });
    files.forEach(f => fs.copyFileSync(path.join(LISTS, f), path.join(folder, f)));
    await run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, env: withoutNpm(process.env) })
      .catch(e => { throw new Error(`the judges of judges/package.json can't be installed: ${e.message}`); });
  });
  return folder;
}

/** npx hands its own options on as variables, such as the prefix of the project that it was called in. */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_(config_(local_)?prefix|config_global|package_|lifecycle_|command$)/i.test(name)));
}

class NoPython extends Error {}

/** What a list says of the Python that it needs, in its line `# python >=3.11 <3.15`. */
function pythonOf(list) {
  const [, floor, ceiling] = /^# python >=([\d.]+)(?: <([\d.]+))?$/m.exec(list) ?? [];
  if (floor === undefined) { throw new Error('a list of judges says no Python: write "# python >=3.11" into it'); }
  return { floor, ceiling };
}

/** Versions, number by number. */
function compare(a, b) {
  const [x, y] = [a, b].map(v => v.split('.').map(Number));
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    if ((x[i] ?? 0) !== (y[i] ?? 0)) { return (x[i] ?? 0) - (y[i] ?? 0); }
  }
  return 0;
}

/** A Python that can make virtual environments, and that the listed versions support. */
async function findPython({ floor, ceiling }, candidates = [process.env.PYTHON, 'python3', 'python'].filter(Boolean)) {
  const seen = [];
  for (const python of candidates) {
    try {
      const { stdout } = await run(python, ['-c', 'import sys, venv, ensurepip; print("%d.%d.%d" % sys.version_info[:3])']);
      const version = stdout.trim();
      if (compare(version, floor) >= 0 && (ceiling === undefined || compare(version, ceiling) < 0)) { return { python, version }; }
      seen.push(`${python} is ${version}`);
    } catch {
      seen.push(python);
    }
  }
  throw new NoPython(`there is no Python ${floor} or later${ceiling ? `, before ${ceiling},` : ''} with venv (tried ${seen.join(', ')}); install it, or name it in PYTHON`);
}

const FLOORS = 'import importlib.metadata as m, json; print(json.dumps([[d.metadata["Name"], d.metadata["Requires-Python"] or ""] for d in m.distributions()]))';

/** What a list of pins says against the Python that it names. */
function wrongPython({ floor, ceiling }, required) {
  const bound = (spec, sign) => spec.split(',').map(s => s.trim()).filter(s => s.startsWith(sign) && !(sign === '<' && s.startsWith('<='))).map(s => s.slice(sign.length).trim());
  const highest = required.flatMap(([name, spec]) => bound(spec, '>=').map(v => ({ name, v }))).sort((a, b) => compare(b.v, a.v))[0];
  const lowest = required.flatMap(([name, spec]) => bound(spec, '<').filter(v => !/^4(\.0)*$/.test(v)).map(v => ({ name, v }))).sort((a, b) => compare(a.v, b.v))[0];
  return [
    ...compare(highest?.v ?? '3', floor) === 0 ? [] : [`the list says Python ${floor} or later, but ${highest?.name} needs ${highest?.v}`],
    ...(lowest?.v ?? '') === (ceiling ?? '') ? [] : [`the list says before Python ${ceiling ?? '(any)'}, but ${lowest?.name ?? 'nothing'} needs before ${lowest?.v ?? '(any)'}`],
  ];
}

/** A tool of PyPI in a virtual environment of its own. */
async function installPython(tool, candidates) {
  const list = path.join(LISTS, `${tool}.txt`);
  const text = fs.readFileSync(list, 'utf8');
  const { python, version } = await findPython(pythonOf(text), candidates);
  const wanted = `${version.split('.').slice(0, 2).join('.')}\n${text}`;
  const home = folderOf(tool, wanted);
  const bin = path.join(home, windows ? 'Scripts' : 'bin');
  await once(home, wanted, async () => {
    console.error(`Installing ${tool} …`);
    await run(python, ['-m', 'venv', home]).catch(e => { throw new Error(`no virtual environment for ${tool}: ${e.message}`); });
    await run(path.join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', list])
      .catch(e => { throw new Error(`${tool} can't be installed from judges/${tool}.txt: ${e.message}`); });
    if (checkout) {
      const wrong = wrongPython(pythonOf(text), JSON.parse((await run(path.join(bin, 'python'), ['-c', FLOORS])).stdout));
      if (wrong.length > 0) { throw new Error(`judges/${tool}.txt: ${wrong.join('; ')}; correct its line "# python"`); }
    }
  });
  return path.join(bin, tool);
}

module.exports = { LISTS, NoPython, ROOT, cacheFolder, checkout, findPython, installNode, installPython, once, pythonOf, wrongPython };
