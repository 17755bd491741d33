// What can be done to keys.
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnCondition, Fn } from 'aws-cdk-lib/core';
import { Kind, Target, within, apart } from './kind';
import { manager } from './managers';
import { ACCOUNT, allow, append, deny, everybodyOf, FOREIGN, foreignArn, ownIam, REGION, Statement } from '../touch';

const KEY = 'AWS::KMS::Key';

/** A statement that only the deployment knows. */
export function undecided({ stack }: Target, json: Statement): Statement {
  new CfnCondition(stack, 'Maybe', { expression: Fn.conditionEquals(stack.region, REGION) });
  return { 'Fn::If': ['Maybe', json, { Ref: 'AWS::NoValue' }] };
}

const statement = (name: string, why: string, json: Statement | ((target: Target<kms.CfnKey>) => Statement)): Kind =>
  within<kms.CfnKey>(KEY, name, why, t => append(t.resource, 'KeyPolicy.Statement', typeof json === 'function' ? json(t) : json));

const LAMBDA = { Service: 'lambda.amazonaws.com' };
const USE = ['kms:Decrypt', 'kms:GenerateDataKey*'];

export const KEYS: Kind[] = [
  statement('another account uses it', 'whoever is trusted there decrypts what is ours', allow(everybodyOf(FOREIGN), USE, '*')),
  statement('another account administers it', 'it can write itself a policy, or delete the key', allow(everybodyOf(FOREIGN), ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'], '*')),
  statement('everybody of an organization uses it', 'every account of it decrypts, also those that others run',
    allow('*', USE, '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
  statement('a service uses it without a source', 'the service acts for anybody (confused deputy)', allow(LAMBDA, USE, '*')),
  statement('a service uses it for another account', 'the service acts for somebody else',
    allow({ Service: 'sns.amazonaws.com' }, USE, '*', { StringEquals: { 'aws:SourceAccount': FOREIGN }, ArnLike: { 'aws:SourceArn': foreignArn('sns', '*') } })),
  statement('a service uses it for any source', 'the condition matches everything, so it is none',
    allow({ Service: 'sns.amazonaws.com' }, USE, '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:*:*' }, StringLike: { 'aws:SourceAccount': '????????????' } })),
  statement('everybody but one account uses it (NotPrincipal)', 'it lets in the rest of the world', { Effect: 'Allow', NotPrincipal: everybodyOf(ACCOUNT), Action: USE, Resource: '*' }),
  statement('a role does all but one thing with it (NotAction)', 'it administers and uses the key, and creates grants',
    { Effect: 'Allow', Principal: { AWS: ownIam('role/Operator') }, NotAction: 'kms:ScheduleKeyDeletion', Resource: '*' }),
  statement('nobody may change its policy', 'the key is locked for ever, and with it what it encrypts', deny('*', 'kms:PutKeyPolicy', '*')),
  statement('the account uses it directly', 'any policy of IAM gives the use of the key: AdministratorAccess decrypts', allow(everybodyOf(ACCOUNT), USE, '*')),
  statement('a role creates grants for anybody', 'a grant outlives the policy, and nobody sees it', allow({ AWS: ownIam('role/Operator') }, 'kms:CreateGrant', '*')),
  statement('another account uses it through S3', 'the objects of somebody else are under our key, and ours under theirs',
    allow(everybodyOf(FOREIGN), USE, '*', { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com`, 'kms:CallerAccount': FOREIGN } })),
  statement('everybody uses it, if a condition of the template holds', 'what only the deployment knows may be true', t => undecided(t, allow('*', USE, '*'))),
  apart<kms.CfnKey>(KEY, 'a function may delete it and change its policy', 'whoever has the function has the key',
    t => manager(t, ['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy'], t.resource.attrArn)),
];
