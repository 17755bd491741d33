import { MANAGEMENT, ONE_IN_A_REGION } from '../../../src/services/general/facts';

test('actions are named in full, each of one service', () => {
  for (const actions of Object.values(MANAGEMENT)) {
    expect(actions.every(a => /^[a-z]+:[A-Z][A-Za-z]+$/.test(a))).toBe(true);
    expect(new Set(actions.map(a => a.split(':')[0])).size).toBe(1);
  }
  expect(Object.keys(MANAGEMENT)).toEqual(expect.arrayContaining(ONE_IN_A_REGION));
});
