import { areMost, formatIpv4Block, isWithin, overlap, parseBlock, parseIpv4Block, splitBlock, isPrivate } from '../../src/core/addresses';

const range = (cidr: string) => parseBlock(cidr)!;

test.each([
  ['0.0.0.0/0', 4, 0n, 0xffffffffn],
  ['10.0.0.0/8', 4, 0x0a000000n, 0x0affffffn],
  ['192.0.2.44/32', 4, 0xc000022cn, 0xc000022cn],
  ['::/0', 6, 0n, 2n ** 128n - 1n],
  ['::1/128', 6, 1n, 1n],
  ['2001:db8::/32', 6, 0x20010db8n * 2n ** 96n, 0x20010db9n * 2n ** 96n - 1n],
  ['2001:db8:0:1::/64', 6, 0x20010db800000001n * 2n ** 64n, 0x20010db800000002n * 2n ** 64n - 1n],
  ['::ffff:192.0.2.0/120', 6, 0xffffc0000200n, 0xffffc00002ffn],
])('reads %s', (cidr, version, first, last) => {
  expect(parseBlock(cidr)).toMatchObject({ version, first, last, prefix: Number(cidr.split('/')[1]) });
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.1/24', '10.0.0/8', '256.0.0.0/8', '::/129', '2001:db8::1/64', 'fe80::1%eth0/128', '10.0.0.0/8/8', '10.0.0.0/', '/8', '', '10.0.0.0/-1'])(
  'refuses %p', cidr => expect(parseBlock(cidr)).toBeUndefined());

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/9', '10.128.0.0/9', false],
  ['0.0.0.0/1', '::/1', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
])('%s and %s overlap: %s', (a, b, expected) => expect(overlap(range(a), range(b))).toBe(expected));

test.each(['10.0.0.0/16', '0.0.0.0/0', '255.255.255.255/32', '192.168.1.128/25'])('reads and writes %s', text => {
  expect(formatIpv4Block(parseIpv4Block(text)!)).toBe(text);
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.256/32', '10.0.0.1/16', '10.0.0/16', '::/0', '', '10.0.0.0/16 ', 'x10.0.0.0/16'])('takes %p for no IPv4 block', text => {
  expect(parseIpv4Block(text)).toBeUndefined();
});

test('splits', () => {
  expect(splitBlock(parseIpv4Block('10.0.0.0/16')!, 4).map(formatIpv4Block)).toEqual(['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18']);
  expect(splitBlock(parseIpv4Block('192.168.255.0/24')!, 2).map(formatIpv4Block)).toEqual(['192.168.255.0/25', '192.168.255.128/25']);
});

test.each([
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.1.0.0/16', false],
  ['11.0.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '::/0', false],
])('%s is within %s: %s', (inner, outer, expected) => expect(isWithin(range(inner), range(outer))).toBe(expected));

test.each([
  ['10.1.0.0/16', true], ['172.31.0.0/16', true], ['192.168.0.0/24', true], ['100.64.0.0/10', true], ['127.0.0.1/32', true], ['fd00::/8', true],
  ['10.0.0.0/7', false], ['172.0.0.0/8', false], ['8.8.8.8/32', false], ['0.0.0.0/0', false], ['2001:db8::/32', false],
])('%s is private: %s', (text, expected) => expect(isPrivate(range(text))).toBe(expected));

test.each<[string, string[], boolean]>([
  ['everything', ['0.0.0.0/0'], true],
  ['two halves', ['0.0.0.0/1', '128.0.0.0/1'], true],
  ['a /8', ['8.0.0.0/8'], true],
  ['halves of a /8', ['8.128.0.0/9', '8.0.0.0/9'], true],
  ['the same /9 twice, and a part of it', ['8.0.0.0/9', '8.0.0.0/9', '8.1.0.0/16'], false],
  ['a few', ['203.0.113.0/24', '198.51.100.0/24'], false],
  ['all of IPv6', ['::/0'], true],
  ['the addresses of IPv6 that are in use', ['2000::/3'], true],
  ['a network of IPv6', ['2001:db8::/32'], false],
  ['nothing', [], false],
])('%s is as good as everybody: %s %s', (_name, blocks, expected) => expect(areMost(blocks.map(range))).toBe(expected));
