// Runs something when all templates of a stage are written, whatever else its owner runs there.
import { attachCustomSynthesis } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { fail } from '../core/validate';

const GUARD = 'HardenedSelfCheck';

/** Where `attachCustomSynthesis` puts what runs last in a stage, once. A CDK internal: nothing public tells what is there. */
const LAST = Symbol.for('@aws-cdk/core:customSynthesis');

/** What `attachCustomSynthesis` takes. Its type has no public name. */
type ICustomSynthesis = Parameters<typeof attachCustomSynthesis>[1];

type Synthesize = ICustomSynthesis['onSynthesize'];

/** The hooks that are ours alone, and what the owner's were before they were extended. */
const OURS = new WeakSet<ICustomSynthesis>();
const BEFORE = new WeakMap<Synthesize, Synthesize>();

/**
 * Runs something each time that a stage is synthesized, when all its templates are on disk.
 *
 * A stage has one place for that, and it may be its owner's. So a child of the stage, which the synthesis comes to first, extends
 * what is there by then, whenever it was attached: the owner's runs, then this.
 */
export function afterSynthesis(stage: IConstruct, run: Synthesize): void {
  if (stage.node.tryFindChild(GUARD)) { return; }
  attachCustomSynthesis(new Construct(stage, GUARD), { onSynthesize: () => extend(stage, run) });
}

function extend(stage: IConstruct, run: Synthesize): void {
  const hook = (stage as { [LAST]?: ICustomSynthesis })[LAST];
  if (!hook || OURS.has(hook)) {
    const own = { onSynthesize: run };
    OURS.add(own);
    Object.defineProperty(stage, LAST, { configurable: true, value: own });
    return;
  }
  const before = BEFORE.get(hook.onSynthesize) ?? hook.onSynthesize;
  const both: Synthesize = session => {
    before.call(hook, session);
    run(session);
  };
  BEFORE.set(both, before);
  if (!Reflect.set(hook, 'onSynthesize', both)) {
    fail(stage, "what 'attachCustomSynthesis' attached to this stage is frozen, so the self-check can't run after it: "
      + 'attach an object that is not');
  }
}
