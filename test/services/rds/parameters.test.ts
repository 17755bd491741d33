import type { RenderedResource } from '../../../src/core/template';
import { hasRight, told, weakened } from '../../../src/services/rds/parameters';

const group = (Parameters: any) => ({ properties: { Parameters } } as unknown as RenderedResource);

test.each<[string, string[], string[]]>([
  ['rds.force_ssl', ['1', 'on', 'true'], ['0', 'off', '']],
  ['ssl_min_protocol_version', ['TLSv1.2', 'TLSv1.3'], ['TLSv1.1', 'TLSv1']],
  ['shared_preload_libraries', ['pgaudit', 'pg_stat_statements, pgaudit'], ['pg_stat_statements', 'pgaudit2']],
  ['pgaudit.log', ['all', 'ddl,role', 'ddl, role, write'], ['none', 'ddl', 'all,-role']],
  ['log_connections', ['1', 'on'], ['0', 'off']],
  ['log_disconnections', ['1', 'on'], ['0', 'off']],
  ['log_statement', ['ddl', 'mod', 'all'], ['none']],
  ['password_encryption', ['scram-sha-256'], ['md5']],
  ['ssl_ciphers', ['ECDHE-RSA-AES256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'],
    ['AES128-SHA', 'HIGH:!aNULL', 'ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'TLS_RSA_WITH_AES_128_GCM_SHA256']],
  ['log_min_messages', ['warning', 'error', 'log', 'debug1'], ['fatal', 'panic']],
  ['pgaudit.log_level', ['log'], ['debug5', 'notice']],
])("'%s' may be %j, and not %j", (name, right, wrong) => {
  expect(right.filter(value => !hasRight(group({ [name]: value }), name))).toEqual([]);
  expect(wrong.filter(value => hasRight(group({ [name]: value }), name))).toEqual([]);
  expect(hasRight(group({ [name]: { 'Fn::Unknown': 'P' } }), name)).toBe(false);
});

test('what is left out weakens nothing, and what only the deployment knows may', () => {
  expect(weakened(group({ work_mem: '1' }))).toEqual([]);
  expect(weakened(group(undefined))).toEqual([]);
  expect(weakened(group({ 'pgaudit.log': 'none', 'log_statement': 'all', 'password_encryption': 'md5' }))).toEqual(['pgaudit.log', 'password_encryption']);
  expect(weakened(group({ 'pgaudit.log': 'none' }), ['log_statement'])).toEqual([]);
  expect(weakened(group({ 'pgaudit.log': { 'Fn::Unknown': 'P' } }))).toEqual(['pgaudit.log']);
  expect(weakened(group({ 'Fn::Unknown': 'P' }))).toEqual(['Parameters']);
});

test('a message has the name and the value', () => {
  expect(told(group({ 'pgaudit.log': 'none' }), 'pgaudit.log')).toBe("'pgaudit.log' is 'none'");
  expect(told(group({ 'Fn::Unknown': 'P' }), 'Parameters')).toBe("'Parameters' are known only at deployment");
});
