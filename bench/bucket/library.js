// One small construct, with what it makes by itself: its key and the log bucket.
const { EncryptedBucket } = require('../..');
const { Stack } = require('aws-cdk-lib/core');

module.exports = app => {
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  new EncryptedBucket(stack, 'Bucket');
  return stack;
};
