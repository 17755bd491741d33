// The hardened values of a trail and of the bucket that it writes to.
import type * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import { Duration } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { daysOf, fail, requireDays, requireMatch } from '../../core/validate';

type Selector = cloudtrail.CfnTrail.AdvancedEventSelectorProperty;

/** What may differ between trails. */
export interface TrailOptions {
  readonly trailName?: string;
  readonly insightTypes?: cloudtrail.InsightType[];
}

/** A trail of every region whose log files are signed. `eventSelectors` says what it records. */
export function trail(at: Place, options: TrailOptions) {
  requireMatch(at, 'trailName', options.trailName, /^(?=.{3,128}$)(?!\d+(\.\d+){3}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
    "take 3 to 128 letters and digits, with single '.', '_' and '-' between them, and no IP address");
  const insights = options.insightTypes?.map(type => type.value) ?? ['ApiCallRateInsight', 'ApiErrorRateInsight'];
  return {
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    insightSelectors: insights.map(insightType => ({ insightType })),
  } satisfies Partial<cloudtrail.CfnTrailProps>;
}

/** The longest name that CloudTrail takes. */
export const NAME_LENGTH = 128;

/** The part of it that is known when the template is made. */
export const STEM_LENGTH = NAME_LENGTH - 13;

/**
 * What a trail records: all management events, reading and writing, and what is asked for besides.
 *
 * @param logBuckets ARNs of the buckets that take logs, of which the default records nothing
 * @param others reads and writes of objects if left out
 */
export function eventSelectors(logBuckets: string[], others?: Selector[]): Selector[] {
  const management = { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] };
  return [management, ...others ?? [s3Objects(logBuckets)]];
}

/** Reads and writes of objects in all buckets but these. A trail that recorded the delivery of its own records would never end. */
export function s3Objects(except: string[]): Selector {
  const ofOthers = { field: 'resources.ARN', notStartsWith: except.map(objectsOf) };
  return { name: 'S3', fieldSelectors: [...ofType('AWS::S3::Object'), ofOthers] };
}

/** How the ARNs of the objects in a bucket begin. */
export function objectsOf(bucketArn: string): string {
  return `${bucketArn}/`;
}

/** Data events of a resource type. */
export function dataEvents(resourceType: string): Selector {
  return { name: resourceType, fieldSelectors: ofType(resourceType) };
}

function ofType(resourceType: string): cloudtrail.CfnTrail.AdvancedFieldSelectorProperty[] {
  return [{ field: 'eventCategory', equalTo: ['Data'] }, { field: 'resources.type', equalTo: [resourceType] }];
}

/** Calls of a service that the policy of a VPC endpoint refused. */
export function refusedByEndpoint(eventSource: string): Selector {
  return {
    name: `Endpoint ${eventSource}`,
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['NetworkActivity'] },
      { field: 'eventSource', equalTo: [eventSource] },
      { field: 'errorCode', equalTo: ['VpceAccessDenied'] },
    ],
  };
}

/** What may differ between the buckets of trails. */
export interface LogFileOptions {
  readonly objectLock?: Duration;
  readonly expiration?: Duration;
}

/** How long a trail's bucket keeps and locks log files. CloudTrail encrypts digest files with SSE-S3, by one reading of its user guide. */
export function logFiles(at: Place, options: LogFileOptions) {
  const { expiration } = options;
  const objectLock = options.objectLock ?? Duration.days(365);
  requireDays(at, 'objectLock', objectLock, 1, 36500);
  requireDays(at, 'expiration', expiration, 365, 36500);
  const [expires, locked] = [daysOf(expiration), daysOf(objectLock)];
  if (expires !== undefined && locked !== undefined && expires < locked) {
    fail(at, `'expiration' is ${expires} days, less than the ${locked} of 'objectLock': `
      + 'locked log files would only be hidden, so give as many or more');
  }
  return { objectLock, expiration, noncurrentExpiration: Duration.days(365), plainWriter: 'cloudtrail.amazonaws.com' };
}
