// How controls read repositories.
import type { Json } from '../../core/values';
import { at, list, textOf } from '../../core/values';

/** The rules of a lifecycle policy, which is text; none of a text that says nothing for sure. */
export function lifecycleRules(policy: Json): readonly Json[] {
  try {
    return list(at(JSON.parse(textOf(at(policy, 'LifecyclePolicyText'))), 'rules'));
  } catch {
    return [];
  }
}
