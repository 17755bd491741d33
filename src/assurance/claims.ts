import * as fs from 'fs';
import * as path from 'path';
import { attachCustomSynthesis, CfnResource, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Control } from '../core/control';
import { RenderedTemplate } from '../core/template';

/** That a resource has a control. */
export interface Claim {
  readonly resource: CfnResource;
  readonly control: Control;
}

/** A waiver, and where it holds. */
export interface ScopedWaiver {
  readonly scope: IConstruct;
  readonly control: string;
  readonly reason: string;
  readonly expires?: string;
}

/** What became of a claim in the rendered template. */
export interface Verdict extends Claim {
  readonly holds: boolean;
  /** The waiver that covers it, whether it is needed or not. */
  readonly waiver?: ScopedWaiver;
}

/** Everything that the constructs of an app claim and do without. */
export interface Registry {
  readonly claims: Claim[];
  readonly waivers: ScopedWaiver[];
  /** Scopes declared disposable, with the reason. */
  readonly disposable: Map<IConstruct, string>;
}

const REGISTRY = Symbol.for('cdk-hardened.registry');

const CHECKED = Symbol.for('cdk-hardened.checked');

const NEAR = new WeakMap<IConstruct, Registry>();

/**
 * The registry of the app that a construct is in: one for all its stages, so that a waiver on the app covers what is in them.
 * The first use in a stage hooks the self-check into the stage's synthesis.
 */
export function registryOf(scope: IConstruct): Registry {
  // Siblings share it; finding the root and the stage anew for every claim takes longer than the claim.
  const near = Stage.isStage(scope) ? scope : scope.node.scope ?? scope;
  const known = NEAR.get(near);
  if (known) { return known; }
  const root: any = scope.node.root;
  if (!root[REGISTRY]) {
    Object.defineProperty(root, REGISTRY, { value: { claims: [], waivers: [], disposable: new Map() } });
  }
  const registry: Registry = root[REGISTRY];
  const stage: any = Stage.of(scope) ?? root;
  if (!stage[CHECKED]) {
    Object.defineProperty(stage, CHECKED, { value: true });
    // Runs after every template of the stage is on disk: what is checked is what will be deployed, after aspects, property
    // injectors, escape hatches and reference resolution. (ADR 0003)
    attachCustomSynthesis(stage, { onSynthesize: session => selfCheck(registry, session.outdir, stage) });
  }
  NEAR.set(near, registry);
  return registry;
}

/** Claims controls on a resource. The self-check fails the synthesis if one of them does not hold there and is not waived. */
export function claim(resource: CfnResource, ...controls: Control[]): void {
  const registry = registryOf(resource);
  for (const control of controls) {
    if (!control.types.includes(resource.cfnResourceType)) {
      throw new Error(`[${resource.node.path}] control '${control.id}' is for ${control.types.join(', ')}, not for ${resource.cfnResourceType}`);
    }
    registry.claims.push({ resource, control });
  }
}

/** Reads the templates in a stage's directory and judges its claims by them. */
export function judge(registry: Registry, outdir: string, claims: Claim[] = registry.claims): Verdict[] {
  const templates = new Map<Stack, RenderedTemplate>();
  const logicalIds = new Map<CfnResource, string>();
  return claims.map(({ resource, control }) => {
    const stack = resource.stack;
    if (!templates.has(stack)) {
      templates.set(stack, new RenderedTemplate(JSON.parse(fs.readFileSync(path.join(outdir, stack.templateFile), 'utf8'))));
    }
    const template = templates.get(stack)!;
    if (!logicalIds.has(resource)) { logicalIds.set(resource, logicalIdOf(resource, template)); }
    const rendered = template.resource(logicalIds.get(resource)!);
    const holds = rendered !== undefined && rendered.type === resource.cfnResourceType && control.holds(rendered, template);
    return { resource, control, holds, waiver: waiverFor(registry, resource, control) };
  });
}

/**
 * A resource's logical ID, as the stack allocated it. Resolving each `logicalId` takes longer than all of the judging, so only those
 * that somebody overrode are resolved.
 */
function logicalIdOf(resource: CfnResource, template: RenderedTemplate): string {
  const overridden = (resource as any)._logicalIdOverride !== undefined;
  const allocated = overridden ? undefined : resource.stack.getLogicalId(resource);
  return allocated !== undefined && template.resource(allocated) ? allocated : resource.stack.resolve(resource.logicalId);
}

/** Whether a control is waived at a construct or above it, or by the waivers of one that is not made yet. */
export function isWaived(scope: IConstruct, control: string, own: readonly { readonly control: string }[] = []): boolean {
  return own.some(w => w.control === control) || registryOf(scope).waivers.some(w => w.control === control && isBelow(scope, w.scope));
}

function waiverFor(registry: Registry, resource: CfnResource, control: Control): ScopedWaiver | undefined {
  if (control.kind === 'floor' || (registry.waivers.length === 0 && registry.disposable.size === 0)) { return undefined; }
  for (let scope: IConstruct | undefined = resource; scope; scope = scope.node.scope) {
    const waiver = registry.waivers.find(w => w.scope === scope && w.control === control.id);
    if (waiver) { return waiver; }
    const reason = registry.disposable.get(scope);
    if (reason !== undefined && control.kind === 'durability') { return { scope, control: control.id, reason }; }
  }
  return undefined;
}

/** Throws when a claim does not hold in the templates of a directory and is not waived, or a waiver waives nothing; for one stage or all. */
export function selfCheck(registry: Registry, outdir: string, stage?: IConstruct): void {
  const problems: string[] = [];
  const inStage = (construct: IConstruct) => stage === undefined || (Stage.of(construct) ?? construct.node.root) === stage;
  const stacks = new Set([...new Set(registry.claims.map(c => c.resource.stack))].filter(inStage));
  for (const { resource, control, holds, waiver } of judge(registry, outdir, registry.claims.filter(c => stacks.has(c.resource.stack)))) {
    if (!holds && !waiver) {
      problems.push(`[${resource.node.path}] ${control.id} does not hold: '${control.property}' no longer makes sure that ${control.title}: ${control.mend}`
        + (control.kind === 'floor' ? ' (a floor: it has no waiver)' : `, or pass a waiver of '${control.id}' with a reason`));
    }
  }
  for (const waiver of registry.waivers.filter(w => inStage(w.scope))) {
    const claimed = registry.claims.some(c => c.control.id === waiver.control && isBelow(c.resource, waiver.scope));
    if (!claimed) {
      problems.push(`[${waiver.scope.node.path}] the waiver of '${waiver.control}' waives nothing: no resource here claims that control, so remove it or move it to the construct that does`);
    }
  }
  if (problems.length > 0) {
    throw new Error(`the synthesized templates do not hold what the constructs promise:\n  ${problems.join('\n  ')}`);
  }
}

function isBelow(construct: IConstruct, scope: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    if (at === scope) { return true; }
  }
  return false;
}
