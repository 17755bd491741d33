import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { fail } from '../core/validate';

/** Memory that Fargate offers with CPU units: from, to, and in which steps of MiB. */
const MEMORY: Record<number, [from: number, to: number, step: number]> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

/** Refuses CPU and memory that Fargate does not offer together. Tokens pass. */
export function requireFargateSize(scope: IConstruct, cpu: number, memoryMiB: number): void {
  if (Token.isUnresolved(cpu)) { return; }
  if (!MEMORY[cpu]) {
    fail(scope, `'cpu' is ${cpu}: Fargate has ${Object.keys(MEMORY).join(', ')} units (1024 are one processor)`);
  }
  if (Token.isUnresolved(memoryMiB)) { return; }
  const [from, to, step] = MEMORY[cpu];
  const sizes = Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step).filter(size => size !== 1536);
  if (!sizes.includes(memoryMiB)) {
    fail(scope, `'memoryMiB' is ${memoryMiB}: with ${cpu} CPU units Fargate takes ${sizes.length < 8 ? sizes.join(', ') : `${from} to ${to} in steps of ${step}`}`);
  }
}
