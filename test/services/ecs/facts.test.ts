import { FARGATE_ARCHITECTURES, FARGATE_GAP, FARGATE_MEMORY, METRICS } from '../../../src/services/ecs/facts';

test('each step of memory leads from the least to the most', () => {
  for (const [from, to, step] of Object.values(FARGATE_MEMORY)) {
    expect(to).toBeGreaterThan(from);
    expect((to - from) % step).toBe(0);
  }
});

test('the gap is where 256 units would have it', () => {
  const [from, to, step] = FARGATE_MEMORY[256];
  expect(FARGATE_GAP).toBeGreaterThan(from);
  expect(FARGATE_GAP).toBeLessThan(to);
  expect((FARGATE_GAP - from) % step).toBe(0);
});

test('knows what the CDK knows', () => {
  expect(FARGATE_ARCHITECTURES).toEqual(['X86_64', 'ARM64']);
  expect(METRICS).toEqual({ namespace: 'AWS/ECS', cpu: 'CPUUtilization', memory: 'MemoryUtilization' });
});
