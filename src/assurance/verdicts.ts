// Judges claims by the templates that were written, and by all that touches their resources.
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { WrittenStack } from './assembly';
import { idInGraph, logicalIdsOf, WrittenAssembly } from './assembly';
import { evidenceOf } from './evidence';
import type { Addition, Claim, Outcome, Registry, Verdict, VerdictWaiver } from './registry';
import type { Cover } from './waivers';
import { coverOf } from './waivers';
import type { Control } from '../core/control';
import type { RenderedResource, RenderedTemplate } from '../core/template';

/**
 * Judges claims by the templates of an assembly, in their order.
 *
 * @param where the templates, or the directory that those of the claims' stacks are in
 */
export function judgeAll(registry: Registry, where: WrittenAssembly | string, claims: readonly Claim[] = registry.claims): Judged[] {
  const assembly = typeof where === 'string' ? new WrittenAssembly(new Map(claims.map(c => [c.resource.stack, where]))) : where;
  const subjects = subjectsOf(assembly, claims);
  return claims.map(claim => new Judged(registry, assembly, subjects.get(claim.resource)!, claim.control));
}

/** As `judgeAll`, in words. */
export function judge(registry: Registry, where: WrittenAssembly | string, claims?: readonly Claim[]): Verdict[] {
  return judgeAll(registry, where, claims).map(j => j.verdict());
}

/** A resource that something is claimed on. Several controls are, and finding it takes longer than judging one of them. */
interface Subject {
  readonly resource: CfnResource;
  readonly stack: WrittenStack;
  readonly logicalId: string;
  /** Where it is in the worlds of its own template. */
  readonly own: readonly Place[];
  /** Where it is judged: where its stack is linked to others it does not stand alone. */
  readonly places: readonly Place[];
}

/** The resource in a template; undefined where it is not there, or is of another type. */
interface Place {
  readonly template: RenderedTemplate;
  readonly resource?: RenderedResource;
}

function subjectsOf(assembly: WrittenAssembly, claims: readonly Claim[]): Map<CfnResource, Subject> {
  const byStack = new Map<Stack, Set<CfnResource>>();
  for (const { resource } of claims) {
    const known = byStack.get(resource.stack);
    if (known) { known.add(resource); } else { byStack.set(resource.stack, new Set([resource])); }
  }
  const written = new Map(assembly.stacks.map(s => [s.stack, s]));
  return new Map([...byStack].flatMap(([stack, resources]) => subjectsIn(assembly, written.get(stack)!, [...resources])));
}

function subjectsIn(assembly: WrittenAssembly, stack: WrittenStack, resources: readonly CfnResource[]): [CfnResource, Subject][] {
  const ids = logicalIdsOf(stack.stack, resources);
  const graphs = assembly.isTouched(stack) ? assembly.graphs.map(g => g.template) : [];
  return resources.map((resource, i) => {
    const logicalId = ids[i];
    const placeIn = (template: RenderedTemplate, id: string): Place => {
      const found = template.resource(id);
      return { template, resource: found?.type === resource.cfnResourceType ? found : undefined };
    };
    const own = stack.worlds.map(world => placeIn(world, logicalId));
    const places = graphs.length > 0 ? graphs.map(graph => placeIn(graph, idInGraph(stack, logicalId))) : own;
    return [resource, { resource, stack, logicalId, own, places }];
  });
}

/** A claim, judged. Few are read, so that `verdict` puts it into words, with its evidence, for who does. */
export class Judged {
  public readonly outcome: Outcome;
  private readonly cover?: Cover;
  private readonly additions: readonly RenderedResource[];

  constructor(
    private readonly registry: Registry,
    private readonly assembly: WrittenAssembly,
    private readonly subject: Subject,
    private readonly control: Control,
  ) {
    const itself = holdsIn(subject.places, control);
    this.additions = control.breaks ? additionsIn(this.everywhere(control.breaks)) : NONE;
    const isAlone = this.additions.length === 0;
    this.cover = coverOf(registry, subject.resource, control) ?? (itself && !isAlone ? this.coverOfAdditions() : undefined);
    this.outcome = itself && isAlone ? 'holds' : this.cover?.kind ?? 'broken';
  }

  /** As plain data. */
  public verdict(): Verdict {
    const { control, cover, subject: { resource, logicalId, stack } } = this;
    const rendered = stack.template.resource(logicalId) ?? this.subject.own.find(p => p.resource)?.resource;
    return {
      control: control.id,
      path: resource.node.path,
      logicalId,
      stack: resource.stack.node.path,
      type: resource.cfnResourceType,
      ...rendered?.type === resource.cfnResourceType ? evidenceOf(rendered, stack.template, control.property)
        : { property: control.property },
      outcome: this.outcome,
      reason: this.outcome === 'holds' ? control.title : cover?.reason ?? broken(control, rendered, this.tellings()),
      ...this.additions.length > 0 && { additions: this.additions.map(a => this.told(a)) },
      ...cover && { waiver: waiver(cover) },
    };
  }

  /** A default is waived where an addition is made: each of them has to be. */
  private coverOfAdditions(): Cover | undefined {
    const covers = this.additions.map(a => {
      const construct = this.assembly.constructOf(a, this.subject.stack);
      return construct && coverOf(this.registry, construct, this.control);
    });
    return covers.every(c => c !== undefined) ? covers[0] : undefined;
  }

  /** What breaks the control, in words, each once. */
  private tellings(): string[] {
    const { tells } = this.control;
    return tells ? [...new Set(this.everywhere(tells))] : [];
  }

  /** What is answered of the resource in every world: of all stacks, where another one touches its own. */
  private everywhere<T>(ask: (resource: RenderedResource, template: RenderedTemplate) => readonly T[]): T[] {
    const found: T[] = [];
    for (const { resource, template } of this.subject.places) {
      if (resource) { found.push(...ask(resource, template)); }
    }
    return found;
  }

  private told(addition: RenderedResource): Addition {
    const { owner, logicalId } = this.assembly.placeOf(addition, this.subject.stack);
    const path = this.assembly.constructOf(addition, this.subject.stack)?.node.path ?? `${owner.stack.node.path}/${logicalId}`;
    return { path, logicalId, stack: owner.stack.node.path, type: addition.type };
  }
}

const NONE: readonly RenderedResource[] = [];

/** Whether a control holds of the resource itself in every world. */
function holdsIn(places: readonly Place[], control: Control): boolean {
  for (const { resource, template } of places) {
    if (resource === undefined || !control.holds(resource, template)) { return false; }
  }
  return true;
}

/** What was added to a resource and breaks a control, each once. */
function additionsIn(found: readonly RenderedResource[]): readonly RenderedResource[] {
  return found.length === 0 ? NONE : [...new Map(found.map(r => [r.logicalId, r])).values()];
}

function waiver({ scope, reason, expires }: Cover): VerdictWaiver {
  return { setAt: scope.node.path, reason, ...expires !== undefined && { expires } };
}

function broken(control: Control, resource: RenderedResource | undefined, tellings: readonly string[]): string {
  const gone = resource ? '' : ' (the template has no such resource)';
  const way = control.kind === 'floor' ? ' (a floor: it has no waiver)'
    : `, or waive '${control.id}' with a reason, in 'waivers' or by 'SecurityWaivers.of(construct).add'`;
  const what = tellings.length > 0 ? ` (${tellings.join('; ')})` : '';
  return `'${control.property}' does not make sure that ${control.title}${gone}${what}: ${control.mend}${way}`;
}
