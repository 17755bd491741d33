import { at, GONE, isIntrinsic, Path } from './edit';
import { Mutation, mutation, Place } from './mutation';

/** Pairs that are each other's opposite, in the spelling of the services. */
const OPPOSITES: [string, string][] = [
  ['true', 'false'], ['enabled', 'disabled'], ['ENABLED', 'DISABLED'], ['Enabled', 'Disabled'], ['on', 'off'], ['1', '0'], ['enhanced', 'disabled'],
];

/** What protects, by its property, and what is weaker and yet allowed there. Floors of protocols, modes, algorithms. */
const WEAKER: [property: RegExp, strong: RegExp, weak: string][] = [
  [/SSEAlgorithm$/, /^aws:kms/, 'AES256'],
  [/VersioningConfiguration\/Status$/, /^Enabled$/, 'Suspended'],
  [/ObjectOwnership$/, /^BucketOwnerEnforced$/, 'ObjectWriter'],
  [/DefaultRetention\/Mode$/, /^COMPLIANCE$/, 'GOVERNANCE'],
  [/PartitionDateSource$/, /^EventTime$/, 'DeliveryTime'],
  [/SslPolicy$/, /./, 'ELBSecurityPolicy-2016-08'],
  [/ssl_min_protocol_version$/, /./, 'TLSv1'],
  [/(^|\/)(HealthCheck)?Protocol$/, /^HTTPS$/, 'HTTP'],
  [/Scheme$/, /^internal$/, 'internet-facing'],
  [/TrafficType$/, /^ALL$/, 'REJECT'],
  [/NetworkMode$/, /^awsvpc$/, 'host'],
  [/RecordingFrequency$/, /^CONTINUOUS$/, 'DAILY'],
  [/FindingPublishingFrequency$/, /./, 'SIX_HOURS'],
  [/DatabaseInsightsMode$/, /^advanced$/, 'standard'],
  [/CACertificateIdentifier$/, /./, 'rds-ca-2019'],
  [/EngineLifecycleSupport$/, /./, 'open-source-rds-extended-support'],
  [/MasterUsername$/, /./, 'postgres'],
  [/ValidationMethod$/, /^DNS$/, 'EMAIL'],
  [/KeyAlgorithm$/, /./, 'RSA_1024'],
  [/CertificateTransparencyLoggingPreference$/, /./, 'DISABLED'],
  [/ContainerDefinitions\/\d+\/User$/, /./, '0:0'],
  [/log_statement$/, /./, 'ddl'],
  [/log_min_error_statement$/, /./, 'error'],
  [/pgaudit\.log$/, /./, 'none'],
  [/shared_preload_libraries$/, /./, 'pg_stat_statements'],
  [/DeliveryFrequency$/, /./, 'Never'],
  [/OversizeHandling$/, /^MATCH$/, 'NO_MATCH'],
  [/DataProtections\/\d+\/Action$/, /./, 'NONE'],
  [/StringMatchType|ComparisonOperator$/, /^GreaterThan/, 'LessThanThreshold'],
  [/TreatMissingData$/, /./, 'ignore'],
  [/Options\/mode$/, /^non-blocking$/, 'blocking'],
  [/LogDriver$/, /./, 'json-file'],
  [/PlatformVersion$/, /./, '1.3.0'],
  [/RedirectConfig\/Protocol$/, /^HTTPS$/, 'HTTP'],
  [/FixedResponseConfig\/StatusCode$/, /^403$/, '200'],
  [/ScheduleExpression$/, /./, 'rate(90 days)'],
  [/VpcEndpointType$/, /./, 'GatewayLoadBalancer'],
  [/DestinationType$/, /./, 'NONE'],
  [/Type$/, /^fixed-response$/, 'forward'],
];

