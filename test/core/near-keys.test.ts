import * as kms from 'aws-cdk-lib/aws-kms';
import { App, Stack } from 'aws-cdk-lib/core';
import { PrivateRepository } from '../../src/compute/private-repository';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { NotificationTopic } from '../../src/foundation/notification-topic';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { LockedBackupVault } from '../../src/recovery/locked-backup-vault';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';

const keyIn = (stack: Stack, region: string, account = '111122223333') => kms.Key.fromKeyArn(stack, `Key${region}${account}`, `arn:aws:kms:${region}:${account}:key/01234567-0123-0123-0123-012345678901`);
const MAKE: Record<string, (stack: Stack, key: kms.IKey) => unknown> = {
  'a bucket': (s, encryptionKey) => new EncryptedBucket(s, 'It', { encryptionKey }),
  'a log group': (s, encryptionKey) => new EncryptedLogGroup(s, 'It', { encryptionKey }),
  'a repository': (s, encryptionKey) => new PrivateRepository(s, 'It', { encryptionKey }),
  'a topic': (s, encryptionKey) => new NotificationTopic(s, 'It', { emails: ['a@example.com'], encryptionKey }),
  'a vault': (s, encryptionKey) => new LockedBackupVault(s, 'It', { encryptionKey }),
};
const stackIn = (region?: string) => {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region } });
  new SecurityFoundation(stack, 'Foundation', { notify: ['a@example.com'] });
  return stack;
};

test.each(Object.entries(MAKE))('%s takes a key of its region, of another account too, and of a region that is not known yet', (_name, make) => {
  const [near, foreign, agnostic] = [stackIn('eu-west-1'), stackIn('eu-west-1'), stackIn()];
  expect(() => make(near, keyIn(near, 'eu-west-1'))).not.toThrow();
  expect(() => make(foreign, keyIn(foreign, 'eu-west-1', '444455556666'))).not.toThrow();
  expect(() => make(agnostic, keyIn(agnostic, 'us-east-1'))).not.toThrow();
});

test.each(Object.entries(MAKE))('%s takes no key of another region', (_name, make) => {
  const stack = stackIn('eu-west-1');
  expect(() => make(stack, keyIn(stack, 'us-east-1')))
    .toThrow("[Shop/It] 'encryptionKey' is a key of us-east-1, and this is in eu-west-1: no service uses a key of another region, so give one from there");
  const other = new Stack(stack.node.root as App, 'Other', { env: { account: '111122223333', region: 'eu-central-1' } });
  expect(() => make(stack, new kms.Key(other, 'Key'))).toThrow('is a key of eu-central-1');
});

test('nor does a foundation', () => {
  const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-west-1' } });
  expect(() => new SecurityFoundation(stack, 'It', { notify: ['a@example.com'], logKey: keyIn(stack, 'us-east-1') })).toThrow("[Shop/It] 'logKey' is a key of us-east-1");
});
