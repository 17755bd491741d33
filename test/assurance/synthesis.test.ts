import * as fs from 'fs';
import * as path from 'path';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, attachCustomSynthesis, Stack, Stage } from 'aws-cdk-lib/core';
import { afterSynthesis } from '../../src/assurance/synthesis';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';

/** A stack with a key that does not rotate, so that its self-check fails if it runs. */
function weak(stage: Stage): kms.CfnKey {
  const resource = new CustomerManagedKey(new Stack(stage, 'Test'), 'Key', { description: 'Data' }).node.defaultChild as kms.CfnKey;
  resource.enableKeyRotation = false;
  return resource;
}

/** Runs what is attached, and counts. */
function counter() {
  const runs: string[] = [];
  return { runs, onSynthesize: (session: any) => { runs.push(session.outdir); } };
}

test('runs when every template of the stage is on disk, also of stacks that come later', () => {
  const app = new App();
  const found: string[][] = [];
  new Stack(app, 'First');
  afterSynthesis(app, session => found.push(fs.readdirSync(session.outdir).filter(f => f.endsWith('.template.json'))));
  new Stack(app, 'Second');
  app.synth();
  expect(found).toEqual([['First.template.json', 'Second.template.json']]);
});

test('runs once for each synthesis, however often it was asked for', () => {
  const app = new App();
  let runs = 0;
  afterSynthesis(app, () => runs++);
  afterSynthesis(app, () => runs++);
  app.synth();
  app.synth({ force: true });
  expect(runs).toBe(2);
});

test('adds one construct to the stage, and no resource', () => {
  const app = new App();
  weak(app).enableKeyRotation = true;
  expect(app.node.children.map(c => c.node.id)).toEqual(['Test', 'HardenedSelfCheck']);
  const { template } = app.synth().getStackByName('Test');
  expect(Object.keys(template.Resources)).toHaveLength(2);
});

describe('what the owner of the app attaches', () => {
  const isFound = (app: App) => expect(() => app.synth({ force: true })).toThrow(/KMS-01 does not hold/);

  test.each([['early', true], ['late', false]])('%s runs, and so does the self-check', (_name, early) => {
    const app = new App();
    const own = counter();
    if (early) { attachCustomSynthesis(app, own); }
    weak(app);
    if (!early) { attachCustomSynthesis(app, own); }
    isFound(app);
    expect(own.runs).toEqual([app.outdir]);
  });

  test('runs first, so that what it does to a template is judged', () => {
    const app = new App();
    attachCustomSynthesis(app, {
      onSynthesize: session => {
        const file = path.join(session.outdir, 'Test.template.json');
        fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"EnableKeyRotation": true', '"EnableKeyRotation": false'));
      },
    });
    weak(app).enableKeyRotation = true;
    isFound(app);
  });

  test('runs once in each of several syntheses', () => {
    const app = new App();
    const own = counter();
    attachCustomSynthesis(app, own);
    const resource = weak(app);
    isFound(app);
    isFound(app);
    resource.enableKeyRotation = true;
    app.synth({ force: true });
    expect(own.runs).toHaveLength(3);
  });

  test('after a first synthesis runs too', () => {
    const app = new App();
    const own = counter();
    const resource = weak(app);
    resource.enableKeyRotation = true;
    app.synth();
    attachCustomSynthesis(app, own);
    resource.enableKeyRotation = false;
    isFound(app);
    isFound(app);
    expect(own.runs).toHaveLength(2);
  });

  test('keeps its object, as `this`', () => {
    const app = new App();
    class Own {
      public runs = 0;
      public onSynthesize() { this.runs++; }
    }
    const own = new Own();
    weak(app);
    attachCustomSynthesis(app, own);
    isFound(app);
    expect(own.runs).toBe(1);
  });

  test('to several stages at once runs in each, with the check of each', () => {
    const app = new App();
    const own = counter();
    const resources = ['A', 'B'].map(id => {
      const stage = new Stage(app, id);
      attachCustomSynthesis(stage, own);
      return weak(stage);
    });
    expect(() => app.synth()).toThrow(/\[A\/Test\/Key\/Resource\] KMS-01/);
    resources[0].enableKeyRotation = true;
    expect(() => app.synth({ force: true })).toThrow(/\[B\/Test\/Key\/Resource\] KMS-01/);
    resources[1].enableKeyRotation = true;
    app.synth({ force: true });
    expect(own.runs.map(dir => path.basename(dir))).toEqual(['assembly-A', 'assembly-A', 'assembly-B', 'assembly-B']);
  });

  test('frozen is refused, as nothing could run after it', () => {
    const app = new App();
    attachCustomSynthesis(app, Object.freeze(counter()));
    weak(app).enableKeyRotation = true;
    expect(() => app.synth()).toThrow("[] what 'attachCustomSynthesis' attached to this stage is frozen, so the self-check can't run after it: attach an object that is not");
  });

  test('fails with its own error', () => {
    const app = new App();
    attachCustomSynthesis(app, { onSynthesize: () => { throw new Error('of the owner'); } });
    weak(app);
    expect(() => app.synth()).toThrow('of the owner');
  });
});
