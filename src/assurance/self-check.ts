// Fails a synthesis whose templates do not hold what the constructs promise.
import * as fs from 'fs';
import * as path from 'path';
import type { Stack } from 'aws-cdk-lib/core';
import { FeatureFlags, Stage, Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { stacksBelow, WrittenAssembly, WrittenStack } from './assembly';
import type { Registry, ScopedWaiver, Verdict } from './registry';
import { registryOf } from './registry';
import { afterSynthesis } from './synthesis';
import { judgeAll } from './verdicts';
import { isBelow } from './waivers';
import { circleOf } from '../core/circles';
import { excesses } from '../core/quotas';
import { misfits } from '../core/texts';
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
  // the root comes last, and sees what stages do to each other
  const { root } = stage.node;
  if (stage !== root && Stage.isStage(root)) { afterSynthesis(root, session => selfCheck(registry, session.outdir, root)); }
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

/**
 * Judges the claims of a stage by the templates in its directory, and by all that touches their resources. At the root of an app
 * what stands in its other stages is seen too. Throws when a claim is broken, or when a waiver waives nothing.
 */
export function selfCheck(registry: Registry, outdir: string, stage: IConstruct): void {
  const assembly = assemblyOf(stage, outdir);
  const isOwn = (construct: IConstruct) => stageOf(construct) === stage;
  const ownStacks = new Set(assembly.stacks.filter(s => isOwn(s.stack)).map(s => s.stack));
  // those of other stages were judged with their stage; again only if something outside of it may touch them
  const seen = new Set(assembly.stacks.filter(s => ownStacks.has(s.stack) || assembly.isTouched(s)).map(s => s.stack));
  const claims = registry.claims.filter(c => seen.has(c.resource.stack));
  const judged = judgeAll(registry, assembly, claims);
  let verdicts: Verdict[] | undefined;
  registry.verdicts.set(stage,
    () => verdicts ??= judged.filter((_, i) => ownStacks.has(claims[i].resource.stack)).map(j => j.verdict()));
  const waivers = registry.waivers.filter(w => isOwn(w.scope));
  const problems = [
    ...assembly.stacks.filter(s => ownStacks.has(s.stack)).flatMap(s => [...circles(assembly, s), ...tooMuch(assembly, s)]),
    ...judged.filter(j => j.outcome === 'broken').flatMap(j => problemsOf(j.verdict())),
    ...waivers.filter(w => isIdle(registry, w)).map(w => `[${w.scope.node.path}] the waiver of '${w.control}' waives nothing: `
      + 'no resource here claims that control, so remove it or move it to the construct that does'),
  ];
  if (problems.length > 0) {
    const more = judged.some(j => j.outcome === 'broken') ? "\n'SelfCheck.explain(app)' says why, and what the ways out are" : '';
    throw new Error(`the synthesized templates do not hold what the constructs promise:\n  ${problems.join('\n  ')}${more}`);
  }
  for (const waiver of waivers) {
    const covered = allVerdicts(registry).filter(v => v.control === waiver.control && isAtOrBelow(v, waiver.scope));
    if (covered.length > 0 && covered.every(v => v.outcome === 'holds')) { tell(waiver); }
  }
}

/** The templates of a stage; at the root, with those of the stages that were written before. */
function assemblyOf(stage: IConstruct, outdir: string): WrittenAssembly {
  const below = stacksBelow(stage);
  const others = stage.node.root === stage ? below.ofStages : [];
  const directory = (stack: Stack) => (stageOf(stack) as Stage).outdir;
  const written = others.filter(s => fs.existsSync(path.join(directory(s), s.templateFile)));
  const own = below.own.map(s => [s, outdir] as const);
  return new WrittenAssembly(new Map([...own, ...written.map(s => [s, directory(s)] as const)]));
}

/** What is told of resources that wait for each other. */
function circles(assembly: WrittenAssembly, stack: WrittenStack): string[] {
  const circle = circleOf(stack.template);
  if (!circle) { return []; }
  const pathOf = (id: string) => assembly.constructOf({ logicalId: id }, stack)?.node.path ?? id;
  return [`[${pathOf(circle[0])}] waits for itself, by way of ${[...circle.slice(1), circle[0]].map(id => `'${pathOf(id)}'`).join(', ')}: `
    + 'CloudFormation would refuse the stack, so let one of them name another by text instead of by a reference'];
}

/** What is told of policies and texts that AWS would refuse for their length or their characters. */
function tooMuch(assembly: WrittenAssembly, written: WrittenStack): string[] {
  const { stack, template } = written;
  const known = (value: string) => Token.isUnresolved(value) ? undefined : value;
  return [...excesses(template, { stackName: known(stack.stackName), region: known(stack.region) }), ...misfits(template)]
    .map(({ logicalId, told }) => `[${assembly.constructOf({ logicalId }, written)?.node.path ?? logicalId}] ${told}`);
}

/** What is told of a broken claim: what is wrong with the resource itself, or each addition that breaks it. */
function problemsOf(verdict: Verdict): string[] {
  const { additions = [] } = verdict;
  // what was added to a property of the resource is the resource
  const itself = additions.every(a => a.path === verdict.path);
  if (itself) { return [`[${verdict.path}] ${verdict.control} does not hold: ${verdict.reason}`]; }
  return additions.map(a => `[${a.path}] ${verdict.control} of '${verdict.path}' does not hold with this ${a.type}: ${verdict.reason}`);
}

/** Whether no claim and no addition is where a waiver is. */
function isIdle(registry: Registry, waiver: ScopedWaiver): boolean {
  const { control, scope } = waiver;
  return !registry.claims.some(c => c.control.id === control && isBelow(c.resource, scope))
    && !allVerdicts(registry).some(v => v.control === control && v.additions?.some(a => isPathBelow(a.path, scope)));
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
  return isPathBelow(verdict.path, scope);
}

function isPathBelow(of: string, { node }: IConstruct): boolean {
  return node.path === '' || of === node.path || of.startsWith(`${node.path}/`);
}

function stageOf(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}
