import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { App, CfnResource, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { judge, registryOf, Verdict } from '../../src/foundation/claims';
import { RenderedTemplate } from '../../src/private/rendered';

/** The feature flags that the suite runs under: a bare app, and one as `cdk init` makes it. */
export const FLAG_SETS: [string, Record<string, unknown>][] = [
  ['no', {}],
  ['all recommended', withoutValidation(recommended as any)],
];

function withoutValidation(flags: any): Record<string, unknown> {
  const { default: _, ...rest } = flags;
  return rest;
}

/** What a test builds: a stack's content. */
export type Build = (stack: Stack) => void;

export function newStack(context: Record<string, unknown> = {}, props: StackProps = {}): Stack {
  return new Stack(new App({ context, analyticsReporting: false, treeMetadata: false }), 'Test', props);
}

/** Synthesizes the app of a stack and returns the stack's template. */
export function render(stack: Stack): RenderedTemplate {
  const assembly = (stack.node.root as App).synth({ force: true });
  return new RenderedTemplate(assembly.getStackArtifact(stack.artifactId).template);
}

/** What became of each claim. Synthesizes without the self-check having a say: it runs, and throws, in `render`. */
export function verdicts(stack: Stack): Verdict[] {
  const app = stack.node.root as App;
  return judge(registryOf(stack), app.synth().directory);
}

/** IDs of the controls that a construct claims on resources of a type, sorted, each once. */
export function claimed(stack: Stack, type?: string): string[] {
  const claims = registryOf(stack).claims.filter(c => type === undefined || c.resource.cfnResourceType === type);
  return [...new Set(claims.map(c => c.control.id))].sort();
}

export interface ProveOptions {
  readonly stackProps?: StackProps;
  /** Controls about something that must be absent: removing a property can't break them, the test of their family does. */
  readonly absences?: string[];
}

/**
 * The pair of tests that every claim needs: it holds by default, under either set of flags, and it can't be removed without a
 * reason: taking its property out of the L1 fails the synthesis.
 */
export function proveControls(build: Build, options: ProveOptions = {}): void {
  const absences = ['IAM-01', 'KMS-12', ...options.absences ?? []];
  describe.each(FLAG_SETS)('under %s feature flags', (_name, context) => {
    test('every claimed control holds', () => {
      const stack = newStack(context, options.stackProps);
      build(stack);
      const all = verdicts(stack);
      expect(all.length).toBeGreaterThan(0);
      expect(all.filter(v => !v.holds && !v.waiver).map(v => `${v.control.id} on ${v.resource.node.path}`)).toEqual([]);
    });
  });

  test('no claimed control can be removed without a reason', () => {
    const first = newStack({}, options.stackProps);
    build(first);
    const survivors: string[] = [];
    registryOf(first).claims.forEach(({ control, resource }, i) => {
      if (absences.includes(control.id)) { return; }
      const stack = newStack({}, options.stackProps);
      build(stack);
      weaken(stack, registryOf(stack).claims[i].resource, control.property);
      let message = '';
      try { (stack.node.root as App).synth(); } catch (e: any) { message = e.message; }
      if (!message.includes(`${control.id} does not hold`) || !message.includes(resource.node.path)) {
        survivors.push(`${control.id} on ${resource.node.path} without '${control.property}'`);
      }
    });
    expect(survivors).toEqual([]);
  });
}

/** Takes what carries a control out of the template, as an aspect or an escape hatch of a consumer could. */
function weaken(stack: Stack, resource: CfnResource, property: string): void {
  if (property === 'DeletionPolicy') {
    resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
  } else if (property.startsWith('AWS::')) {
    const doomed: IConstruct[] = stack.node.findAll().filter(c => CfnResource.isCfnResource(c) && c.cfnResourceType === property);
    doomed.forEach(c => c.node.scope!.node.tryRemoveChild(c.node.id));
  } else {
    const names = property === 'PolicyDocument' ? ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'] : [property];
    names.forEach(name => resource.addPropertyDeletionOverride(name));
  }
}
