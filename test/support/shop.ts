import { App, Stack, StackProps } from 'aws-cdk-lib/core';
import { PrivateImage } from '../../src/compute/private-image';
import { AccountServices } from '../../src/patterns/account-services';
import { ThreeTierSecureStack, ThreeTierSecureStackProps } from '../../src/patterns/three-tier-secure-stack';

export const DIGEST = 'sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8';
export const ENV = { account: '111122223333', region: 'eu-west-1' };

/** The stack of the README, with what a test changes. */
export function shopProps(changes: Partial<ThreeTierSecureStackProps> = {}): ThreeTierSecureStackProps {
  return {
    domain: { domainName: 'shop.example.com', hostedZoneAttributes: { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' } },
    application: { image: PrivateImage.of('shop', DIGEST), port: 8443 },
    notify: ['security@example.com'],
    accountServices: AccountServices.create(),
    ...changes,
  };
}

export function newApp(context: Record<string, unknown> = {}): App {
  return new App({ context, analyticsReporting: false, treeMetadata: false });
}

export function shop(scope: App | Stack, id = 'Shop', changes: Partial<ThreeTierSecureStackProps> & StackProps = { env: ENV }): ThreeTierSecureStack {
  return new ThreeTierSecureStack(scope, id, shopProps(changes));
}
