import { judge as judgeClaims, Registry } from '../../src/foundation/claims';
import { RenderedTemplate } from '../../src/private/rendered';
import type { Subject } from './subject';

/** Somebody who may notice that a template is weaker than it was. */
export interface Judge {
  readonly name: string;
  /** What it objects to, in words; nothing if it notices nothing. */
  readonly objections: (template: any) => Promise<string[]> | string[];
}

/**
 * The self-check: every claim of the stack, judged by the predicate of its control. It judges in memory what `selfCheck` reads
 * from disk (test/mutate.test.ts holds one against the other). The resources are those that were synthesized.
 */
export function controlPredicates(registry: Registry, outdir: string): Judge {
  const claims = judgeClaims(registry, outdir).filter(v => v.holds && !v.waiver)
    .map(({ resource, control }) => ({ control, type: resource.cfnResourceType, path: resource.node.path, id: resource.stack.resolve(resource.logicalId) as string }));
  return {
    name: 'controls',
    objections: json => {
      const template = new RenderedTemplate(json);
      return claims.filter(({ control, type, id }) => {
        const rendered = template.resource(id);
        return rendered?.type !== type || !control.holds(rendered, template);
      }).map(({ control, path }) => `[${path}] ${control.id} does not hold`);
    },
  };
}

/** Everybody who judges. The policy tables join here: a judge that asks its questions of the template that it is given. */
export function judgesOf({ registry, outdir }: Subject): Judge[] {
  return [controlPredicates(registry, outdir)];
}
