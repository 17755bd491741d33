import { overlap, parseRange } from '../../src/core/ip-range';

const range = (cidr: string) => parseRange(cidr)!;

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
  expect(parseRange(cidr)).toMatchObject({ version, first, last, prefix: Number(cidr.split('/')[1]) });
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.1/24', '10.0.0/8', '256.0.0.0/8', '::/129', '2001:db8::1/64', 'fe80::1%eth0/128', '10.0.0.0/8/8', '10.0.0.0/', '/8', '', '10.0.0.0/-1'])(
  'refuses %p', cidr => expect(parseRange(cidr)).toBeUndefined());

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/9', '10.128.0.0/9', false],
  ['0.0.0.0/1', '::/1', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
])('%s and %s overlap: %s', (a, b, expected) => expect(overlap(range(a), range(b))).toBe(expected));
