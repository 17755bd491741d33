import * as fs from 'fs';
import { actionFacts, FILE } from '../../../build-tools/iam-facts';
import { WITHOUT_RESOURCE } from '../../../src/services/iam/action-facts';

test('the table is what the reference gives: npx projen facts:iam', () => {
  expect(fs.readFileSync(FILE, 'utf8')).toBe(actionFacts());
});

test('the table is small', () => expect(WITHOUT_RESOURCE.length).toBeLessThan(70_000));

test('each line begins with a service, or goes on', () => {
  const wrong = WITHOUT_RESOURCE.trim().split('\n').filter(line => !/^([a-z0-9-]+: | {2})[\w*()-]/.test(line) || line.length > 140);
  expect(wrong).toEqual([]);
});
