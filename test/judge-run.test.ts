/* eslint-disable @typescript-eslint/no-require-imports */
import { spawn, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const { NoPython, cacheFolder, findPython, once, pythonOf, wrongPython } = require('../build-tools/judge/install');
const { Session, alive, began } = require('../build-tools/judge/session');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-run-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** A folder with files. */
let folders = 0;
function folder(files: Record<string, unknown>): string {
  const dir = path.join(scratch, `${folders++}`);
  fs.mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) { fs.writeFileSync(path.join(dir, name), typeof content === 'string' ? content : JSON.stringify(content)); }
  return dir;
}

describe('installing', () => {
  test('without Python says what it tried', async () => {
    const none = findPython({ floor: '3.11', ceiling: '3.15' }, [path.join(scratch, 'no-python')]);
    await expect(none).rejects.toThrow(/there is no Python 3\.11 or later, before 3\.15, with venv \(tried .*no-python\)/);
    await expect(none).rejects.toBeInstanceOf(NoPython);
  });

  test.each([['3.10.12', false], ['3.11.0', true], ['3.14.9', true], ['3.15.0', false]])('of Python %s is %s', async (version, taken) => {
    const python = path.join(folder({ python: `#!/bin/sh\necho ${version}\n` }), 'python');
    fs.chmodSync(python, 0o755);
    const found = findPython({ floor: '3.11', ceiling: '3.15' }, [python]);
    if (taken) { expect(await found).toEqual({ python, version }); } else { await expect(found).rejects.toThrow(`python is ${version}`); }
  });

  test('a list says the Python that its pins need', () => {
    expect(pythonOf('# tool\n# python >=3.11 <3.15\ntool==1')).toEqual({ floor: '3.11', ceiling: '3.15' });
    expect(() => pythonOf('tool==1')).toThrow(/says no Python/);
    const required = [['a', '>=3.9'], ['b', '<4.0,>=3.11.5'], ['c', '!=3.14.1,<3.15,>=3.10'], ['d', '']];
    expect(wrongPython({ floor: '3.11.5', ceiling: '3.15' }, required)).toEqual([]);
    expect(wrongPython({ floor: '3.11' }, required)).toEqual([
      'the list says Python 3.11 or later, but b needs 3.11.5', 'the list says before Python (any), but c needs before 3.15',
    ]);
  });

  test('happens once, again when the list changes, and again after half an installation', async () => {
    const home = path.join(scratch, 'home');
    let installed = 0;
    const install = async () => { fs.mkdirSync(home); installed++; await new Promise(resolve => setTimeout(resolve, 20)); };
    await once(home, 'a', install);
    await Promise.all([once(home, 'a', install), once(home, 'a', install)]);
    expect(installed).toBe(1);
    await once(home, 'b', install);
    expect(installed).toBe(2);
    await expect(once(home, 'c', async () => { fs.mkdirSync(home); throw new Error('no network'); })).rejects.toThrow('no network');
    await once(home, 'c', install);
    expect(installed).toBe(3);
  });

  test('happens once when two want it at the same time, also after one that was killed', async () => {
    const home = path.join(scratch, 'shared');
    let installed = 0;
    const install = async () => { fs.mkdirSync(home); installed++; await new Promise(resolve => setTimeout(resolve, 20)); };
    fs.writeFileSync(`${home}.lock`, JSON.stringify({ pid: 2 ** 22 + 1 }));
    await Promise.all([once(home, 'a', install), once(home, 'a', install)]);
    expect(installed).toBe(1);
    expect(fs.existsSync(`${home}.lock`)).toBe(false);
  });

  test('happens outside of node_modules, where the user says', () => {
    expect(cacheFolder({ CDK_HARDENED_CACHE: '/elsewhere' })).toBe('/elsewhere');
    expect(cacheFolder({})).toBe(path.join(ROOT, '.judges'));
  });
});

