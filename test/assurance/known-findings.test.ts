import * as fs from 'fs';
import * as path from 'path';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { App, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { declareFinding, declareFindings, KnownFindings } from '../../src/assurance/known-findings';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { EventNotification } from '../../src/foundation/event-notification';
import { LogBucket } from '../../src/foundation/log-bucket';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { newStack, render } from '../support/prove';

const REASON = 'safe here for the sake of this test';
const acknowledged = (construct: CfnResource) => construct.node.metadata
  .filter(m => m.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).map(m => m.data);

test('acknowledges nothing unless asked to', () => {
  const stack = newStack();
  const bucket = new CfnBucket(stack, 'Bucket');
  declareFinding(bucket, REASON, 'AwsSolutions-S1');
  render(stack);
  expect(acknowledged(bucket)).toEqual([]);
});

test.each([
  ['AwsSolutions', 'AwsSolutions-S1'],
  ['NIST.800.53.R5', 'NIST.800.53.R5-S3BucketLoggingEnabled'],
  ['HIPAA.Security', 'HIPAA.Security-IAMNoInlinePolicy'],
  ['AwsSolutions', 'AwsSolutions-IAM5[Resource::*]'],
  ['AwsSolutions', 'AwsSolutions-IAM5[Resource::arn:aws:logs:eu-west-1:1:a-B]'],
])('acknowledges, of %s, %s, with the reason and by the identifier that its CDK takes', (pack, id) => {
  const stack = newStack();
  const bucket = new CfnBucket(stack, 'Bucket');
  declareFinding(bucket, REASON, id);
  KnownFindings.acknowledge(stack.node.root);
  render(stack);
  const [[stored, reason]] = acknowledged(bucket).flatMap(data => Object.entries<string>(data));
  expect([id, `${pack}::${id}`]).toContain(stored);
  expect(reason).toContain(REASON);
});

test('makes identifiers when the tree is complete', () => {
  const stack = newStack();
  const bucket = new CfnBucket(stack, 'Bucket');
  declareFindings(bucket, REASON, c => [`AwsSolutions-IAM5[Resource::<${stack.resolve((c as CfnBucket).logicalId)}.Arn>/*]`]);
  KnownFindings.acknowledge(stack);
  bucket.overrideLogicalId('Renamed');
  render(stack);
  expect(JSON.stringify(acknowledged(bucket))).toContain('<Renamed.Arn>');
});

test('leaves out what is beyond its scope', () => {
  const stack = newStack();
  const other = new Stack(stack.node.root as App, 'Other');
  const bucket = new CfnBucket(other, 'Bucket');
  declareFinding(bucket, REASON, 'AwsSolutions-S1');
  KnownFindings.acknowledge(stack);
  render(stack);
  expect(acknowledged(bucket)).toEqual([]);
});

/** The rules of the six packs that the foundation breaks. */
function findings(acknowledge: boolean): string[] {
  const stack = newStack();
  const app = stack.node.root as App;
  const foundation = new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  new EncryptedLogGroup(stack, 'Logs');
  LogBucket.acceptLoadBalancerLogs(foundation.logBucket);
  new EventNotification(stack, 'Notify', { description: 'A finding', eventPattern: { source: ['aws.guardduty'] }, topic: foundation.topic });
  if (acknowledge) { KnownFindings.acknowledge(app); }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R4Checks(), new NIST80053R5Checks(),
    new PCIDSS321Checks(), new ServerlessChecks());
  try { app.synth(); } catch (e: any) { expect(e.name).toBe('ValidationFailed'); }
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap((p: any) => p.violations).map((v: any) => v.ruleName);
}

test('the foundation has findings of the packs, and none that is not declared', () => {
  expect(findings(false)).toEqual(expect.arrayContaining(['AwsSolutions-S1', 'Serverless-EventBusDLQ', 'Serverless-SNSRedrivePolicy']));
  expect(findings(true)).toEqual([]);
});

test('reaches into stages, whenever they are made', () => {
  const app = new App();
  const make = (id: string) => {
    const bucket = new CfnBucket(new Stack(new Stage(app, id), 'Test'), 'Bucket');
    declareFinding(bucket, REASON, 'AwsSolutions-S1');
    return bucket;
  };
  const early = make('Early');
  KnownFindings.acknowledge(app);
  const late = make('Late');
  Validations.of(app).addPlugins(new AwsSolutionsChecks());
  let message = '';
  try { app.synth(); } catch (e: any) { message = e.message; }
  expect(message).toContain('AwsSolutions-S10');
  expect(message).not.toMatch(/AwsSolutions-S1\b/);
  expect([early, late].map(b => acknowledged(b).length)).toEqual([1, 1]);
});
