import { CALLS, CDK, STRUCTS } from '../../src/core/api-facts';
import { MISSING, WANTED } from '../../src/core/argument-hints';
import { paramsOf } from '../../src/core/arguments';

const params = (of: Record<string, string>) => Object.entries(of).flatMap(([owner, text]) => paramsOf(text).map(p => ({ ...p, owner })));
const all = [...params(STRUCTS), ...params(CALLS)];

test('every hint is about something in the API', () => {
  const kinds = new Set(all.flatMap(p => { const kind = p.kind.replace(/[[\]{}]/g, ''); return [kind, `${kind} ${p.name}`]; }));
  expect(Object.keys(WANTED).filter(name => !kinds.has(name))).toEqual([]);
  expect(Object.keys(MISSING).filter(name => !all.some(p => !p.optional && `${p.owner}.${p.name}` === name))).toEqual([]);
});

test('every class of ours that is asked for has something that tells it', () => {
  const classes = new Set(all.map(p => p.kind.replace(/[[\]{}]/g, '')).filter(kind => /^[A-Z]/.test(kind) && !(kind in STRUCTS) && !(kind in CDK)));
  expect(classes.size).toBeGreaterThan(15);
  const enums = ['AlbTlsPolicy', 'CisAlarm', 'FirewallRollout', 'FrameOptions', 'VpcEncryptionMode'];
  expect([...classes].filter(name => !enums.includes(name) && !(WANTED[name]?.members ?? []).length)).toEqual([]);
});
