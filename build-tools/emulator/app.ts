// What `npm run demo:deploy` deploys: the example, a stack beside it that shares its key, and a disposable copy in another
// region that is told the name of its bucket. Several times, to be deployed one after the other.
import * as path from 'path';
import { App, CfnElement, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct, IConstruct } from 'constructs';
import { shop } from '../../examples/three-tier/apps';
import {
  AccountServices, Disposable, EncryptedBucket, EncryptedDatabase, EncryptedLogGroup, LockedBackupVault, PrivateImage, SecurityFoundation,
  ThreeTierSecureStack,
} from 'cdk-hardened';

const hostedZoneId = process.env.DEMO_HOSTED_ZONE!;
const ELSEWHERE = 'Elsewhere';

/** How one deployment differs from another: the number of tasks, and the parent of what moves, which is the stack itself at first. */
interface Variant {
  readonly desiredCount: number;
  readonly parent?: string;
}

interface Deployed {
  readonly app: App;
  readonly main: ThreeTierSecureStack;
  readonly reports: Stack;
}

/** The example; beside it a log group, a vault and a database that the service may connect to. */
function exampleStack(app: App, { desiredCount, parent }: Variant): ThreeTierSecureStack {
  const main = shop(app, { account: process.env.DEMO_ACCOUNT!, hostedZoneId, desiredCount });
  const { bucket, foundation, network, service } = main.application;
  new CfnOutput(main, 'BucketName', { value: bucket.bucketName });
  const home = parent ? new Construct(main, parent) : main;
  new EncryptedLogGroup(home, 'Journal', { encryptionKey: foundation.logKey });
  new LockedBackupVault(home, 'Archive');
  const ledger = new EncryptedDatabase(home, 'Ledger', { vpc: network, vpcSubnets: network.dataSubnets, foundation });
  service.connections.allowToDefaultPort(ledger, 'service to ledger');
  return main;
}

/** In the same region, with the example's key: an export. */
function reportsStack(app: App, main: ThreeTierSecureStack, { parent }: Variant): Stack {
  const { account, region } = main;
  const reports = new Stack(app, 'Reports', { env: { account, region } });
  new SecurityFoundation(reports, 'Security', { notify: ['security@example.com'] });
  new EncryptedBucket(parent ? new Construct(reports, parent) : reports, 'Bucket', { encryptionKey: main.application.dataKey });
  return reports;
}

/** In another region: the name of the bucket is read from the stack that has it. */
function sandboxStack(app: App, main: ThreeTierSecureStack): void {
  const sandbox = new ThreeTierSecureStack(app, 'Sandbox', {
    env: { account: main.account, region: 'us-east-1' },
    domain: { domainName: 'sandbox.example.com', hostedZoneAttributes: { hostedZoneId, zoneName: 'example.com' } },
    application: {
      image: PrivateImage.of('shop', 'sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8'),
      port: 8443,
      environment: { SHOP_BUCKET: Fn.getStackOutput(main.stackName, 'BucketName', main.region) },
    },
    notify: ['security@example.com'],
    accountServices: AccountServices.leave(),
    disposable: Disposable.because('a deployment that is tried on an emulator'),
  });
  sandbox.addStackDependency(main);
}

function deployed(name: string, variant: Variant): Deployed {
  // Path metadata as the CLI asks for it: a construct that moves has another path.
  const context = { ...recommendedFlags, 'aws:cdk:enable-path-metadata': true };
  const app = new App({ outdir: path.join(process.env.CDK_OUTDIR!, name), context });
  const main = exampleStack(app, variant);
  const reports = reportsStack(app, main, variant);
  sandboxStack(app, main);
  return { app, main, reports };
}

/** Made after the service has its fourth task; the second is the one that fails. */
function failLate({ main }: Deployed): void {
  const early = new EncryptedLogGroup(main, 'Early');
  const late = new EncryptedLogGroup(main, 'Late');
  early.node.addDependency(main.application.service);
  late.node.addDependency(early);
}

const elements = (root: IConstruct) => root.node.findAll().filter(c => CfnElement.isCfnElement(c)) as CfnElement[];

/** What moved, and what it was; last the rule of the service, which the CDK names after the path of the database. */
function moves(before: Stack, after: Stack): [now: CfnElement, was: CfnElement][] {
  const known = new Map(elements(before).map(e => [e.node.path, e]));
  const found: [CfnElement, CfnElement][] = [];
  const unknown: CfnElement[] = [];
  for (const now of elements(after)) {
    const path = now.node.path.replace(`/${ELSEWHERE}/`, '/');
    const was = known.get(path);
    if (!was) { unknown.push(now); } else if (path !== now.node.path) { found.push([now, was]); }
    known.delete(path);
  }
  [...known.values()].forEach((was, i) => found.push([unknown[i], was]));
  return found;
}

/** As README ("Operate") says, either way: a new name for an ID, or an ID for an element. */
function keepIds(before: Deployed, after: Deployed): void {
  for (const [now, was] of moves(before.main, after.main)) {
    after.main.renameLogicalId(after.main.getLogicalId(now), before.main.getLogicalId(was));
  }
  for (const [now, was] of moves(before.reports, after.reports)) { now.overrideLogicalId(before.reports.getLogicalId(was)); }
}

const variants = {
  first: deployed('first', { desiredCount: 2 }),
  changed: deployed('changed', { desiredCount: 3 }),
  failing: deployed('failing', { desiredCount: 4 }),
  moved: deployed('moved', { desiredCount: 3, parent: ELSEWHERE }),
  astray: deployed('astray', { desiredCount: 3, parent: ELSEWHERE }),
};
failLate(variants.failing);
keepIds(variants.changed, variants.moved);
for (const { app } of Object.values(variants)) { app.synth(); }
