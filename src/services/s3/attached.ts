// What is attached to a bucket, and where it sends what it has: access points, grants, notifications, reports, replicas.
import { faultsIn, isForOtherSources, isForStrangers, policiesOf } from './policy-faults';
import { encryptionRule } from './rendered';
import type { Home } from '../../core/ownership';
import { homeOf, isOwnAccount, isOwnPrincipal, isOwnResource, principalsOf, strangersOf, written } from '../../core/ownership';
import { allows, isForEveryone, letsIn, services, touches } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, entries, isFalse, isGiven, isTrue, list, mentions, same } from '../../core/values';

/** Access points, grants and the like by which somebody else reads, or that do not keep the public out. */
export function openDoors(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const home = homeOf(r, t);
  const isOpen = (document: Json) => isGiven(document)
    && faultsIn(document, s => isForStrangers(s, home, r) || isForOtherSources(s, home) || isForEveryone(s) || s.NotAction !== undefined).length > 0;
  const isPublic = (door: RenderedResource) => entries(door.properties.PublicAccessBlockConfiguration).some(([, on]) => !isTrue(on));
  const referring = (type: string, property: string, doors: readonly RenderedResource[]) =>
    doors.flatMap(d => t.referring(type, property, d.logicalId));
  const points = t.referring('AWS::S3::AccessPoint', 'Bucket', r.logicalId);
  const global = t.referring('AWS::S3::MultiRegionAccessPoint', 'Regions', r.logicalId);
  const lambda = referring('AWS::S3ObjectLambda::AccessPoint', 'ObjectLambdaConfiguration', points);
  const locations = t.referring('AWS::S3::AccessGrantsLocation', 'LocationScope', r.logicalId);
  return [
    ...points.filter(p => isPublic(p) || isOpen(p.properties.Policy)
      || (isGiven(p.properties.BucketAccountId) && !isOwnAccount(p.properties.BucketAccountId, home))),
    ...global.filter(isPublic),
    ...referring('AWS::S3::MultiRegionAccessPointPolicy', 'MrapName', global).filter(p => isOpen(p.properties.Policy)),
    ...lambda.filter(p => functionsOf(p).some(f => !isOwnResource(f, home))),
    ...referring('AWS::S3ObjectLambda::AccessPointPolicy', 'ObjectLambdaAccessPoint', lambda).filter(p => isOpen(p.properties.PolicyDocument)),
    ...referring('AWS::S3::AccessGrant', 'AccessGrantsLocationId', locations).filter(g => at(g.properties.Grantee, 'GranteeType') === 'IAM'
      && !isOwnPrincipal(at(g.properties.Grantee, 'GranteeIdentifier'), home)),
  ];
}

function functionsOf(point: RenderedResource): Json[] {
  return list(at(point.properties.ObjectLambdaConfiguration, 'TransformationConfigurations'))
    .map(c => at(c, 'ContentTransformation', 'AwsLambda', 'FunctionArn'));
}

/** Where a bucket sends events, reports and replicas to that is not ours, as it is written. */
export function foreignDestinations(r: RenderedResource, t: RenderedTemplate): string[] {
  const home = homeOf(r, t);
  const p = r.properties;
  const reports = [
    ...list(p.InventoryConfigurations).map(c => at(c, 'Destination')),
    ...list(p.AnalyticsConfigurations).map(c => at(c, 'StorageClassAnalysis', 'DataExport', 'Destination')).filter(isGiven),
  ].filter(d => !isOwnResource(at(d, 'BucketArn'), home) && !isOwnAccount(at(d, 'BucketAccountId'), home)).map(d => at(d, 'BucketArn'));
  const replicas = list(at(p.ReplicationConfiguration, 'Rules')).map(rule => at(rule, 'Destination'))
    .filter(d => !isOwnResource(at(d, 'Bucket'), home) || (isGiven(at(d, 'Account')) && !isOwnAccount(at(d, 'Account'), home)))
    .map(d => at(d, 'Bucket'));
  return [...foreignTargets(p.NotificationConfiguration, home), ...reports, ...replicas].map(written);
}

/** The targets of notifications that are not ours. Names of the template, and those of the custom resource of the CDK. */
function foreignTargets(notifications: Json, home: Home): Json[] {
  const targets = [['QueueConfigurations', 'Queue'], ['TopicConfigurations', 'Topic'], ['LambdaConfigurations', 'Function'],
    ['QueueConfigurations', 'QueueArn'], ['TopicConfigurations', 'TopicArn'], ['LambdaFunctionConfigurations', 'LambdaFunctionArn']];
  return targets.flatMap(([name, property]) => list(at(notifications, name)).map(c => at(c, property)))
    .filter(target => target !== undefined && !isOwnResource(target, home));
}

