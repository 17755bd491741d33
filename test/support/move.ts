import { CfnElement, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { LooseTemplate, newStack, render } from './prove';

/**
 * Builds the same thing under the stack itself and under another parent, gives what is under the parent the logical IDs that
 * it had before, and returns both templates: they should be equal, or the move would replace something.
 *
 * @param build makes the construct under a scope, by the same ID each time
 */
export function moved(build: (scope: Construct) => IConstruct): { readonly before: LooseTemplate; readonly after: LooseTemplate } {
  const before = newStack();
  const there = build(before);
  const after = newStack();
  const here = build(new Construct(after, 'AnotherParent'));
  const elements = (root: IConstruct) => root.node.findAll().filter(c => CfnElement.isCfnElement(c));
  const path = (c: IConstruct, root: IConstruct) => c.node.path.slice(root.node.path.length);
  const known = new Map(elements(there).map(e => [path(e, there), String(Stack.of(e).resolve(e.logicalId))]));
  for (const element of elements(here)) {
    const id = known.get(path(element, here));
    if (id !== undefined) { element.overrideLogicalId(id); }
  }
  return { before: render(before), after: render(after) };
}
