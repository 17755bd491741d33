/** An IPv4 block, as the number of its first address and the length of its prefix. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

/** Reads `10.0.0.0/16`. Undefined if it is no IPv4 block, or has bits beyond its prefix. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) { return undefined; }
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (octets.some(o => o > 255) || prefix > 32) { return undefined; }
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return first % size(prefix) === 0 ? { first, prefix } : undefined;
}

/** `10.0.0.0/16` of a block. */
export function formatCidr({ first, prefix }: Cidr): string {
  return `${[24, 16, 8, 0].map(bits => Math.floor(first / 2 ** bits) % 256).join('.')}/${prefix}`;
}

/** Cuts a block into 2, 4, 8 … equal ones. */
export function splitCidr(block: Cidr, count: number): Cidr[] {
  const prefix = block.prefix + Math.log2(count);
  return Array.from({ length: count }, (_, i) => ({ first: block.first + i * size(prefix), prefix }));
}

/** Whether two blocks have an address in common. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return a.first < b.first + size(b.prefix) && b.first < a.first + size(a.prefix);
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}
