import * as fs from 'fs';
import * as path from 'path';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareJudged, JUDGED_FINDINGS } from '../../src/assurance/judged-findings';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { LogBucket } from '../../src/foundation/log-bucket';
import { newApp, shop } from '../support/shop';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { readAssembly } = require('../../build-tools/judge/assemblies');
const REASON = 'safe here for the sake of this test';

/** What the judge reads of an assembly: which construct declares which rules. */
function declared(app: App): Record<string, string[]> {
  const { reasons } = readAssembly(app.synth().directory, 'x') as { reasons: Map<string, { in: string; id: string; reason: string }[]> };
  return Object.fromEntries([...reasons].map(([at, said]) => [at, said.filter(r => r.in === 'the library').map(r => r.id).sort()]).filter(([, ids]) => ids.length > 0));
}

test('what a construct declares stands in the assembly, with its reason, without being asked for', () => {
  const app = new App();
  declareJudged(new CfnBucket(new Stack(app, 'Test'), 'Bucket'), REASON, 'checkov::CKV_AWS_18', 'cfn-lint::W1');
  const { reasons } = readAssembly(app.synth().directory, 'x');
  expect(reasons.get('Test/Bucket')).toEqual([
    { in: 'the library', id: 'checkov::CKV_AWS_18', reason: REASON }, { in: 'the library', id: 'cfn-lint::W1', reason: REASON },
  ]);
});

test('it goes where the construct goes: other names, other parents, stages', () => {
  const app = new App();
  const stack = new Stack(new Stage(app, 'Prod'), 'Elsewhere');
  new LogBucket(new Construct(stack, 'Deep'), 'Records');
  const key = new CustomerManagedKey(stack, 'Secrets', { description: 'Orders' });
  key.node.children.forEach(c => (c as any).overrideLogicalId?.('Renamed'));
  expect(declared(app)).toEqual({
    'Prod/Elsewhere/Deep/Records': [
      'Control-Tower-Guard::s3_bucket_default_encryption_kms_check', 'Control-Tower-Guard::s3_bucket_logging_enabled_check',
      'Control-Tower-Guard::s3_bucket_object_lock_enabled_check', 'Control-Tower-Guard::s3_event_notifications_enabled_check', 'checkov::CKV_AWS_18',
    ],
    'Prod/Elsewhere/Secrets/Resource': ['Control-Tower-Guard::kms_create_grant_aws_service_check'],
  });
});

test('the constructs of the whole stack declare it at the narrowest place, each with a sentence', () => {
  const app = shop(newApp(), 'Shop').node.root as App;
  const { reasons } = readAssembly(app.synth().directory, 'x') as { reasons: Map<string, { in: string; reason: string }[]> };
  const said = [...reasons].flatMap(([at, of]) => of.filter(r => r.in === 'the library').map(r => ({ at, ...r })));
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter(r => r.reason.length < 40 || !r.reason.endsWith('.'))).toEqual([]);
  expect(said.filter(r => r.at.split('/').length < 3)).toEqual([]);
});

test('nothing stands in the template', () => {
  const app = new App();
  new CustomerManagedKey(new Stack(app, 'Test'), 'Key', { description: 'Orders' });
  const { directory } = app.synth();
  expect(fs.readFileSync(path.join(directory, 'Test.template.json'), 'utf8')).not.toContain(JUDGED_FINDINGS);
});
