import { isIP } from 'net';

/** A block of addresses, as the numbers of its first and its last one. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `ADDRESS/PREFIX`. Undefined if it is none, or if the address has bits beyond the prefix. */
export function parseRange(cidr: string): IpRange | undefined {
  const [address, length, ...rest] = cidr.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '') || address.includes('%')) { return undefined; }
  const bits = version === 4 ? 32 : 128;
  const prefix = Number(length);
  if (prefix > bits) { return undefined; }
  const first = version === 4 ? fromIpv4(address) : fromIpv6(address);
  const size = 2n ** BigInt(bits - prefix);
  return first % size === 0n ? { version: version as 4 | 6, prefix, first, last: first + size - 1n } : undefined;
}

/** Whether two blocks have an address in common. */
export function overlap(a: IpRange, b: IpRange): boolean {
  return a.version === b.version && a.first <= b.last && b.first <= a.last;
}

function fromIpv4(address: string): bigint {
  return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function fromIpv6(address: string): bigint {
  const groups = (text: string) => text === '' ? [] : text.split(':').flatMap(group => {
    if (!group.includes('.')) { return [BigInt(`0x${group}`)]; }
    const ipv4 = fromIpv4(group);
    return [ipv4 / 65536n, ipv4 % 65536n];
  });
  const [head, tail] = address.split('::').map(groups);
  const zeros = tail === undefined ? [] : new Array<bigint>(8 - head.length - tail.length).fill(0n);
  return [...head, ...zeros, ...tail ?? []].reduce((sum, group) => sum * 65536n + group, 0n);
}
