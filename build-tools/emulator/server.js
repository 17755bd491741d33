// Starts and ends the emulator: a Python of its own in .venv/, a free port, loopback only.
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const root = path.join(__dirname, '..', '..');
const venv = path.join(root, '.venv', 'emulator');
const python = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const requirements = path.join(__dirname, 'requirements.txt');
const REGION = 'eu-west-1';

/** Installs MiniStack, unless exactly the pinned packages are there. Returns whether it had to. */
function install() {
  const wanted = fs.readFileSync(requirements, 'utf8');
  const marker = path.join(venv, 'installed.txt');
  if (fs.existsSync(marker) && fs.readFileSync(marker, 'utf8') === wanted && fs.existsSync(python)) { return false; }

  const base = process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3');
  const version = spawnSync(base, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
  if (version.status !== 0) {
    throw new Error(`'${base}' does not run (${version.error?.code ?? version.stderr?.trim()}): the emulator needs Python 3.10 or later, install it or name it in the environment variable PYTHON`);
  }
  const [major, minor] = version.stdout.trim().split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 10)) {
    throw new Error(`'${base}' is Python ${version.stdout.trim()}: the emulator needs 3.10 or later, install it or name it in the environment variable PYTHON`);
  }
  fs.rmSync(venv, { recursive: true, force: true });
  const step = (what, mend, command, ...args) => {
    const run = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
    if (run.status !== 0) { throw new Error(`${what} failed: ${mend}\n${(run.error?.message ?? '') + run.stdout + run.stderr}`.trim()); }
  };
  step(`'${base} -m venv ${path.relative(root, venv)}'`, 'the emulator needs the modules venv and ensurepip of Python (Debian has them in python3-venv)', base, '-m', 'venv', venv);
  step('installing build-tools/emulator/requirements.txt with pip', 'it needs a package index that pip reaches', python, '-m', 'pip', 'install', '--quiet',
    '--disable-pip-version-check', '--no-compile', '--requirement', requirements);
  fs.writeFileSync(marker, wanted);
  return true;
}

/** Whether something answers there. */
function listens(port, host = '127.0.0.1') {
  return new Promise(resolve => {
    const socket = net.connect({ port, host, timeout: 2000 }).on('connect', () => done(true)).on('error', () => done(false)).on('timeout', () => done(false));
    const done = answer => { socket.destroy(); resolve(answer); };
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The environment without what points to a real account or a proxy. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_|_proxy$/i.test(name)));
}

class Server {
  /** Starts it; takes another port if somebody was faster. The first port and the list of types are for tests. */
  static async start(scratch, firstPort, types = path.join(__dirname, 'types.json')) {
    let last;
    for (let attempt = 0; attempt < 3; attempt++) {
      const server = new Server(scratch, attempt === 0 && firstPort ? firstPort : await freePort(), types);
      if (await server.ready()) { return server; }
      await server.stop();
      last = server;
    }
    throw new Error(`the emulator does not start:\n${last.log().slice(-3000)}`);
  }

  constructor(scratch, port, types) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.logFile = path.join(scratch, `server-${port}.log`);
    const log = fs.openSync(this.logFile, 'w');
    // Its standard input is a pipe of this process: it ends with us, however we end.
    this.process = spawn(python, [path.join(__dirname, 'launch.py'), types], {
      cwd: scratch,
      stdio: ['pipe', log, log],
      env: {
        ...cleanEnvironment(), GATEWAY_PORT: `${port}`, BIND_HOST: '127.0.0.1', MINISTACK_HOST: '127.0.0.1', MINISTACK_REGION: REGION, SFTP_ENABLED: '0', IOT_MTLS_ENABLED: '0',
        LOG_LEVEL: 'WARNING', TMPDIR: scratch,
      },
    });
    fs.closeSync(log);
    this.process.stdin.on('error', () => {}); // it is gone already
    this.ended = new Promise(resolve => this.process.on('close', resolve).on('error', resolve));
  }

  log() { return fs.readFileSync(this.logFile, 'utf8'); }

  /** Waits until it answers; false if it ended instead. */
  async ready() {
    let ended = false;
    this.ended.then(() => { ended = true; });
    for (const until = Date.now() + 60_000; Date.now() < until && !ended;) {
      try {
        if ((await fetch(`${this.url}/_demo/record`)).ok && !ended) { return true; }
      } catch { /* not yet */ }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    return false;
  }

  /** Addresses of this machine, other than loopback, on which it answers. */
  async exposedOn() {
    const addresses = Object.values(os.networkInterfaces()).flat().filter(i => !i.internal && i.family === 'IPv4').map(i => i.address);
    const answers = await Promise.all(addresses.map(address => listens(this.port, address)));
    return addresses.filter((_, i) => answers[i]);
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      const timer = setTimeout(() => this.process.kill('SIGKILL'), 5000);
      await this.ended;
      clearTimeout(timer);
    }
  }

  /** The environment in which the AWS CDK CLI talks to it, and to nothing else. */
  environment() {
    return {
      ...cleanEnvironment(), AWS_ENDPOINT_URL: this.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: REGION, AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: os.devNull, AWS_SHARED_CREDENTIALS_FILE: os.devNull, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false', CI: 'true', NODE_NO_WARNINGS: '1',
    };
  }

  /** A request of one of AWS's APIs. */
  async aws(region, service, method, pathname, body) {
    const response = await fetch(this.url + pathname, {
      method, body, headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none` },
    });
    const text = await response.text();
    if (!response.ok) { throw new Error(`${method} ${pathname} of ${service} in ${region} answered ${response.status}: ${text.slice(0, 500)}`); }
    return text;
  }

  cloudformation(region, parameters) {
    return this.aws(region, 'cloudformation', 'POST', '/', new URLSearchParams({ ...parameters, Version: '2010-05-15' }));
  }

  loadBalancer(region, parameters) {
    return this.aws(region, 'elasticloadbalancing', 'POST', '/', new URLSearchParams({ ...parameters, Version: '2015-12-01' }));
  }

  async record() { return (await fetch(`${this.url}/_demo/record`)).json(); }
  async fail(logicalId) { await fetch(`${this.url}/_demo/fail?${logicalId}`, { method: 'POST' }); }
}

module.exports = { install, listens, Server };
