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
  ['password_encryption', ['scram-sha-256'], ['md5']],
  ['ssl_ciphers', ['ECDHE-RSA-AES256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'],
    ['AES128-SHA', 'HIGH:!aNULL', 'ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'TLS_RSA_WITH_AES_128_GCM_SHA256']],
  ['log_min_messages', ['warning', 'error', 'log', 'debug1'], ['fatal', 'panic']],
  ['pgaudit.log_level', ['log'], ['debug5', 'notice']],
  ['log_statement', ['none'], ['ddl', 'mod', 'all', '']],
  ['log_min_error_statement', ['panic'], ['error', 'fatal', 'log', '']],
  ['pg_stat_statements.track_utility', ['0', 'off', 'false'], ['1', 'on', '']],
  ['log_min_duration_statement', ['-1', '1000', '5000'], ['0', '999', 'soon']],
  ['log_min_duration_sample', ['-1', '1000'], ['0', '100']],
  ['log_transaction_sample_rate', ['0', '0.0'], ['0.1', '1']],
  ['debug_print_parse', ['0'], ['1']],
  ['debug_print_rewritten', ['0'], ['1']],
  ['debug_print_plan', ['off'], ['on']],
])("'%s' may be %j, and not %j", (name, right, wrong) => {
  expect(right.filter(value => !hasRight(group({ [name]: value }), name))).toEqual([]);
  expect(wrong.filter(value => hasRight(group({ [name]: value }), name))).toEqual([]);
  expect(hasRight(group({ [name]: { 'Fn::Unknown': 'P' } }), name)).toBe(false);
});

test('what is left out weakens nothing, and what only the deployment knows may', () => {
  expect(weakened(group({ work_mem: '1' }))).toEqual([]);
  expect(weakened(group(undefined))).toEqual([]);
  expect(weakened(group({ 'pgaudit.log': 'none', 'log_statement': 'none', 'password_encryption': 'md5' }))).toEqual(['pgaudit.log', 'password_encryption']);
  expect(weakened(group({ 'pgaudit.log': 'none' }), ['log_statement'])).toEqual([]);
  expect(weakened(group({ 'pgaudit.log': { 'Fn::Unknown': 'P' } }))).toEqual(['pgaudit.log']);
  expect(weakened(group({ 'Fn::Unknown': 'P' }))).toEqual(['Parameters']);
});

test('a message has the name and the value', () => {
  expect(told(group({ 'pgaudit.log': 'none' }), 'pgaudit.log')).toBe("'pgaudit.log' is 'none'");
  expect(told(group({ 'Fn::Unknown': 'P' }), 'Parameters')).toBe("'Parameters' are known only at deployment");
});
