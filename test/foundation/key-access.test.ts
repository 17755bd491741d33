import * as kms from 'aws-cdk-lib/aws-kms';
import { CfnParameter } from 'aws-cdk-lib/core';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';
import { FLAG_SETS, newStack, proveControls, render } from '../support/prove';

const ALL: Record<string, () => KeyAccess> = {
  s3: () => KeyAccess.s3(),
  rds: () => KeyAccess.rds(),
  secretsManager: () => KeyAccess.secretsManager(),
  dynamoDb: () => KeyAccess.dynamoDb(),
  ecr: () => KeyAccess.ecr(),
  ebs: () => KeyAccess.ebs(),
  efs: () => KeyAccess.efs(),
  sqs: () => KeyAccess.sqs(),
  sns: () => KeyAccess.sns(),
  ssm: () => KeyAccess.ssm(),
  throughService: () => KeyAccess.throughService('athena'),
  logGroup: () => KeyAccess.logGroup('/app/*'),
  cloudTrail: () => KeyAccess.cloudTrail('trail'),
  logDelivery: () => KeyAccess.logDelivery(),
  alarms: () => KeyAccess.alarms(),
  publisher: () => KeyAccess.publisher('events.rds.amazonaws.com', 'arn:aws:rds:eu-west-1:111111111111:db:*'),
  config: () => KeyAccess.config(),
  guardDuty: () => KeyAccess.guardDuty('0123'),
  cloudFront: () => KeyAccess.cloudFront('E123'),
  backup: () => KeyAccess.backup(),
  fargateStorage: () => KeyAccess.fargateStorage('cluster'),
  autoScaling: () => KeyAccess.autoScaling(),
};

/** The statements that accesses add to a key's policy. */
function added(accesses: KeyAccess[], context = {}): any[] {
  const stack = newStack(context);
  new CustomerManagedKey(stack, 'Key', { description: 'Data', access: accesses });
  return render(stack).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy.Statement.slice(1);
}

test('every factory is tried here', () => {
  const factories = Object.getOwnPropertyNames(KeyAccess).filter(n => typeof (KeyAccess as any)[n] === 'function');
  expect(Object.keys(ALL).sort()).toEqual(factories.sort());
});

describe.each(Object.entries(ALL))('%s', (_name, access) => {
  test('names no principal but with a condition, and only the key itself', () => {
    for (const s of added([access()])) {
      expect(s).toMatchObject({ Effect: 'Allow', Resource: '*' });
      if (!JSON.stringify(s.Principal).includes('aws-service-role')) { expect(s.Condition).toBeDefined(); }
    }
  });
  test('is added once', () => expect(added([access(), access()])).toEqual(added([access()])));
  test('leaves an imported key alone', () => {
    const stack = newStack();
    expect(() => access().allowOn(kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1'))).not.toThrow();
    expect(render(stack).json.Resources).toBeUndefined();
  });
});

proveControls(stack => {
  new CustomerManagedKey(stack, 'Key', { description: 'Data', access: Object.values(ALL).map(access => access()) });
});

test.each([
  ['s3', 's3', false], ['sqs', 'sqs', false], ['sns', 'sns', false], ['ssm', 'ssm', false],
  ['rds', 'rds', true], ['secretsManager', 'secretsmanager', true], ['dynamoDb', 'dynamodb', true], ['ecr', 'ecr', true], ['ebs', 'ec2', true], ['efs', 'elasticfilesystem', true],
])('%s lets callers of this account through %s only', (name, service, grants) => {
  const statements = added([ALL[name]()]);
  expect(statements).toHaveLength(grants ? 2 : 1);
  for (const s of statements) {
    expect(JSON.stringify(s.Principal)).toContain(':root');
    expect(s.Condition.StringEquals).toEqual({
      'kms:ViaService': { 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com']] },
      'kms:CallerAccount': { Ref: 'AWS::AccountId' },
    });
  }
  if (grants) { expect(statements[1]).toMatchObject({ Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }); }
});

describe.each(FLAG_SETS)('two of a kind, under %s feature flags', (_name, context) => {
  test.each<[string, KeyAccess, KeyAccess]>([
    ['trails', KeyAccess.cloudTrail('a'), KeyAccess.cloudTrail('b')],
    ['clusters', KeyAccess.fargateStorage('a'), KeyAccess.fargateStorage('b')],
    ['distributions', KeyAccess.cloudFront('E1'), KeyAccess.cloudFront('E2')],
    ['detectors', KeyAccess.guardDuty('1'), KeyAccess.guardDuty('2')],
    ['service-linked roles', KeyAccess.autoScaling(), KeyAccess.autoScaling('shop')],
    ['log groups', KeyAccess.logGroup('/a'), KeyAccess.logGroup('/b')],
    ['publishers', KeyAccess.publisher('events.rds.amazonaws.com', 'arn:a'), KeyAccess.publisher('events.rds.amazonaws.com', 'arn:b')],
  ])('%s have statements with identifiers of their own', (_kind, a, b) => {
    const sids = added([a, b, a, b], context).map(s => s.Sid).filter(s => s !== undefined);
    expect(new Set(sids).size).toBe(sids.length);
    sids.forEach(s => expect(s).toMatch(/^[A-Za-z0-9]+$/));
    expect(added([a, b, a, b], context)).toEqual(added([a, b], context));
  });
});

test('takes tokens', () => {
  const stack = newStack();
  const key = new CustomerManagedKey(stack, 'Key', { description: 'Data' });
  const text = new CfnParameter(stack, 'Text').valueAsString;
  [KeyAccess.logGroup(text), KeyAccess.cloudTrail(text), KeyAccess.guardDuty(text), KeyAccess.cloudFront(text), KeyAccess.fargateStorage(text),
    KeyAccess.publisher('s3.amazonaws.com', text)].forEach(a => key.allow(a));
  expect(() => render(stack)).not.toThrow();
});
