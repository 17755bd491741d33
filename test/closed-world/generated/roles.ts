// What can be done to roles and to their policies.
import * as iam from 'aws-cdk-lib/aws-iam';
import { undecided } from './keys';
import { apart, Kind, within } from './kind';
import { ACCOUNT, append, document, everybodyOf, FOREIGN, may, ownIam, Statement } from '../touch';

const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::ManagedPolicy';

const EVERYTHING = document(may('*', '*'));
const OBJECTS = document(may('s3:GetObject', 'arn:aws:s3:::*/*'));
const LAMBDA = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });

const trusted = (name: string, why: string, json: Statement): Kind =>
  within<iam.CfnRole>(ROLE, name, why, t => append(t.resource, 'AssumeRolePolicyDocument.Statement', json));
const assume = (Principal: any, Condition?: any, Action = 'sts:AssumeRole'): Statement => ({ Effect: 'Allow', Principal, Action, ...Condition && { Condition } });

export const ROLES: Kind[] = [
  within<iam.CfnRole>(ROLE, 'an inline policy', 'rights that nobody reviews', t => append(t.resource, 'Policies', { PolicyName: 'Objects', PolicyDocument: OBJECTS })),
  apart<iam.CfnRole>(ROLE, 'an AWS::IAM::Policy', 'rights that nobody reviews, from outside', t => new iam.CfnPolicy(t.scope, 'Policy', { policyName: 'Objects', policyDocument: OBJECTS, roles: [t.resource.ref] })),
  apart<iam.CfnRole>(ROLE, 'an AWS::IAM::RolePolicy', 'rights that nobody reviews, from outside', t => new iam.CfnRolePolicy(t.scope, 'Policy', { policyName: 'Objects', policyDocument: OBJECTS, roleName: t.resource.ref })),
  apart<iam.CfnRole>(ROLE, 'a managed policy from its own side', 'the role of one service does everything', t => new iam.CfnManagedPolicy(t.scope, 'Policy', { policyDocument: EVERYTHING, roles: [t.resource.ref] })),
  within<iam.CfnRole>(ROLE, 'a managed policy of AWS', 'the role of one service does everything', t => append(t.resource, 'ManagedPolicyArns', 'arn:aws:iam::aws:policy/AdministratorAccess')),
  within<iam.CfnRole>(ROLE, 'a managed policy that nobody here knows', 'its rights are in nobody\'s template', t => append(t.resource, 'ManagedPolicyArns', ownIam('policy/Whatever'))),
  trusted('another account takes it', 'strangers act as our service', assume(everybodyOf(FOREIGN))),
  trusted('everybody takes it who knows an ID', 'the ID is no secret', assume({ AWS: '*' }, { StringEquals: { 'sts:ExternalId': 'shop' } })),
  trusted('everybody of the account takes it', 'every identity of the account that may assume anything', assume(everybodyOf(ACCOUNT))),
  trusted('another service takes it', 'a function acts with the rights that were meant for another service', assume({ Service: 'lambda.amazonaws.com' })),
  trusted('every workflow of an identity provider takes it', 'any repository of anybody', assume(
    { Federated: ownIam('oidc-provider/token.actions.githubusercontent.com') }, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } }, 'sts:AssumeRoleWithWebIdentity')),
  within<iam.CfnRole>(ROLE, 'instances take it, by a profile', 'whoever has the instance has the role', t => {
    append(t.resource, 'AssumeRolePolicyDocument.Statement', assume({ Service: 'ec2.amazonaws.com' }));
    new iam.CfnInstanceProfile(t.scope, 'Profile', { roles: [t.resource.ref] });
  }),
];

const statement = (name: string, why: string, json: Statement): Kind =>
  within<iam.CfnManagedPolicy>(POLICY, name, why, t => append(t.resource, 'PolicyDocument.Statement', json));

export const POLICIES: Kind[] = [
  statement('everything', 'the role does everything', may('*', '*')),
  statement('all actions of a service', 'it grows with each action that AWS adds', may('s3:*', 'arn:aws:s3:::catalogue-of-the-shop/*')),
  statement('all but one service (NotAction)', 'it does nearly everything', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
  statement('all resources but one (NotResource)', 'it reads what others own', { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::private-of-the-shop/*' }),
  statement('objects of every bucket', 'it reads what others own', may('s3:GetObject', 'arn:aws:s3:::*/*')),
  statement('every secret, by a pattern', 'it reads what others own', may('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:*:${ACCOUNT}:secret:*`)),
  statement('every role is passed on', 'it hands itself the rights of any role', may('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/*`)),
  statement('every role is taken', 'it has the rights of every role that trusts the account', may('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/*`)),
  statement('policies of roles are changed', 'it gives itself any right', may(['iam:PutRolePolicy', 'iam:AttachRolePolicy'], `arn:aws:iam::${ACCOUNT}:role/*`)),
  within<iam.CfnManagedPolicy>(POLICY, 'everything, if a condition of the template holds', 'what only the deployment knows may be true',
    t => append(t.resource, 'PolicyDocument.Statement', undecided(t, may('*', '*')))),
  within<iam.CfnManagedPolicy>(POLICY, 'a user has it too', 'rights that come with a long-lived password or key', t => append(t.resource, 'Users', 'somebody')),
  apart<iam.CfnManagedPolicy>(POLICY, 'a user has it too, from the side of the user', 'rights that come with a long-lived password or key',
    t => new iam.CfnUser(t.scope, 'Somebody', { managedPolicyArns: [t.resource.ref] })),
  apart<iam.CfnManagedPolicy>(POLICY, 'a role of functions has it too', 'the rights of one service are in the hands of another',
    t => new iam.CfnRole(t.scope, 'FunctionRole', { assumeRolePolicyDocument: LAMBDA, managedPolicyArns: [t.resource.ref] })),
];

