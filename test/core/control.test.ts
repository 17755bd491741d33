import { NIST } from '../../src/core/control';

test('groups of NIST controls hold well-formed identifiers, each once', () => {
  for (const [name, group] of Object.entries(NIST)) {
    expect([name, group.filter(id => !/^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/.test(id))]).toEqual([name, []]);
    expect(new Set(group).size).toBe(group.length);
  }
});
