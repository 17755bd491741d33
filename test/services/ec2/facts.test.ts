import { FLOW_LOG_FIELDS, ORDINARY_REGION, PREFIX_LISTS } from '../../../src/services/ec2/facts';

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

test('knows which regions name endpoints ordinarily', () => {
  expect(['eu-west-1', 'us-gov-west-1', 'ap-southeast-2'].every(r => ORDINARY_REGION.test(r))).toBe(true);
  expect(['cn-north-1', 'us-iso-east-1', 'eusc-de-east-1', 'eu-isoe-west-1'].some(r => ORDINARY_REGION.test(r))).toBe(false);
});

test('knows each field of a flow log once', () => expect(new Set(FLOW_LOG_FIELDS).size).toBe(29));
