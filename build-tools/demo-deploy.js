// `npm run demo:deploy`: deploys the example with the stock AWS CDK CLI to an emulator on this machine, changes it, lets a
// change fail, and destroys it. It answers whether the graph deploys, never whether it is secure: the emulator ignores security
// properties. No AWS account, no credentials; needs Python 3.10 or later. docs: build-tools/emulator/README.md
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { problems, undetected } = require('./emulator/record');
const { install, listens, Server } = require('./emulator/server');

const root = path.join(__dirname, '..');
const bin = name => path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const cdkCli = process.env.CDK_CLI ?? bin('cdk');
const ACCOUNT = '000000000000';
const STACKS = [['Shop', 'eu-west-1'], ['Reports', 'eu-west-1'], ['Sandbox', 'us-east-1']];
const LIMIT_SECONDS = 240;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-deploy-'));
const started = Date.now();
const children = new Set();
let server;

const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;
function check(holds, what) { if (!holds) { throw new Error(what); } }

async function step(what, act) {
  const since = Date.now();
  process.stdout.write(`${what} …`);
  try {
    console.log(` ${(await act()) ?? 'done'}  (${seconds(since)})`);
  } catch (e) {
    console.log(' FAILED');
    throw e;
  }
}

/** Runs a program to its end; its output is shown only if the end is not the expected one. */
function run(command, args, env, expectFailure = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) { stream.on('data', data => { output += data; }); }
    child.on('error', reject);
    child.on('close', status => {
      children.delete(child);
      if ((status === 0) !== expectFailure) { return resolve(output); }
      reject(new Error(`'${path.basename(command)} ${args.join(' ')}' ${expectFailure ? 'worked and should have failed' : `failed with ${status}`}:\n${output.slice(-6000)}`));
    });
  });
}

const cdk = (args, expectFailure) => run(cdkCli, ['--no-notices', '--no-color', ...args], server.environment(), expectFailure);
const app = variant => path.join(scratch, variant);
const deploy = (variant, stacks, expectFailure) => cdk(['deploy', '--app', app(variant), '--require-approval', 'never', '--output', path.join(scratch, 'unused'), ...stacks], expectFailure);
const template = (variant, name) => JSON.parse(fs.readFileSync(path.join(app(variant), `${name}.template.json`), 'utf8'));

async function describe(name, region) {
  const xml = await server.cloudformation(region, { Action: 'DescribeStacks', StackName: name });
  return Object.fromEntries(['StackId', 'StackStatus', 'EnableTerminationProtection'].map(tag => [tag, xml.match(new RegExp(`<${tag}>([^<]*)`))?.[1]]));
}
async function expectStatus(statuses) {
  for (const [name, region] of STACKS) {
    if (!statuses[name]) { continue; }
    const { StackStatus } = await describe(name, region);
    check(StackStatus === statuses[name], `${name} is ${StackStatus} and should be ${statuses[name]}`);
  }
}
const unprotect = name => server.cloudformation('eu-west-1', { Action: 'UpdateTerminationProtection', StackName: name, EnableTerminationProtection: 'false' });

/** The record without the bootstrap stacks. */
async function ours() {
  return Object.fromEntries(Object.entries(await server.record()).filter(([key]) => STACKS.some(([name, region]) => key.startsWith(`${region}/${name}/`))));
}
const idOf = (variant, name, type, like = /./) => Object.entries(template(variant, name).Resources).find(([id, r]) => r.Type === type && like.test(id))[0];

async function world(variant) {
  const stacks = await Promise.all(STACKS.map(async ([name, region]) => ({ name, region, id: (await describe(name, region)).StackId, template: template(variant, name) })));
  return { account: ACCOUNT, types: JSON.parse(fs.readFileSync(path.join(__dirname, 'emulator', 'types.json'), 'utf8')), record: await ours(), stacks };
}

/** Holds what was deployed against the templates. */
async function audit(variant) {
  const deployed = await world(variant);
  const found = problems(deployed);
  check(found.length === 0, `${found.length} resources are not what their template says:\n  ${found.slice(0, 20).join('\n  ')}`);
  return deployed;
}

