import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { serviceRole } from '../../src/foundation/service-role';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const FOREIGN = '444455556666';

/** A role of the library in a stack, and what a test does to it, in the same or in a second stack. */
function errorOf(change: (role: iam.Role, scope: Stack) => void, where: 'here' | 'beside' = 'here'): string {
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  const stack = new Stack(app, 'App', { env: ENV });
  const role = serviceRole(stack, 'Task', {
    description: 'Works',
    service: 'ecs-tasks.amazonaws.com',
    sourceArn: `arn:aws:ecs:${ENV.region}:${ENV.account}:*`,
    statements: [new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [`arn:aws:sns:${ENV.region}:${ENV.account}:t`] })],
  });
  change(role, where === 'here' ? stack : new Stack(app, 'Other', { env: ENV }));
  try {
    app.synth();
    return '';
  } catch (e) {
    return e instanceof Error ? e.message : String(e);
  }
}

const WHERE = ['here', 'beside'] as const;
const statement = (actions: string[], resources: string[], conditions?: Record<string, object>) =>
  new iam.PolicyStatement({ actions, resources, conditions });

/** A statement in each way in which it gets to a role. */
const WAYS: Record<string, (role: iam.Role, scope: Stack, s: iam.PolicyStatement) => void> = {
  'addToPrincipalPolicy': (role, _scope, s) => { role.addToPrincipalPolicy(s); },
  'a managed policy': (role, scope, s) => { new iam.ManagedPolicy(scope, 'P', { roles: [role], statements: [s] }); },
  'a managed policy, attached by the role': (role, scope, s) => { role.addManagedPolicy(new iam.ManagedPolicy(scope, 'P', { statements: [s] })); },
  'an L1 policy': (role, scope, s) => {
    new iam.CfnManagedPolicy(scope, 'P', { roles: [role.roleName], policyDocument: { Version: '2012-10-17', Statement: [s.toStatementJson()] } });
  },
};
const WEAK: [string, string, () => iam.PolicyStatement][] = [
  ['everything', 'IAM-02', () => statement(['*'], ['*'])],
  ['everything but IAM', 'IAM-02', () => new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })],
  ['every secret', 'IAM-03', () => statement(['secretsmanager:GetSecretValue'], ['*'])],
  ['objects of every bucket', 'IAM-03', () => statement(['s3:GetObject'], ['arn:aws:s3:::*/*'])],
  ['decrypting with every key through S3', 'IAM-03', () => statement(['kms:Decrypt'], ['*'], { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })],
  ['passing every role', 'IAM-03', () => statement(['iam:PassRole'], ['arn:aws:iam::111122223333:role/*'], { StringEquals: { 'iam:PassedToService': 'ecs.amazonaws.com' } })],
  ['passing a role to any service', 'IAM-06', () => statement(['iam:PassRole'], ['arn:aws:iam::111122223333:role/r'])],
  ['giving grants for a key', 'IAM-06', () => statement(['kms:CreateGrant'], ['arn:aws:kms:eu-west-1:111122223333:key/k'])],
  ['stopping the trail', 'IAM-08', () => statement(['cloudtrail:StopLogging'], ['arn:aws:cloudtrail:eu-west-1:111122223333:trail/t'])],
  ['changing the policy of a bucket', 'IAM-08', () => statement(['s3:PutBucketPolicy', 's3:PutLifecycleConfiguration'], ['arn:aws:s3:::b'])],
  ['putting everything into a bucket, its policy too', 'IAM-08', () => statement(['s3:Put*'], ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])],
  ['a role of another account', 'IAM-09', () => statement(['sts:AssumeRole'], [`arn:aws:iam::${FOREIGN}:role/r`])],
];

describe.each(Object.entries(WAYS))('by %s', (_way, add) => {
  describe.each(WHERE)('%s', where => {
    test.each(WEAK)('%s is refused', (_name, control, make) => {
      const error = errorOf((role, scope) => add(role, scope, make()), where);
      expect(error).toMatch(new RegExp(`\\] ${control}b? `));
    });
  });
});

test.each(WHERE)('the error names the policy that was added, %s', where => {
  const error = errorOf((role, scope) => WAYS['a managed policy'](role, scope, WEAK[2][2]()), where);
  expect(error).toContain(`[${where === 'here' ? 'App' : 'Other'}/P/Resource] IAM-03b of 'App/Task/Resource' does not hold with this AWS::IAM::ManagedPolicy`);
});

describe.each(WHERE)('an inline policy %s', where => {
  test.each<[string, (role: iam.Role, scope: Stack) => void]>([
    ['of a role by its ARN', (role, scope) => { statementOf(iam.Role.fromRoleArn(scope, 'Same', role.roleArn)); }],
    ['as an L1', (role, scope) => { new iam.CfnPolicy(scope, 'P', { policyName: 'p', roles: [role.roleName], policyDocument: {} }); }],
    ['as a resource of its own', (role, scope) => { new iam.CfnRolePolicy(scope, 'P', { policyName: 'p', roleName: role.roleName }); }],
  ])('%s is refused', (_name, add) => expect(errorOf(add, where)).toContain('IAM-01 of'));
  test('by the role itself is refused', () => {
    expect(errorOf(role => { (role.node.defaultChild as iam.CfnRole).policies = [{ policyName: 'p', policyDocument: {} }]; })).toContain('IAM-01');
  });
});
function statementOf(role: iam.IRole): void {
  role.addToPrincipalPolicy(statement(['s3:GetObject'], ['arn:aws:s3:::b/*']));
}

