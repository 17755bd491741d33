// What hangs on a log group: filters that ship its events, and policies that are about it.
import { placeOf } from '../../core/assembly';
import { parsed } from '../../core/embedded';
import { isExpected } from '../../core/ours';
import { homeOf } from '../../core/ownership';
import { statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, isGiven, isOneOf, list, mentions, textOf } from '../../core/values';

/** The types of CloudWatch Logs that are known here. */
export const KNOWN_TYPES = [
  'LogGroup', 'LogStream', 'SubscriptionFilter', 'MetricFilter', 'ResourcePolicy', 'AccountPolicy', 'Destination', 'Delivery',
  'DeliveryDestination', 'DeliverySource', 'QueryDefinition', 'ScheduledQuery', 'LogAnomalyDetector', 'Transformer',
].map(type => `AWS::Logs::${type}`);

/** A pattern of names, or of ARNs, of log groups stands for a log group: by its name, or by the one that CloudFormation makes. */
export function isFor(pattern: Json, r: RenderedResource): boolean {
  const text = textOf(pattern).split(':log-group:')[1] ?? '';
  const name = r.properties.LogGroupName;
  if (name === undefined) { return text === '*' || text.endsWith(`${placeOf(r.logicalId).logicalId}-*`); }
  if (!/[*?]/.test(text)) { return text === textOf(name); }
  return new RegExp(`^${text.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(textOf(name));
}

/** Whether a statement's resource may be a log group: not one that is certainly another, by its reference or by its name. */
function mayBeAbout(resource: Json, r: RenderedResource, t: RenderedTemplate): boolean {
  const other = t.target('AWS::Logs::LogGroup', resource);
  if (other) { return other.logicalId === r.logicalId; }
  const name = textOf(resource).split(':log-group:')[1]?.replace(/:(\*|log-stream:.*)$/, '');
  // CloudFormation begins a name with that of the stack, which has no slash
  if (name === undefined || (r.properties.LogGroupName === undefined && !name.startsWith('/'))) { return true; }
  return r.properties.LogGroupName !== undefined && isFor(`:log-group:${name}`, r);
}

/** A policy that may be about a log group, and its statements; none if it can't be read. */
export interface LogPolicy {
  readonly by: RenderedResource;
  readonly statements?: readonly JsonObject[];
}

/** Policies of CloudWatch Logs that may be about a log group: of the account, of the log group, and of a destination before it. */
export function policiesFor(r: RenderedResource, t: RenderedTemplate): LogPolicy[] {
  const read = (by: RenderedResource, document: Json): LogPolicy => {
    const json = parsed(document);
    const all = at(json, 'Statement') === undefined ? undefined : statements(json)
      .filter(s => s.Resource === undefined || list(s.Resource).some(x => mayBeAbout(x, r, t)));
    return { by, statements: all };
  };
  const { ResourcePolicyDocument: own } = r.properties;
  const destinations = t.referring('AWS::Logs::DeliveryDestination', 'DestinationResourceArn', r.logicalId)
    .map(d => [d, at(d.properties.DeliveryDestinationPolicy,
      'DeliveryDestinationPolicy') ?? d.properties.DeliveryDestinationPolicy] as const)
    .filter(([, document]) => isGiven(document));
  return [
    ...isGiven(own) ? [read(r, own)] : [],
    ...t.resourcesOf('AWS::Logs::ResourcePolicy').filter(p => isForThis(p, r)).map(p => read(p, p.properties.PolicyDocument)),
    ...destinations.map(([by, document]) => read(by, document)),
  ];
}

/** A policy of one resource is about no other. */
function isForThis({ properties }: RenderedResource, { logicalId }: RenderedResource): boolean {
  return !isGiven(properties.ResourceArn) || mentions(properties.ResourceArn, logicalId);
}

/** Whether events that are sent there stay in the account: to a destination of the assembly, those that it sends on do too. */
function staysHere(destination: Json, r: RenderedResource, t: RenderedTemplate): boolean {
  const own = t.target('AWS::Logs::Destination', destination);
  return isExpected(own ? own.properties.TargetArn : destination, r, homeOf(r, t));
}

const KEEPS = ['DATA_PROTECTION_POLICY', 'FIELD_INDEX_POLICY', 'TRANSFORMER_POLICY', 'METRIC_EXTRACTION_POLICY'];

/** What ships the events of a log group, or may ship them, out of the account. */
export function shipsAway(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const accountPolicies = t.resourcesOf('AWS::Logs::AccountPolicy').filter(({ properties: p }) => !isOneOf(p.PolicyType, ...KEEPS)
    && !staysHere(at(parsed(p.PolicyDocument), 'DestinationArn'), r, t));
  const links = t.resourcesOf('AWS::Oam::Link').filter(({ properties: p }) => !isExpected(p.SinkIdentifier, r, homeOf(r, t))
    && !list(p.ResourceTypes).every(type => typeof type === 'string' && type !== 'AWS::Logs::LogGroup'));
  const queries = t.referring('AWS::Logs::ScheduledQuery', 'LogGroupIdentifiers', r.logicalId).filter(({ properties: p }) =>
    isGiven(p.DestinationConfiguration) && t.target('AWS::S3::Bucket', p.DestinationConfiguration) === undefined);
  return [
    ...t.referring('AWS::Logs::SubscriptionFilter', 'LogGroupName', r.logicalId).filter(f => !staysHere(f.properties.DestinationArn, r, t)),
    ...accountPolicies, ...links, ...queries,
    ...t.mentioning('AWS::Logs::', r.logicalId, ...KNOWN_TYPES),
  ];
}
