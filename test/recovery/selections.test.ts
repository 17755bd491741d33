import { Selections } from '../../src/recovery/selections';

test('resources are selected together, each tag for itself', () => {
  const selections = new Selections();
  selections.addTag('backup', 'daily');
  selections.addResource('arn:1');
  selections.addTag('tier', 'gold');
  selections.addResource('arn:2');
  expect(selections.all.map(s => [s.selectionName, s.resources])).toEqual([['Resources', ['arn:1', 'arn:2']], ['Tag0', ['*']], ['Tag1', ['*']]]);
  expect(selections.all[2].conditions).toEqual({ StringEquals: [{ ConditionKey: 'aws:ResourceTag/tier', ConditionValue: 'gold' }] });
});

test('nothing is no selection', () => {
  expect(new Selections().all).toEqual([]);
});
