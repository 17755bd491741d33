import { RenderedTemplate } from '../../../src/core/template';
import { applicationTier, dataTier, isTable, NetworkAclOptions, NetworkAclRule, publicTier } from '../../../src/services/ec2/network-acl-rules';

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

describe('a rendered table', () => {
  const entry = (properties: any) => ({ Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: { Ref: 'Acl' }, ...properties } });
  const resources: Record<string, any> = {
    Acl: { Type: 'AWS::EC2::NetworkAcl' },
    ...Object.fromEntries(publicTier(OPTIONS).map((r, i) => [`E${i}`, entry({
      Egress: r.egress,
      RuleNumber: r.number,
      RuleAction: r.action,
      Protocol: r.protocol,
      CidrBlock: r.cidr,
      ...r.ports && { PortRange: { From: r.ports[0], To: r.ports[1] } },
      ...r.icmp && { Icmp: { Type: r.icmp[0], Code: r.icmp[1] } },
    })])),
  };
  const holds = (change: (r: any) => void = () => undefined) => {
    const copy = structuredClone(resources);
    change(copy);
    const template = new RenderedTemplate({ Resources: copy });
    return isTable(publicTier(OPTIONS), v => v)(template.resource('Acl')!, template);
  };
  test('is itself', () => expect(holds()).toBe(true));
  test.each<[string, (r: any) => void]>([
    ['an entry is gone', r => { delete r.E0; }],
    ['an entry is added', r => { r.More = entry({ Egress: false, RuleNumber: 1, RuleAction: 'allow', Protocol: -1, CidrBlock: '0.0.0.0/0' }); }],
    ['an entry is turned round', r => { r.E0.Properties.RuleAction = 'allow'; }],
    ['an entry has another number', r => { r.E0.Properties.RuleNumber = 1000; }],
    ['an entry is wider', r => { r.E1.Properties.PortRange.From = 0; }],
    ['an entry is for another block', r => { r.E0.Properties.CidrBlock = '192.0.2.1/32'; }],
    ['an entry goes the other way', r => { r.E0.Properties.Egress = true; }],
  ])('is another when %s', (_name, change) => expect(holds(change)).toBe(false));
});
