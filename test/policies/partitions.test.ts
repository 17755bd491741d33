import { App, Stack } from 'aws-cdk-lib/core';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';
import { ACCOUNT, can, idOf, policyOn, resolveTemplate } from '../support/simulate';

const app = new App();
const stack = new Stack(app, 'Test');
new EncryptedLogGroup(stack, 'Logs');
new EncryptedBucket(stack, 'Docs');
const { template } = app.synth().getStackByName('Test');

/** Partition, region and the name of CloudWatch Logs, the one service whose name has the suffix of the partition. */
const PARTITIONS = [
  ['aws', 'eu-west-1', 'logs.eu-west-1.amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'logs.us-gov-west-1.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'logs.cn-north-1.amazonaws.com.cn'],
];

describe.each(PARTITIONS)('%s', (partition, region, logs) => {
  const there = resolveTemplate(template, { partition, region });
  const key = (beginning: string) => idOf(there, 'AWS::KMS::Key', beginning);

  // The simulator takes no service by a Chinese name, hence the text.
  test('CloudWatch Logs has its name of the partition', () => {
    const services = policyOn(there, key('SecurityFoundation')).Statement.map((s: any) => s.Principal.Service).filter(Boolean);
    expect(services).toEqual([logs]);
  });

  test('services call KMS under names that end with amazonaws.com in every partition', async () => {
    const through = (service: string) => can({
      principal: `arn:${partition}:iam::${ACCOUNT}:role/Reader`,
      identity: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
      action: 'kms:GenerateDataKey',
      resource: there.arn(key('Docs')),
      policy: policyOn(there, key('Docs')),
      context: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': service },
    });
    expect(await through(`s3.${region}.amazonaws.com`)).toBe(true);
    expect(await through(`s3.${region}.amazonaws.com.cn`)).toBe(false);
  });
});
