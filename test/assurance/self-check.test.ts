import * as fs from 'fs';
import * as path from 'path';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, Aspects, CfnCondition, CfnResource, Duration, Fn, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { claim, isWaived, judge, registryOf } from '../../src/assurance/claims';
import { Disposable } from '../../src/assurance/disposable';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { HardenedBucket } from '../../src/foundation/hardened-bucket';
import { GEN_RETAINED } from '../../src/services/general/controls';
import * as controls from '../../src/services/kms/controls';
import { newStack, render, verdicts } from '../support/prove';

const REASON = 'the data is public, so it needs no such care';
const newKey = (scope: Stack, id = 'Key') => new CustomerManagedKey(scope, id, { description: 'Data' });
const l1 = (key: CustomerManagedKey) => key.key.node.defaultChild as kms.CfnKey;

test('refuses a control that is for another type of resource', () => {
  const stack = newStack();
  const resource = new CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket' });
  expect(() => claim(resource, controls.KMS_ROTATION)).toThrow("[Test/Bucket] control 'KMS-01' is for AWS::KMS::Key, not for AWS::S3::Bucket");
});

describe('what a consumer weakens fails the synthesis', () => {
  const weaken: Record<string, (key: CustomerManagedKey, stack: Stack) => void> = {
    'by a property of the L1': key => { l1(key).enableKeyRotation = false; },
    'by an override': key => l1(key).addPropertyOverride('EnableKeyRotation', false),
    'by an aspect': (_, stack) => Aspects.of(stack).add({
      visit: (node: IConstruct) => { if (node instanceof kms.CfnKey) { node.enableKeyRotation = false; } },
    }),
    'by an override of its type': key => l1(key).addOverride('Type', 'AWS::SNS::Topic'),
    'by removing it': key => { key.node.tryRemoveChild('Resource'); },
  };
  test.each(Object.entries(weaken))('%s', (_name, change) => {
    const stack = newStack();
    change(newKey(stack), stack);
    expect(() => render(stack)).toThrow(/\[Test\/Key\/Resource\/Resource\] KMS-01 does not hold: 'EnableKeyRotation' .*: leave key rotation on \(a floor: it has no waiver\)/);
  });

  test('with every problem in one error', () => {
    const stack = newStack();
    const resource = l1(newKey(stack));
    resource.enableKeyRotation = false;
    resource.pendingWindowInDays = 3;
    expect(() => render(stack)).toThrow(/KMS-01 does not hold[^]*KMS-03 does not hold/);
  });

  test('and the error of a default says how to waive it', () => {
    const stack = newStack();
    newKey(stack).node.tryRemoveChild('Alias');
    expect(() => render(stack)).toThrow(/KMS-09 does not hold: .* keep the alias, or pass a waiver of 'KMS-09' with a reason/);
  });

  test('by a property injector', () => {
    const injector = {
      constructUniqueId: kms.Key.PROPERTY_INJECTION_ID,
      inject: (props: any) => ({ ...props, enableKeyRotation: false, rotationPeriod: undefined }),
    };
    const app = new App({ propertyInjectors: [injector] });
    const stack = new Stack(app, 'Test');
    newKey(stack);
    expect(() => render(stack)).toThrow(/KMS-01 does not hold/);
  });
});

describe('a waiver', () => {
  const without = (...scopes: ((stack: Stack, key: CustomerManagedKey) => IConstruct)[]) => {
    const stack = newStack();
    const key = newKey(stack);
    key.node.tryRemoveChild('Alias');
    scopes.forEach(scope => SecurityWaivers.of(scope(stack, key)).add({ control: 'KMS-09', reason: REASON }));
    return stack;
  };

  test.each<[string, (stack: Stack, key: CustomerManagedKey) => IConstruct]>([
    ['the resource', (_, key) => l1(key)],
    ['the construct', (_, key) => key],
    ['the stack', stack => stack],
    ['the app', stack => stack.node.root],
  ])('on %s covers its default', (_name, scope) => {
    expect(() => render(without(scope))).not.toThrow();
  });

  test('shows in the verdict, the nearest one', () => {
    const stack = without(s => s, (_, key) => key);
    expect(verdicts(stack).find(v => v.control.id === 'KMS-09')).toMatchObject({ holds: false, waiver: { control: 'KMS-09', reason: REASON } });
    expect(verdicts(stack).find(v => v.control.id === 'KMS-09')!.waiver!.scope.node.path).toBe('Test/Key');
  });

  test('does not cover a neighbour', () => {
    const stack = without((_, key) => key);
    newKey(stack, 'Other').node.tryRemoveChild('Alias');
    expect(() => render(stack)).toThrow(/\[Test\/Other\/Resource\/Resource\] KMS-09 does not hold/);
  });

  test('of a control that nothing claims there is refused', () => {
    const stack = newStack();
    newKey(stack);
    SecurityWaivers.of(stack).add({ control: 'LOG-02', reason: REASON });
    expect(() => render(stack)).toThrow(/\[Test\] the waiver of 'LOG-02' waives nothing: no resource here claims that control/);
  });

  test('is known by isWaived at and below its scope', () => {
    const stack = without((_, key) => key);
    expect(isWaived(stack, 'KMS-09')).toBe(false);
    expect(isWaived(stack.node.findChild('Key').node.findChild('Resource'), 'KMS-09')).toBe(true);
    expect(isWaived(stack.node.findChild('Key'), 'LOG-02')).toBe(false);
  });
});

