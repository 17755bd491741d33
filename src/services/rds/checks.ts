// What RDS would refuse of names and of windows, only at deployment.
import { Token } from 'aws-cdk-lib/core';
import { RESERVED_WORDS, SYSTEM_DATABASES } from './facts';
import type { Place } from '../../core/validate';
import { fail, requireMatch } from '../../core/validate';

/** Refuses a name that is a word of SQL, or of a database that RDS keeps for itself. */
export function checkWord(at: Place, prop: string, name: string | undefined): void {
  if (!name || Token.isUnresolved(name)) { return; }
  const word = name.toLowerCase();
  if (RESERVED_WORDS.has(word) || SYSTEM_DATABASES.includes(word)) {
    fail(at, `'${prop}' is '${name}', which PostgreSQL keeps for itself: take another name`);
  }
}

const TIME = '([01]\\d|2[0-3]):[0-5]\\d';
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = `(${DAYS.join('|')})`;
const A_DAY = 24 * 60;
const A_WEEK = 7 * A_DAY;
/** The shortest window of either kind, in minutes. Source: RDS API reference, "CreateDBCluster". */
const SHORTEST = 30;

/** When RDS makes backups and installs versions. */
export interface Windows {
  readonly preferredBackupWindow?: string;
  readonly preferredMaintenanceWindow?: string;
}

/** A time of the week, in minutes. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** Refuses windows that are too short, or overlap. */
export function checkWindows(at: Place, { preferredBackupWindow: backup, preferredMaintenanceWindow: maintenance }: Windows): void {
  requireMatch(at, 'preferredBackupWindow', backup, new RegExp(`^${TIME}-${TIME}$`),
    "write it as 'hh:mm-hh:mm', for example '02:00-03:00'");
  requireMatch(at, 'preferredMaintenanceWindow', maintenance, new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`, 'i'),
    "write it as 'ddd:hh:mm-ddd:hh:mm', for example 'sun:03:00-sun:04:00'");
  const daily = spanOf(at, 'preferredBackupWindow', backup, A_DAY);
  const weekly = spanOf(at, 'preferredMaintenanceWindow', maintenance, A_WEEK);
  if (weekly && weekly.length > A_DAY) {
    fail(at, `'preferredMaintenanceWindow' is '${maintenance}', of more than a day: RDS takes up to 24 hours`);
  }
  if (daily && weekly && DAYS.some((_, day) => overlap({ ...daily, start: daily.start + day * A_DAY }, weekly))) {
    fail(at, `'preferredBackupWindow' is '${backup}', and 'preferredMaintenanceWindow' is '${maintenance}', which overlap: `
      + 'RDS refuses that, so move one of them');
  }
}

function spanOf(at: Place, prop: string, window: string | undefined, round: number): Span | undefined {
  if (!window || Token.isUnresolved(window)) { return undefined; }
  const [start, end] = window.toLowerCase().split('-').map(minutesOf);
  const length = (end - start + round) % round;
  if (length < SHORTEST) { fail(at, `'${prop}' is '${window}', of ${length} minutes: RDS takes ${SHORTEST} minutes or more`); }
  return { start, length };
}

function minutesOf(time: string): number {
  const [minutes, hours, day = DAYS[0]] = time.split(':').reverse();
  return DAYS.indexOf(day) * A_DAY + Number(hours) * 60 + Number(minutes);
}

/** Whether two spans of a week overlap. They may run past its end. */
function overlap(one: Span, other: Span): boolean {
  const after = (a: Span, b: Span) => (b.start - a.start + A_WEEK) % A_WEEK;
  return after(one, other) < one.length || after(other, one) < other.length;
}