test.each<[string, string, (role: iam.Role, scope: Stack) => void]>([
  ['everything there is', 'IAM-02b', role => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess'))],
  ['reading everything', 'IAM-02b', role => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'))],
  ['a policy of AWS', 'IAM-07', role => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXRayDaemonWriteAccess'))],
  ['the policy of AWS for backups', 'IAM-07', role => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSBackupServiceRolePolicyForS3Backup'))],
  ['a policy of the account that is not of the app', 'IAM-07', (role, scope) => role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyName(scope, 'P', 'theirs'))],
  ['a policy that only the deployment knows', 'IAM-07', (role, scope) => role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(scope, 'P', new CfnParameter(scope, 'Arn').valueAsString))],
  ['instances', 'IAM-04', (role, scope) => { new iam.InstanceProfile(scope, 'P', { role }); }],
  ['another account that takes it', 'IAM-04', role => { role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal(FOREIGN)] })); }],
  ['everybody of the account that takes it', 'IAM-04', role => { role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountRootPrincipal()] })); }],
  ['its service for any source', 'GEN-04', role => { (role.node.defaultChild as iam.CfnRole).addPropertyDeletionOverride('AssumeRolePolicyDocument.Statement.0.Condition'); }],
  ['its service for another account', 'GEN-04', role => { (role.node.defaultChild as iam.CfnRole).addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Condition', { StringEquals: { 'aws:SourceAccount': FOREIGN }, ArnLike: { 'aws:SourceArn': `arn:aws:ecs:*:${FOREIGN}:*` } }); }],
])('%s is refused', (_name, control, change) => expect(errorOf(change)).toContain(`${control} `));

describe('a waiver', () => {
  test.each<[string, (role: iam.Role) => void]>([
    ['IAM-07', role => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXRayDaemonWriteAccess'))],
    ['IAM-08', role => { role.addToPolicy(statement(['ecs:UpdateService'], ['arn:aws:ecs:eu-west-1:111122223333:service/c/s'])); }],
    ['IAM-09', role => { role.addToPolicy(statement(['sts:AssumeRole'], [`arn:aws:iam::${FOREIGN}:role/r`])); }],
  ])('of %s lets it through', (control, change) => {
    expect(errorOf(change)).toContain(control);
    expect(errorOf(role => {
      change(role);
      SecurityWaivers.of(role).add({ control, reason: 'agreed with whoever watches over it' });
    })).toBe('');
  });

  test('of what is added is given where it is added', () => {
    expect(errorOf((role, scope) => {
      const policy = new iam.ManagedPolicy(scope, 'P', { roles: [role], statements: [statement(['ecs:UpdateService'], ['arn:aws:ecs:eu-west-1:111122223333:service/c/s'])] });
      SecurityWaivers.of(policy).add({ control: 'IAM-08', reason: 'agreed with whoever watches over it' });
    }, 'beside')).toBe('');
  });
});

const code = { code: lambda.Code.fromInline('x'), handler: 'index.x', runtime: lambda.Runtime.NODEJS_22_X };
const machine = (scope: Stack) => new sfn.StateMachine(scope, 'M', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, 'Pass')) });
const table = (scope: Stack) => new dynamodb.Table(scope, 'T', { partitionKey: { name: 'a', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY });
const cmk = (scope: Stack) => new CustomerManagedKey(scope, 'K', { description: 'Theirs' });
const GRANTS: Record<string, (role: iam.IRole, scope: Stack) => void> = {
  'table.grantReadWriteData': (role, scope) => { table(scope).grantReadWriteData(role); },
  'table.grantStreamRead': (role, scope) => { table(scope).grantStreamRead(role); },
  'bucket.grantRead': (role, scope) => { new s3.Bucket(scope, 'B').grantRead(role); },
  'bucket.grantReadWrite': (role, scope) => { new s3.Bucket(scope, 'B').grantReadWrite(role); },
  'bucket.grantReadWrite, under a key': (role, scope) => { new s3.Bucket(scope, 'B', { encryption: s3.BucketEncryption.KMS }).grantReadWrite(role); },
  'bucket.grantRead, imported': (role, scope) => { s3.Bucket.fromBucketName(scope, 'B', 'theirs').grantRead(role); },
  'bucket.grantPutAcl': (role, scope) => { new s3.Bucket(scope, 'B').grantPutAcl(role); },
  'bucket.grantDelete': (role, scope) => { new s3.Bucket(scope, 'B').grantDelete(role); },
  'queue.grantConsumeMessages': (role, scope) => { new sqs.Queue(scope, 'Q').grantConsumeMessages(role); },
  'queue.grantSendMessages, under a key': (role, scope) => { new sqs.Queue(scope, 'Q', { encryption: sqs.QueueEncryption.KMS }).grantSendMessages(role); },
  'queue.grantPurge': (role, scope) => { new sqs.Queue(scope, 'Q').grantPurge(role); },
  'topic.grantPublish': (role, scope) => { new sns.Topic(scope, 'N', { masterKey: new kms.Key(scope, 'K') }).grantPublish(role); },
  'topic.grantSubscribe': (role, scope) => { new sns.Topic(scope, 'N').grantSubscribe(role); },
  'secret.grantRead': (role, scope) => { new secrets.Secret(scope, 'S').grantRead(role); },
  'secret.grantWrite': (role, scope) => { new secrets.Secret(scope, 'S').grantWrite(role); },
  'secret.grantRead, imported': (role, scope) => { secrets.Secret.fromSecretNameV2(scope, 'S', 'theirs').grantRead(role); },
  'fn.grantInvoke': (role, scope) => { new lambda.Function(scope, 'F', code).grantInvoke(role); },
  'fn.grantInvokeUrl': (role, scope) => { new lambda.Function(scope, 'F', code).grantInvokeUrl(role); },
  'repo.grantPull': (role, scope) => { new ecr.Repository(scope, 'R').grantPull(role); },
  'repo.grantPullPush': (role, scope) => { new ecr.Repository(scope, 'R').grantPullPush(role); },
  'logGroup.grantWrite': (role, scope) => { new logs.LogGroup(scope, 'L').grantWrite(role); },
  'logGroup.grantRead': (role, scope) => { new logs.LogGroup(scope, 'L').grantRead(role); },
  'key.grantDecrypt': (role, scope) => { new kms.Key(scope, 'K').grantDecrypt(role); },
  'key.grantEncryptDecrypt': (role, scope) => { new kms.Key(scope, 'K').grantEncryptDecrypt(role); },
  'stateMachine.grantStartExecution': (role, scope) => { machine(scope).grantStartExecution(role); },
  'stateMachine.grantRead': (role, scope) => { machine(scope).grantRead(role); },
  'stateMachine.grantTaskResponse': (role, scope) => { machine(scope).grantTaskResponse(role); },
  'bus.grantPutEventsTo': (role, scope) => { new events.EventBus(scope, 'E').grantPutEventsTo(role); },
  'parameter.grantRead': (role, scope) => { new ssm.StringParameter(scope, 'P', { stringValue: 'x' }).grantRead(role); },
  'stream.grantReadWrite': (role, scope) => { new kinesis.Stream(scope, 'D').grantReadWrite(role); },
  'role.grantAssumeRole': (role, scope) => { new iam.Role(scope, 'O', { assumedBy: new iam.AccountRootPrincipal() }).grantAssumeRole(role); },
  'role.grantPassRole': (role, scope) => { new iam.Role(scope, 'O', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }).grantPassRole(role); },
  'metric.grantPutMetricData': role => { iam.Grant.addToPrincipal({ grantee: role, actions: ['cloudwatch:PutMetricData'], resourceArns: ['*'] }); },
};

