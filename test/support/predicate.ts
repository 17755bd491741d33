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
  });
}
