import { familyOf } from './families';
import type { Judge } from './judges';
import type { Mutation } from './mutation';

/** What became of the mutations. */
export interface Outcome {
  readonly total: number;
  readonly noticed: number;
  /** Noticed and all, by family. */
  readonly families: Map<string, [noticed: number, total: number]>;
  /** How many each judge noticed. */
  readonly judges: Map<string, number>;
  readonly survivors: string[];
  /** What was noticed. */
  readonly killed: string[];
  /** Judges that threw: they must judge any template. */
  readonly threw: string[];
}

/** Lets each judge look at each mutation of a template, one at a time. */
export async function run(template: any, mutations: Mutation[], judges: Judge[]): Promise<Outcome> {
  for (const judge of judges) {
    const objections = await judge.objections(template);
    if (objections.length > 0) { throw new Error(`the judge '${judge.name}' objects to the template before it is mutated: ${objections[0]}`); }
  }
  const families = new Map<string, [number, number]>();
  const byJudge = new Map(judges.map(j => [j.name, 0]));
  const survivors: string[] = [];
  const killed: string[] = [];
  const threw: string[] = [];
  for (const m of mutations) {
    const mutated = m.apply(template);
    let noticed = false;
    for (const judge of judges) {
      if (noticed && judge.lastResort) { continue; }
      try {
        if ((await judge.objections(mutated)).length > 0) {
          noticed = true;
          byJudge.set(judge.name, byJudge.get(judge.name)! + 1);
        }
      } catch (e: any) {
        threw.push(`${m.id}: the judge '${judge.name}' threw '${e.message}'`);
      }
    }
    const [n, all] = families.get(familyOf(m)) ?? [0, 0];
    families.set(familyOf(m), [n + (noticed ? 1 : 0), all + 1]);
    (noticed ? killed : survivors).push(m.id);
  }
  return { total: mutations.length, noticed: killed.length, families, judges: byJudge, survivors, killed, threw };
}

/** Some of a list, the same ones for the same seed, in the order of the list. */
export function sample<T>(all: T[], size: number, seed: string): T[] {
  // FNV-1a of the seed, then mulberry32.
  let state = [...seed].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0, 2166136261);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return all.map((value, i) => ({ value, i, key: next() })).sort((a, b) => a.key - b.key).slice(0, size).sort((a, b) => a.i - b.i).map(x => x.value);
}
