// Programs that judge, and what it takes to believe their silence.
const { spawn } = require('child_process');

/** Runs a program to its end; an exit code that is not named is an error with what it said. */
function run(file, args, { cwd, env, input, codes = [0], timeout = 300_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: env ?? process.env });
    // Not spawn's own timeout, which outlives a program that could not be started.
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout);
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
