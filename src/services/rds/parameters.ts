// What parameters that protect a database may be.
import { LEVELS_WITH_AUDIT, SLOW_STATEMENT } from './facts';
import type { RenderedResource } from '../../core/template';
import type { Json } from '../../core/values';
import { at, entries, functionOf, isFalse, isGiven, isOneOf, isTrue, textOf } from '../../core/values';

const isOn = (value: Json) => isTrue(value) || isOneOf(value, '1', 'on');
const isOff = (value: Json) => isFalse(value) || isOneOf(value, '0', 'off');
/** Whether statements are logged only if they are slow, or not at all (-1). */
const isSlow = (value: Json) => Number(textOf(value)) === -1 || Number(textOf(value)) >= SLOW_STATEMENT;
/** The words of a parameter that is a list. */
const words = (value: Json) => textOf(value).split(/\s*,\s*/);

/** Whether the parameters of the database log changes of the schema and of roles. */
function areAudited(value: Json): boolean {
  const audited = words(value);
  return ['ddl', 'role'].every(w => audited.includes(w) || audited.includes('all'))
    && !audited.some(w => ['-ddl', '-role', '-all', 'none'].includes(w));
}

/** Ciphers with forward secrecy and authenticated encryption, and those of TLS 1.3, as OpenSSL or as IANA calls them. */
const STRONG_CIPHER = /^((TLS_)?ECDHE[-_].*(GCM|CHACHA20|POLY1305).*|TLS_(AES|CHACHA20)_.*)$/i;

/** What a parameter that protects may be. */
const RIGHT: Record<string, (value: Json) => boolean> = {
  'rds.force_ssl': isOn,
  'ssl_min_protocol_version': v => isOneOf(v, 'TLSv1.2', 'TLSv1.3'),
  'shared_preload_libraries': v => words(v).includes('pgaudit'),
  'pgaudit.log': areAudited,
  'log_connections': isOn,
  'log_disconnections': isOn,
  'password_encryption': v => isOneOf(v, 'scram-sha-256'),
  'ssl_ciphers': v => textOf(v).split(/[:,\s]+/).every(cipher => STRONG_CIPHER.test(cipher)),
  'log_min_messages': v => isOneOf(v, ...LEVELS_WITH_AUDIT),
  'pgaudit.log_level': v => isOneOf(v, 'log'),
  'log_statement': v => isOneOf(v, 'none'),
  'log_min_error_statement': v => isOneOf(v, 'panic'),
  'pg_stat_statements.track_utility': isOff,
  'log_min_duration_statement': isSlow,
  'log_min_duration_sample': isSlow,
  'log_transaction_sample_rate': v => Number(textOf(v)) === 0,
  'debug_print_parse': isOff,
  'debug_print_rewritten': isOff,
  'debug_print_plan': isOff,
};

/** The parameters of a group that are given, and are not as they must be. */
export function weakened({ properties: { Parameters: all } }: RenderedResource, names: readonly string[] = Object.keys(RIGHT)): string[] {
  if (functionOf(all) !== undefined) { return ['Parameters']; }
  return entries(all).filter(([name, value]) => names.includes(name) && isGiven(value) && !RIGHT[name](value)).map(([name]) => name);
}

/** Whether a group has each of these parameters, as it must be. */
export function hasRight(group: RenderedResource, ...names: string[]): boolean {
  return names.every(name => RIGHT[name](at(group.properties.Parameters, name)));
}

/** A parameter and its value, for messages. */
export function told({ properties: { Parameters: all } }: RenderedResource, name: string): string {
  return functionOf(all) === undefined ? `'${name}' is '${textOf(at(all, name))}'` : "'Parameters' are known only at deployment";
}
