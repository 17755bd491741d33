// What `npm run demo:deploy` deploys: the example, a stack beside it that shares its key, and a disposable copy in another
// region that is told the name of its bucket. Three times, to be deployed one after the other.
import * as path from 'path';
import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { shop } from '../../examples/three-tier/apps';
import { AccountServices, Disposable, EncryptedBucket, EncryptedLogGroup, PrivateImage, SecurityFoundation, ThreeTierSecureStack } from 'cdk-hardened';

function deployed(scope: Construct, desiredCount: number): ThreeTierSecureStack {
  const hostedZoneId = process.env.DEMO_HOSTED_ZONE!;
  const main = shop(scope, { account: process.env.DEMO_ACCOUNT!, hostedZoneId, desiredCount });
  const { account, region } = main;
  const { bucket, dataKey } = main.application;
  new CfnOutput(main, 'BucketName', { value: bucket.bucketName });

  // the same region: an export
  const reports = new Stack(scope, 'Reports', { env: { account, region } });
  new SecurityFoundation(reports, 'Security', { notify: ['security@example.com'] });
  new EncryptedBucket(reports, 'Bucket', { encryptionKey: dataKey });

  // another region: read from the stack that has it
  const sandbox = new ThreeTierSecureStack(scope, 'Sandbox', {
    env: { account, region: 'us-east-1' },
    domain: { domainName: 'sandbox.example.com', hostedZoneAttributes: { hostedZoneId, zoneName: 'example.com' } },
    application: {
      image: PrivateImage.of('shop', 'sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8'),
      port: 8443,
      environment: { SHOP_BUCKET: Fn.getStackOutput(main.stackName, 'BucketName', region) },
    },
    notify: ['security@example.com'],
    accountServices: AccountServices.leave(),
    disposable: Disposable.because('a deployment that is tried on an emulator'),
  });
  sandbox.addStackDependency(main);
  return main;
}

for (const [name, desiredCount] of Object.entries({ first: 2, changed: 3, failing: 4 })) {
  const app = new App({ outdir: path.join(process.env.CDK_OUTDIR!, name), context: recommendedFlags });
  const main = deployed(app, desiredCount);
  if (name === 'failing') {
    // made after the service has its fourth task; the second is the one that fails
    const early = new EncryptedLogGroup(main, 'Early');
    const late = new EncryptedLogGroup(main, 'Late');
    early.node.addDependency(main.application.service);
    late.node.addDependency(early);
  }
  app.synth();
}
