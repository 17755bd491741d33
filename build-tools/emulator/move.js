// The steps that move house: a bucket, a log group, a vault and a database go under another parent, as README ("Operate") says.
// With the logical IDs that they had nothing may change; without, each would be lost, which shows that the first can fail.
const { changedKeys, check } = require('./trip');

const MOVING = ['Shop', 'Reports'];
const STATEFUL = ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::Backup::BackupVault', 'AWS::RDS::DBCluster'];

/** What `cdk diff` says of each resource, from the templates alone: `[-] AWS::S3::Bucket Bucket Bucket83908E77 orphan`. */
async function diff(trip, variant) {
  const output = await trip.cdk(['diff', '--method', 'template', '--app', trip.app(variant), ...MOVING]);
  return output.split('\n').map(line => line.match(/^\[([-+~])\] (AWS::\S+) .*/)).filter(Boolean)
    .map(([line, sign, type]) => ({ sign, type, line, lost: / (destroy|orphan|replace)$/.test(line) }));
}

async function goAstray(trip) {
  const rows = await diff(trip, 'astray');
  const lost = rows.filter(r => r.lost);
  for (const type of STATEFUL) { check(lost.some(r => r.type === type), `'cdk diff' should say that a ${type} would be lost`); }
  check(lost.length === rows.filter(r => r.sign === '+').length, "'cdk diff' should name the new ID of each that would be lost");
  const refactoring = await trip.cdk(['refactor', '--unstable', 'refactor', '--dry-run', '--app', trip.app('astray'), ...MOVING]);
  check(/cannot add, remove or update resources/.test(refactoring), `'cdk refactor' should refuse:\n${refactoring.slice(-2000)}`);
  return `${lost.length} resources would be replaced; 'cdk refactor' refuses`;
}

async function move(trip) {
  const rows = await diff(trip, 'moved');
  const wrong = rows.filter(r => r.sign !== '~' || r.lost).map(r => r.line);
  check(wrong.length === 0, `'cdk diff' should not say:\n  ${wrong.join('\n  ')}`);
  const before = await trip.record();
  await trip.deploy('moved', ['--all']);
  await trip.expectStatus({ Shop: 'UPDATE_COMPLETE', Reports: 'UPDATE_COMPLETE', Sandbox: 'CREATE_COMPLETE' });
  const changed = changedKeys(before, await trip.record());
  check(changed.length === 0, `changed ${changed.join(', ')} and should change nothing`);
  await trip.audit('moved');
  await trip.readObjects();
  return `${rows.length} resources under other paths, nothing changed`;
}

module.exports = [
  ['Moving constructs, with other logical IDs', goAstray],
  ['Moving constructs, with the logical IDs that they had', move],
];
