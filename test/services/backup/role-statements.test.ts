import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as allow from '../../../src/services/backup/role-statements';
import { newStack } from '../../support/prove';

const ARN = 'arn:aws:x:eu-west-1:111122223333:thing/one';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const all = {
  vault: allow.vault(ARN, KEY),
  cluster: allow.cluster(ARN, KEY),
  bucket: allow.bucket(ARN, KEY),
  table: allow.table(ARN, KEY),
  volume: allow.volume(ARN, KEY),
  fileSystem: allow.fileSystem(ARN),
  key: allow.key(ARN, 'rds', ['kms:Decrypt']),
};
const resolved = (statements: PolicyStatement[]): any[] => statements.map(s => newStack().resolve(s.toStatementJson()));
const rendered = Object.entries(all).map(([name, statements]): [string, any[]] => [name, resolved(statements)]);
const WRITES = /:(Create|Delete|Modify|Put|Copy|Start|Add|Remove|Tag|Enable|Disable)/;

test.each(rendered)('%s: every statement allows named actions', (_name, statements) => {
  expect(statements.every(s => s.Effect === 'Allow')).toBe(true);
  expect(statements.flatMap(s => s.Action).filter((a: string) => a.includes('*'))).toEqual([]);
});

test.each(rendered)('%s: on * nothing is written', (_name, statements) => {
  expect(statements.filter(s => s.Resource === '*').flatMap(s => s.Action).filter((a: string) => WRITES.test(a))).toEqual([]);
});

test.each(rendered)('%s: nothing restores, shares or deletes the data itself', (_name, statements) => {
  const forbidden = /Restore|ModifyDBClusterSnapshotAttribute|ModifySnapshotAttribute|DeleteDBCluster$|DeleteTable|DeleteObject|DeleteVolume|DeleteRecoveryPoint|PassRole/;
  expect(statements.flatMap(s => s.Action).filter((a: string) => forbidden.test(a))).toEqual([]);
});

test('a cluster is changed and copied by its own ARN only', () => {
  const statements = Object.fromEntries(rendered).cluster;
  expect(statements.find(s => s.Action === 'rds:ModifyDBCluster').Resource).toBe(ARN);
  expect(statements.find(s => s.Action === 'rds:CreateDBClusterSnapshot').Resource[0]).toBe(ARN);
});

test('a snapshot of a volume is deleted only if AWS Backup made it', () => {
  const statement = Object.fromEntries(rendered).volume.find(s => s.Action === 'ec2:DeleteSnapshot');
  expect(statement.Condition).toEqual({ Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' } });
});

test('a key is used through its service, and granted to services only', () => {
  const statements = Object.fromEntries(rendered).key;
  expect(JSON.stringify(statements.find(s => s.Action === 'kms:Decrypt').Condition)).toContain('rds.');
  expect(statements.find(s => s.Action === 'kms:CreateGrant').Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
});

test.each([
  ['vault', ['kms:Decrypt', 'kms:GenerateDataKey'], 'backup'],
  ['cluster', undefined, 'rds'],
  ['bucket', 'kms:Decrypt', 's3'],
  ['table', ['kms:Decrypt', 'kms:GenerateDataKey'], 'dynamodb'],
  ['volume', ['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], 'ec2'],
])('%s: its key is used for %p, through %s', (name, actions, service) => {
  const uses = Object.fromEntries(rendered)[name].filter(s => s.Resource === KEY && s.Condition?.StringEquals);
  expect(uses.map(s => s.Action)).toEqual(actions ? [actions] : []);
  for (const { Condition } of uses) { expect(JSON.stringify(Condition)).toContain(`${service}.`); }
});

test('without a key there is none to use', () => {
  expect(JSON.stringify(resolved([...allow.cluster(ARN), ...allow.bucket(ARN), ...allow.table(ARN), ...allow.volume(ARN), ...allow.key(undefined, 'rds', [])]))).not.toContain('kms:');
});

test('statements that differ in their resources become one, those that differ in conditions stay', () => {
  const statements = resolved(allow.merged([...allow.bucket(ARN, KEY), ...allow.bucket(`${ARN}2`, KEY), ...allow.table(ARN, KEY)]));
  const reads = statements.filter(s => [s.Action].flat().includes('s3:GetObjectVersion'));
  expect(reads.map(s => s.Resource)).toEqual([[`${ARN}/*`, `${ARN}2/*`]]);
  expect(statements.filter(s => [s.Action].flat().includes('kms:Decrypt'))).toHaveLength(2);
  expect(statements.filter(s => s.Action === 'kms:CreateGrant')).toHaveLength(1);
});
