import type { Subject } from './subject';
import type { Registry } from '../../src/assurance/registry';
import { judge as judgeClaims } from '../../src/assurance/verdicts';
import { RenderedTemplate } from '../../src/core/template';
import { buckets } from '../../test/policies/buckets';
import { endpoints } from '../../test/policies/endpoints';
import { identities } from '../../test/policies/identities';
import { keys } from '../../test/policies/keys';
import { topics } from '../../test/policies/topics';
import { trusts } from '../../test/policies/trusts';
import { vaults } from '../../test/policies/vaults';
import { world as deploy } from '../../test/policies/world';
import { resolveTemplate } from '../../test/support/simulate';
import { policiesIn, policiesOfRow, sentence, verdict } from '../../test/support/table';

/** Somebody who may notice that a template is weaker than it was. */
export interface Judge {
  readonly name: string;
  /** What it objects to, in words; nothing if it notices nothing. */
  readonly objections: (template: any) => Promise<string[]> | string[];
  /** Asked only about what nobody before noticed, because it is slow. */
  readonly lastResort?: boolean;
}

/**
 * The self-check: every claim of the stack, judged by the predicate of its control. It judges in memory what `selfCheck` reads
 * from disk (test/mutate.test.ts holds one against the other). The resources are those that were synthesized.
 */
export function controlPredicates(registry: Registry, outdir: string): Judge {
  const { account } = registry.claims[0].resource.stack;
  const claims = judgeClaims(registry, outdir).flatMap((v, i) => v.outcome === 'holds' && !v.waiver
    ? [{ control: registry.claims[i].control, type: v.type, path: v.path, id: v.logicalId }] : []);
  return {
    name: 'controls',
    objections: json => {
      const template = new RenderedTemplate(json, account);
      return claims.filter(({ control, type, id }) => {
        const rendered = template.resource(id);
        return rendered?.type !== type || !control.holds(rendered, template) || (control.breaks?.(rendered, template) ?? []).length > 0;
      }).map(({ control, path }) => `[${path}] ${control.id} does not hold`);
    },
  };
}

/**
 * The tables of test/policies: who may do what under the policies of the template, by simulation. Only rows that a changed policy
 * decides on are asked; a policy that can't be simulated counts as not noticed.
 */
export function policyTables(original: any): Judge {
  const world = deploy();
  const rows = [keys, buckets, topics, vaults, endpoints, trusts, identities].flatMap(table => table(world));
  const text = (json: any, id: string) => JSON.stringify(json.Resources[id]?.Properties);
  return {
    name: 'policy tables',
    lastResort: true,
    objections: async json => {
      const changed = Object.keys(world.policies).filter(id => text(json, id) !== text(original, id));
      if (changed.length === 0) { return []; }
      try {
        const policies = policiesIn(resolveTemplate(json, { stackName: 'Shop' }));
        for (const row of rows.filter(r => policiesOfRow(r).some(id => changed.includes(id)))) {
          if (await verdict(row, policies) !== row.may) { return [sentence(row, !row.may)]; }
        }
      } catch {
        return [];
      }
      return [];
    },
  };
}

/** Everybody who judges. */
export function judgesOf({ registry, outdir, template }: Subject): Judge[] {
  return [controlPredicates(registry, outdir), policyTables(template)];
}
