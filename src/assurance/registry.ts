// What the constructs of an app claim and do without, and what became of it: one list for all its stages.
import type { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Control } from '../core/control';
import type { Json } from '../core/values';

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

/**
 * What became of a claim in the rendered template.
 *
 * - holds: the template has what the control asks for
 * - waived: it has not, and a waiver says why
 * - disposable: it has not, as its scope is disposable, and the control only keeps things alive
 * - broken: it has not, and nobody says why
 */
export type Outcome = 'holds' | 'waived' | 'disposable' | 'broken';

/** Why a control need not hold on a resource. */
export interface VerdictWaiver {
  /** The path of the construct that was declared disposable, or that has the waiver. */
  readonly setAt: string;
  readonly reason: string;
  /** The day on which it ends, as `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** A claim, judged by the rendered template. Plain data: it can be written down, and holds nothing of the construct tree. */
export interface Verdict {
  /** The control's ID. */
  readonly control: string;
  /** The path of the resource's construct. */
  readonly path: string;
  readonly logicalId: string;
  /** The path of the stack that the resource is in. A nested stack is its own. */
  readonly stack: string;
  /** CloudFormation type of the resource. */
  readonly type: string;
  /** Where in the resource the control looks: the name of a property, or the type of other resources. */
  readonly property: string;
  /** What stands there: the value of the property, or the logical IDs of the other resources. Missing if nothing does. */
  readonly value?: Json;
  readonly outcome: Outcome;
  /** What holds; why it need not; or what is broken, and how to mend it. */
  readonly reason: string;
  /** What covers the claim, whether it is needed or not. */
  readonly waiver?: VerdictWaiver;
}

/** Everything that the constructs of an app claim and do without. */
export interface Registry {
  readonly claims: Claim[];
  readonly waivers: ScopedWaiver[];
  /** Scopes declared disposable, with the reason. */
  readonly disposable: Map<IConstruct, string>;
  /** The verdicts of each stage, as of its last synthesis, for who asks. */
  readonly verdicts: Map<IConstruct, () => Verdict[]>;
}

const REGISTRY = Symbol.for('cdk-hardened.registry');

/** The registry of the app that a construct is in. One for all its stages, so that a waiver on the app covers what is in them. */
export function registryOf(scope: IConstruct): Registry {
  let root: IConstruct & { [REGISTRY]?: Registry } = scope;
  // `node.root` lists all that is on the way, and every construct asks.
  for (let above = root.node.scope; above; above = above.node.scope) { root = above; }
  return root[REGISTRY] ?? made(root);
}

function made(root: IConstruct): Registry {
  const registry: Registry = { claims: [], waivers: [], disposable: new Map(), verdicts: new Map() };
  Object.defineProperty(root, REGISTRY, { value: registry });
  return registry;
}
