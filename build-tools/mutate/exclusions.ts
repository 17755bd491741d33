import type { Mutation } from './mutation';

/** Mutations that take no protection away, by rule. */
export interface Exclusion {
  readonly types?: RegExp;
  readonly path?: RegExp;
  readonly operator?: RegExp;
  readonly reason: string;
}

export const EXCLUSIONS: Exclusion[] = [];

/** The rule that leaves a mutation out, if one does. */
export function exclusionOf(m: Mutation): Exclusion | undefined {
  const path = m.path.join('/');
  return EXCLUSIONS.find(e => (e.types ?? /^/).test(m.type) && (e.path ?? /^/).test(path) && (e.operator ?? /^/).test(m.operator));
}
