// The one look-up of what a resource may do without.
import type { IConstruct } from 'constructs';
import type * as catalogue from './catalogue';
import type { Registry } from './registry';
import { registryOf } from './registry';
import type { Control } from '../core/control';

/** What covers a control at a construct. */
export interface Cover {
  /** A waiver of this control, or the declaration that all of a scope is disposable. */
  readonly kind: 'waived' | 'disposable';
  /** The construct that it was set on. */
  readonly scope: IConstruct;
  readonly reason: string;
  readonly expires?: string;
}

/**
 * What covers a control at a construct: the nearest waiver, at the construct or above it; of what only keeps things alive, a
 * disposable scope will do. Nothing covers a floor.
 */
export function waiverOf(scope: IConstruct, controlId: string): Cover | undefined {
  const registry = registryOf(scope);
  if (registry.waivers.length === 0 && registry.disposable.size === 0) { return undefined; }
  // Loaded when there is something to find: it knows every family of controls.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { findControl }: typeof catalogue = require('./catalogue');
  const control = findControl(controlId);
  return control && coverOf(registry, scope, control);
}

/** As `waiverOf`, for who has the registry and the control at hand. */
export function coverOf(registry: Registry, construct: IConstruct, control: Pick<Control, 'id' | 'kind'>): Cover | undefined {
  if (control.kind === 'floor' || (registry.waivers.length === 0 && registry.disposable.size === 0)) { return undefined; }
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const waiver = registry.waivers.find(w => w.scope === scope && w.control === control.id);
    if (waiver) { return { kind: 'waived', scope, reason: waiver.reason, expires: waiver.expires }; }
    const reason = control.kind === 'durability' ? registry.disposable.get(scope) : undefined;
    if (reason !== undefined) { return { kind: 'disposable', scope, reason }; }
  }
  return undefined;
}

/** Whether a construct is in a scope, or is it. */
export function isBelow(construct: IConstruct, scope: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    if (at === scope) { return true; }
  }
  return false;
}
