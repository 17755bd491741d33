import { formatCidr, overlap, parseCidr, splitCidr } from '../../src/core/cidr';

test.each(['10.0.0.0/16', '0.0.0.0/0', '255.255.255.255/32', '192.168.1.128/25'])('reads and writes %s', text => {
  expect(formatCidr(parseCidr(text)!)).toBe(text);
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.256/32', '10.0.0.1/16', '10.0.0/16', '::/0', '', '10.0.0.0/16 ', 'x10.0.0.0/16'])('refuses %p', text => {
  expect(parseCidr(text)).toBeUndefined();
});

test('splits', () => {
  expect(splitCidr(parseCidr('10.0.0.0/16')!, 4).map(formatCidr)).toEqual(['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18']);
  expect(splitCidr(parseCidr('192.168.255.0/24')!, 2).map(formatCidr)).toEqual(['192.168.255.0/25', '192.168.255.128/25']);
});

test.each([
  ['10.0.0.0/16', '10.0.255.255/32', true],
  ['10.0.0.0/16', '10.0.0.0/8', true],
  ['0.0.0.0/0', '203.0.113.0/24', true],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['10.1.0.0/16', '10.0.0.0/16', false],
])('%s and %s overlap: %s', (a, b, expected) => expect(overlap(parseCidr(a)!, parseCidr(b)!)).toBe(expected));
