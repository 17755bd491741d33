// What the policies of endpoints let pass: whose identities, and whose resources.
import { ADMITTED, isAdmitted, isExpected } from '../../core/ours';
import type { Home } from '../../core/ownership';
import { homeOf, isOwnPrincipal, isOwnResource, principalsOf } from '../../core/ownership';
import { condition, isForEveryone, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { functionOf, isOneOf, list, same, textOf } from '../../core/values';

/** An endpoint, and where it is judged from. */
interface At {
  readonly endpoint: RenderedResource;
  readonly home: Home;
}

/** Whether a statement asks for one of these values, all of which are of the account, or of an organization that the endpoint was told of. */
function isBound(s: JsonObject, operator: string, kind: 'Principal' | 'Resource', { endpoint, home }: At): boolean {
  const accounts = list(condition(s, operator, `aws:${kind}Account`));
  const organizations = list(condition(s, operator, `aws:${kind}OrgID`));
  return (accounts.length > 0 && accounts.every(a => isExpected(a, endpoint, home)))
    || (organizations.length > 0 && organizations.every(o => isAdmitted(o, endpoint)));
}

/** Whether a statement is for our identities only. */
function isForOurs(s: JsonObject, at: At): boolean {
  const named = principalsOf(s);
  return isBound(s, 'StringEquals', 'Principal', at)
    || (!isForEveryone(s) && named.length > 0 && named.every(p => p.kind === 'AWS' && isOwnPrincipal(p.name, at.home)));
}

/** Whether a statement is for our resources only. STS has none that data could leave to. */
function isOnOurs(s: JsonObject, at: At): boolean {
  const resources = list(s.Resource);
  return isBound(s, 'StringEquals', 'Resource', at) || isBound(s, 'StringEqualsIfExists', 'Resource', at)
    || (resources.length > 0 && resources.every(r => isOwnResource(r, at.home)))
    || /\.sts(-fips)?$/.test(textOf(at.endpoint.properties.ServiceName));
}

/** The bucket of ECR's image layers in a region. */
const LAYERS = /:::prod-[^*?/]+-starport-layer-bucket\/\*$/;

/** Whether an ARN is of objects in a bucket of image layers, or in one that the endpoint was told of. */
function isReadable(arn: Json, { endpoint }: At): boolean {
  const told = list(endpoint.metadata[ADMITTED]);
  const text = textOf(arn);
  return LAYERS.test(text) || told.some(name => text.endsWith(`:::${textOf(name)}/*`)
    && (functionOf(name) === undefined || JSON.stringify(arn).includes(JSON.stringify(name))));
}

/** Whether each statement that allows something, or may, is fine. Without any the endpoint has the policy of AWS, which allows everything. */
function passes(endpoint: RenderedResource, t: RenderedTemplate, isFine: (s: JsonObject, at: At) => boolean): boolean {
  const all = statements(endpoint.properties.PolicyDocument);
  const at = { endpoint, home: homeOf(endpoint, t) };
  return all.length > 0 && all.filter(s => !isOneOf(s.Effect, 'Deny')).every(s => isFine(s, at));
}

/** Whether an endpoint passes nothing but our identities to our resources. */
export function passesOurs(endpoint: RenderedResource, t: RenderedTemplate): boolean {
  return passes(endpoint, t, (s, at) => isForOurs(s, at) && isOnOurs(s, at));
}

/** Whether an endpoint passes nothing but that, and reads of objects in named buckets. */
export function passesOursOrReads(endpoint: RenderedResource, t: RenderedTemplate): boolean {
  return passes(endpoint, t, (s, at) => (isForOurs(s, at) && isOnOurs(s, at))
    || (same(list(s.Action), ['s3:GetObject']) && list(s.Resource).length > 0 && list(s.Resource).every(r => isReadable(r, at))));
}