/** Keys of the resources that differ; with revisions, so that an update without a difference counts too. */
const changedKeys = (before, after) => [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(key => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
const withoutRevision = record => Object.fromEntries(Object.entries(record).map(([key, { Revision, ...rest }]) => [key, rest]));

const isRetained = resource => /^Retain/.test(resource.DeletionPolicy ?? '');
/** Logical ids that a value refers to. */
function references(value) {
  if (value === null || typeof value !== 'object') { return []; }
  if (typeof value.Ref === 'string') { return value.Ref.startsWith('AWS::') ? [] : [value.Ref]; }
  return value['Fn::GetAtt'] ? [value['Fn::GetAtt'][0]] : Object.values(value).flatMap(references);
}

async function roundTrip() {
  for (const [program, mend] of [[cdkCli, "run 'npm ci', or name the AWS CDK CLI in the environment variable CDK_CLI"], [bin('tsx'), "run 'npm ci'"]]) {
    check(fs.existsSync(program), `'${path.relative(root, program)}' is missing: ${mend}`);
  }
  await step('Installing MiniStack in .venv/emulator', () => install() ? 'installed' : 'is there');

  await step('Starting it on loopback', async () => {
    server = await Server.start(scratch);
    const exposed = await server.exposedOn();
    check(exposed.length === 0, `the emulator answers on ${exposed.join(', ')}: it must listen on loopback only`);
    return `port ${server.port}`;
  });

  let hostedZone;
  await step('Making the hosted zone that the example expects', async () => {
    const xml = await server.aws('us-east-1', 'route53', 'POST', '/2013-04-01/hostedzone',
      '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>example.com</Name><CallerReference>demo</CallerReference></CreateHostedZoneRequest>');
    hostedZone = xml.match(/<Id>\/hostedzone\/(\w+)</)[1];
    return hostedZone;
  });

  await step('Synthesizing three variants', async () => {
    await run(bin('tsx'), [path.join(__dirname, 'emulator', 'app.ts')], { ...server.environment(), CDK_OUTDIR: scratch, DEMO_ACCOUNT: ACCOUNT, DEMO_HOSTED_ZONE: hostedZone });
    return STACKS.map(([name, region]) => `${name} in ${region} with ${Object.keys(template('first', name).Resources).length} resources`).join(', ');
  });

  await step('Bootstrapping two regions', async () => {
    await cdk(['bootstrap', '--app', '', ...new Set(STACKS.map(([, region]) => `aws://${ACCOUNT}/${region}`))]);
  });

  await step('A first deployment that fails', async () => {
    // Before a load balancer or a cluster is there: those are protected, and AWS can't roll back a protected one.
    await server.fail(idOf('first', 'Shop', 'AWS::RDS::DBSubnetGroup'));
    const output = await deploy('first', ['Shop'], true);
    check(output.includes('injected failure'), `it failed for another reason:\n${output.slice(-6000)}`);
    await expectStatus({ Shop: 'ROLLBACK_COMPLETE' });
    const left = Object.keys(await ours());
    check(left.length === 0, `rolling back left ${left.join(', ')}`);
    // CDK replaces such a stack by itself, but not one that is protected.
    await unprotect('Shop');
    const made = new Set(output.match(/CREATE_COMPLETE +\| AWS::\S+ +\| .*/g)).size;
    check(made > 50, `only ${made} resources had been made, so the failure came too early to show anything`);
    return `${made} resources rolled back, nothing left`;
  });

  await step('Deploying', async () => {
    await deploy('first', ['--all']);
    await expectStatus({ Shop: 'CREATE_COMPLETE', Reports: 'CREATE_COMPLETE', Sandbox: 'CREATE_COMPLETE' });
    return 'CREATE_COMPLETE';
  });

  await step('Comparing what was deployed with the templates', async () => {
    const deployed = await audit('first');
    const [main, reports, sandbox] = deployed.stacks.map(s => id => deployed.record[`${s.region}/${s.name}/${id}`]);
    const bucket = main(idOf('first', 'Shop', 'AWS::S3::Bucket', /^ApplicationBucket/)).PhysicalId;
    const key = main(idOf('first', 'Shop', 'AWS::KMS::Key', /^ApplicationDataKey/)).Attributes.Arn;
    const environment = sandbox(idOf('first', 'Sandbox', 'AWS::ECS::TaskDefinition')).Properties.ContainerDefinitions[0].Environment;
    check(environment.some(e => e.Name === 'SHOP_BUCKET' && e.Value === bucket), `Sandbox should be told of '${bucket}' in another region: ${JSON.stringify(environment)}`);
    const encryption = JSON.stringify(reports(idOf('first', 'Reports', 'AWS::S3::Bucket', /^Bucket/)).Properties.BucketEncryption);
    check(encryption.includes(key), `Reports should use '${key}' of another stack: ${encryption}`);
    const { count, missed } = undetected(deployed);
    check(missed.length === 0, `the comparison does not notice ${missed.join(', ')}`);
    const values = Object.values(deployed.record);
    return `${values.length} resources alike, ${values.filter(r => !r.Native).length} of them recorded only; ${count} of ${count} spoilt records noticed`;
  });

  const bucketOf = async () => (await ours())[`eu-west-1/Shop/${idOf('first', 'Shop', 'AWS::S3::Bucket', /^ApplicationBucket/)}`].PhysicalId;
  const bucket = await bucketOf();
  const readObject = async () => check(await server.aws('eu-west-1', 's3', 'GET', `/${bucket}/kept`) === 'data', 'the object in the bucket is lost');
  await server.aws('eu-west-1', 's3', 'PUT', `/${bucket}/kept`, 'data');

  const serviceKey = `eu-west-1/Shop/${idOf('first', 'Shop', 'AWS::ECS::Service')}`;
  await step('Changing the number of tasks from 2 to 3', async () => {
    const before = await ours();
    check(before[serviceKey].Properties.DesiredCount === 2, `there are ${before[serviceKey].Properties.DesiredCount} tasks before`);
    await deploy('changed', ['--all']);
    await expectStatus({ Shop: 'UPDATE_COMPLETE', Reports: 'CREATE_COMPLETE', Sandbox: 'CREATE_COMPLETE' });
    const after = (await audit('changed')).record;
    const changed = changedKeys(before, after);
    check(changed.length === 1 && changed[0] === serviceKey, `changed ${changed.join(', ')} and should change the service only`);
    check(after[serviceKey].Properties.DesiredCount === 3, `there are ${after[serviceKey].Properties.DesiredCount} tasks after`);
    check(after[serviceKey].PhysicalId === before[serviceKey].PhysicalId, 'the service was replaced');
    return 'UPDATE_COMPLETE, nothing else touched';
  });

  await step('A change that fails half-way', async () => {
    const before = await ours();
    await server.fail(idOf('failing', 'Shop', 'AWS::Logs::LogGroup', /^Late/));
    const output = await deploy('failing', ['Shop'], true);
    check(output.includes('injected failure'), `it failed for another reason:\n${output.slice(-6000)}`);
    await expectStatus({ Shop: 'UPDATE_ROLLBACK_COMPLETE' });
    const after = await ours();
    check(after[serviceKey].Revision === before[serviceKey].Revision + 2, 'the service was not changed and changed back, so the failure came too early to show anything');
    const changed = changedKeys(withoutRevision(before), withoutRevision(after));
    check(changed.length === 0, `rolling back did not restore ${changed.join(', ')}`);
    await audit('changed');
    await readObject();
    return 'UPDATE_ROLLBACK_COMPLETE, everything as before';
  });

  await step('Destroying, while the stack is protected', async () => {
    const before = await ours();
    const output = await cdk(['destroy', '--app', app('changed'), '--force', 'Shop', '--exclusively'], true);
    check(/TerminationProtection|termination protection/i.test(output), `it failed for another reason:\n${output.slice(-6000)}`);
    const changed = changedKeys(before, await ours());
    check(changed.length === 0, `touched ${changed.join(', ')}`);
    return 'refused, nothing touched';
  });

  let kept;
  await step('Destroying', async () => {
    const expected = STACKS.flatMap(([name, region]) => Object.entries(template('changed', name).Resources)
      .filter(([, r]) => isRetained(r)).map(([id]) => `${region}/${name}/${id}`)).sort();
    // two protections that only an operator takes off
    await unprotect('Shop');
    await server.loadBalancer('eu-west-1', {
      'Action': 'ModifyLoadBalancerAttributes', 'LoadBalancerArn': (await ours())[`eu-west-1/Shop/${idOf('changed', 'Shop', 'AWS::ElasticLoadBalancingV2::LoadBalancer')}`].PhysicalId,
      'Attributes.member.1.Key': 'deletion_protection.enabled', 'Attributes.member.1.Value': 'false',
    });
    await cdk(['destroy', '--app', app('changed'), '--force', '--all']);
    kept = await ours();
    const left = Object.keys(kept).sort();
    const wrong = [...left.filter(k => !expected.includes(k)).map(k => `${k} stayed`), ...expected.filter(k => !left.includes(k)).map(k => `${k} is gone`)];
    check(wrong.length === 0, `what stays is not what the templates retain: ${wrong.join(', ')}`);
    check(left.length > 0 && !left.some(k => k.startsWith('us-east-1/Sandbox/')), `a disposable stack should leave nothing: ${left.filter(k => k.includes('/Sandbox/')).join(', ')}`);
    for (const [name, region] of STACKS) {
      const gone = await describe(name, region).then(d => d.StackStatus === 'DELETE_COMPLETE', e => /does not exist/.test(e.message));
      check(gone, `the stack ${name} is still there`);
    }
    await readObject();
    return `${left.length} resources retained, nothing else left`;
  });

  const perType = new Map();
  for (const { Type } of Object.values(kept)) { perType.set(Type, (perType.get(Type) ?? 0) + 1); }
  const dangling = Object.entries(template('changed', 'Shop').Resources).filter(([, r]) => isRetained(r))
    .flatMap(([id, r]) => [...new Set(references(r.Properties))].filter(to => !isRetained(template('changed', 'Shop').Resources[to] ?? { DeletionPolicy: 'Retain' })).map(to => `${id} to ${to}`));
  console.log(`Retained: ${[...perType].sort().map(([type, n]) => `${n} ${type.replace('AWS::', '')}`).join(', ')}`);
  if (dangling.length > 0) { console.log(`Retained, but with a reference to what is gone: ${dangling.join(', ')}`); }
}

/** Ends what this process began. */
async function end() {
  for (const child of children) { child.kill('SIGKILL'); }
  if (server) {
    await server.stop();
    check(!await listens(server.port), `something still listens on port ${server.port}`);
  }
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** The last that the emulator said. */
function serverLog() {
  return server && fs.existsSync(server.logFile) ? `\nThe emulator's last words:\n${server.log().trim().split('\n').slice(-15).join('\n')}` : '';
}

async function main() {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the round trip took longer than ${LIMIT_SECONDS} seconds`)), LIMIT_SECONDS * 1000);
  });
  const interrupted = new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) { process.once(signal, () => reject(new Error(`interrupted by ${signal}`))); }
  });
  const failures = [];
  await Promise.race([roundTrip(), late, interrupted]).catch(e => failures.push(e.message));
  clearTimeout(timer);
  if (failures.length > 0) { failures.push(serverLog()); }
  await end().catch(e => failures.push(e.message));
  if (failures.length > 0) {
    console.error(`\n${failures.join('\n')}\n\nFAILED after ${seconds(started)}`);
    process.exit(1);
  }
  console.log(`Stopped the emulator\n\nDeployed, changed, rolled back and destroyed in ${seconds(started)}`);
  process.exit(0);
}

main();
