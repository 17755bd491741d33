import * as s3 from 'aws-cdk-lib/aws-s3';
import { statements } from '../../src/core/policies';
import { UploadScan } from '../../src/detection/upload-scan';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { openFindings } from '../support/nag';
import { newStack, proveControls, render } from '../support/prove';

const build = (stack: any) => {
  const encryptionKey = new CustomerManagedKey(stack, 'Key', { description: 'uploads' });
  new UploadScan(stack, 'Scan', { bucket: new s3.Bucket(stack, 'Uploads', { encryptionKey }) });
};

proveControls(build);

test('only GuardDuty takes the role, for plans of this account', () => {
  const stack = newStack();
  build(stack);
  const [role] = render(stack).resourcesOf('AWS::IAM::Role');
  const [trust]: readonly any[] = statements(role.properties.AssumeRolePolicyDocument);
  expect(trust.Principal).toEqual({ Service: 'malware-protection-plan.guardduty.amazonaws.com' });
  expect(trust.Condition.StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  expect(JSON.stringify(trust.Condition.ArnLike)).toContain(':malware-protection-plan/*');
});

test('the plan marks objects and waits for the permissions of its role', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const [plan] = template.resourcesOf('AWS::GuardDuty::MalwareProtectionPlan');
  expect(plan.properties.Actions).toEqual({ Tagging: { Status: 'ENABLED' } });
  expect(plan.dependsOn).toContain(template.resourcesOf('AWS::IAM::ManagedPolicy')[0].logicalId);
});

test('the role decrypts through S3 only, and writes no object but the test object', () => {
  const stack = newStack();
  build(stack);
  const all: readonly any[] = statements(render(stack).resourcesOf('AWS::IAM::ManagedPolicy')[0].properties.PolicyDocument);
  expect(all.find((s: any) => s.Sid === 'Decrypt').Condition.StringEquals['kms:ViaService']).toBeDefined();
  const puts = all.filter((s: any) => [s.Action].flat().includes('s3:PutObject'));
  expect(JSON.stringify(puts.map((s: any) => s.Resource))).toContain('/malware-protection-resource-validation-object');
  expect(puts).toHaveLength(1);
});

test('a bucket without a key needs none', () => {
  const stack = newStack();
  new UploadScan(stack, 'Scan', { bucket: s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads') });
  expect(JSON.stringify(render(stack).json)).not.toContain('kms:');
});

test('every finding of cdk-nag is declared', () => {
  const stack = newStack();
  build(stack);
  expect(openFindings(stack, 'Test/Scan')).toEqual([]);
});
