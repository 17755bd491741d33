// One run of the judge: what it starts and writes, so that an end before its time leaves nothing, and a killed run leaves nothing for long.
const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const windows = process.platform === 'win32';
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** When a process began: with its number, that is who it is. Undefined if there is none, or if this system doesn't say. */
function began(pid) {
  try {
    // The name, in brackets, may hold anything; the 22nd field of the whole is the 20th after it.
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return fields[0] === 'Z' ? undefined : fields[19]; // one that ended, and whose parent does not ask, is no more
  } catch { /* not Linux, or no such process */ }
  if (windows || process.platform === 'linux') { return undefined; }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch { return undefined; }
}

/** The parent of a process, and what it is called. */
function parentOf(pid) {
  try {
    if (process.platform === 'linux') {
      const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return { ppid: Number(fields[1]), title: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ') };
    }
    const [, ppid, title] = /^\s*(\d+)\s+(.*)$/s.exec(execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' })) ?? [];
    return { ppid: Number(ppid), title: title ?? '' };
  } catch { return { ppid: 0, title: '' }; }
}

/** Who is between this process and the npm that started it, and that npm; the parent alone, if there is none. */
function starters() {
  const chain = [];
  for (let pid = process.ppid; pid > 1 && chain.length < 8; pid = parentOf(pid).ppid) {
    chain.push({ pid, start: began(pid) });
    if (/^(npm|npx)\b|[/\\]np[mx](-cli\.js)?( |$)/.test(parentOf(pid).title)) { return chain; }
  }
  return chain.slice(0, 1);
}

const exists = pid => { try { process.kill(pid, 0); return true; } catch (e) { return e.code === 'EPERM'; } };

/** Whether the process that was noted is still there; another one may have its number by now. */
function alive({ pid, start }) {
  return exists(pid) && (start === undefined ? process.platform !== 'linux' || began(pid) !== undefined : began(pid) === start);
}

/** Ends a program and all that it started. */
function endGroup({ pid, start }) {
  if (windows) { spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }); return; }
  // A group outlives its first process, and as long as it does, no other process gets that number.
  if (exists(pid) && start !== undefined && began(pid) !== start) { return; }
  try { process.kill(-pid, 'SIGKILL'); } catch { /* gone */ }
}

/** Where runs keep themselves: a folder that is ours alone, because what is noted there gets killed. */
function runsFolder() {
  const folder = path.join(os.tmpdir(), `cdk-hardened-judge-${process.getuid?.() ?? os.userInfo().username}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = fs.lstatSync(folder);
  if (!fs.lstatSync(folder).isDirectory() || (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0))) {
    throw new Error(`"${folder}" belongs to somebody else, or others can write there; remove it, or set TMPDIR to a folder of your own`);
  }
  return folder;
}

class Session {
  constructor(folder = runsFolder()) {
    this.runs = folder;
    this.children = new Map();
    this.undo = new Set();
  }

  /** Ends what killed runs left, and begins one. */
  begin() {
    this.sweep();
    this.home = fs.mkdtempSync(path.join(this.runs, 'run-'));
    this.scratch = path.join(this.home, 'scratch');
    fs.mkdirSync(this.scratch);
    this.note();
    return this;
  }

  /** What runs left whose process is no more. */
  sweep() {
    for (const name of fs.readdirSync(this.runs)) {
      const home = path.join(this.runs, name);
      let left;
      try {
        left = JSON.parse(fs.readFileSync(path.join(home, 'run.json'), 'utf8'));
      } catch {
        // It begins at this moment, or it was killed while it did.
        if (Date.now() - (fs.statSync(home, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < 10_000) { continue; }
      }
      if (left && alive(left)) { continue; }
      left?.children.forEach(endGroup);
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  note() {
    const text = JSON.stringify({ pid: process.pid, start: began(process.pid), children: [...this.children.values()].map(c => ({ pid: c.pid, start: c.start })) });
    fs.writeFileSync(path.join(this.home, 'run.new'), text);
    fs.renameSync(path.join(this.home, 'run.new'), path.join(this.home, 'run.json'));
  }

  /** A program that was started is ours until it is closed. */
  started(child) {
    if (!this.home || child.pid === undefined) { return; }
    this.children.set(child, { pid: child.pid, start: began(child.pid) });
    child.once('close', () => { this.children.delete(child); if (!this.ended) { this.note(); } });
    this.note();
  }

  /** What is to be undone if the run ends now. */
  async guarded(undo, work) {
    this.undo.add(undo);
    try { return await work(); } finally { this.undo.delete(undo); }
  }

  /** Ends everything that runs, and removes what was written. */
  async end() {
    if (this.ended || !this.home) { return; }
    this.ended = true;
    const closed = [...this.children.keys()].map(c => new Promise(resolve => c.once('close', resolve)));
    [...this.children.values()].forEach(endGroup);
    await Promise.race([Promise.all(closed), new Promise(resolve => setTimeout(resolve, 3000).unref())]);
    for (const undo of this.undo) { try { undo(); } catch { /* the next */ } }
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Signals end the run, and so does the end of the npm or npx that started it, which some signals reach alone. */
  watch() {
    const interrupted = signal => {
      if (this.interrupted) { return; }
      this.interrupted = true;
      process.stderr.write('judge: interrupted\n');
      void this.end().finally(() => process.exit(CODES[signal]));
    };
    for (const signal of Object.keys(CODES)) { process.on(signal, () => interrupted(signal)); }
    if (process.env.npm_command !== undefined && !windows) {
      const parent = process.ppid;
      const chain = starters();
      setInterval(() => { if (process.ppid !== parent || !chain.every(alive)) { interrupted('SIGTERM'); } }, 300).unref();
    }
    return this;
  }
}

/** The run of this process. */
const session = new Session();

module.exports = { Session, alive, began, endGroup, session };
