import { Token } from 'aws-cdk-lib/core';
import { requireFargateSize } from '../../src/compute/fargate-size';
import { newStack } from '../support/prove';

test.each([
  [256, 512], [256, 1024], [256, 2048], [512, 1024], [512, 4096],
  [1024, 2048], [1024, 8192], [2048, 16384], [4096, 30720], [8192, 61440], [16384, 122880],
])(
  'takes %d CPU units with %d MiB', (cpu, memory) => {
    expect(() => requireFargateSize(newStack(), cpu, memory)).not.toThrow();
  });

test.each([[256, 1536], [256, 4096], [512, 512], [512, 1536], [1024, 1024], [2048, 2048], [2048, 5000], [8192, 17408], [16384, 36864]])(
  'refuses %d CPU units with %d MiB', (cpu, memory) => {
    expect(() => requireFargateSize(newStack(), cpu, memory)).toThrow(`[Test] 'memoryMiB' is ${memory}: with ${cpu} CPU units Fargate takes `);
  });

test('says what there is', () => {
  expect(() => requireFargateSize(newStack(), 256, 1536)).toThrow(/takes 512, 1024, 2048$/);
  expect(() => requireFargateSize(newStack(), 4096, 1)).toThrow(/takes 8192 to 30720 in steps of 1024$/);
  expect(() => requireFargateSize(newStack(), 1000, 2048)).toThrow(/^\[Test\] 'cpu' is 1000: Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384 units/);
});

test('takes tokens', () => {
  const token = Token.asNumber({ Ref: 'X' });
  expect(() => requireFargateSize(newStack(), token, 1)).not.toThrow();
  expect(() => requireFargateSize(newStack(), 256, token)).not.toThrow();
});
