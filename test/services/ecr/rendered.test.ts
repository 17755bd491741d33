import { lifecycleRules } from '../../../src/services/ecr/rendered';

test('reads the rules of a lifecycle policy, and none of what says nothing for sure', () => {
  expect(lifecycleRules({ LifecyclePolicyText: '{"rules":[{"rulePriority":1}]}' })).toEqual([{ rulePriority: 1 }]);
  expect(lifecycleRules({ LifecyclePolicyText: { Ref: 'Text' } })).toEqual([]);
  expect(lifecycleRules(undefined)).toEqual([]);
});
