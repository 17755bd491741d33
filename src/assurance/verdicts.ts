// Judges claims by the templates that were written.
import * as fs from 'fs';
import * as path from 'path';
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import { evidenceOf } from './evidence';
import type { Claim, Outcome, Registry, Verdict, VerdictWaiver } from './registry';
import type { Cover } from './waivers';
import { coverOf } from './waivers';
import type { Control } from '../core/control';
import type { RenderedResource } from '../core/template';
import { RenderedTemplate } from '../core/template';
import { fail } from '../core/validate';

/** A claim, judged. Few are read, so that `verdictOf` puts it into words, with its evidence, for who does. */
export interface Judged {
  readonly control: Control;
  readonly subject: Subject;
  readonly holds: boolean;
  readonly cover?: Cover;
}

/** Reads the templates in a stage's directory and judges claims by them, in their order. */
export function judgeAll(registry: Registry, outdir: string, claims: readonly Claim[] = registry.claims): Judged[] {
  const subjects = subjectsOf(outdir, claims);
  return claims.map(({ resource, control }) => {
    const subject = subjects.get(resource)!;
    const { rendered, template } = subject;
    const holds = rendered !== undefined && control.holds(rendered, template);
    return { control, subject, holds, cover: coverOf(registry, resource, control) };
  });
}

/** As `judgeAll`, in words. */
export function judge(registry: Registry, outdir: string, claims?: readonly Claim[]): Verdict[] {
  return judgeAll(registry, outdir, claims).map(verdictOf);
}

/** What became of a claim. */
export function outcomeOf({ holds, cover }: Judged): Outcome {
  return holds ? 'holds' : cover?.kind ?? 'broken';
}

/** A judged claim, as plain data. */
export function verdictOf(judged: Judged): Verdict {
  const { control, cover, holds, subject: { rendered, template, resource, logicalId } } = judged;
  const evidence = rendered ? evidenceOf(rendered, template, control.property) : { property: control.property };
  return {
    control: control.id,
    path: resource.node.path,
    logicalId,
    stack: resource.stack.node.path,
    type: resource.cfnResourceType,
    ...evidence,
    outcome: outcomeOf(judged),
    reason: holds ? control.title : cover?.reason ?? broken(control, rendered),
    ...cover && { waiver: waiver(cover) },
  };
}

/** A resource that something is claimed on. Several controls are, and finding it takes longer than judging one of them. */
interface Subject {
  readonly resource: CfnResource;
  readonly logicalId: string;
  readonly template: RenderedTemplate;
  /** As it is in the template; undefined if it is not there, or is of another type. */
  readonly rendered?: RenderedResource;
}

function subjectsOf(outdir: string, claims: readonly Claim[]): Map<CfnResource, Subject> {
  const byStack = new Map<Stack, Set<CfnResource>>();
  for (const { resource } of claims) {
    const known = byStack.get(resource.stack);
    if (known) { known.add(resource); } else { byStack.set(resource.stack, new Set([resource])); }
  }
  return new Map([...byStack].flatMap(([stack, resources]) => subjectsIn(stack, outdir, [...resources])));
}

function subjectsIn(stack: Stack, outdir: string, resources: readonly CfnResource[]): [CfnResource, Subject][] {
  const file = path.join(outdir, stack.templateFile);
  if (!fs.existsSync(file)) {
    fail(stack, `there is no template '${file}', so nothing in this stack can be judged: `
      + 'give the stack a synthesizer that writes its template');
  }
  // All at once: the stack takes longer for each of them alone.
  const ids = stack.resolve(resources.map(r => r.logicalId)) as string[];
  const template = new RenderedTemplate(JSON.parse(fs.readFileSync(file, 'utf8')));
  return resources.map((resource, i) => {
    const logicalId = ids[i];
    const found = template.resource(logicalId);
    return [resource, { resource, logicalId, template, rendered: found?.type === resource.cfnResourceType ? found : undefined }];
  });
}

function waiver({ scope, reason, expires }: Cover): VerdictWaiver {
  return { setAt: scope.node.path, reason, ...expires !== undefined && { expires } };
}

function broken(control: Control, resource: RenderedResource | undefined): string {
  const gone = resource ? '' : ' (the template has no such resource)';
  const way = control.kind === 'floor' ? ' (a floor: it has no waiver)'
    : `, or waive '${control.id}' with a reason, in 'waivers' or by 'SecurityWaivers.of(construct).add'`;
  return `'${control.property}' does not make sure that ${control.title}${gone}: ${control.mend}${way}`;
}
