import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import { TaskSecret } from '../../src/compute/task-secret';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';
import { ACCOUNT, idOf, policiesOf, policyOn, REGION, ResolvedTemplate, resolveTemplate } from '../support/simulate';
import { Actor, ADMINISTRATOR, FOREIGN, Row, sentence, STRANGER, Thing, verdict, via } from '../support/table';

const ALL = [KeyAccess.s3(), KeyAccess.secretsManager(), KeyAccess.sns(), KeyAccess.dynamoDb(), KeyAccess.sqs()];
const IMPORTED = `arn:aws:kms:${REGION}:${ACCOUNT}:key/aaaaaaaa-1234-1234-1234-aaaaaaaaaaaa`;
const ENV = { account: ACCOUNT, region: REGION };

/** A kind of resource under a key: how it is made, and what a grant on it lets a role do. */
interface Kind {
  readonly service: string;
  readonly make: (stack: Stack, key: kms.IKey) => (grantee: iam.IGrantable) => void;
  readonly type: string;
  readonly action: string;
  /** What the service does with the key for the caller. */
  readonly keyActions: string[];
  readonly suffix?: string;
}

const KINDS: Record<string, Kind> = {
  'bucket': {
    service: 's3',
    type: 'AWS::S3::Bucket',
    action: 's3:PutObject',
    suffix: '/object',
    keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    make: (stack, encryptionKey) => { const bucket = new EncryptedBucket(stack, 'Thing', { encryptionKey }); return g => bucket.grantReadWrite(g); },
  },
  'secret': {
    service: 'secretsmanager',
    type: 'AWS::SecretsManager::Secret',
    action: 'secretsmanager:GetSecretValue',
    keyActions: ['kms:Decrypt'],
    make: (stack, encryptionKey) => { const secret = new secretsmanager.Secret(stack, 'Thing', { encryptionKey }); return g => secret.grantRead(g); },
  },
  'secret of a task': {
    service: 'secretsmanager',
    type: 'AWS::SecretsManager::Secret',
    action: 'secretsmanager:GetSecretValue',
    keyActions: ['kms:Decrypt'],
    make: (stack, encryptionKey) => {
      const secret = TaskSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Thing', { encryptionKey }));
      return g => secret._read().statements.forEach(s => g.grantPrincipal.addToPrincipalPolicy(s));
    },
  },
  'topic': {
    service: 'sns',
    type: 'AWS::SNS::Topic',
    action: 'sns:Publish',
    keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    make: (stack, masterKey) => { const topic = new sns.Topic(stack, 'Thing', { masterKey }); return g => topic.grantPublish(g); },
  },
  'table': {
    service: 'dynamodb',
    type: 'AWS::DynamoDB::Table',
    action: 'dynamodb:PutItem',
    keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    make: (stack, encryptionKey) => {
      const table = new dynamodb.Table(stack, 'Thing', { encryptionKey, encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      return g => table.grantReadWriteData(g);
    },
  },
  'queue': {
    service: 'sqs',
    type: 'AWS::SQS::Queue',
    action: 'sqs:SendMessage',
    keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    make: (stack, encryptionMasterKey) => { const queue = new sqs.Queue(stack, 'Thing', { encryptionMasterKey }); return g => queue.grantSendMessages(g); },
  },
};

function actor(template: ResolvedTemplate, beginning: string, name: string): Actor {
  const id = idOf(template, 'AWS::IAM::Role', beginning);
  return { name, principal: template.arn(id), identity: policiesOf(template, id) };
}

const newRole = (stack: Stack, id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });

/** The policies of a key that somebody else keeps, made as the documentation tells him to. */
const ownersPolicy = (() => {
  const app = new App();
  const stack = new Stack(app, 'Owner', { env: ENV });
  new CustomerManagedKey(stack, 'Key', { description: 'd', access: ALL });
  const template = resolveTemplate(app.synth().getStackByName('Owner').template, { stackName: 'Owner' });
  return policyOn(template, idOf(template, 'AWS::KMS::Key'));
})();

/** The CDK's `grantRead` of a secret writes the key's half alone, and can't where the key is somebody else's: see `TaskSecret`. */
const HALF = ['secret under an imported key'];

type Where = 'in the same stack' | 'in another stack' | 'under an imported key';

function deploy(kind: Kind, where: Where): { who: Actor; outsider: Actor; on: Thing; key: Thing } {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const data = new Stack(app, 'Data', { env: ENV });
  const key = where === 'under an imported key' ? kms.Key.fromKeyArn(data, 'Key', IMPORTED) : new CustomerManagedKey(data, 'Key', { description: 'd', access: ALL });
  const grant = kind.make(data, key);
  const stack = where === 'in another stack' ? new Stack(app, 'Other', { env: ENV }) : data;
  grant(newRole(stack, 'Grantee'));
  newRole(stack, 'Outsider').addToPolicy(new iam.PolicyStatement({ actions: ['sts:GetCallerIdentity'], resources: ['*'] }));
  const assembly = app.synth();
  const made = resolveTemplate(assembly.getStackByName('Data').template, { stackName: 'Data' });
  const roles = where === 'in another stack' ? resolveTemplate(assembly.getStackByName('Other').template, { stackName: 'Other', imports: [made] }) : made;
  const id = idOf(made, kind.type, 'Thing');
  return {
    who: actor(roles, 'Grantee', 'the grantee'),
    outsider: actor(roles, 'Outsider', 'a role without the grant'),
    on: { name: 'the resource', arn: `${made.arn(id)}${kind.suffix ?? ''}`, policy: policyOn(made, id) },
    key: where === 'under an imported key' ? { name: 'the key', arn: IMPORTED, policy: ownersPolicy }
      : (k => ({ name: 'the key', arn: made.arn(k), policy: policyOn(made, k) }))(idOf(made, 'AWS::KMS::Key', 'Key')),
  };
}

async function hold(rows: Row[]): Promise<void> {
  for (const row of rows) { expect(sentence(row, await verdict(row, {}))).toBe(sentence(row)); }
}

describe.each(Object.keys(KINDS))('a grant on a %s', name => {
  const kind = KINDS[name];

  const all: Where[] = ['in the same stack', 'in another stack', 'under an imported key'];
  test.each(all.filter(where => !HALF.includes(`${name} ${where}`)))('works at run time %s', async where => {
    const { who, outsider, on, key } = deploy(kind, where);
    // what the library makes asks for the service; what the CDK makes asks for the key, which then names a role that it can name
    const named = where === 'in the same stack' && !['bucket', 'secret', 'secret of a task'].includes(name);
    await hold([
      { who, may: true, action: kind.action, on, because: 'that is the grant' },
      { who: outsider, may: false, action: kind.action, on, because: 'it has no grant' },
      ...kind.keyActions.flatMap((action): Row[] => [
        { who, may: true, action, on: key, when: via(kind.service), because: 'the service uses the key for it' },
        { who: outsider, may: false, action, on: key, when: via(kind.service), because: 'it has no grant' },
        ...['by a call of its own', 'through Athena'].map((phrase): Row => ({
          who,
          may: named,
          action,
          on: key,
          when: { ...phrase === 'through Athena' && via('athena'), phrase },
          because: named ? 'the grant of the CDK names it in the policy of the key' : 'the key is for the service',
        })),
        { who: ADMINISTRATOR, may: false, action, on: key, when: { phrase: 'by a call of its own' }, because: 'whoever administers does not use' },
        { who: STRANGER, may: false, action, on: key, when: via(kind.service), because: 'it is not of this account' },
      ]),
    ]);
    // and the row can fail: without the key's half it does
    const bare: Thing = { ...key, policy: { ...key.policy as any, Statement: (key.policy as any).Statement.filter((s: any) => s.Sid === 'AccountAdministersKey') } };
    await hold([{ who, may: false, action: 'kms:Decrypt', on: bare, when: via(kind.service), because: 'the key lets nobody through' }]);
  });
});

test('a secret under an imported key is the exception: its grant does not reach the key, and the documentation of the key says so', async () => {
  const { who, on, key } = deploy(KINDS.secret, 'under an imported key');
  await hold([
    { who, may: true, action: 'secretsmanager:GetSecretValue', on, because: 'that is the grant' },
    { who, may: false, action: 'kms:Decrypt', on: key, when: via('secretsmanager'), because: 'the CDK left it to the policy of the key' },
  ]);
});

describe('administrators and users of a key', () => {
  const NAMES = { admin: 'KeyAdmin', user: 'KeyUser', other: 'Ordinary' };
  const arn = (role: string) => `arn:aws:iam::${ACCOUNT}:role/${role}`;
  const STAR = ADMINISTRATOR.identity!;
  const who = (role: string, name: string, identity: any[] = []): Actor => ({ name, principal: arn(role), identity });
  const admin = who(NAMES.admin, 'an administrator of the key');
  const mighty = who(NAMES.admin, 'an administrator of the key with AdministratorAccess', STAR);
  const user = who(NAMES.user, 'a user of the key');
  const partner: Actor = { name: 'a user of another account', principal: `arn:aws:iam::${FOREIGN}:role/Partner`, identity: STAR };
  let on: Thing;
  let direct: Thing;
  let grantee: Actor;

  beforeAll(() => {
    const app = new App();
    const stack = new Stack(app, 'Data', { env: ENV });
    new CustomerManagedKey(stack, 'Key', {
      description: 'd',
      administrators: [new iam.ArnPrincipal(arn(NAMES.admin))],
      users: [new iam.ArnPrincipal(arn(NAMES.user)), new iam.ArnPrincipal(partner.principal!)],
      access: [KeyAccess.s3()],
    });
    const granted = new CustomerManagedKey(stack, 'Granted', { description: 'd' });
    granted.grantEncryptDecrypt(newRole(stack, 'Grantee'));
    const template = resolveTemplate(app.synth().getStackByName('Data').template, { stackName: 'Data' });
    const thing = (beginning: string): Thing => (id => ({ name: 'the key', arn: template.arn(id), policy: policyOn(template, id) }))(idOf(template, 'AWS::KMS::Key', beginning));
    on = thing('Key');
    direct = thing('Granted');
    grantee = actor(template, 'Grantee', 'a role with grantEncryptDecrypt');
  });

  const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'];
  const ADMINISTER = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:EnableKeyRotation'];

  test('administrators administer and do not use, whatever else they hold', () => hold([
    ...ADMINISTER.map((action): Row => ({ who: admin, may: true, action, on, because: 'the key says so' })),
    ...[admin, mighty].flatMap(a => USE.map((action): Row => ({ who: a, may: false, action, on, because: 'it is denied' }))),
    ...USE.slice(0, 3).map((action): Row => ({ who: mighty, may: false, action, on, when: via('s3'), because: 'it is denied through services too' })),
    { who: mighty, may: false, action: 'kms:CreateGrant', on, when: { context: { 'kms:GrantIsForAWSResource': 'false' } }, because: 'a grant would be a way round' },
  ]));

  test('users use and do not administer', () => hold([
    ...USE.map((action): Row => ({ who: user, may: true, action, on, because: 'the key says so' })),
    ...ADMINISTER.map((action): Row => ({ who: user, may: false, action, on, because: 'the key says nothing of it' })),
    { who: user, may: true, action: 'kms:CreateGrant', on, when: { phrase: 'for a service', context: { 'kms:GrantIsForAWSResource': 'true' } }, because: 'services work for it' },
    { who: user, may: false, action: 'kms:CreateGrant', on, when: { phrase: 'for anybody', context: { 'kms:GrantIsForAWSResource': 'false' } }, because: 'a grant would be a way round' },
    { who: partner, may: true, action: 'kms:Decrypt', on, because: 'the key names it, and its own account lets it' },
    { who: { ...partner, name: 'a user of another account without policies', identity: [] }, may: false, action: 'kms:Decrypt', on, because: 'both accounts must say so' },
    { who: STRANGER, may: false, action: 'kms:Decrypt', on, because: 'the key does not name it' },
    { who: who(NAMES.other, 'somebody with AdministratorAccess', STAR), may: false, action: 'kms:Decrypt', on, because: 'the key does not name it' },
  ]));

  test('grantEncryptDecrypt gives both halves', () => hold([
    ...USE.map((action): Row => ({ who: grantee, may: true, action, on: direct, because: 'that is the grant' })),
    ...ADMINISTER.map((action): Row => ({ who: grantee, may: false, action, on: direct, because: 'it is use only' })),
    { who: grantee, may: false, action: 'kms:Decrypt', on, because: 'it is another key' },
    { who: grantee, may: false, action: 'kms:CreateGrant', on: direct, when: { context: { 'kms:GrantIsForAWSResource': 'true' } }, because: 'it is use only' },
  ]));

  test('and each can fail', async () => {
    const policy = on.policy as any;
    const without = (sid: string): Thing => ({ ...on, policy: { ...policy, Statement: policy.Statement.filter((s: any) => s.Sid !== sid) } });
    await hold([
      { who: user, may: false, action: 'kms:Decrypt', on: without('UsersUseKey'), because: 'nothing says so' },
      { who: admin, may: false, action: 'kms:PutKeyPolicy', on: without('AdministratorsManageKey'), because: 'nothing says so' },
      { who: mighty, may: true, action: 'kms:Decrypt', on: without('AdministratorsCannotUseKey'), when: via('s3'), because: 'nothing denies it' },
    ]);
  });
});
