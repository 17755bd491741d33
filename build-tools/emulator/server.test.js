// node --test build-tools/emulator: what must hold of the server however a run ends, and that each safeguard can fail.
const assert = require('node:assert');
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { install, listens, Server } = require('./server');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'emulator-test-'));
const python = path.join(__dirname, '..', '..', '.venv', 'emulator', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const launcher = path.join(__dirname, 'launch.py');
const types = path.join(__dirname, 'types.json');
const until = async condition => {
  for (let i = 0; i < 100 && !await condition(); i++) { await new Promise(resolve => setTimeout(resolve, 100)); }
  return condition();
};

before(() => { install(); });
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Launches it directly, with an environment or a list of types that it must refuse. */
async function launch(env, list = types) {
  const child = spawn(python, [launcher, list], { cwd: scratch, stdio: ['pipe', 'pipe', 'pipe'], timeout: 30_000,
    env: { ...process.env, SFTP_ENABLED: '0', IOT_MTLS_ENABLED: '0', TMPDIR: scratch, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) { stream.on('data', data => { output += data; }); }
  const status = await new Promise(resolve => child.on('close', resolve));
  return { status, output };
}

function listOf(change) {
  const list = JSON.parse(fs.readFileSync(types, 'utf8'));
  change(list);
  const file = path.join(scratch, `types-${Math.random()}.json`);
  fs.writeFileSync(file, JSON.stringify(list));
  return file;
}

test('it listens on loopback only, and on nothing once stopped', async () => {
  const server = await Server.start(scratch);
  try {
    assert.deepEqual(await server.exposedOn(), []);
    assert.equal(await listens(server.port), true);
  } finally {
    await server.stop();
  }
  assert.equal(await listens(server.port), false);
});

test('it refuses to listen elsewhere', async () => {
  const run = await launch({ BIND_HOST: '0.0.0.0', GATEWAY_PORT: '45999' });
  assert.notEqual(run.status, 0);
  assert.match(run.output, /socket\.bind to 0\.0\.0\.0: the emulator stays on loopback/);
});

test('a port in use is worked around', async () => {
  const other = net.createServer(socket => socket.end()).listen(0, '127.0.0.1');
  await new Promise(resolve => other.once('listening', resolve));
  const server = await Server.start(scratch, other.address().port);
  try {
    assert.notEqual(server.port, other.address().port);
    assert.equal((await fetch(`${server.url}/_demo/record`)).ok, true);
  } finally {
    await server.stop();
    other.close();
  }
});

test('it ends with the process that started it, even a killed one', async () => {
  const code = `require(${JSON.stringify(path.join(__dirname, 'server.js'))}).Server.start(${JSON.stringify(scratch)}).then(s => console.log(s.port))`;
  const parent = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = Number(await new Promise(resolve => parent.stdout.once('data', data => resolve(`${data}`))));
  assert.equal(await listens(port), true);
  parent.kill('SIGKILL');
  assert.equal(await until(async () => !await listens(port)), true);
});

test('a type that MiniStack handles by itself is refused', async () => {
  const run = await launch({ BIND_HOST: '127.0.0.1' }, listOf(list => { list['AWS::S3::Bucket'] = { ref: '{id}' }; }));
  assert.equal(run.status, 1);
  assert.match(run.output, /MiniStack handles AWS::S3::Bucket itself: remove it from/);
});

/** What CloudFormation says of a stack with one resource of the list and an output of it. */
async function attempt(list, attribute) {
  const server = await Server.start(scratch, undefined, list);
  try {
    const TemplateBody = JSON.stringify({
      Resources: { Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: 'vpc-1' } } },
      Outputs: { Out: { Value: { 'Fn::GetAtt': ['Acl', attribute] } } },
    });
    await server.cloudformation('eu-west-1', { Action: 'CreateStack', StackName: 'Test', TemplateBody });
    const describe = () => server.cloudformation('eu-west-1', { Action: 'DescribeStackEvents', StackName: 'Test' });
    await until(async () => /(CREATE|ROLLBACK)_COMPLETE<\/ResourceStatus>[^]*AWS::CloudFormation::Stack|AWS::CloudFormation::Stack[^]*(CREATE|ROLLBACK)_COMPLETE<\/ResourceStatus>/.test(await describe()));
    return await describe();
  } finally {
    await server.stop();
  }
}

test('an attribute of the list resolves; one that is not there fails the deployment and is not guessed', async () => {
  assert.doesNotMatch(await attempt(types, 'Id'), /does not exist|ROLLBACK/);
  assert.match(await attempt(types, 'Arn'), /Requested attribute Arn does not exist in schema for AWS::EC2::NetworkAcl/);
});

test('a type that nobody handles fails the deployment and is named', async () => {
  await assert.rejects(attempt(listOf(list => { delete list['AWS::EC2::NetworkAcl']; }), 'Id'), /Unrecognized resource types: \[AWS::EC2::NetworkAcl\]/);
});

test('a missing or too old Python is named', () => {
  const copy = path.join(scratch, 'copy', 'build-tools', 'emulator');
  fs.cpSync(__dirname, copy, { recursive: true });
  const installWith = PYTHON => spawnSync(process.execPath, ['-e', `require(${JSON.stringify(path.join(copy, 'server.js'))}).install()`], { encoding: 'utf8', env: { ...process.env, PYTHON } });
  assert.match(installWith('/nowhere/python3').stderr, /'\/nowhere\/python3' does not run \(ENOENT\): the emulator needs Python 3\.10 or later/);
  const old = path.join(scratch, 'old-python');
  fs.writeFileSync(old, '#!/bin/sh\necho 3.8\n', { mode: 0o755 });
  assert.match(installWith(old).stderr, /is Python 3\.8: the emulator needs 3\.10 or later/);
});
