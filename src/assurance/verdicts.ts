// Judges claims by the templates that were written, and by all that touches their resources.
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { WrittenStack } from './assembly';
import { idInGraph, WrittenAssembly } from './assembly';
import { evidenceOf } from './evidence';
import type { Addition, Claim, Registry, Verdict, VerdictWaiver } from './registry';
import type { Cover } from './waivers';
import { coverOf } from './waivers';
import type { Control } from '../core/control';
import type { RenderedResource, RenderedTemplate } from '../core/template';

/**
 * Judges claims by the templates of an assembly, in their order.
 *
 * @param where the templates, or the directory that those of the claims' stacks are in
 */
export function judge(registry: Registry, where: WrittenAssembly | string, claims: readonly Claim[] = registry.claims): Verdict[] {
  const assembly = typeof where === 'string' ? new WrittenAssembly(new Map(claims.map(c => [c.resource.stack, where]))) : where;
  const stacks = new Map(assembly.stacks.map(s => [s.stack, s]));
  const ids = logicalIds(claims);
  return claims.map(claim => new Judgement(registry, assembly, stacks.get(claim.resource.stack)!, claim, ids.get(claim.resource)!)
    .verdict());
}

/** The logical IDs of what is claimed. All of a stack at once: the stack takes longer for each of them alone. */
function logicalIds(claims: readonly Claim[]): Map<CfnResource, string> {
  const byStack = new Map<Stack, Set<CfnResource>>();
  for (const { resource } of claims) { byStack.set(resource.stack, (byStack.get(resource.stack) ?? new Set()).add(resource)); }
  return new Map([...byStack].flatMap(([stack, set]) => {
    const resources = [...set];
    const ids = stack.resolve(resources.map(r => r.logicalId)) as string[];
    return resources.map((r, i) => [r, ids[i]] as const);
  }));
}

/** One claim before the templates. */
class Judgement {
  constructor(
    private readonly registry: Registry,
    private readonly assembly: WrittenAssembly,
    private readonly stack: WrittenStack,
    private readonly claim: Claim,
    private readonly logicalId: string,
  ) {
  }

  public verdict(): Verdict {
    const { resource, control } = this.claim;
    const own = this.own(this.stack.template, this.logicalId);
    const additions = this.additions();
    const uncovered = additions.filter(a => !this.coverOfAddition(a));
    const itself = this.holdsItself();
    const cover = coverOf(this.registry, resource, control)
      ?? (itself && uncovered.length === 0 && additions.length > 0 ? this.coverOfAddition(additions[0]) : undefined);
    const holds = itself && additions.length === 0;
    return {
      control: control.id,
      path: resource.node.path,
      logicalId: this.logicalId,
      stack: resource.stack.node.path,
      type: resource.cfnResourceType,
      ...own ? evidenceOf(own, this.stack.template, control.property) : { property: control.property },
      outcome: holds ? 'holds' : cover?.kind ?? 'broken',
      reason: holds ? control.title : cover?.reason ?? broken(control, own, this.tellings()),
      ...additions.length > 0 && { additions: additions.map(a => this.told(a)) },
      ...cover && { waiver: waiver(cover) },
    };
  }

  /** Whether the control holds by the stack's own template; where it is linked to others, by all of them, as it does not stand alone. */
  private holdsItself(): boolean {
    const { control } = this.claim;
    const holdsIn = (template: RenderedTemplate, id: string) => {
      const resource = this.own(template, id);
      return resource !== undefined && control.holds(resource, template);
    };
    const graphs = this.graphs();
    return graphs.length > 0 ? graphs.every(graph => holdsIn(graph, this.graphId))
      : this.stack.worlds.every(world => holdsIn(world, this.logicalId));
  }

  /** What was added to the resource and breaks the control, in any world, each once. */
  private additions(): RenderedResource[] {
    const { breaks } = this.claim.control;
    return breaks ? [...new Map(this.everywhere(breaks).map(r => [r.logicalId, r])).values()] : [];
  }

  /** What breaks the control, in words, each once. */
  private tellings(): string[] {
    const { tells } = this.claim.control;
    return tells ? [...new Set(this.everywhere(tells))] : [];
  }

  /** What is answered of the resource in every world: of all stacks, where another one touches its own. */
  private everywhere<T>(ask: (resource: RenderedResource, template: RenderedTemplate) => readonly T[]): T[] {
    const graphs = this.graphs();
    const places = graphs.length > 0 ? graphs.map(g => [g, this.graphId] as const)
      : this.stack.worlds.map(w => [w, this.logicalId] as const);
    return places.flatMap(([template, id]) => {
      const resource = this.own(template, id);
      return resource ? ask(resource, template) : [];
    });
  }

  private graphs(): RenderedTemplate[] {
    return this.assembly.isTouched(this.stack) ? this.assembly.graphs.map(g => g.template) : [];
  }

  private get graphId(): string {
    return idInGraph(this.stack, this.logicalId);
  }

  private own(template: RenderedTemplate, id: string): RenderedResource | undefined {
    const found = template.resource(id);
    return found?.type === this.claim.resource.cfnResourceType ? found : undefined;
  }

  /** A default is waived where the addition is made. */
  private coverOfAddition(addition: RenderedResource): Cover | undefined {
    const construct = this.assembly.constructOf(addition, this.stack);
    return construct && coverOf(this.registry, construct, this.claim.control);
  }

  private told(addition: RenderedResource): Addition {
    const { owner, logicalId } = this.assembly.placeOf(addition, this.stack);
    const path = this.assembly.constructOf(addition, this.stack)?.node.path ?? `${owner.stack.node.path}/${logicalId}`;
    return { path, logicalId, stack: owner.stack.node.path, type: addition.type };
  }
}

function waiver({ scope, reason, expires }: Cover): VerdictWaiver {
  return { setAt: scope.node.path, reason, ...expires !== undefined && { expires } };
}

function broken(control: Control, resource: RenderedResource | undefined, tellings: readonly string[]): string {
  const gone = resource ? '' : ' (the template has no such resource)';
  const way = control.kind === 'floor' ? ' (a floor: it has no waiver)' : `, or pass a waiver of '${control.id}' with a reason`;
  const what = tellings.length > 0 ? ` (${tellings.join('; ')})` : '';
  return `'${control.property}' no longer makes sure that ${control.title}${gone}${what}: ${control.mend}${way}`;
}
