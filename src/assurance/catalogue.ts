// Every control, by ID: the only place that knows them all.
import { FAMILIES } from './families';
import type { Control } from '../core/control';

const BY_ID = new Map<string, Control>();
for (const control of Object.values(FAMILIES).flatMap(family => Object.values(family).flat())) {
  if (BY_ID.has(control.id)) { throw new Error(`two controls are called '${control.id}'`); }
  BY_ID.set(control.id, control);
}

/** The control with this ID, or undefined. */
export function findControl(id: string): Control | undefined {
  return BY_ID.get(id);
}

/** All controls, in the order of their families. */
export function allControls(): Control[] {
  return [...BY_ID.values()];
}
