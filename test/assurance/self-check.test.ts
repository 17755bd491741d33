import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Annotations, App, Aspects, CfnCondition, CfnResource, Duration, Fn, NestedStack, RemovalPolicy, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { Disposable } from '../../src/assurance/disposable';
import { registryOf } from '../../src/assurance/registry';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { selfCheck, verdictsOf } from '../../src/assurance/self-check';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { HardenedBucket } from '../../src/foundation/hardened-bucket';
import { newStack, render, verdicts } from '../support/prove';

const REASON = 'the data is public, so it needs no such care';
const newKey = (scope: Stack, id = 'Key') => new CustomerManagedKey(scope, id, { description: 'Data' });
const l1 = (key: CustomerManagedKey) => key.node.defaultChild as kms.CfnKey;

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
    expect(() => render(stack)).toThrow(/\[Test\/Key\/Resource\] KMS-01 does not hold: 'EnableKeyRotation' .*: leave key rotation on \(a floor: it has no waiver\)/);
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
    expect(() => render(stack)).toThrow(/KMS-09 does not hold: .* keep the alias, or waive 'KMS-09' with a reason, in 'waivers' or by 'SecurityWaivers\.of\(construct\)\.add'/);
  });

  test('by a property injector', () => {
    const injector = {
      constructUniqueId: kms.Alias.PROPERTY_INJECTION_ID,
      inject: (props: any, { scope }: any) => ({ ...props, targetKey: kms.Key.fromKeyArn(scope, 'Other', 'arn:aws:kms:eu-west-1:111122223333:key/other') }),
    };
    const app = new App({ propertyInjectors: [injector] });
    const stack = new Stack(app, 'Test');
    newKey(stack);
    expect(() => render(stack)).toThrow(/KMS-09 does not hold/);
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

  test('does not cover a neighbour', () => {
    const stack = without((_, key) => key);
    newKey(stack, 'Other').node.tryRemoveChild('Alias');
    expect(() => render(stack)).toThrow(/\[Test\/Other\/Resource\] KMS-09 does not hold/);
  });

  test('of a control that nothing claims there is refused', () => {
    const stack = newStack();
    newKey(stack);
    SecurityWaivers.of(stack).add({ control: 'LOG-02', reason: REASON });
    expect(() => render(stack)).toThrow(/\[Test\] the waiver of 'LOG-02' waives nothing: no resource here claims that control/);
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
    expect(() => app.synth()).toThrow(/\[Prod\/Test\/Key\/Resource\] KMS-01 does not hold/);
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
    expect(stage.synth().getStackArtifact(stack.artifactId).template.Resources).toMatchObject({ Key961B73FD: { DeletionPolicy: 'Delete' } });
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
  expect(verdicts(stack).find(v => v.control === 'GEN-03')).toMatchObject({ outcome: 'disposable', reason: 'everything here is built anew each night' });
  expect(() => render(stack)).not.toThrow();
  resource.enableKeyRotation = false;
  expect(() => render(stack)).toThrow(/KMS-01/);
});

test('a removal policy set later by a consumer is seen', () => {
  const stack = newStack();
  newKey(stack).applyRemovalPolicy(RemovalPolicy.DESTROY);
  expect(() => render(stack)).toThrow(/GEN-03 does not hold: 'DeletionPolicy'/);
});

test('a condition on a bucket policy fails the synthesis: it may take the policy away', () => {
  const stack = newStack();
  const bucket = new HardenedBucket(stack, 'Bucket', { noncurrentExpiration: Duration.days(30) });
  (bucket.policy!.node.defaultChild as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
  expect(() => render(stack)).toThrow(/S3-07 does not hold/);
});

describe('what is judged', () => {
  const REASONED = { control: 'KMS-09', reason: REASON };

  test('is a stage that is synthesized early, as by a pipeline, by what was written then', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const key = newKey(new Stack(stage, 'Test'));
    newKey(new Stack(app, 'Other'));
    stage.synth();
    expect(verdictsOf(app).map(v => v.stack)).toContain('Prod/Test');
    expect(verdictsOf(app).map(v => v.stack)).not.toContain('Other');
    l1(key).enableKeyRotation = false; // too late: the template is written
    app.synth();
    expect(verdictsOf(stage).find(v => v.control === 'KMS-01')).toMatchObject({ outcome: 'holds', value: true });
    expect(verdictsOf(app).map(v => v.stack)).toContain('Other');
  });

  test('is a synthesis without validation too', () => {
    const stack = newStack();
    l1(newKey(stack)).enableKeyRotation = false;
    expect(() => (stack.node.root as App).synth({ skipValidation: true })).toThrow(/KMS-01 does not hold/);
  });

  test('is a stage in a stage', () => {
    const app = new App();
    l1(newKey(new Stack(new Stage(new Stage(app, 'Prod'), 'Blue'), 'Test'))).enableKeyRotation = false;
    expect(() => app.synth()).toThrow(/\[Prod\/Blue\/Test\/Key\/Resource\] KMS-01 does not hold/);
  });

  test('can be read from the app, a stack or a construct afterwards, even of what failed', () => {
    const stack = newStack();
    const [key, other] = [newKey(stack), newKey(stack, 'Key2')];
    l1(key).enableKeyRotation = false;
    expect(() => render(stack)).toThrow(/KMS-01/);
    const paths = (scope: IConstruct) => [...new Set(verdictsOf(scope).map(v => v.path))];
    expect(paths(stack.node.root)).toEqual(['Test/Key/Resource', 'Test/Key2/Resource']);
    expect(paths(stack)).toEqual(paths(stack.node.root));
    expect(paths(key)).toEqual(['Test/Key/Resource']);
    expect(paths(l1(other))).toEqual(['Test/Key2/Resource']);
    expect(verdictsOf(key).filter(v => v.outcome === 'broken').map(v => v.control)).toEqual(['KMS-01']);
  });

  test('is written once, when somebody reads it', () => {
    const stack = newStack();
    newKey(stack);
    render(stack);
    const [first] = verdictsOf(stack);
    expect(verdictsOf(stack)[0]).toBe(first);
    render(stack);
    expect(verdictsOf(stack)[0]).not.toBe(first);
    expect(verdictsOf(stack)[0]).toEqual(first);
  });

  test('is nothing before a synthesis, which is no proof', () => {
    const stack = newStack();
    expect(verdictsOf(stack)).toEqual([]);
    newKey(stack);
    expect(() => verdictsOf(stack)).toThrow('[Test] nothing has been judged: synthesize the app first');
  });

  test('is what the function is given, and it throws from the verdicts that it leaves', () => {
    const stack = newStack();
    newKey(stack).node.tryRemoveChild('Alias');
    SecurityWaivers.of(stack).add(REASONED);
    const app = stack.node.root as App;
    const { directory } = app.synth();
    const registry = { ...registryOf(app), waivers: [], verdicts: new Map() };
    expect(() => selfCheck(registry, directory, app)).toThrow(/^the synthesized templates do not hold what the constructs promise:\n  \[Test\/Key\/Resource\] KMS-09/);
    expect(registry.verdicts.get(app)!().filter((v: any) => v.outcome === 'broken')).toHaveLength(1);
  });
});

describe('a waiver that nothing needs', () => {
  const REPORT = '@aws-cdk/core:annotationsInValidationReport';
  const text = "nothing needs the waiver of 'KMS-09', as the control holds on every resource here: it can go [ack: Annotation::cdk-hardened:waiverUnneeded:KMS-09]";
  const warnings = (scope: IConstruct) => scope.node.metadata.filter(m => m.type === 'aws:cdk:warning').map(m => m.data);
  let written: string[];
  beforeEach(() => {
    written = [];
    jest.spyOn(process.stderr, 'write').mockImplementation(chunk => { written.push(String(chunk)); return true; });
  });
  afterEach(() => jest.restoreAllMocks());
  const waived = (scope: (stack: Stack) => IConstruct = stack => stack, context = {}) => {
    const stack = newStack(context);
    newKey(stack);
    SecurityWaivers.of(scope(stack)).add({ control: 'KMS-09', reason: REASON });
    return stack;
  };

  test('is told on the terminal, with its path and the control', () => {
    const stack = waived(s => s.node.findChild('Key'));
    render(stack);
    expect(written).toEqual([`[Warning at /Test/Key] ${text}\n`]);
    render(stack);
    expect(written).toHaveLength(1);
  });

  test('is told by the report of the CDK where there is one, and once', () => {
    const stack = waived(s => s, { [REPORT]: true });
    const said = jest.spyOn(console, 'error').mockImplementation();
    render(stack);
    expect(written).toEqual([]);
    expect(warnings(stack)).toEqual([text]);
    expect(said.mock.calls.flat().join('\n')).toContain("nothing needs the waiver of 'KMS-09'");
  });

  test('is told of an app', () => {
    const stack = waived(s => s.node.root);
    render(stack);
    expect(warnings(stack.node.root)).toEqual([text]);
  });

  test('is not told once it is acknowledged above', () => {
    const stack = waived(s => s.node.findChild('Key'));
    Annotations.of(stack).acknowledgeWarning('Annotation::cdk-hardened:waiverUnneeded:KMS-09');
    render(stack);
    expect(written).toEqual([]);
  });

  test('is not one that one resource of several needs', () => {
    const stack = waived();
    newKey(stack, 'Other').node.tryRemoveChild('Alias');
    render(stack);
    expect(warnings(stack)).toEqual([]);
  });

  test('is not one that a stage needs', () => {
    const app = new App();
    for (const id of ['Dev', 'Prod']) {
      const key = newKey(new Stack(new Stage(app, id), 'Test'));
      if (id === 'Dev') { key.node.tryRemoveChild('Alias'); }
    }
    SecurityWaivers.of(app).add({ control: 'KMS-09', reason: REASON });
    app.synth();
    expect(warnings(app)).toEqual([]);
    expect(written).toEqual([]);
  });

  test('is an error if no resource claims its control', () => {
    const stack = waived();
    SecurityWaivers.of(stack).add({ control: 'LOG-02', reason: REASON });
    expect(() => render(stack)).toThrow(/the waiver of 'LOG-02' waives nothing/);
  });

  test('is acknowledged in the report of the CDK by the ID that it gives', () => {
    const stack = waived(s => s.node.findChild('Key'), { [REPORT]: true });
    const said = jest.spyOn(console, 'error').mockImplementation();
    Validations.of(stack).acknowledge({ id: 'cdk-hardened:waiverUnneeded:KMS-09', reason: 'another stage needs it' });
    render(stack);
    expect(said.mock.calls.flat().join('')).not.toContain('nothing needs');
  });
});

test('resources that wait for each other are found, which CloudFormation would do at deployment', () => {
  const stack = newStack();
  const key = newKey(stack);
  const alias = new kms.CfnAlias(stack, 'Circle', { aliasName: 'alias/a', targetKeyId: key.keyId });
  l1(key).addPropertyOverride('Description', { Ref: stack.resolve(alias.logicalId) });
  expect(() => render(stack)).toThrow(/\[Test\/Key\/Resource\] waits for itself, by way of 'Test\/Circle', 'Test\/Key\/Resource': CloudFormation would refuse the stack/);
});

describe('what AWS would refuse of texts', () => {
  const group = (id: string, description?: string) => {
    const stack = newStack();
    new CustomerManagedKey(stack, 'Key', { description: 'Anything that is checked' });
    new ec2.CfnSecurityGroup(new Construct(stack, id), 'Group', { groupDescription: description ?? `of ${id}`, tags: [{ key: 'Name', value: `Test/${id}` }] });
    return stack;
  };

  test('is told with the path', () => {
    expect(() => render(group('Shop'))).not.toThrow();
    expect(() => render(group('Geschäft'))).toThrow("[Test/Geschäft/Group] has the character 'ä' in 'GroupDescription'");
    expect(() => render(group('a'.repeat(300), 'short'))).toThrow(/Group\] has 305 characters in the tag 'Name', and AWS takes 256/);
  });
});
