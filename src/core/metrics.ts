// Metrics that filters of log groups make of what they find.
import type { Json } from './values';
import { at, isGiven, list, numberOf } from './values';

/** Whether what a metric filter counts, or what it says when it finds nothing, may be less than nothing. */
export function lowersMetrics(filter: Json): boolean {
  return list(at(filter, 'MetricTransformations')).some(isLess);
}

/** Whether a transformation may add less than nothing to its metric. */
export function isLess(transformation: Json): boolean {
  const [value, otherwise] = [at(transformation, 'MetricValue'), at(transformation, 'DefaultValue')];
  return !(numberOf(value) >= 0) || (isGiven(otherwise) && !(numberOf(otherwise) >= 0));
}
