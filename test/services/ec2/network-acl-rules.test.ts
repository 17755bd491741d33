import { applicationTier, dataTier, NetworkAclOptions, NetworkAclRule, publicTier } from '../../../src/services/ec2/network-acl-rules';

const OPTIONS: NetworkAclOptions = {
  publicCidr: 'PUB', applicationCidr: 'APP', dataCidr: 'DATA', applicationPort: 8443, databasePort: 5440, publicHttp: true, denyCidrs: [],
};
const row = (r: NetworkAclRule) => [
  r.egress ? 'out' : 'in', r.number, r.action, r.protocol === 6 ? `${r.ports![0]}-${r.ports![1]}` : r.protocol === 1 ? `icmp ${r.icmp!.join('/')}` : 'all', r.cidr,
].join(' ');

test('the public tier', () => {
  expect(publicTier({ ...OPTIONS, denyCidrs: ['BAD', 'WORSE'] }).map(row)).toEqual([
    'in 10 deny all BAD',
    'in 11 deny all WORSE',
    'in 50 deny all DATA',
    'in 100 allow 443-443 0.0.0.0/0',
    'in 110 allow 80-80 0.0.0.0/0',
    'in 120 allow 1024-65535 APP',
    'in 160 allow icmp 3/4 0.0.0.0/0',
    'out 50 deny all DATA',
    'out 100 allow 8443-8443 APP',
    'out 110 allow 1024-65535 0.0.0.0/0',
    'out 160 allow icmp 3/4 0.0.0.0/0',
  ]);
  expect(publicTier({ ...OPTIONS, publicHttp: false }).map(row)).not.toContain('in 110 allow 80-80 0.0.0.0/0');
});

test('the application tier', () => {
  expect(applicationTier(OPTIONS).map(row)).toEqual([
    'in 100 allow 8443-8443 PUB',
    'in 110 allow 443-443 APP',
    'in 120 allow 1024-65535 DATA',
    'in 130 allow 1024-65535 APP',
    'in 140 allow 32768-65535 0.0.0.0/0',
    'out 100 allow 5440-5440 DATA',
    'out 110 allow 443-443 0.0.0.0/0',
    'out 120 allow 1024-65535 PUB',
    'out 130 allow 8443-8443 APP',
    'out 140 allow 1024-65535 APP',
  ]);
});

test('the data tier', () => {
  expect(dataTier(OPTIONS).map(row)).toEqual([
    'in 100 allow 5440-5440 APP',
    'in 110 allow 5440-5440 DATA',
    'in 115 allow 1024-65535 DATA',
    'out 100 allow 1024-65535 APP',
    'out 110 allow 5440-5440 DATA',
    'out 115 allow 1024-65535 DATA',
  ]);
});

test.each([publicTier, applicationTier, dataTier])('numbers are used once in each direction, and fit the quota (%#)', tier => {
  const rules = tier({ ...OPTIONS, denyCidrs: Array.from({ length: 9 }, (_, i) => `BAD${i}`) });
  for (const egress of [true, false]) {
    const numbers = rules.filter(r => r.egress === egress).map(r => r.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeLessThanOrEqual(18);
  }
});
