import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as allow from '../../../src/services/backup/role-statements';
import { newStack } from '../../support/prove';

const ARN = 'arn:aws:x:eu-west-1:111122223333:thing/one';
const all = {
  vault: allow.vault(ARN),
  cluster: allow.cluster(ARN),
  bucket: allow.bucket(ARN),
  table: allow.table(ARN),
  volume: allow.volume(ARN),
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
