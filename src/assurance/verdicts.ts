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
  const stacks = new Map<Stack, Rendered>();
  for (const { resource } of claims) {
    if (!stacks.has(resource.stack)) { stacks.set(resource.stack, rendered(resource.stack, outdir, claims)); }
  }
  return claims.map(claim => verdict(claim, stacks.get(claim.resource.stack)!, coverOf(registry, claim.resource, claim.control)));
}

/** A stack, as it was written. */
interface Rendered {
  readonly template: RenderedTemplate;
  readonly logicalIds: Map<CfnResource, string>;
}

function rendered(stack: Stack, outdir: string, claims: readonly Claim[]): Rendered {
  const file = path.join(outdir, stack.templateFile);
  if (!fs.existsSync(file)) {
    fail(stack, `there is no template '${file}', so nothing in this stack can be judged: `
      + 'give the stack a synthesizer that writes its template');
  }
  const resources = [...new Set(claims.map(c => c.resource))].filter(r => r.stack === stack);
  // All at once: the stack takes longer for each of them alone.
  const ids = stack.resolve(resources.map(r => r.logicalId)) as string[];
  const template = new RenderedTemplate(JSON.parse(fs.readFileSync(file, 'utf8')));
  return { template, logicalIds: new Map(resources.map((r, i) => [r, ids[i]])) };
}

function verdict({ resource, control }: Claim, { template, logicalIds }: Rendered, cover: Cover | undefined): Verdict {
  const logicalId = logicalIds.get(resource)!;
  const found = template.resource(logicalId);
  const own = found?.type === resource.cfnResourceType ? found : undefined;
  const holds = own !== undefined && control.holds(own, template);
  return {
    control: control.id,
    path: resource.node.path,
    logicalId,
    stack: resource.stack.node.path,
    type: resource.cfnResourceType,
    ...own ? evidenceOf(own, template, control.property) : { property: control.property },
    outcome: holds ? 'holds' : cover?.kind ?? 'broken',
    reason: holds ? control.title : cover?.reason ?? broken(control, own),
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
