import { CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { exposure, INTERNET_FACING, isForSome, loadBalancer, securityGroup, subnets } from '../../../src/services/elb/settings';

const AT = { node: { path: 'Stack/Alb' } };
const LOGS = { bucket: 'logs', folder: 'elb/stack-alb' };

test('nobody reaches it from outside unless it faces the Internet', () => {
  expect(exposure(AT, {})).toEqual({ internetFacing: false, sourceCidrs: [], redirectHttp: false });
  expect(exposure(AT, { internetFacing: INTERNET_FACING })).toEqual({ internetFacing: true, sourceCidrs: ['0.0.0.0/0'], redirectHttp: true });
  expect(exposure(AT, { internetFacing: true, sourceCidrs: ['192.0.2.0/24'], redirectHttp: false })).toMatchObject({ sourceCidrs: ['192.0.2.0/24'], redirectHttp: false });
});

test.each(['10.0.0.1/8', '::/0', '10.0.0.0', 'everywhere'])('%s is no source', cidr => {
  expect(() => exposure(AT, { sourceCidrs: [cidr] })).toThrow(`[Stack/Alb] 'sourceCidrs' has '${cidr}': give an IPv4 block`);
});

test('a list of sources that is one token, or no list, is refused, and a source that is a token is not', () => {
  expect(() => exposure(AT, { sourceCidrs: Fn.split(',', Fn.importValue('Cidrs')) })).toThrow(/'sourceCidrs' is a list that is known only at deployment/);
  expect(() => exposure(AT, { sourceCidrs: '10.0.0.0/8' as any })).toThrow("[Stack/Alb] 'sourceCidrs' is the text '10.0.0.0/8', not a list");
  expect(exposure(AT, { sourceCidrs: [new CfnParameter(new Stack(), 'Cidr').valueAsString] }).sourceCidrs).toHaveLength(1);
});

test('it is in one subnet of each zone, in public ones if it faces the Internet, and where it is told', () => {
  expect(subnets(exposure(AT, {}), undefined)).toEqual({ onePerAz: true });
  expect(subnets(exposure(AT, { internetFacing: true }), undefined)).toEqual({ subnetType: 'Public', onePerAz: true });
  expect(subnets(exposure(AT, {}), { subnetGroupName: 'Web' })).toEqual({ subnetGroupName: 'Web' });
});

test('its attributes', () => {
  const { loadBalancerAttributes, ...others } = loadBalancer({ internetFacing: false, disposable: false, logs: LOGS });
  expect(others).toEqual({ type: 'application', scheme: 'internal', ipAddressType: 'ipv4' });
  expect(Object.fromEntries(loadBalancerAttributes.map(({ key, value }) => [key, value]))).toEqual({
    'deletion_protection.enabled': 'true',
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'strictest',
    'routing.http.xff_header_processing.mode': 'append',
    'routing.http.preserve_host_header.enabled': 'false',
    'waf.fail_open.enabled': 'false',
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.bucket': 'logs',
    'access_logs.s3.prefix': 'elb/stack-alb/access',
    'connection_logs.s3.enabled': 'true',
    'connection_logs.s3.bucket': 'logs',
    'connection_logs.s3.prefix': 'elb/stack-alb/connection',
  });
});

test('a disposable one can be deleted, unless it is told otherwise', () => {
  const protection = (options: { disposable: boolean; deletionProtection?: boolean }) =>
    loadBalancer({ internetFacing: true, logs: LOGS, ...options }).loadBalancerAttributes[0];
  expect(protection({ disposable: true })).toEqual({ key: 'deletion_protection.enabled', value: 'false' });
  expect(protection({ disposable: true, deletionProtection: true }).value).toBe('true');
  expect(protection({ disposable: false, deletionProtection: false }).value).toBe('false');
});

test('its security group lets sources in to 443, to 80 if it redirects', () => {
  const rules = securityGroup({ internetFacing: false, sourceCidrs: ['10.0.0.0/8', '192.0.2.0/24'], redirectHttp: true });
  expect(rules.securityGroupIngress.map(r => [r.cidrIp, r.fromPort, r.toPort])).toEqual([
    ['10.0.0.0/8', 443, 443], ['10.0.0.0/8', 80, 80], ['192.0.2.0/24', 443, 443], ['192.0.2.0/24', 80, 80],
  ]);
  expect(securityGroup({ internetFacing: false, sourceCidrs: ['10.0.0.0/8'], redirectHttp: false }).securityGroupIngress).toHaveLength(1);
});

test.each<[string[], boolean]>([
  [[], true], [['203.0.113.0/24'], true], [['0.0.0.0/0'], false], [['0.0.0.0/1', '128.0.0.0/1'], false], [['10.0.0.0/8', '11.0.0.0/8'], false],
])('%j is for some clients only: %s', (sourceCidrs, expected) => expect(isForSome({ internetFacing: true, redirectHttp: true, sourceCidrs })).toBe(expected));

test('who comes by a token may be everybody', () => {
  expect(isForSome({ internetFacing: true, redirectHttp: true, sourceCidrs: [new CfnParameter(new Stack(), 'Cidr').valueAsString] })).toBe(false);
});
