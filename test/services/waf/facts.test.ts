import { MANAGED_GROUPS, REPUTATION_GROUP, COMMON_GROUP, INCLUDED_CAPACITY, CLOUDFRONT, REGIONAL } from '../../../src/services/waf/facts';

test('the groups are there once each, and leave room for rules of our own', () => {
  const names = MANAGED_GROUPS.map(g => g.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining([REPUTATION_GROUP, COMMON_GROUP]));
  expect(MANAGED_GROUPS.reduce((sum, g) => sum + g.capacity, 0)).toBeLessThan(INCLUDED_CAPACITY - 50);
});

test('only CloudFront needs a region, and says how much of a body is inspected', () => {
  expect([REGIONAL, CLOUDFRONT].map(s => [s.name, s.region, s.bodyLimit, s.bodyLimitName])).toEqual([
    ['REGIONAL', undefined, 8192, undefined], ['CLOUDFRONT', 'us-east-1', 16384, 'KB_16'],
  ]);
});
