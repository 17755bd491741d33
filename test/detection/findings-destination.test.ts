import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { statements } from '../../src/core/policies';
import { at, Json } from '../../src/core/values';
import { OwnBucket } from '../../src/detection/export-ways';
import { FindingsDestination } from '../../src/detection/findings-destination';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { newStack, proveControls, render } from '../support/prove';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const isGuardDuty = (s: Json) => at(s, 'Principal', 'Service') === 'guardduty.amazonaws.com';
const logs = (stack: Stack) => () => s3.Bucket.fromBucketName(stack, 'Logs', 'logs');

const own = (stack: Stack) => new OwnBucket().attach(stack, 'Export', { detectorId: DETECTOR, logBucket: logs(stack) });

proveControls(stack => { own(stack); });

test('the bucket and the key let in GuardDuty for this detector, and the destination waits for both', () => {
  const stack = newStack();
  own(stack);
  const template = render(stack);
  const [policy] = template.resourcesOf('AWS::S3::BucketPolicy');
  const guardDuty = statements(policy.properties.PolicyDocument).filter(isGuardDuty);
  expect(guardDuty.map(s => s.Action)).toEqual(['s3:GetBucketLocation', 's3:PutObject']);
  const [key] = template.resourcesOf('AWS::KMS::Key');
  const uses = statements(key.properties.KeyPolicy).filter(isGuardDuty);
  expect(uses.map(s => s.Action)).toEqual(['kms:GenerateDataKey', 'kms:Decrypt']);
  for (const statement of [...guardDuty, ...uses]) {
    expect(at(statement.Condition, 'StringEquals')).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    expect(JSON.stringify(statement.Condition)).toContain(`:detector/${DETECTOR}`);
  }
  const [destination] = template.resourcesOf('AWS::GuardDuty::PublishingDestination');
  expect(destination.dependsOn).toEqual([policy.logicalId]);
  expect(at(destination.properties.DestinationProperties, 'KmsKeyArn')).toEqual({ 'Fn::GetAtt': [key.logicalId, 'Arn'] });
});

test.each([
  ['eu-west-1', 'guardduty.amazonaws.com'],
  ['eu-south-1', 'guardduty.eu-south-1.amazonaws.com'],
  ['us-gov-west-1', 'guardduty.amazonaws.com'],
  [undefined, 'guardduty.amazonaws.com'],
])('GuardDuty of %s is %s', (region, principal) => {
  const stack = newStack({}, region ? { env: { region } } : {});
  own(stack);
  const json = JSON.stringify(render(stack).json);
  expect(new Set(json.match(/"guardduty\.[a-z0-9.-]*amazonaws\.com[a-z.]*"/g))).toEqual(new Set([`"${principal}"`]));
  expect(json.split(`"${principal}"`)).toHaveLength(5);
});

test('takes a bucket and a key that were imported', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'central');
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  new FindingsDestination(stack, 'Export', { detectorId: DETECTOR, bucket: () => bucket, encryptionKey: () => key });
  const template = render(stack);
  expect(template.resourcesOf('AWS::S3::Bucket')).toEqual([]);
  expect(at(template.resourcesOf('AWS::GuardDuty::PublishingDestination')[0].properties.DestinationProperties, 'KmsKeyArn')).toBe(key.keyArn);
});

test('names no detector in a key of another stack, which would make a circle', () => {
  const app = new App({ analyticsReporting: false });
  const keys = new Stack(app, 'Keys');
  const stack = new Stack(app, 'Test');
  const detectorId = new guardduty.CfnDetector(stack, 'Detector', { enable: true }).attrId;
  const encryptionKey = new CustomerManagedKey(keys, 'Key', { description: 'findings' });
  new OwnBucket().attach(stack, 'Export', { detectorId, encryptionKey, logBucket: logs(stack) });
  expect(JSON.stringify(app.synth().getStackByName('Keys').template)).toContain(':detector/*');
});