describe('the command', () => {
  const judge = (...args: string[]) => spawnSync(process.execPath, [path.join(ROOT, 'bin/cdk-hardened.js'), 'judge', ...args], {
    encoding: 'utf8', cwd: scratch, env: { ...process.env, TMPDIR: folder({}) },
  });

  test.each([
    ['a missing assembly', ['nowhere'], /^judge: "nowhere" is not a cloud assembly/],
    ['an unknown option', ['--all'], /^judge: there is no option "--all"; use: judge/],
    ['a list that is not named', ['--accepted'], /^judge: --accepted names no file/],
    ['a file that is an option', ['--sarif', '--accepted'], /^judge: --sarif names no file; write --sarif FILE/],
    ['a folder given twice', ['x', 'x'], /^judge: "x" is given twice/],
  ])('ends with an error for %s', (_n, args, message) => {
    const { status, stderr } = judge(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  test('does not write over reasons that somebody wrote', () => {
    const file = path.join(folder({ 'mine.json': { accepted: [] } }), 'mine.json');
    const { status, stderr } = judge('--write-accepted', file, 'nowhere');
    expect(stderr).toMatch(/^judge: ".*mine\.json" exists, and reasons may be in it/);
    expect(status).toBe(2);
  });

  test('says what it takes, and judges nothing', () => {
    const { status, stdout } = judge('--help');
    expect(status).toBe(0);
    for (const said of ['CDK_OUT | TEMPLATE', '--accepted', '--write-accepted', '--sarif', '--json', 'CDK_HARDENED_CACHE', '130, 143']) { expect(stdout).toContain(said); }
    expect(Math.max(...stdout.split('\n').map(l => l.length))).toBeLessThanOrEqual(140);
  });

  test('is one of the package, which knows no other', () => {
    const run = (...args: string[]) => spawnSync(process.execPath, [path.join(ROOT, 'bin/cdk-hardened.js'), ...args], { encoding: 'utf8' });
    expect(run().stdout).toContain('usage: cdk-hardened judge');
    expect(run('jugde')).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no command "jugde"; use: cdk-hardened judge') });
    const { bin, dependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(bin).toEqual({ 'cdk-hardened': 'bin/cdk-hardened.js' });
    expect(dependencies).toBeUndefined();
  });
});

/** A program that runs, as a judge does, one that starts another one and waits for ever; both say where they are. */
const HANGS = `
  const { spawn } = require('child_process');
  const fs = require('fs');
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).on('spawn', function () { fs.writeFileSync(process.argv[1], JSON.stringify([process.pid, this.pid])); });
  setInterval(() => {}, 1000);`;
const JUDGES = (file: string) => `
  const { session } = require(${JSON.stringify(path.join(ROOT, 'build-tools/judge/session'))});
  const { run } = require(${JSON.stringify(path.join(ROOT, 'build-tools/judge/process'))});
  const { once } = require(${JSON.stringify(path.join(ROOT, 'build-tools/judge/install'))});
  session.watch().begin();
  once(process.env.TMPDIR + '/half', 'a', async () => {
    require('fs').mkdirSync(process.env.TMPDIR + '/half');
    await run(process.execPath, ['-e', ${JSON.stringify(HANGS)}, ${JSON.stringify(file)}]);
  });`;

async function until<T>(what: () => T | undefined | false, seconds = 20): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    try {
      const found = what();
      if (found) { return found; }
    } catch { /* not yet */ }
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  throw new Error(`it did not happen in ${seconds} s: ${what}`);
}

/** A running judge in a temporary folder of its own, with the numbers of the two programs under it. */
async function running(env: NodeJS.ProcessEnv = {}, wrap: (file: string) => string[] = file => ['-e', JUDGES(file)]) {
  const tmp = folder({});
  const file = path.join(scratch, `${folders++}.pids`);
  const { npm_command: _, ...rest } = process.env;
  const child = spawn(process.execPath, wrap(file), { env: { ...rest, ...env, TMPDIR: tmp }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', d => { stderr += d; });
  const closed = new Promise<number | null>(resolve => child.once('close', resolve));
  const pids = await until<number[]>(() => JSON.parse(fs.readFileSync(file, 'utf8')));
  return { child, closed, pids, tmp, stderr: () => stderr };
}

const gone = (pids: number[]) => until(() => pids.every(pid => began(pid) === undefined));
/** What is left in a temporary folder, but for the folder of the runs itself, which is empty. */
const left = (tmp: string) => fs.readdirSync(tmp, { recursive: true, encoding: 'utf8' }).filter(f => !/^cdk-hardened-judge-\w+$/.test(f));

describe('an interruption', () => {
  test.each([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const)('by %s, to the judge alone, is said, ends all and leaves nothing', async (signal, code) => {
    const { child, closed, pids, tmp, stderr } = await running();
    expect(left(tmp).length).toBeGreaterThan(2);
    child.kill(signal);
    expect(await closed).toBe(code);
    expect(stderr()).toContain('interrupted');
    await gone(pids);
    expect(left(tmp)).toEqual([]);
  });

  test('of the npm that started it, alone, is one of the judge', async () => {
    // what npm starts is not its only child: the judge's own parent is what goes
    const wrap = (file: string) => ['-e', `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(JUDGES(file))}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`];
    const { child, closed, pids, tmp, stderr } = await running({ npm_command: 'exec' }, wrap);
    child.kill('SIGKILL');
    await closed;
    await gone(pids);
    await until(() => left(tmp).length === 0);
    expect(stderr()).toContain('interrupted');
  });

  test('by SIGKILL leaves what the next start finds and ends, and nothing of others', async () => {
    const { child, closed, pids, tmp } = await running();
    const other = await running();
    child.kill('SIGKILL');
    await closed;
    expect(pids.map(pid => began(pid) !== undefined)).toEqual([true, true]);
    const runs = path.join(tmp, fs.readdirSync(tmp).find(f => f.startsWith('cdk-hardened-judge-'))!);
    fs.renameSync(path.join(other.tmp, path.basename(runs), fs.readdirSync(path.join(other.tmp, path.basename(runs)))[0]), path.join(runs, 'run-other'));
    const next = new Session(runs).begin();
    await gone(pids);
    expect(other.pids.map(pid => began(pid) !== undefined)).toEqual([true, true]);
    expect(fs.readdirSync(runs).sort()).toEqual([path.basename(next.home), 'run-other'].sort());
    await next.end();
    other.child.kill('SIGTERM');
    await other.closed;
    await gone(other.pids);
  });

  test('does not end a process that has the number of one that was left', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const runs = folder({});
    fs.mkdirSync(path.join(runs, 'run-x'));
    fs.writeFileSync(path.join(runs, 'run-x', 'run.json'), JSON.stringify({ pid: stranger.pid, start: '1', children: [{ pid: stranger.pid, start: '1' }] }));
    expect(alive({ pid: stranger.pid, start: '1' })).toBe(false);
    new Session(runs).sweep();
    expect(fs.readdirSync(runs)).toEqual([]);
    expect(alive({ pid: stranger.pid, start: began(stranger.pid) })).toBe(true);
    stranger.kill('SIGKILL');
  });
});
