// The steps that deploy: a first deployment that fails, one that works, and whether it became what the templates say.
const { undetected } = require('./record');
const { check } = require('./trip');

async function failFirst(trip) {
  // Before a load balancer or a cluster is there: those are protected, and AWS can't roll back a protected one.
  await trip.server.fail(trip.idOf('first', 'Shop', 'AWS::RDS::DBSubnetGroup'));
  const output = await trip.deploy('first', ['Shop'], true);
  check(output.includes('injected failure'), `it failed for another reason:\n${output.slice(-6000)}`);
  await trip.expectStatus({ Shop: 'ROLLBACK_COMPLETE' });
  const left = Object.keys(await trip.record());
  check(left.length === 0, `rolling back left ${left.join(', ')}`);
  // CDK replaces such a stack by itself, but not one that is protected.
  await trip.unprotect('Shop');
  const made = new Set(output.match(/CREATE_COMPLETE +\| AWS::\S+ +\| .*/g)).size;
  check(made > 50, `only ${made} resources had been made, so the failure came too early to show anything`);
  return `${made} resources rolled back, nothing left`;
}

async function deploy(trip) {
  await trip.deploy('first', ['--all']);
  await trip.expectStatus({ Shop: 'CREATE_COMPLETE', Reports: 'CREATE_COMPLETE', Sandbox: 'CREATE_COMPLETE' });
  return 'CREATE_COMPLETE';
}

/** What one stack must have been told by another. */
function checkTies(trip, { record, stacks }) {
  const [main, reports, sandbox] = stacks.map(s => id => record[`${s.region}/${s.name}/${id}`]);
  const bucket = main(trip.idOf('first', 'Shop', 'AWS::S3::Bucket', /^ApplicationBucket/)).PhysicalId;
  const key = main(trip.idOf('first', 'Shop', 'AWS::KMS::Key', /^ApplicationDataKey/)).Attributes.Arn;
  const [container] = sandbox(trip.idOf('first', 'Sandbox', 'AWS::ECS::TaskDefinition')).Properties.ContainerDefinitions;
  check(container.Environment.some(e => e.Name === 'SHOP_BUCKET' && e.Value === bucket),
    `Sandbox should be told of '${bucket}' in another region: ${JSON.stringify(container.Environment)}`);
  const encryption = JSON.stringify(reports(trip.idOf('first', 'Reports', 'AWS::S3::Bucket', /^Bucket/)).Properties.BucketEncryption);
  check(encryption.includes(key), `Reports should use '${key}' of another stack: ${encryption}`);
}

async function compare(trip) {
  const deployed = await trip.audit('first');
  checkTies(trip, deployed);
  const { count, missed } = undetected(deployed);
  check(missed.length === 0, `the comparison does not notice ${missed.join(', ')}`);
  const values = Object.values(deployed.record);
  const recorded = values.filter(r => !r.Native).length;
  return `${values.length} resources alike, ${recorded} of them recorded only; ${count} of ${count} spoilt records noticed`;
}

/** In each of the buckets that must outlive what comes. */
async function putObjects(trip) {
  const record = await trip.record();
  for (const [name, like] of [['Shop', /^ApplicationBucket/], ['Reports', /^Bucket/]]) {
    await trip.putObject(record[`eu-west-1/${name}/${trip.idOf('first', name, 'AWS::S3::Bucket', like)}`].PhysicalId);
  }
}

module.exports = [
  ['A first deployment that fails', failFirst],
  ['Deploying', deploy],
  ['Comparing what was deployed with the templates', compare],
  ['Putting objects into two buckets', putObjects],
];
