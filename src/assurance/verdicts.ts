// Judges claims by the templates that were written.
import * as fs from 'fs';
import * as path from 'path';
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import { evidenceOf } from './evidence';
import type { Claim, Registry, Verdict, VerdictWaiver } from './registry';
import type { Cover } from './waivers';
import { coverOf } from './waivers';
import type { Control } from '../core/control';
import type { RenderedResource } from '../core/template';
import { RenderedTemplate } from '../core/template';
import { fail } from '../core/validate';

/** Reads the templates in a stage's directory and judges claims by them, in their order. */
export function judge(registry: Registry, outdir: string, claims: readonly Claim[] = registry.claims): Verdict[] {
  const subjects = subjectsOf(outdir, claims);
  return claims.map(({ resource, control }) => verdict(subjects.get(resource)!, control, coverOf(registry, resource, control)));
}

/** A resource that something is claimed on. Several controls are, and finding it takes longer than judging one of them. */
interface Subject {
  readonly facts: Pick<Verdict, 'path' | 'logicalId' | 'stack' | 'type'>;
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
  const stackPath = stack.node.path;
  return resources.map((resource, i) => {
    const type = resource.cfnResourceType;
    const found = template.resource(ids[i]);
    const facts = { path: resource.node.path, logicalId: ids[i], stack: stackPath, type };
    return [resource, { facts, template, rendered: found?.type === type ? found : undefined }];
  });
}

function verdict({ facts, template, rendered }: Subject, control: Control, cover: Cover | undefined): Verdict {
  const holds = rendered !== undefined && control.holds(rendered, template);
  const evidence = rendered ? evidenceOf(rendered, template, control.property) : { property: control.property };
  return {
    control: control.id,
    ...facts,
    ...evidence,
    outcome: holds ? 'holds' : cover?.kind ?? 'broken',
    reason: holds ? control.title : cover?.reason ?? broken(control, rendered),
    ...cover && { waiver: waiver(cover) },
  };
}

function waiver({ scope, reason, expires }: Cover): VerdictWaiver {
  return { setAt: scope.node.path, reason, ...expires !== undefined && { expires } };
}

function broken(control: Control, resource: RenderedResource | undefined): string {
  const gone = resource ? '' : ' (the template has no such resource)';
  const way = control.kind === 'floor' ? ' (a floor: it has no waiver)' : `, or pass a waiver of '${control.id}' with a reason`;
  return `'${control.property}' no longer makes sure that ${control.title}${gone}: ${control.mend}${way}`;
}
