import { PREFIX_LISTS } from '../../../src/services/ec2/facts';

test.each(Object.entries(PREFIX_LISTS))('%s has IDs that differ and fit a mapping', (region, lists) => {
  expect(region).toMatch(/^[a-z]{2}-[a-z]+-\d$/);
  expect(Object.values(lists)).toEqual([expect.stringMatching(/^pl-[0-9a-f]{8}$/), expect.stringMatching(/^pl-[0-9a-f]{8}$/)]);
  expect(lists.s3).not.toBe(lists.dynamoDb);
});

test('knows the regions and the samples of the AWS documentation', () => {
  expect(Object.keys(PREFIX_LISTS)).toHaveLength(16);
  expect(PREFIX_LISTS['us-east-1'].s3).toBe('pl-63a5400a');
  expect(PREFIX_LISTS['eu-west-1']).toEqual({ s3: 'pl-6da54004', dynamoDb: 'pl-6fa54006' });
});
