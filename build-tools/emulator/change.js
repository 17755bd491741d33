// The steps that change what is deployed: one property; one that fails; and a move that must change nothing.
const { changedKeys, check } = require('./trip');

const serviceKey = trip => `eu-west-1/Shop/${trip.idOf('first', 'Shop', 'AWS::ECS::Service')}`;
const withoutRevision = record => Object.fromEntries(Object.entries(record).map(([key, { Revision, ...rest }]) => [key, rest]));

async function change(trip) {
  const service = serviceKey(trip);
  const before = await trip.record();
  check(before[service].Properties.DesiredCount === 2, `there are ${before[service].Properties.DesiredCount} tasks before`);
  await trip.deploy('changed', ['--all']);
  await trip.expectStatus({ Shop: 'UPDATE_COMPLETE', Reports: 'CREATE_COMPLETE', Sandbox: 'CREATE_COMPLETE' });
  const after = (await trip.audit('changed')).record;
  const changed = changedKeys(before, after);
  check(changed.length === 1 && changed[0] === service, `changed ${changed.join(', ')} and should change the service only`);
  check(after[service].Properties.DesiredCount === 3, `there are ${after[service].Properties.DesiredCount} tasks after`);
  check(after[service].PhysicalId === before[service].PhysicalId, 'the service was replaced');
  return 'UPDATE_COMPLETE, nothing else touched';
}

async function failHalfWay(trip) {
  const service = serviceKey(trip);
  const before = await trip.record();
  await trip.server.fail(trip.idOf('failing', 'Shop', 'AWS::Logs::LogGroup', /^Late/));
  const output = await trip.deploy('failing', ['Shop'], true);
  check(output.includes('injected failure'), `it failed for another reason:\n${output.slice(-6000)}`);
  await trip.expectStatus({ Shop: 'UPDATE_ROLLBACK_COMPLETE' });
  const after = await trip.record();
  check(after[service].Revision === before[service].Revision + 2,
    'the service was not changed and changed back, so the failure came too early to show anything');
  const changed = changedKeys(withoutRevision(before), withoutRevision(after));
  check(changed.length === 0, `rolling back did not restore ${changed.join(', ')}`);
  await trip.audit('changed');
  await trip.readObjects();
  return 'UPDATE_ROLLBACK_COMPLETE, everything as before';
}

module.exports = [
  ['Changing the number of tasks from 2 to 3', change],
  ['A change that fails half-way', failHalfWay],
];
