// Reads the templates that were written, and links them: those of a stage, or of a whole app.
import * as fs from 'fs';
import * as path from 'path';
import type { CfnElement, CfnResource, IResolveContext } from 'aws-cdk-lib/core';
import { CfnResource as CfnResourceClass, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { PlacedTemplate } from '../core/assembly';
import { AssemblyGraph, graphId, placeOf } from '../core/assembly';
import type { RenderedResource } from '../core/template';
import { RenderedTemplate } from '../core/template';
import { fail } from '../core/validate';
import type { JsonObject } from '../core/values';
import { hasChoices, MOST_WORLDS, worldsOf } from '../core/worlds';

/** A stack as it was written, in each world that its conditions and parameters may make. */
export interface WrittenStack {
  readonly stack: Stack;
  readonly key: string;
  /** The template as it was written. */
  readonly template: RenderedTemplate;
  /** The template in each world; the template itself if there is only one. */
  readonly worlds: readonly RenderedTemplate[];
}

/** A logical ID needs none to be resolved. */
const NO_CONTEXT = undefined as unknown as IResolveContext;

/** Stacks that were written, and what links them. */
export class WrittenAssembly {
  public readonly stacks: readonly WrittenStack[];
  private linked?: readonly AssemblyGraph[];
  private readonly byKey: Map<string, WrittenStack>;
  private readonly elements = new Map<Stack, Map<string, CfnResource>>();

  /** @param directories where the template of each stack is */
  constructor(directories: ReadonlyMap<Stack, string>) {
    this.stacks = [...directories].map(([stack, directory], i) => written(stack, `s${i}`, directory));
    this.byKey = new Map(this.stacks.map(s => [s.key, s]));
  }

  /** The graph of all stacks, in each world. Of a single stack there is none: its template is the graph. */
  public get graphs(): readonly AssemblyGraph[] {
    return this.linked ??= this.stacks.length < 2 ? [] : combined(this.stacks).map(templates => new AssemblyGraph(templates));
  }

  /** Whether a resource of a stack is referred to from another one, or refers to one there. */
  public isTouched(stack: WrittenStack): boolean {
    return this.graphs.some(g => g.touched.has(stack.key) || g.reaching.has(stack.key));
  }

  /** The construct of a resource of a graph, or of a stack's own template. */
  public constructOf(resource: Pick<RenderedResource, 'logicalId'>, stack: WrittenStack): CfnResource | undefined {
    const { owner, logicalId } = this.placeOf(resource, stack);
    const known = this.elements.get(owner.stack) ?? elementsOf(owner.stack);
    this.elements.set(owner.stack, known);
    return known.get(logicalId);
  }

  /** The stack and the logical ID of a resource of a graph, or of a stack's own template. */
  public placeOf(resource: Pick<RenderedResource, 'logicalId'>,
    stack: WrittenStack): { readonly owner: WrittenStack; readonly logicalId: string } {
    const { key, logicalId } = placeOf(resource.logicalId);
    return { owner: this.byKey.get(key) ?? stack, logicalId };
  }
}

/** The stacks at a scope and below it, and those of stages below it. */
export function stacksBelow(scope: IConstruct): { readonly own: Stack[]; readonly ofStages: Stack[] } {
  const [own, ofStages]: [Stack[], Stack[]] = [[], []];
  const look = (construct: IConstruct, found: Stack[]) => {
    if (Stack.isStack(construct)) { found.push(construct); }
    for (const child of construct.node.children) { look(child, Stage.isStage(child) ? ofStages : found); }
  };
  look(scope, own);
  return { own, ofStages };
}

/** The ID of a resource of a stack in the graph. */
export function idInGraph(stack: WrittenStack, logicalId: string): string {
  return graphId(stack.key, logicalId);
}

function written(stack: Stack, key: string, directory: string): WrittenStack {
  const file = path.join(directory, stack.templateFile);
  if (!fs.existsSync(file)) {
    fail(stack, `there is no template '${file}', so nothing in this stack can be judged: `
      + 'give the stack a synthesizer that writes its template');
  }
  const text = fs.readFileSync(file, 'utf8');
  const json = JSON.parse(text) as JsonObject;
  const account = Token.isUnresolved(stack.account) ? undefined : stack.account;
  const template = new RenderedTemplate(json, account);
  if (!hasChoices(text, template)) { return { stack, key, template, worlds: [template] }; }
  const worlds = worldsOf(json, stack.nestedStackParent !== undefined) ?? fail(stack,
    `the conditions, parameters and mappings of the template make more than ${MOST_WORLDS} variants, `
    + 'too many to judge each: decide some of them when the app is synthesized');
  return { stack, key, template, worlds: worlds.map(w => new RenderedTemplate(w, account)) };
}

/** Every combination of the worlds of stacks; of too many, the first ones of all but one stack. */
function combined(stacks: readonly WrittenStack[]): PlacedTemplate[][] {
  const count = stacks.reduce((product, s) => product * s.worlds.length, 1);
  const place = (choose: (stack: WrittenStack) => RenderedTemplate) => stacks.map(s => placed(s, choose(s), stacks));
  if (count > MOST_WORLDS) {
    return stacks.flatMap(varied => varied.worlds.map(world => place(s => s === varied ? world : s.worlds[0])));
  }
  const choices = stacks.reduce<Map<WrittenStack, RenderedTemplate>[]>(
    (some, s) => some.flatMap(chosen => s.worlds.map(w => new Map(chosen).set(s, w))), [new Map()]);
  return choices.map(chosen => place(s => chosen.get(s)!));
}

function placed({ stack, key }: WrittenStack, template: RenderedTemplate, all: readonly WrittenStack[]): PlacedTemplate {
  const known = (value: string) => Token.isUnresolved(value) ? undefined : value;
  const parent = stack.nestedStackParent && all.find(s => s.stack === stack.nestedStackParent);
  const resource = stack.nestedStackResource as CfnElement | undefined;
  return {
    key,
    stackName: known(stack.stackName),
    account: known(stack.account),
    region: known(stack.region),
    nestedIn: parent && resource && { key: parent.key, logicalId: String(parent.stack.resolve(resource.logicalId)) },
    json: template.json,
  };
}

/** The resources of a stack by their logical IDs. Asked for only when something is to be told: it takes long. */
function elementsOf(stack: Stack): Map<string, CfnResource> {
  const resources = stack.node.findAll().filter((c): c is CfnResource => CfnResourceClass.isCfnResource(c) && c.stack === stack);
  const ids = logicalIdsOf(stack, resources);
  return new Map(resources.map((r, i) => [ids[i], r]));
}

/** The logical IDs of resources of a stack. Each is a token for a text that is there by now, which takes less to read than to resolve. */
export function logicalIdsOf(stack: Stack, resources: readonly CfnResource[]): string[] {
  const ids = resources.map(({ logicalId }) => Tokenization.reverse(logicalId)?.resolve(NO_CONTEXT) as unknown);
  return ids.every(id => typeof id === 'string') ? ids : stack.resolve(resources.map(r => r.logicalId)) as string[];
}
