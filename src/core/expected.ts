// Strangers that a construct was told of: where its findings go, whom its alarms tell, who subscribes.
import { isOwnPrincipal } from './ownership';
import type { Home } from './ownership';
import type { RenderedResource } from './template';
import type { Json } from './values';
import { list, same, textOf } from './values';

/** Where a construct writes down, in the metadata of a resource, of which strangers it was told. */
export const ADMITTED = 'cdk-hardened:admits';

/** Whether a construct was told of this one: by what it is, or by its account. */
export function isAdmitted(value: Json, of: RenderedResource): boolean {
  const account = textOf(value).split(':')[4];
  return list(of.metadata[ADMITTED]).some(known => same(known, value) || (/^\d{12}$/.test(textOf(known)) && known === account));
}

/** Whether a value is a resource or a principal of the account, or one that the construct was told of. */
export function isExpected(value: Json, of: RenderedResource, home: Home): boolean {
  return isOwnPrincipal(value, home) || isAdmitted(value, of);
}
