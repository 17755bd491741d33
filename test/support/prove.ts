import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, StackProps } from 'aws-cdk-lib/core';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { registryOf, Verdict } from '../../src/assurance/registry';
import { selfCheck, verdictsOf } from '../../src/assurance/self-check';
import { RenderedResource, RenderedTemplate } from '../../src/core/template';

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

/** A resource as tests read it: they know what they expect. */
export type LooseResource = Omit<RenderedResource, 'properties'> & { readonly properties: any };

/** A template as tests read it. */
export type LooseTemplate = {
  readonly json: any;
  resource(logicalId: string): LooseResource | undefined;
  resourcesOf(type: string): LooseResource[];
  referring(type: string, property: string, logicalId: string): LooseResource[];
} & RenderedTemplate;

/** Synthesizes the app of a stack and returns the stack's template. */
export function render(stack: Stack): LooseTemplate {
  const assembly = (stack.node.root as App).synth({ force: true });
  return new RenderedTemplate(assembly.getStackArtifact(stack.artifactId).template);
}

/** What became of each claim of a stack's app, by the self-check in its synthesis, which throws if one is broken. */
export function verdicts(stack: Stack): Verdict[] {
  const app = stack.node.root as App;
  app.synth();
  return verdictsOf(app);
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
 * reason: without its property in the template the self-check names it.
 */
export function proveControls(build: Build, options: ProveOptions = {}): void {
  const absences = ['IAM-01', 'KMS-12', 'SNS-05', ...options.absences ?? []];
  describe.each(FLAG_SETS)('under %s feature flags', (_name, context) => {
    test('every claimed control holds', () => {
      const stack = newStack(context, options.stackProps);
      build(stack);
      const all = verdicts(stack);
      expect(all.length).toBeGreaterThan(0);
      expect(all.filter(v => v.outcome === 'broken').map(v => `${v.control} on ${v.path}`)).toEqual([]);
    });
  });

  test('no claimed control can be removed without a reason', () => {
    const stack = newStack({}, options.stackProps);
    build(stack);
    const app = stack.node.root as App;
    const outdir = app.synth().directory;
    const file = path.join(outdir, stack.templateFile);
    const written = fs.readFileSync(file, 'utf8');
    const survivors = registryOf(stack).claims.filter(claim => {
      const { control, resource } = claim;
      if (absences.includes(control.id)) { return false; }
      const template = JSON.parse(written);
      weaken(template, stack.resolve(resource.logicalId), control.property);
      fs.writeFileSync(file, JSON.stringify(template));
      try {
        selfCheck({ ...registryOf(stack), claims: [claim] }, outdir, app);
      } catch (e: any) {
        return !e.message.split('\n').some((l: string) => l.includes(`[${resource.node.path}] ${control.id} does not hold`));
      }
      return true;
    });
    expect(survivors.map(({ control, resource }) => `${control.id} on ${resource.node.path} without '${control.property}'`)).toEqual([]);
  });
}

/** Takes what carries a control out of a template, as an aspect, an injector or an escape hatch of a consumer would. */
function weaken(template: any, logicalId: string, property: string): void {
  const resource = template.Resources[logicalId];
  if (property === 'DeletionPolicy') {
    resource.DeletionPolicy = resource.UpdateReplacePolicy = 'Delete';
  } else if (property.startsWith('AWS::')) {
    for (const [id, other] of Object.entries<any>(template.Resources)) {
      if (other.Type === property) { delete template.Resources[id]; }
    }
  } else if (property === 'PolicyDocument') {
    for (const name of ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument']) { delete resource.Properties[name]; }
  } else {
    const names = property.split('.');
    const holder = names.slice(0, -1).reduce((at, name) => at?.[name], resource.Properties);
    delete holder?.[names[names.length - 1]];
  }
}
