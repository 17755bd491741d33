import * as fs from 'fs';
import * as path from 'path';

/** Mutations that nobody notices, and why that is accepted. */
export interface Accepted {
  readonly reason: string;
  readonly survivors: string[];
}

const FILE = path.join(__dirname, 'survivors.json');

export function readAccepted(file = FILE): Accepted[] {
  const accepted: Accepted[] = JSON.parse(fs.readFileSync(file, 'utf8'));
  const bare = accepted.find(a => typeof a.reason !== 'string' || a.reason.length < 40);
  if (bare) { throw new Error(`the list of survivors has the reason '${bare.reason}': say in a sentence why nobody has to notice`); }
  const ids = accepted.flatMap(a => a.survivors);
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice) { throw new Error(`the list of survivors has '${twice}' twice: keep it under one reason`); }
  return accepted;
}
