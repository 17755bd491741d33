// The round trip's means: the CDK's CLI against the emulator, the templates of each variant, and what was deployed.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { bin, endAll, run } = require('./programs');
const { problems } = require('./record');
const { listens } = require('./server');

const ACCOUNT = '000000000000';
const STACKS = [['Shop', 'eu-west-1'], ['Reports', 'eu-west-1'], ['Sandbox', 'us-east-1']];
const TYPES = path.join(__dirname, 'types.json');

function check(holds, what) { if (!holds) { throw new Error(what); } }

class Trip {
  constructor() {
    this.cdkCli = process.env.CDK_CLI ?? bin('cdk');
    this.scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-deploy-'));
    /** Set by the steps. */
    this.server = undefined;
    this.hostedZone = undefined;
    /** Objects that were put into buckets and must stay: `/bucket/key`. */
    this.objects = [];
  }

  cdk(args, expectFailure) {
    return run(this.cdkCli, ['--no-notices', '--no-color', ...args], this.server.environment(), expectFailure);
  }

  /** The assembly of a variant. */
  app(variant) { return path.join(this.scratch, variant); }

  deploy(variant, stacks, expectFailure) {
    const unused = path.join(this.scratch, 'unused');
    return this.cdk(['deploy', '--app', this.app(variant), '--require-approval', 'never', '--output', unused, ...stacks], expectFailure);
  }

  template(variant, name) { return JSON.parse(fs.readFileSync(path.join(this.app(variant), `${name}.template.json`), 'utf8')); }

  /** The logical ID of the first resource of a type. */
  idOf(variant, name, type, like = /./) {
    return Object.entries(this.template(variant, name).Resources).find(([id, r]) => r.Type === type && like.test(id))[0];
  }

  async describe(name, region) {
    const xml = await this.server.cloudformation(region, { Action: 'DescribeStacks', StackName: name });
    return Object.fromEntries(['StackId', 'StackStatus'].map(tag => [tag, xml.match(new RegExp(`<${tag}>([^<]*)`))?.[1]]));
  }

  async expectStatus(statuses) {
    for (const [name, region] of STACKS.filter(([name]) => statuses[name])) {
      const { StackStatus } = await this.describe(name, region);
      check(StackStatus === statuses[name], `${name} is ${StackStatus} and should be ${statuses[name]}`);
    }
  }

  unprotect(name) {
    return this.server.cloudformation('eu-west-1',
      { Action: 'UpdateTerminationProtection', StackName: name, EnableTerminationProtection: 'false' });
  }

  /** What each resource was given, without the bootstrap stacks. */
  async record() {
    const all = Object.entries(await this.server.record());
    return Object.fromEntries(all.filter(([key]) => STACKS.some(([name, region]) => key.startsWith(`${region}/${name}/`))));
  }

  /** Holds what was deployed against the templates of a variant. */
  async audit(variant) {
    const stacks = await Promise.all(STACKS.map(async ([name, region]) => {
      return { name, region, id: (await this.describe(name, region)).StackId, template: this.template(variant, name) };
    }));
    const world = { account: ACCOUNT, types: JSON.parse(fs.readFileSync(TYPES, 'utf8')), record: await this.record(), stacks };
    const found = problems(world);
    check(found.length === 0, `${found.length} resources are not what their template says:\n  ${found.slice(0, 20).join('\n  ')}`);
    return world;
  }

  async putObject(bucket) {
    this.objects.push(`/${bucket}/kept`);
    await this.server.aws('eu-west-1', 's3', 'PUT', `/${bucket}/kept`, 'data');
  }

  async readObjects() {
    for (const object of this.objects) {
      check(await this.server.aws('eu-west-1', 's3', 'GET', object) === 'data', `the object ${object} is lost`);
    }
  }

  /** Ends what this began. */
  async end() {
    endAll();
    if (this.server) {
      await this.server.stop();
      check(!await listens(this.server.port), `something still listens on port ${this.server.port}`);
    }
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** Keys of the resources that differ; with revisions, so that an update without a difference counts too. */
function changedKeys(before, after) {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter(key => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

module.exports = { ACCOUNT, STACKS, Trip, changedKeys, check };
