import { AGENT_ACCOUNTS } from '../../../src/services/guardduty/facts';

test('each region has one account of its own', () => {
  const accounts = Object.values(AGENT_ACCOUNTS);
  expect(accounts.filter(a => !/^\d{12}$/.test(a))).toEqual([]);
  expect(new Set(accounts).size).toBe(accounts.length);
  expect(Object.keys(AGENT_ACCOUNTS).filter(r => !/^[a-z]{2}(-gov)?-[a-z]+-\d$/.test(r))).toEqual([]);
});
