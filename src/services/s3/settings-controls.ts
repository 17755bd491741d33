// What may be added to the settings of a bucket: rules that expire, destinations, origins.
import { foreignDestinations, foreignNotifications } from './attached';
import { expires, rules } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { homeOf, knownText } from '../../core/ownership';
import type { Json } from '../../core/values';
import { at, isGiven, isOneOf, list, numberOf } from '../../core/values';

const BUCKET = ['AWS::S3::Bucket'];

export const S3_DESTINATIONS: Control = {
  id: 'S3-27',
  title: 'events, reports and replicas of the bucket stay in this account',
  prevents: 'a copy of the data, or a list of it, in another account',
  kind: 'default',
  types: BUCKET,
  property: 'NotificationConfiguration',
  mend: 'send them to queues, topics, functions and buckets of this account; name a bucket by its construct, or its account in the report',
  fsbp: ['S3.6'],
  nist: ['AC-4', 'AC-3', 'SC-7(10)'],
  holds: (r, t) => foreignDestinations(r, t).length === 0,
  breaks: foreignNotifications,
  tells: (r, t) => foreignDestinations(r, t).map(d => `to '${d}'`),
};

export const S3_DATA_KEPT: Control = {
  id: 'S3-29',
  title: 'objects do not expire but by the expiration of the bucket',
  prevents: 'a rule that empties the bucket',
  kind: 'durability',
  types: BUCKET,
  property: 'LifecycleConfiguration',
  mend: "give the bucket its 'expiration', or limit the rule to a prefix or tags",
  nist: ['SI-12', 'CP-9'],
  holds: r => rules(r).length > 0 && rules(r).filter(x => expires(x) && x.Id !== 'Expire').every(x => isGiven(x.Prefix) || list(x.TagFilters).length > 0),
};

export const S3_RECORDS_KEPT: Control = {
  id: 'S3-30',
  title: 'no record expires within a year',
  prevents: 'evidence that is gone when an intrusion is found',
  kind: 'durability',
  types: BUCKET,
  property: 'LifecycleConfiguration',
  mend: 'leave lifecycle rules out that expire objects before 365 days, of a prefix as well',
  fsbp: ['S3.13'],
  nist: ['AU-11', 'SI-12'],
  pci: ['10.5.1'],
  holds: r => rules(r).length > 0 && rules(r).filter(expires)
    .every(x => x.ExpirationDate === undefined && numberOf(x.ExpirationInDays) >= 365),
};

export const S3_NOT_EMPTIED: Control = {
  id: 'S3-31',
  title: 'nothing empties the bucket when its stack is deleted',
  prevents: 'loss of all objects and versions by deleting a stack',
  kind: 'durability',
  types: BUCKET,
  property: 'DeletionPolicy',
  mend: "leave 'autoDeleteObjects' out",
  nist: NIST.resilience,
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => t.referring('Custom::S3AutoDeleteObjects', 'BucketName', r.logicalId),
};

export const S3_NO_WEB: Control = {
  id: 'S3-34',
  title: 'the bucket is no website, and browsers write to it from named origins only',
  prevents: 'objects over plain HTTP, and pages of anybody that make a browser write',
  kind: 'default',
  types: BUCKET,
  property: 'CorsConfiguration',
  mend: "name the origins that may write, as 'https://shop.example.com', and publish through CloudFront",
  nist: NIST.notPublic,
  holds: (r, t) => {
    const isNamed = (origin: Json) => /^https:\/\/(\*\.)?[^*?]+$/.test(knownText(origin, homeOf(r, t)) ?? '');
    return r.properties.WebsiteConfiguration === undefined && list(at(r.properties.CorsConfiguration, 'CorsRules'))
      .every(rule => list(at(rule, 'AllowedMethods')).every(m => isOneOf(m, 'GET', 'HEAD'))
        || list(at(rule, 'AllowedOrigins')).every(isNamed));
  },
};
