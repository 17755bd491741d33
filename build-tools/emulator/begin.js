// The steps before the first deployment. A step is its name and what it does; what it returns is printed.
const fs = require('fs');
const path = require('path');
const { bin, root, run } = require('./programs');
const { install, Server } = require('./server');
const { ACCOUNT, STACKS, check } = require('./trip');

function findPrograms({ cdkCli }) {
  const mend = { [cdkCli]: "run 'npm ci', or name the AWS CDK CLI in the environment variable CDK_CLI", [bin('tsx')]: "run 'npm ci'" };
  for (const program of Object.keys(mend)) {
    check(fs.existsSync(program), `'${path.relative(root, program)}' is missing: ${mend[program]}`);
  }
}

async function start(trip) {
  trip.server = await Server.start(trip.scratch);
  const exposed = await trip.server.exposedOn();
  check(exposed.length === 0, `the emulator answers on ${exposed.join(', ')}: it must listen on loopback only`);
  return `port ${trip.server.port}`;
}

async function makeHostedZone(trip) {
  const xml = await trip.server.aws('us-east-1', 'route53', 'POST', '/2013-04-01/hostedzone',
    '<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' +
    '<Name>example.com</Name><CallerReference>demo</CallerReference></CreateHostedZoneRequest>');
  trip.hostedZone = xml.match(/<Id>\/hostedzone\/(\w+)</)[1];
  return trip.hostedZone;
}

async function synthesize(trip) {
  await run(bin('tsx'), [path.join(__dirname, 'app.ts')],
    { ...trip.server.environment(), CDK_OUTDIR: trip.scratch, DEMO_ACCOUNT: ACCOUNT, DEMO_HOSTED_ZONE: trip.hostedZone });
  const size = name => Object.keys(trip.template('first', name).Resources).length;
  return STACKS.map(([name, region]) => `${name} in ${region} with ${size(name)} resources`).join(', ');
}

async function bootstrap(trip) {
  await trip.cdk(['bootstrap', '--app', '', ...new Set(STACKS.map(([, region]) => `aws://${ACCOUNT}/${region}`))]);
}

module.exports = [
  ['Looking for the CLI', findPrograms],
  ['Installing MiniStack in .venv/emulator', () => install() ? 'installed' : 'is there'],
  ['Starting it on loopback', start],
  ['Making the hosted zone that the example expects', makeHostedZone],
  ['Synthesizing the variants', synthesize],
  ['Bootstrapping two regions', bootstrap],
];
