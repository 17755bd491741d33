import { allControls, findControl } from '../../src/assurance/catalogue';
import { RenderedTemplate } from '../../src/core/template';
import * as general from '../../src/services/general/controls';

const all = allControls();
/** The families of the foundation, and those of their controls that hold where there is nothing. */
const FAMILIES = /^(GEN|EVT|IAM|KMS|LOG|S3|SNS)-/;
const ABSENCES = ['IAM-01', 'KMS-12', 'SNS-05'];
const ids = (key: 'cis' | 'fsbp' | 'nist' | 'pci') => all.flatMap(c => (c[key] ?? []).map(id => [c.id, id]));
const misformed = (key: 'cis' | 'fsbp' | 'nist' | 'pci', form: RegExp) => ids(key).filter(([, id]) => !form.test(id));

test('holds controls, each once', () => {
  expect(all.length).toBeGreaterThan(30);
  expect(new Set(all.map(c => c.id)).size).toBe(all.length);
});

test('finds a control by its ID, and nothing by another text', () => {
  expect(findControl('GEN-03')).toBe(general.GEN_RETAINED);
  expect(['', 'GEN-99', 'gen-03', 'constructor', '__proto__'].map(findControl)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

describe.each(all.map(c => [c.id, c] as const))('%s', (id, control) => {
  test('has every field that is required', () => {
    expect(id).toMatch(/^[A-Z][A-Z0-9]*-\d{2}([a-z]|\.\d{1,2})?$/);
    expect(['floor', 'default', 'durability']).toContain(control.kind);
    expect(control.types.length).toBeGreaterThan(0);
    control.types.forEach(t => expect(t).toMatch(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/));
    expect(control.property).toMatch(/^([A-Z][A-Za-z0-9.]*|AWS::[A-Za-z0-9]+::[A-Za-z0-9]+)$/);
  });

  test('is written as sentence fragments, in one line, and long enough to mean something', () => {
    for (const text of [control.title, control.prevents, control.mend]) {
      expect(text.length).toBeGreaterThan(10);
      expect(text).toBe(text.trim());
      expect(text).not.toMatch(/\.$|\n|  /);
    }
  });

  test('names whoever asks for it once', () => {
    for (const list of [control.cis, control.fsbp, control.nist, control.pci]) { expect(new Set(list).size).toBe((list ?? []).length); }
  });

  test('does not hold on a resource without properties, unless it is about an absence', () => {
    if (!FAMILIES.test(id) || ABSENCES.includes(id)) { return; }
    const template = new RenderedTemplate({ Resources: { R: { Type: control.types[0] } } });
    expect(control.holds(template.resource('R')!, template)).toBe(false);
  });
});

test('identifiers are well formed', () => {
  expect(misformed('cis', /^[2-6]\.\d{1,2}(\.\d{1,2})?$/)).toEqual([]);
  expect(misformed('fsbp', /^[A-Z][A-Za-z0-9]+\.\d{1,3}$/)).toEqual([]);
  expect(misformed('nist', /^(AC|AU|CA|CM|CP|IA|IR|MA|MP|PL|PM|RA|SA|SC|SI|SR)-\d{1,2}(\(\d{1,2}\))?$/)).toEqual([]);
  expect(misformed('pci', /^\d{1,2}(\.\d{1,2}){1,3}$/)).toEqual([]);
});
