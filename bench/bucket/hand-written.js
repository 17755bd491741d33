// The template of library.js as somebody writes it by hand.
const { ByHand } = require('../by-hand/stack');

/** The logical IDs that names are made of. */
const [BUCKET, KEY] = ['Bucket83908E77', 'Key961B73FD'];

class BucketStack extends ByHand {
  constructor(scope) {
    super(scope, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    this.logBucket = this.bucket(this, 'LogBucket', { keepVersions: 30, expires: 365, denyDeletions: true });
    const encryptionKey = this.key(this, 'Key', `Objects of the bucket ${BUCKET}`, KEY, [this.useThrough('S3', 's3')]);
    const bucket = this.bucket(this, 'Bucket', { encryptionKey, keepVersions: 90, logicalId: BUCKET });
    bucket.node.defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}

module.exports = app => new BucketStack(app);
