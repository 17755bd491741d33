import { Token } from 'aws-cdk-lib/core';
import { network, NetworkOptions } from '../../../src/services/ec2/network-settings';

const AT = { node: { path: 'Stack/Network' } };
const token = Token.asString({ Ref: 'Later' });
const services = (...names: string[]): NetworkOptions => ({ endpointServices: names.map(name => ({ name })) });

test('what nobody chose', () => {
  expect(network(AT, {})).toEqual({
    cidr: '10.0.0.0/16',
    azCount: 2,
    plan: expect.objectContaining({ public: { cidr: '10.0.0.0/18', subnets: ['10.0.0.0/19', '10.0.32.0/19'] } }),
    applicationPort: 8443,
    databasePort: 5440,
    publicHttp: true,
    denyCidrs: [],
    endpointServices: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms'],
    readableBuckets: [],
    imageAccounts: [],
    opensShells: false,
  });
});

test('what somebody chose', () => {
  expect(network(AT, {
    cidr: '172.20.0.0/20',
    azCount: 3,
    applicationPort: 9443,
    databasePort: 6000,
    publicHttp: false,
    denyCidrs: ['198.51.100.0/24'],
    ...services('sqs'),
    readableBuckets: ['packages'],
    imageAccounts: ['111122223333'],
  })).toMatchObject({
    cidr: '172.20.0.0/20',
    azCount: 3,
    applicationPort: 9443,
    databasePort: 6000,
    publicHttp: false,
    denyCidrs: ['198.51.100.0/24'],
    endpointServices: ['sqs'],
    readableBuckets: ['packages'],
    imageAccounts: ['111122223333'],
  });
});

test('entries of lists may be tokens, the list may not', () => {
  expect(() => network(AT, { readableBuckets: ['aaa', token], imageAccounts: [token] })).not.toThrow();
  expect(() => network(AT, { readableBuckets: ['B'] })).toThrow("[Stack/Network] 'readableBuckets' is 'B': give the name of one bucket");
  expect(() => network(AT, { readableBuckets: Token.asList({ Ref: 'Later' }) })).toThrow("[Stack/Network] 'readableBuckets' is a list that is known only at deployment");
  expect(() => network(AT, { readableBuckets: 'packages' as any })).toThrow("[Stack/Network] 'readableBuckets' is the text 'packages', not a list");
});

test('services', () => {
  expect(() => network(AT, services('ecr.api', 'kms'))).not.toThrow();
  expect(() => network(AT, services('kms', token))).toThrow("[Stack/Network] 'endpointServices' is known only at deployment");
  expect(() => network(AT, services('cn.com.amazonaws.cn-north-1.kms'))).toThrow(/give the part after the region/);
  expect(() => network(AT, services('dynamodb'))).toThrow(/has a gateway endpoint already/);
  expect(() => network(AT, services('kms', 'kms'))).toThrow(/twice/);
});

test('denied blocks', () => {
  expect(() => network(AT, { denyCidrs: ['198.51.100.0/24', token, '203.0.113.7/32'] })).not.toThrow();
  expect(() => network(AT, { cidr: token, denyCidrs: ['10.0.0.0/8'] })).not.toThrow();
  expect(() => network(AT, { denyCidrs: ['10.0.0.0/8'] })).toThrow(/overlaps the VPC/);
  expect(() => network(AT, { cidr: token, denyCidrs: ['2001:db8::/32'] })).toThrow(/give IPv4 blocks/);
  expect(() => network(AT, { denyCidrs: ['198.51.100.1/24'] })).toThrow(/bits beyond/);
});

test.each<[string, NetworkOptions, RegExp]>([
  ['zones that are not known', { azCount: Token.asNumber({ Ref: 'Count' }) }, /'azCount' is known only at deployment/],
  ['five zones', { azCount: 5 }, /'azCount' must be a whole number from 2 to 4 zones, got 5/],
  ['a port in text', { applicationPort: '8443' as any }, /'applicationPort' must be a whole number from 1024 to 65535 as a port, got '8443'/],
  ['a low port', { databasePort: 443 }, /'databasePort'/],
  ['an organization', { organizationId: 'acme' }, /'organizationId' is 'acme'/],
  ['a prefix list', { s3PrefixListId: 's3' }, /'s3PrefixListId' is 's3'/],
  ['a mode', { encryptionMode: 'MONITOR' }, /'encryptionMode' is 'MONITOR': give 'VpcEncryptionMode.MONITOR' or 'ENFORCE'/],
])('refuses %s', (_name, options, message) => expect(() => network(AT, options)).toThrow(message));
