// Programs that judge, and what it takes to believe their silence.
const { spawn } = require('child_process');
const { endGroup, session } = require('./session');

/** Runs a program to its end, in a group of its own; an exit code that is not named is an error with what it said. */
function run(file, args, { cwd, env, input, codes = [0], timeout = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    if (session.interrupted) { return; }
    const detached = process.platform !== 'win32';
    // What programs put aside goes with the run.
    const aside = session.scratch ? { TMPDIR: session.scratch, TEMP: session.scratch, TMP: session.scratch } : {};
    const child = spawn(file, args, { cwd, env: { ...(env ?? process.env), ...aside }, detached, windowsHide: true });
    session.started(child);
    // Not spawn's own timeout, which outlives a program that could not be started.
    const timer = setTimeout(() => child.pid !== undefined && endGroup({ pid: child.pid }), timeout);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', d => { stdout += d; });
    child.stderr.setEncoding('utf8').on('data', d => { stderr += d; });
    child.on('error', e => {
      clearTimeout(timer);
      reject(new Error(`can't start "${file}": ${e.message}`));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (session.interrupted) { return; }
      if (codes.includes(code)) { return resolve({ stdout, stderr, code }); }
      reject(new Error(`"${file}" ended with ${signal ?? `exit code ${code}`}: ${tail(stderr || stdout) || 'it said nothing'}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** What a judge printed, which must be JSON. */
function parse(what, text) {
  if (text.trim() === '') { throw new Error(`${what} printed nothing, so it judged nothing`); }
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new Error(`${what} printed no JSON: ${tail(text)}`);
  }
}

const tail = text => text.trim().split('\n').slice(-12).join('\n');

module.exports = { parse, run };
