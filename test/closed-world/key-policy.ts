// Additions to the policies of keys.
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Cases, casesOf, Change } from './harness';
import { ACCOUNT, allow, append, deny, everybodyOf, find, FOREIGN, foreignArn, l1, REGION, Statement, statement, to } from './touch';

/** A statement in the policy of a key: by its method, and past it. */
function onKey(path: string, json: Statement): Record<string, Change> {
  return {
    'addToResourcePolicy': to((_, stack) => find<kms.Key>(stack, path).addToResourcePolicy(statement(json))),
    'by an override': to((_, stack) => append(l1(stack, path), 'KeyPolicy.Statement', json)),
  };
}

const CASES: Cases = {
  'data key: another account may decrypt': {
    ...onKey('DataKey', allow(everybodyOf(FOREIGN), 'kms:Decrypt', '*')),
    grantDecrypt: to(a => a.dataKey.grantDecrypt(new iam.AccountPrincipal(FOREIGN))),
  },
  'data key: another account may change the key policy': onKey('DataKey', allow(everybodyOf(FOREIGN), 'kms:PutKeyPolicy', '*')),
  'data key: the Lambda service may decrypt, without a condition': {
    ...onKey('DataKey', allow({ Service: 'lambda.amazonaws.com' }, 'kms:Decrypt', '*')),
    grantDecrypt: to(a => a.dataKey.grantDecrypt(new iam.ServicePrincipal('lambda.amazonaws.com'))),
  },
  'data key: everybody but one account may decrypt (NotPrincipal)':
    onKey('DataKey', { Effect: 'Allow', NotPrincipal: everybodyOf(ACCOUNT), Action: 'kms:Decrypt', Resource: '*' }),
  'data key: nobody may change the key policy any more (lock-out)': onKey('DataKey', deny('*', 'kms:PutKeyPolicy', '*')),
  'data key: every principal of the account may decrypt (Principal *, CallerAccount)':
    onKey('DataKey', allow('*', 'kms:Decrypt', '*', { StringEquals: { 'kms:CallerAccount': ACCOUNT } })),
  'log key: log groups of another account may use it': onKey('Security/LogKey', allow({ Service: `logs.${REGION}.amazonaws.com` },
    ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], '*',
    { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': foreignArn('logs', 'log-group:*') } })),
};

export const KEY_POLICY = casesOf('key policy', CASES);
