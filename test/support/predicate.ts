import { decidedWrongly } from './undecided';
import { Control } from '../../src/core/control';
import { RenderedTemplate } from '../../src/core/template';

/** Resources of a template, by logical ID. The control is judged on the first one. */
export type Resources = Record<string, any>;

/**
 * The pair of tests that every predicate needs: it holds on what is right, and each named change makes it fail.
 */
export function provePredicate(control: Control, right: Resources, wrong: Record<string, (resources: any) => void>): void {
  const judge = (resources: Resources) => {
    const template = new RenderedTemplate({ Resources: resources });
    const resource = template.resource(Object.keys(resources)[0])!;
    return control.holds(resource, template) && (control.breaks?.(resource, template) ?? []).length === 0;
  };
  describe(`${control.id}: ${control.title}`, () => {
    test('holds', () => expect(judge(structuredClone(right))).toBe(true));
    test.each(Object.entries(wrong))('does not hold when %s', (_name, change) => {
      const resources = structuredClone(right);
      change(resources);
      expect(resources).not.toEqual(right);
      expect(judge(resources)).toBe(false);
    });
    proveUndecided(control, right, Object.values(wrong), Object.keys(wrong));
  });
}

/** What is wrong does not turn into what holds where the deployment decides. */
function proveUndecided(
  control: Control, right: Resources, changes: readonly ((resources: any) => void)[], names: readonly string[], account?: string,
): void {
  test('is not taken to hold where only the deployment decides', () => {
    expect(changes.flatMap((change, i) => {
      const resources = structuredClone(right);
      change(resources);
      return decidedWrongly(control, right, resources, account).map(form => `${names[i]}: ${form}`);
    })).toEqual([]);
  });
}

/** The account of the templates of `proveBreaks`. */
export const OWN = '111122223333';
/** Another one. */
export const FOREIGN = '444455556666';

/**
 * What a touch rule needs: nothing breaks what is right, nor with each legitimate addition, and each weakening is broken by exactly the
 * resources that are named.
 */
export function proveBreaks(
  control: Control, right: Resources, legitimate: Record<string, (resources: any) => void>,
  wrong: Record<string, readonly [change: (resources: any) => void, ...breakers: string[]]>,
): void {
  const judge = (change: (resources: any) => void) => {
    const resources = structuredClone(right);
    change(resources);
    expect(resources).not.toEqual(right);
    return breakersOf(control, resources);
  };
  describe(`${control.id}: ${control.title}`, () => {
    test('nothing breaks what is right', () => expect(breakersOf(control, right)).toEqual([]));
    if (Object.keys(legitimate).length > 0) {
      test.each(Object.entries(legitimate))('%s', (_name, change) => expect(judge(change)).toEqual([]));
    }
    test.each(Object.entries(wrong))('broken when %s', (_name, [change, ...breakers]) => expect(judge(change)).toEqual(breakers));
    const broken = Object.entries(wrong).filter(([, [, ...breakers]]) => breakers.length > 0);
    if (broken.length > 0) { proveUndecided(control, right, broken.map(([, [change]]) => change), broken.map(([name]) => name), OWN); }
  });
}

function breakersOf(control: Control, resources: Resources): string[] {
  const template = new RenderedTemplate({ Resources: resources }, OWN);
  const resource = template.resource(Object.keys(resources)[0])!;
  expect(control.types).toContain(resource.type);
  return control.breaks!(resource, template).map(r => r.logicalId);
}