describe.each(WHERE)('legitimate, of what is %s', where => {
  test.each(Object.entries(GRANTS))('%s', (_name, grant) => expect(errorOf(grant, where)).toBe(''));

  test.each<[string, (role: iam.Role, scope: Stack) => void]>([
    ['Textract, which knows no resources', role => { role.addToPolicy(statement(['textract:DetectDocumentText', 'textract:AnalyzeDocument'], ['*'])); }],
    ['traces, which know no resources', role => { role.addToPolicy(statement(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*'])); }],
    ['objects of one other bucket', role => { role.addToPolicy(statement(['s3:GetObject'], ['arn:aws:s3:::other/*'])); }],
    ['one named role', role => { role.addToPolicy(statement(['sts:AssumeRole'], ['arn:aws:iam::111122223333:role/other'])); }],
    ['a managed policy with names', (role, scope) => { new iam.ManagedPolicy(scope, 'P', { roles: [role], statements: [statement(['sqs:SendMessage'], ['arn:aws:sqs:eu-west-1:111122223333:q'])] }); }],
    ['another role that may take, pass or name it', (role, scope) => {
      role.grantPassRole(new iam.Role(scope, 'Deployer', { assumedBy: new iam.AccountRootPrincipal() }));
    }],
    ['a boundary', role => iam.PermissionsBoundary.of(role).apply(iam.ManagedPolicy.fromManagedPolicyName(role, 'Boundary', 'boundary'))],
    ['a denial of everything outside the region', (role, scope) => {
      new iam.ManagedPolicy(scope, 'P', { roles: [role], statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['*'], resources: ['*'], conditions: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })] });
    }],
  ])('%s', (_name, change) => expect(errorOf(change, where)).toBe(''));

  test('a key of the library', () => expect(errorOf((role, scope) => {
    if (scope === role.stack) { cmk(scope).grantDecrypt(role); }
  }, where)).toBe(''));
});

test('a log group of the library', () => expect(errorOf((role, scope) => {
  new EncryptedLogGroup(scope, 'L', { foundation: new SecurityFoundation(scope, 'Security') }).grantWrite(role);
})).toBe(''));