describe('in stages', () => {
  const build = () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Test');
    return { app, stage, stack, key: newKey(stack) };
  };

  test('what does not hold in a stage fails it, with the path', () => {
    const { app, key } = build();
    l1(key).enableKeyRotation = false;
    expect(() => app.synth()).toThrow(/\[Prod\/Test\/Key\/Resource\/Resource\] KMS-01 does not hold/);
  });

  test('what holds passes, by the app or by the stage alone', () => {
    expect(() => build().app.synth()).not.toThrow();
    expect(() => build().stage.synth()).not.toThrow();
  });

  test('a waiver on the app covers them', () => {
    const { app, key } = build();
    key.node.tryRemoveChild('Alias');
    SecurityWaivers.of(app).add({ control: 'KMS-09', reason: REASON });
    expect(() => app.synth()).not.toThrow();
  });

  test('a waiver on the app that waives nothing in any of them is refused', () => {
    const { app } = build();
    SecurityWaivers.of(app).add({ control: 'LOG-02', reason: REASON });
    expect(() => app.synth()).toThrow(/\[\] the waiver of 'LOG-02' waives nothing/);
  });

  test('a disposable app makes them disposable', () => {
    const app = new App();
    Disposable.because('everything here is built anew each night').applyTo(app);
    const stage = new Stage(app, 'Dev');
    const stack = new Stack(stage, 'Test');
    newKey(stack);
    app.synth();
    expect(stage.synth().getStackArtifact(stack.artifactId).template.Resources).toMatchObject({ KeyE447D366: { DeletionPolicy: 'Delete' } });
  });
});

test('judges nested stacks by their own templates', () => {
  const stack = newStack();
  const nested = new NestedStack(stack, 'Nested');
  new EncryptedLogGroup(nested, 'Logs');
  expect(() => render(stack)).not.toThrow();
  (nested.node.findAll().find(c => CfnResource.isCfnResource(c) && c.cfnResourceType === 'AWS::Logs::LogGroup') as CfnResource).addPropertyDeletionOverride('KmsKeyId');
  expect(() => render(stack)).toThrow(/LOG-01 does not hold/);
});

test('checks every synthesis anew', () => {
  const stack = newStack();
  const key = newKey(stack);
  render(stack);
  l1(key).enableKeyRotation = false;
  expect(() => render(stack)).toThrow(/KMS-01/);
});

test('a disposable scope covers durability and nothing else', () => {
  const stack = newStack();
  Disposable.because('everything here is built anew each night').applyTo(stack);
  const resource = l1(newKey(stack));
  const verdict = verdicts(stack).find(v => v.control === GEN_RETAINED)!;
  expect(verdict).toMatchObject({ holds: false, waiver: { control: 'GEN-03', reason: 'everything here is built anew each night' } });
  expect(() => render(stack)).not.toThrow();
  resource.enableKeyRotation = false;
  expect(() => render(stack)).toThrow(/KMS-01/);
});

test('judges no more than it is asked to', () => {
  const stack = newStack();
  newKey(stack);
  const registry = registryOf(stack);
  const { directory } = (stack.node.root as App).synth();
  expect(judge(registry, directory, registry.claims.slice(0, 1)).map(v => v.control.id)).toEqual([registry.claims[0].control.id]);
  expect(fs.existsSync(path.join(directory, stack.templateFile))).toBe(true);
});

test('a removal policy set later by a consumer is seen', () => {
  const stack = newStack();
  newKey(stack).key.applyRemovalPolicy(RemovalPolicy.DESTROY);
  expect(() => render(stack)).toThrow(/GEN-03 does not hold: 'DeletionPolicy'/);
});

test('a condition on a bucket policy fails the synthesis: it may take the policy away', () => {
  const stack = newStack();
  const bucket = new HardenedBucket(stack, 'Bucket', { noncurrentExpiration: Duration.days(30) }).bucket;
  (bucket.policy!.node.defaultChild as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
  expect(() => render(stack)).toThrow(/S3-07 does not hold/);
});
