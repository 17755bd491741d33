import { beside, RIGHT, set } from './fixtures';
import { RenderedTemplate } from '../../../src/core/template';
import { foreignDestinations, foreignNotifications, lockedOut, lostReports, openDoors, unknownOf } from '../../../src/services/s3/attached';

const ask = <T>(question: (r: any, t: any) => T, change: (r: any) => void = () => undefined) => {
  const resources = structuredClone(RIGHT);
  change(resources);
  const template = new RenderedTemplate({ Resources: resources });
  return question(template.resource('Bucket')!, template);
};

test('nothing is attached to a bucket as it is made', () => {
  for (const question of [openDoors, foreignDestinations, foreignNotifications, lockedOut, lostReports, unknownOf]) { expect(ask<readonly unknown[]>(question)).toEqual([]); }
});

test('a destination is told as it is written', () => {
  expect(ask(foreignDestinations, set({ NotificationConfiguration: { QueueConfigurations: [{ Queue: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:r:444455556666:q']] } }] } })))
    .toEqual(['arn:${AWS::Partition}:sqs:r:444455556666:q']);
});

test('a key of another template may let in anybody', () => {
  expect(ask(lockedOut, r => { delete r.Key; })).toEqual([]);
  expect(ask(lostReports, r => { delete r.Key; beside('Other', 'AWS::S3::Bucket', { InventoryConfigurations: [{ Destination: { BucketArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } }] })(r); })).toHaveLength(1);
});
