import { App, IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { Construct } from 'constructs';
import { UndefendedStack } from './undefended-stack';
import { AccountServices, KnownFindings, PrivateImage, ThreeTierSecureStack } from 'cdk-hardened';

const env = { account: '111122223333', region: 'eu-west-1' };

function newApp(outdir: string, context: Record<string, unknown> = {}): App {
  return new App({ outdir, context: { ...recommendedFlags, '@aws-cdk/core:validateAgainstDefaultRules': true, ...context } });
}

function packs(app: App): IPolicyValidationPlugin[] {
  return [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks]
    .map(Pack => new Pack(app));
}

/** The application without defences. What the judges find in it is reported, not fatal. */
export function before(outdir: string): App {
  const app = newApp(outdir, { '@aws-cdk/core:failSynthOnValidationErrors': false });
  Validations.of(app).addPlugins(...packs(app));
  new UndefendedStack(app, 'Shop', { env });
  return app;
}

/** Where the application goes, and how many tasks it has. */
export interface ShopOptions {
  readonly account?: string;
  readonly hostedZoneId?: string;
  readonly desiredCount?: number;
}

/** The hardened application. */
export function shop(scope: Construct, options: ShopOptions = {}): ThreeTierSecureStack {
  return new ThreeTierSecureStack(scope, 'Shop', {
    env: { ...env, account: options.account ?? env.account },
    domain: {
      domainName: 'shop.example.com',
      hostedZoneAttributes: { hostedZoneId: options.hostedZoneId ?? 'Z0123456789ABC', zoneName: 'example.com' },
    },
    application: {
      image: PrivateImage.of('shop', 'sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8'),
      port: 8443,
      desiredCount: options.desiredCount,
    },
    notify: ['security@example.com'],
    accountServices: AccountServices.create(),
  });
}

/** The same application, hardened. A single unacknowledged finding fails the synthesis. */
export function after(outdir: string): App {
  const app = newApp(outdir);
  Validations.of(app).addPlugins(...packs(app));
  KnownFindings.acknowledge(app);
  shop(app);
  return app;
}
