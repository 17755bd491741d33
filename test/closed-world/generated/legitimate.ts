// Every legitimate change that is generated: each kind once in the stack, and once more from a second one where it is a resource of its own.
import { generate, Kind } from './kind';
import { LEGITIMATE_STORAGE } from './legitimate-storage';
import { LEGITIMATE_TIERS } from './legitimate-tiers';

export const LEGITIMATE_KINDS: readonly Kind[] = [...LEGITIMATE_STORAGE, ...LEGITIMATE_TIERS];

export const GENERATED_LEGITIMATE = generate(LEGITIMATE_KINDS, { each: false }).map(c => ({ ...c, group: `legitimate ${c.group}` }));
