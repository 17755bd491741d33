// Blocks of IPv4 and IPv6 addresses.
import { isIP } from 'net';

/** A block of addresses, as the numbers of its first and its last one. */
export interface AddressBlock {
  readonly version: 4 | 6;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `ADDRESS/PREFIX`. Undefined if it is none, or if the address has bits beyond the prefix. */
export function parseBlock(cidr: string): AddressBlock | undefined {
  const [address, length, ...rest] = cidr.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '') || address.includes('%')) { return undefined; }
  const prefix = Number(length);
  if (prefix > bitsOf(version as 4 | 6)) { return undefined; }
  const first = version === 4 ? fromIpv4(address) : fromIpv6(address);
  const block = blockAt(version as 4 | 6, prefix, first);
  return first % sizeOf(block) === 0n ? block : undefined;
}

/** Reads `ADDRESS/PREFIX` of IPv4; undefined of anything else. */
export function parseIpv4Block(cidr: string): AddressBlock | undefined {
  const block = parseBlock(cidr);
  return block?.version === 4 ? block : undefined;
}

/** `10.0.0.0/16` of an IPv4 block. */
export function formatIpv4Block({ first, prefix }: AddressBlock): string {
  return `${[24n, 16n, 8n, 0n].map(bits => first / 2n ** bits % 256n).join('.')}/${prefix}`;
}

/** Cuts a block into 2, 4, 8 … equal ones. */
export function splitBlock(block: AddressBlock, count: number): AddressBlock[] {
  const prefix = block.prefix + Math.log2(count);
  const size = sizeOf(blockAt(block.version, prefix, block.first));
  return Array.from({ length: count }, (_, i) => blockAt(block.version, prefix, block.first + BigInt(i) * size));
}

/** Whether two blocks have an address in common. */
export function overlap(a: AddressBlock, b: AddressBlock): boolean {
  return a.version === b.version && a.first <= b.last && b.first <= a.last;
}

/** Whether all addresses of a block are in another one. */
export function isWithin(inner: AddressBlock, outer: AddressBlock): boolean {
  return inner.version === outer.version && outer.first <= inner.first && inner.last <= outer.last;
}

/** Blocks that no packet of the Internet comes from: RFC 1918, 6598, 3927, 1122 and 919; of IPv6, RFC 4193 and 4291. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8', '255.255.255.255/32',
  'fc00::/7', 'fe80::/10', '::1/128'].map(text => parseBlock(text)!);

/** Whether all addresses of a block are private. */
export function isPrivate(block: AddressBlock): boolean {
  return PRIVATE.some(known => isWithin(block, known));
}

/** How much of all addresses is as good as everybody: a /8, and a /16 of IPv6, of which less is in use. */
const MOST = { 4: 1 / 256, 6: 1 / 65536 };

/** Whether blocks have, together, so many addresses that it is as good as everybody. */
export function areMost(blocks: readonly AddressBlock[]): boolean {
  return shareOf(blocks, 4) >= MOST[4] || shareOf(blocks, 6) >= MOST[6];
}

/** How much of all addresses of a version blocks cover together, from 0 to 1. */
function shareOf(blocks: readonly AddressBlock[], version: 4 | 6): number {
  let [sum, next] = [0n, 0n];
  for (const { first, last } of blocks.filter(b => b.version === version).sort((a, b) => a.first < b.first ? -1 : 1)) {
    if (last < next) { continue; }
    sum += last + 1n - (first > next ? first : next);
    next = last + 1n;
  }
  return Number(sum) / 2 ** bitsOf(version);
}

function bitsOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function sizeOf({ version, prefix }: AddressBlock): bigint {
  return 2n ** BigInt(bitsOf(version) - prefix);
}

function blockAt(version: 4 | 6, prefix: number, first: bigint): AddressBlock {
  return { version, prefix, first, last: first + 2n ** BigInt(bitsOf(version) - prefix) - 1n };
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
