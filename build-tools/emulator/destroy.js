// The steps that destroy: refused while the stack is protected; then what stays is what the templates retain.
const { STACKS, changedKeys, check } = require('./trip');

/** What is destroyed last. */
const LAST = 'moved';

const isRetained = resource => /^Retain/.test(resource.DeletionPolicy ?? '');

async function refuse(trip) {
  const before = await trip.record();
  const output = await trip.cdk(['destroy', '--app', trip.app(LAST), '--force', 'Shop', '--exclusively'], true);
  check(/TerminationProtection|termination protection/i.test(output), `it failed for another reason:\n${output.slice(-6000)}`);
  const changed = changedKeys(before, await trip.record());
  check(changed.length === 0, `touched ${changed.join(', ')}`);
  return 'refused, nothing touched';
}

/** Two protections that only an operator takes off. */
async function takeProtectionOff(trip) {
  await trip.unprotect('Shop');
  const balancer = trip.idOf(LAST, 'Shop', 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  await trip.server.loadBalancer('eu-west-1', {
    'Action': 'ModifyLoadBalancerAttributes',
    'LoadBalancerArn': (await trip.record())[`eu-west-1/Shop/${balancer}`].PhysicalId,
    'Attributes.member.1.Key': 'deletion_protection.enabled',
    'Attributes.member.1.Value': 'false',
  });
}

/** Holds what stays against what the templates retain. */
function checkLeft(trip, left) {
  const expected = STACKS.flatMap(([name, region]) => Object.entries(trip.template(LAST, name).Resources)
    .filter(([, r]) => isRetained(r)).map(([id]) => `${region}/${name}/${id}`));
  const wrong = [
    ...left.filter(k => !expected.includes(k)).map(k => `${k} stayed`),
    ...expected.filter(k => !left.includes(k)).map(k => `${k} is gone`),
  ];
  check(wrong.length === 0, `what stays is not what the templates retain: ${wrong.join(', ')}`);
  const disposable = left.filter(k => k.startsWith('us-east-1/Sandbox/'));
  check(left.length > 0 && disposable.length === 0, `a disposable stack should leave nothing: ${disposable.join(', ')}`);
}

async function destroy(trip) {
  await takeProtectionOff(trip);
  await trip.cdk(['destroy', '--app', trip.app(LAST), '--force', '--all']);
  const left = Object.keys(await trip.record());
  checkLeft(trip, left);
  for (const [name, region] of STACKS) {
    const gone = await trip.describe(name, region).then(d => d.StackStatus === 'DELETE_COMPLETE', e => /does not exist/.test(e.message));
    check(gone, `the stack ${name} is still there`);
  }
  await trip.readObjects();
  return `${left.length} resources retained, nothing else left`;
}

/** Logical IDs that a value refers to. */
function references(value) {
  if (value === null || typeof value !== 'object') { return []; }
  if (typeof value.Ref === 'string') { return value.Ref.startsWith('AWS::') ? [] : [value.Ref]; }
  return value['Fn::GetAtt'] ? [value['Fn::GetAtt'][0]] : Object.values(value).flatMap(references);
}

/** What stays, by type, and which of it refers to what is gone. */
async function count(trip) {
  const perType = new Map();
  for (const { Type } of Object.values(await trip.record())) { perType.set(Type, (perType.get(Type) ?? 0) + 1); }
  const { Resources } = trip.template(LAST, 'Shop');
  const isGone = id => Resources[id] && !isRetained(Resources[id]);
  const dangling = Object.entries(Resources).filter(([, r]) => isRetained(r))
    .flatMap(([id, r]) => [...new Set(references(r.Properties))].filter(isGone).map(to => `${id} to ${to}`));
  return [
    [...perType].sort().map(([type, n]) => `${n} ${type.replace('AWS::', '')}`).join(', '),
    ...dangling.length > 0 ? [`retained, but with a reference to what is gone: ${dangling.join(', ')}`] : [],
  ].join('; ');
}

module.exports = [
  ['Destroying, while the stack is protected', refuse],
  ['Destroying', destroy],
  ['Counting what is retained', count],
];
