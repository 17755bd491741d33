// Fails a synthesis whose templates do not hold what the constructs promise.
import { FeatureFlags, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Registry, ScopedWaiver, Verdict } from './registry';
import { registryOf } from './registry';
import { afterSynthesis } from './synthesis';
import { judgeAll, outcomeOf, verdictOf } from './verdicts';
import { isBelow } from './waivers';
import { fail } from '../core/validate';

const ENROLLED = new WeakMap<IConstruct, Registry>();

/**
 * The registry of the app that a construct is in; the first use in a stage makes sure that the stage checks itself.
 *
 * Each stage is judged when it is synthesized, be that early, by a pipeline, or without the CDK's validation: by the templates that
 * were written then, which are those that are deployed. What is judged is what aspects, property injectors, escape hatches and
 * references made of the constructs. (ADR 0003)
 */
export function enrol(scope: IConstruct): Registry {
  // Siblings share it; finding the root and the stage anew for every claim takes longer than the claim.
  const near = Stage.isStage(scope) ? scope : scope.node.scope ?? scope;
  let above = near;
  while (!ENROLLED.has(above) && above.node.scope && !Stage.isStage(above)) { above = above.node.scope; }
  const registry = ENROLLED.get(above) ?? enrolStage(above);
  ENROLLED.set(near, registry);
  return registry;
}

/** A stage, or a root that is none. */
function enrolStage(stage: IConstruct): Registry {
  const registry = registryOf(stage);
  afterSynthesis(stage, session => selfCheck(registry, session.outdir, stage));
  ENROLLED.set(stage, registry);
  return registry;
}

/**
 * What became of the claims at a construct and below it, as of the last synthesis: of an app, all of them.
 *
 * A stage that was not synthesized yet has none; with no stage judged there is nothing to read, so it fails.
 */
export function verdictsOf(scope: IConstruct): Verdict[] {
  const registry = registryOf(scope);
  if (registry.claims.length > 0 && registry.verdicts.size === 0) { fail(scope, 'nothing has been judged: synthesize the app first'); }
  return allVerdicts(registry).filter(v => isAtOrBelow(v, scope));
}

/** Judges the claims of a stage by the templates in its directory. Throws when one is broken, or when a waiver waives nothing. */
export function selfCheck(registry: Registry, outdir: string, stage: IConstruct): void {
  const stacks = new Set([...new Set(registry.claims.map(c => c.resource.stack))].filter(s => stageOf(s) === stage));
  const judged = judgeAll(registry, outdir, registry.claims.filter(c => stacks.has(c.resource.stack)));
  let verdicts: Verdict[] | undefined;
  registry.verdicts.set(stage, () => verdicts ??= judged.map(verdictOf));
  const waivers = registry.waivers.filter(w => stageOf(w.scope) === stage);
  const idle = waivers.filter(w => !registry.claims.some(c => c.control.id === w.control && isBelow(c.resource, w.scope)));
  const problems = [
    ...judged.filter(j => outcomeOf(j) === 'broken').map(verdictOf).map(v => `[${v.path}] ${v.control} does not hold: ${v.reason}`),
    ...idle.map(w => `[${w.scope.node.path}] the waiver of '${w.control}' waives nothing: no resource here claims that control, `
      + 'so remove it or move it to the construct that does'),
  ];
  if (problems.length > 0) {
    throw new Error(`the synthesized templates do not hold what the constructs promise:\n  ${problems.join('\n  ')}`);
  }
  for (const waiver of waivers) {
    const covered = allVerdicts(registry).filter(v => v.control === waiver.control && isAtOrBelow(v, waiver.scope));
    if (covered.length > 0 && covered.every(v => v.outcome === 'holds')) { tell(waiver); }
  }
}

/** Tells that nothing needs a waiver: where the CDK reports annotations after the synthesis there, else on the terminal. */
function tell({ scope, control }: ScopedWaiver): void {
  const told = scope.node.metadata.length;
  Validations.of(scope).addWarning(`cdk-hardened:waiverUnneeded:${control}`,
    `nothing needs the waiver of '${control}', as the control holds on every resource here: it can go`);
  const [warning] = scope.node.metadata.slice(told);
  if (warning && !FeatureFlags.of(scope).isEnabled('@aws-cdk/core:annotationsInValidationReport')) {
    process.stderr.write(`[Warning at /${scope.node.path}] ${warning.data}\n`);
  }
}

function allVerdicts({ verdicts }: Registry): Verdict[] {
  return [...verdicts.values()].flatMap(of => of());
}

function isAtOrBelow(verdict: Verdict, scope: IConstruct): boolean {
  const { path } = scope.node;
  return path === '' || verdict.path === path || verdict.path.startsWith(`${path}/`);
}

function stageOf(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}