/** Attributes of load balancers and listeners: a key, and a weaker value. */
const WEAKER_ATTRIBUTES: [key: RegExp, weak: string][] = [
  [/desync_mitigation_mode$/, 'monitor'],
  [/xff_header_processing\.mode$/, 'preserve'],
  [/strict_transport_security/, 'max-age=0'],
  [/content_security_policy/, 'default-src *'],
  [/x_content_type_options/, 'sniff'],
  [/x_frame_options/, 'ALLOWALL'],
];

/** Numbers that protect by being low; those that are not here protect by being high. */
const LOW_IS_SAFE = /(\/Period|RotationPeriodInDays|MonitoringInterval|MaxAggregationInterval|Threshold|EvaluationPeriods|DaysAfterInitiation|ChangeableForDays|Limit|Size|StartWindowMinutes|CompletionWindowMinutes|EvaluationWindowSec|numeric\/\d+|DatapointsToAlarm|MaxRetentionDays)$/;

const weakerNumber = (path: string, n: number) => LOW_IS_SAFE.test(path) ? n * 100 + 1 : n === 1 ? 0 : 1;

function weakerString(resource: any, path: Path, value: string): string | undefined {
  const text = path.join('/');
  const attribute = WEAKER_ATTRIBUTES.find(([key]) => path[path.length - 1] === 'Value' && key.test(String(at(resource, [...path.slice(0, -1), 'Key']))));
  if (attribute) { return attribute[1]; }
  const weaker = WEAKER.find(([property, strong]) => property.test(text) && strong.test(value));
  if (weaker) { return weaker[2]; }
  for (const [one, other] of OPPOSITES) {
    if (value === one) { return other; }
    if (value === other) { return one; }
  }
  return undefined;
}

/** Whether a value is a policy document: it has mutators of its own. */
export const isPolicy = (value: any) => value !== null && typeof value === 'object' && Array.isArray(value.Statement);

/**
 * Of every property below a resource's `Properties`, at any depth: it is taken away; and, at a leaf, it is inverted or
 * replaced by the weaker value. What intrinsic functions stand for is one value.
 */
export function mutateSettings(place: Place, resource: any): Mutation[] {
  const all: Mutation[] = [];
  const visit = (value: any, path: Path) => {
    if (isPolicy(value)) { return; }
    if (path.length > 1) { all.push(mutation(place, path, 'drop', () => GONE)); }
    if (typeof value === 'boolean') { all.push(mutation(place, path, 'flip', v => !v)); }
    if (typeof value === 'number') { all.push(mutation(place, path, 'weaken', v => weakerNumber(path.join('/'), v))); }
    if (typeof value === 'string') {
      const weaker = weakerString(resource, path, value);
      if (weaker !== undefined) { all.push(mutation(place, path, 'weaken', () => weaker)); }
    }
    if (value === null || typeof value !== 'object' || isIntrinsic(value)) { return; }
    for (const [key, child] of Object.entries(value)) { visit(child, [...path, Array.isArray(value) ? Number(key) : key]); }
  };
  visit(resource.Properties ?? {}, ['Properties']);
  return all;
}

/** The web firewall's actions: what blocks counts, what runs is switched off. */
export function mutateActions(place: Place, resource: any): Mutation[] {
  if (place.type !== 'AWS::WAFv2::WebACL') { return []; }
  return Object.entries<any>(resource.Properties.Rules ?? []).flatMap(([i, rule]) => [
    ...rule.Action?.Block ? [mutation(place, ['Properties', 'Rules', Number(i), 'Action'], 'count-only', () => ({ Count: {} }))] : [],
    ...rule.OverrideAction?.None ? [mutation(place, ['Properties', 'Rules', Number(i), 'OverrideAction'], 'count-only', () => ({ Count: {} }))] : [],
  ]);
}

/** What keeps a resource when its stack is gone. */
export function mutateRetention(place: Place, resource: any): Mutation[] {
  return ['DeletionPolicy', 'UpdateReplacePolicy'].filter(p => /^Retain|^Snapshot/.test(resource[p] ?? ''))
    .flatMap(p => [mutation(place, [p], 'drop', () => GONE), mutation(place, [p], 'delete', () => 'Delete')]);
}
