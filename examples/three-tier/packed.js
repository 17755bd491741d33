// The README's example as a plain app of somebody who installed the package.
const { App } = require('aws-cdk-lib');
const { AccountServices, PrivateImage, ThreeTierSecureStack } = require('cdk-hardened');

const app = new App();
new ThreeTierSecureStack(app, 'Shop', {
  env: { account: '111122223333', region: 'eu-west-1' },
  domain: { domainName: 'shop.example.com', hostedZoneAttributes: { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' } },
  application: { image: PrivateImage.of('shop', 'sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8'), port: 8443 },
  notify: ['security@example.com'],
  accountServices: AccountServices.create(),
});
app.synth();