/** Custom resources of the CDK that send events of the bucket elsewhere, or replace all of its notifications. */
export function foreignNotifications(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.referring('Custom::S3BucketNotifications', 'BucketName', r.logicalId)
    .filter(n => foreignTargets(n.properties.NotificationConfiguration, homeOf(r, t)).length > 0
      || (!isFalse(n.properties.Managed) && at(n.properties.NotificationConfiguration, 'EventBridgeConfiguration') === undefined));
}

/** Services and strangers that the bucket lets in and its key does not, in words, with what to give the key. */
export function lockedOut(r: RenderedResource, t: RenderedTemplate): string[] {
  const key = keyOf(r, t);
  if (!key) { return []; }
  const home = homeOf(r, t);
  return policiesOf(r, t).flatMap(p => allows(p.properties.PolicyDocument)).flatMap(s => {
    const needs = needsOf(s);
    if (needs.length === 0) { return []; }
    return [
      ...services(s).map(String).filter(name => !letsIn(key.properties.KeyPolicy, name, ...needs))
        .map(name => `'${name}' gets no ${needs.join(', ')} of the key '${key.logicalId}': give the key '${accessFor(name)}'`),
      ...principalsOf(s).filter(p => p.kind === 'AWS' && strangersOf({ Principal: { AWS: p.name } }, home).length > 0)
        .filter(p => !allows(key.properties.KeyPolicy).some(k => principalsOf(k).some(o => same(o.name, p.name)) && touches(k, 'kms:Decrypt')))
        .map(p => `'${written(p.name)}' may not decrypt with the key '${key.logicalId}': use 'grantReadToAccount', which lets it`),
    ];
  });
}

function keyOf(r: RenderedResource, t: RenderedTemplate): RenderedResource | undefined {
  return t.target('AWS::KMS::Key', at(encryptionRule(r), 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'));
}

function needsOf(s: JsonObject): string[] {
  return [...touches(s, 's3:PutObject') ? ['kms:GenerateDataKey'] : [], ...touches(s, 's3:GetObject') ? ['kms:Decrypt'] : []];
}

const ACCESS: Record<string, string> = {
  'cloudfront': 'KeyAccess.cloudFront(distributionId)',
  'cloudtrail': 'KeyAccess.cloudTrail(trailName)',
  'config': 'KeyAccess.config()',
  'delivery.logs': 'KeyAccess.logDelivery()',
  'guardduty': 'KeyAccess.guardDuty(detectorId)',
};

function accessFor(service: string): string {
  return ACCESS[service.replace('.amazonaws.com', '')] ?? `KeyAccess.publisher('${service}', sourceArn)`;
}

/** Buckets that send reports to this one, which it, or its key, does not let S3 write. */
export function lostReports(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const reporting = t.resourcesOf('AWS::S3::Bucket').filter(b => [
    ...list(b.properties.InventoryConfigurations).map(c => at(c, 'Destination')),
    ...list(b.properties.AnalyticsConfigurations).map(c => at(c, 'StorageClassAnalysis', 'DataExport', 'Destination')),
  ].some(d => mentions(d, r.logicalId)));
  const key = keyOf(r, t);
  const s3 = 's3.amazonaws.com';
  const isWritten = policiesOf(r, t).some(p => letsIn(p.properties.PolicyDocument, s3, 's3:PutObject'))
    && (key === undefined || letsIn(key.properties.KeyPolicy, s3, 'kms:GenerateDataKey'));
  return isWritten ? [] : reporting;
}

/** Resources of S3 of a kind that nobody here knows. */
export function unknownOf(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.mentioning('AWS::S3', r.logicalId, ...KNOWN);
}
const KNOWN = [
  'AWS::S3::AccessGrant', 'AWS::S3::AccessGrantsInstance', 'AWS::S3::AccessGrantsLocation', 'AWS::S3::AccessPoint', 'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy', 'AWS::S3::MultiRegionAccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3::StorageLens',
  'AWS::S3::StorageLensGroup', 'AWS::S3ObjectLambda::AccessPoint', 'AWS::S3ObjectLambda::AccessPointPolicy',
];
