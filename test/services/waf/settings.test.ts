import { CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { CLOUDFRONT, REGIONAL } from '../../../src/services/waf/facts';
import { AddressOptions, addressLists, checkWebAcl, logging, webAcl, WebAclOptions } from '../../../src/services/waf/settings';

const AT = { node: { path: 'Stack/Firewall' } };
const OPTIONS = { scope: REGIONAL, blocks: true };
const acl = (options: Partial<WebAclOptions> = {}) => webAcl({ ...OPTIONS, ...options }, {}, 'Metric');

test('a web ACL allows what no rule matches, has metrics and keeps credentials out of samples', () => {
  const { rules, ...others } = acl();
  expect(others).toEqual({
    description: 'Managed rules, rate limit and limit of the body',
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: 'Metric' },
    dataProtectionConfig: { dataProtections: [{ field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization', 'cookie', 'x-api-key'] }, action: 'SUBSTITUTION' }] },
  });
  expect(rules.find(r => r.name === 'RateLimit')!.statement).toMatchObject({ rateBasedStatement: { limit: 2000 } });
});

test('for CloudFront it says how much of a body is inspected', () => {
  expect(acl({ scope: CLOUDFRONT }).associationConfig).toEqual({ requestBody: { CLOUDFRONT: { defaultSizeInspectionLimit: 'KB_16' } } });
});

test('samples and logs leave out the same', () => {
  const options = { redactedHeaders: ['X-Session', 'Cookie'], redactQueryString: true };
  expect(acl(options).dataProtectionConfig.dataProtections.map(p => p.field)).toEqual([
    { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization', 'cookie', 'x-api-key', 'x-session'] }, { fieldType: 'QUERY_STRING' },
  ]);
  expect(logging({ ...OPTIONS, ...options }).redactedFields).toEqual([
    ...['authorization', 'cookie', 'x-api-key', 'x-session'].map(Name => ({ singleHeader: { Name } })), { queryString: {} },
  ]);
});

test.each<[string, Partial<WebAclOptions>, string]>([
  ['a rate below what WAF takes', { rateLimit: 9 }, "'rateLimit' must be a whole number from 10 to 2000000000 requests, got 9"],
  ['a rule without group', { countOnlyRules: ['GenericRFI_BODY'] }, "'countOnlyRules' is 'GenericRFI_BODY': give GROUP/RULE"],
  ['a rule of another group', { countOnlyRules: ['AWSManagedRulesPHPRuleSet/X'] }, "'countOnlyRules'"],
  ['every path as upload', { uploadPaths: ['/'] }, "'uploadPaths' is '/'"],
  ['a path with a wildcard', { uploadPaths: ['/a/*'] }, "'uploadPaths' is '/a/*'"],
  ['a text instead of a list', { uploadPaths: '/a/' as any }, "'uploadPaths' is the text '/a/', not a list"],
  ['a header that is none', { redactedHeaders: ['x y'] }, "'redactedHeaders' is 'x y'"],
])('a web ACL refuses %s', (_name, options, message) => {
  expect(() => checkWebAcl(AT, { ...OPTIONS, ...options })).toThrow(`[Stack/Firewall] ${message}`);
});

test('addresses are listed by IP version, sorted, tokens last', () => {
  const token = new CfnParameter(new Stack(), 'Cidr').valueAsString;
  expect(addressLists(AT, {})).toEqual([{ id: 'Allowed', sets: [] }, { id: 'Denied', sets: [] }]);
  const [allowed, denied] = addressLists(AT, { allowedCidrs: ['10.0.0.0/8'], deniedCidrs: ['203.0.113.0/24', token, '2001:db8::/32', '198.51.100.0/24'] });
  expect(allowed.sets.map(s => s.addresses)).toEqual([['10.0.0.0/8']]);
  expect(denied.sets.map(s => [s.ipAddressVersion, s.addresses])).toEqual([['IPV4', ['198.51.100.0/24', '203.0.113.0/24', token]], ['IPV6', ['2001:db8::/32']]]);
});

test('a list that is one token stands for IPv4', () => {
  const cidrs = Fn.split(',', Fn.importValue('Cidrs'));
  expect(addressLists(AT, { deniedCidrs: cidrs })[1].sets).toEqual([{ description: 'Refused', ipAddressVersion: 'IPV4', addresses: cidrs }]);
});

test.each<[string, AddressOptions, string]>([
  ['everybody as allowed', { allowedCidrs: ['0.0.0.0/0'] }, "'allowedCidrs' has '0.0.0.0/0'"],
  ['a block that is none', { deniedCidrs: ['10.0.0.1/8'] }, "'deniedCidrs' has '10.0.0.1/8'"],
  ['a block twice', { deniedCidrs: ['10.0.0.0/8', '10.0.0.0/8'] }, "'deniedCidrs' has '10.0.0.0/8', which overlaps '10.0.0.0/8': name each address once"],
  ['a block in both lists', { allowedCidrs: ['10.1.0.0/16'], deniedCidrs: ['10.0.0.0/8'] }, "'deniedCidrs' has '10.0.0.0/8', which overlaps '10.1.0.0/16' of 'allowedCidrs'"],
  ['a text instead of a list', { deniedCidrs: '10.0.0.0/8' as any }, "'deniedCidrs' is the text '10.0.0.0/8', not a list"],
])('addresses: refuses %s', (_name, options, message) => {
  expect(() => addressLists(AT, options)).toThrow(`[Stack/Firewall] ${message}`);
});
