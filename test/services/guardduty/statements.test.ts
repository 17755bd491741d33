import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { bucketKey, scan, scanPlans } from '../../../src/services/guardduty/statements';
import { newStack } from '../../support/prove';

const BUCKET = 'arn:aws:s3:::uploads';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const resolved = (statements: PolicyStatement[]): any[] => statements.map(s => newStack().resolve(s.toStatementJson()));

test('the key of exported findings lets in one detector, to decrypt', () => {
  const [statement] = resolved([bucketKey('abc')]);
  expect(statement).toMatchObject({ Effect: 'Allow', Action: 'kms:Decrypt', Principal: { Service: 'guardduty.amazonaws.com' } });
  expect(statement.Condition.StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  expect(JSON.stringify(statement.Condition.ArnLike['aws:SourceArn'])).toContain(':detector/abc');
});

test('a scan names actions and resources, and manages one kind of rule in its own name', () => {
  const all = resolved(scan(BUCKET, KEY));
  expect(all.flatMap(s => s.Action).filter((a: string) => a.includes('*'))).toEqual([]);
  expect(all.filter(s => s.Resource === '*')).toEqual([]);
  expect(all.find(s => s.Sid === 'MakeRule').Condition).toEqual({ StringEquals: { 'events:ManagedBy': 'malware-protection-plan.guardduty.amazonaws.com' } });
});

test('a scan writes nothing but tags and the test object, and deletes nothing', () => {
  const writes = resolved(scan(BUCKET, KEY)).flatMap(s => [s.Action].flat().map((action: string) => `${action} ${s.Resource}`)).filter(a => /^s3:(Put|Delete)/.test(a));
  expect(writes).toEqual([
    `s3:PutBucketNotification ${BUCKET}`,
    `s3:PutObject ${BUCKET}/malware-protection-resource-validation-object`,
    `s3:PutObjectTagging ${BUCKET}/*`,
    `s3:PutObjectVersionTagging ${BUCKET}/*`,
  ]);
});

test('a scan decrypts through S3, and not at all without a key', () => {
  const decrypts = (key?: string) => resolved(scan(BUCKET, key)).filter(s => [s.Action].flat().includes('kms:Decrypt'));
  expect(decrypts()).toEqual([]);
  expect(decrypts(KEY)).toHaveLength(1);
  expect(decrypts(KEY)[0].Resource).toBe(KEY);
  expect(JSON.stringify(decrypts(KEY)[0].Condition.StringEquals['kms:ViaService'])).toContain('s3.');
});

test('the plans are of this account and region', () => {
  expect(JSON.stringify(newStack().resolve(scanPlans()))).toContain(':malware-protection-plan/*');
});
