// What roles of the application may do besides.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Cases, casesOf, Change } from './harness';
import { ACCOUNT, added, append, document, find, l1, may, Statement, statement, to } from './touch';
import type { ThreeTierApplication } from '../../src/patterns/three-tier-application';

const TASK_ROLE = 'Service/Task/TaskRole';
const BACKUP_ROLE = 'Backup/Backup/Role';

/** Writes a statement that may name parts of the application. */
type ForApplication = (application: ThreeTierApplication) => Statement;

/** A statement in a policy of the task role: in the one that it has, by method and past it, and in further ones. */
function onTaskRole(json: ForApplication): Record<string, Change> {
  const further = added((scope, { application: a }) => new iam.ManagedPolicy(scope, 'Further', { roles: [a.service.taskRole], statements: [statement(json(a))] }));
  return {
    'addToPrincipalPolicy': to(a => a.service.taskRole.addToPrincipalPolicy(statement(json(a)))),
    'by an override': to((a, stack) => append(l1(stack, `${TASK_ROLE}/Grants`), 'PolicyDocument.Statement', stack.resolve(json(a)))),
    'by a further managed policy in the stack': further['in the stack'],
    'by a further managed policy in a second stack': further['in a second stack'],
  };
}

/** A managed policy of AWS on a role: by its method, past it, and from the role of the CDK as it is found by its ARN. */
function managed(path: string, name: string): Record<string, Change> {
  return {
    'addManagedPolicy': to((_, stack) => find<iam.Role>(stack, path).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name))),
    'by an override': to((_, stack) => append(l1(stack, path), 'ManagedPolicyArns', `arn:aws:iam::aws:policy/${name}`)),
  };
}

const EVERYTHING = may('*', '*');
const inline = added((scope, { application: a }) => new iam.CfnRolePolicy(scope, 'Inline',
  { roleName: a.service.taskRole.roleName, policyName: 'Everything', policyDocument: document(EVERYTHING) }));

const CASES: Cases = {
  'task role: inline policy allows everything': {
    'by an override': to((_, stack) => append(l1(stack, TASK_ROLE), 'Policies', { PolicyName: 'Everything', PolicyDocument: document(EVERYTHING) })),
    'attachInlinePolicy': to((a, stack) => a.service.taskRole.attachInlinePolicy(new iam.Policy(stack, 'Inline', { statements: [statement(EVERYTHING)] }))),
    'by an AWS::IAM::RolePolicy in the stack': inline['in the stack'],
    'by an AWS::IAM::RolePolicy in a second stack': inline['in a second stack'],
  },
  'task role: ReadOnlyAccess (reads every object and table of the account)': managed(TASK_ROLE, 'ReadOnlyAccess'),
  'backup role: AdministratorAccess': managed(BACKUP_ROLE, 'AdministratorAccess'),
  'task policy: reads every secret': onTaskRole(() => may('secretsmanager:GetSecretValue', '*')),
  'task policy: reads objects of every bucket': onTaskRole(() => may('s3:GetObject', 'arn:aws:s3:::*/*')),
  'task policy: changes policy and lifecycle of its own bucket':
    onTaskRole(a => may(['s3:PutBucketPolicy', 's3:PutLifecycleConfiguration'], a.bucket.bucketArn)),
  'task policy: passes every role to ECS': onTaskRole(() => may('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/*`,
    { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } })),
  'task policy: decrypts with every key through S3': onTaskRole(() => may('kms:Decrypt', `arn:aws:kms:*:${ACCOUNT}:key/*`,
    { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } })),
  'task policy: everything but IAM (NotAction)': onTaskRole(() => ({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })),
  'task policy: stops the trail': onTaskRole(a => may('cloudtrail:StopLogging', a.trail!.trailArn)),
};

export const IAM = casesOf('iam', CASES);
