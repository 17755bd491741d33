import { LONGEST_ROTATION, MANAGED_ROTATION, MANAGES } from '../../../src/services/secrets/facts';

test('what changes a secret is named in full, and does not read it', () => {
  expect(MANAGES.every(a => /^secretsmanager:[A-Z][A-Za-z]+$/.test(a))).toBe(true);
  expect(MANAGES.filter(a => /Get|List|Describe/.test(a))).toEqual([]);
  expect(new Set(MANAGES).size).toBe(MANAGES.length);
});

test('RDS rotates sooner than Security Hub asks', () => expect(MANAGED_ROTATION).toBeLessThan(LONGEST_ROTATION));
