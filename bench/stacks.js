// What the self-check costs in an app of many three-tier stacks: one measurement in a process of its own; prints one JSON line.
// usage: node bench/stacks.js COUNT
const fs = require('fs');
const os = require('os');
const path = require('path');
const { App } = require('aws-cdk-lib/core');
const { AccountServices, PrivateImage, ThreeTierSecureStack } = require('..');

const count = Number(process.argv[2]);
if (!Number.isInteger(count) || count < 1) { throw new Error(`'COUNT' is '${process.argv[2]}': give a whole number`); }
const build = (stacks) => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'stacks-'));
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (let i = 0; i < stacks; i++) {
    new ThreeTierSecureStack(app, `Shop${i}`, {
      env: { account: '111122223333', region: 'eu-west-1' },
      domain: { domainName: `shop${i}.example.com`, hostedZoneAttributes: { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' } },
      application: { image: PrivateImage.of('shop', `sha256:${'0d1f5c1f'.repeat(8)}`), port: 8443 },
      notify: ['security@example.com'],
      accountServices: AccountServices.leave(),
    });
  }
  app.synth();
  fs.rmSync(outdir, { recursive: true });
};
build(3); // warm
const start = process.cpuUsage();
build(count);
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ count, msPerStack: (user + system) / 1000 / count }));
