import { DROP, here, OTHER_KEY, World } from './world';
import { ACCOUNT } from '../support/simulate';
import { ADMINISTRATOR, FOREIGN, NOBODY, onlyOn, onlyWith, Row, service, STRANGER, Thing } from '../support/table';

const SSE = 's3:x-amz-server-side-encryption';
const KEY_ID = `${SSE}-aws-kms-key-id`;
const ACL = { 's3:x-amz-acl': 'bucket-owner-full-control' };

function everyBucket(bucket: Thing, on: Thing): Row[] {
  const read = { who: ADMINISTRATOR, action: 's3:GetObject', on };
  return [
    { ...read, may: true, when: { phrase: 'over TLS 1.3' }, because: 'its own policies say so' },
    { ...read, may: true, when: { phrase: 'over TLS 1.2', context: { 's3:TlsVersion': '1.2' } }, because: 'TLS 1.2 is enough' },
    { ...read, may: false, when: { phrase: 'over TLS 1.1', context: { 's3:TlsVersion': '1.1' } }, because: 'TLS before 1.2 is broken' },
    { ...read, may: false, when: { phrase: 'without TLS', context: { 'aws:SecureTransport': 'false', 's3:TlsVersion': undefined } }, because: 'plaintext is read by others' },
    { who: ADMINISTRATOR, may: false, action: 's3:ListBucket', on: bucket, when: { phrase: 'without TLS', context: { 'aws:SecureTransport': 'false', 's3:TlsVersion': undefined } }, because: 'plaintext is read by others' },
    { who: NOBODY, may: false, action: 's3:GetObject', on, because: 'a bucket is never public' },
    { who: STRANGER, may: false, action: 's3:GetObject', on, because: 'the bucket is of this account' },
    { who: STRANGER, may: false, action: 's3:PutBucketPolicy', on: bucket, because: 'the bucket is of this account' },
  ];
}

/** What writers may ask of the encryption. */
function encryption(on: Thing, key: Thing): Row[] {
  const put = (phrase: string, context: Record<string, string>, may: boolean, because: string): Row =>
    ({ who: ADMINISTRATOR, may, action: 's3:PutObject', on, when: { phrase, context }, because });
  return [
    put('without encryption headers', {}, true, "the bucket's own key is used"),
    put("under the bucket's key", { [SSE]: 'aws:kms', [KEY_ID]: key.arn }, true, 'it is the right key'),
    put('under another key', { [SSE]: 'aws:kms', [KEY_ID]: OTHER_KEY.arn }, false, 'readers of the bucket could be locked out'),
    put('under the key that AWS manages', { [SSE]: 'aws:kms' }, false, 'its policy lets the whole account in'),
    put('under SSE-S3', { [SSE]: 'AES256' }, false, 'whoever reads the bucket could read it without the key'),
    put('under a key that it brings along', { [`${SSE}-customer-algorithm`]: 'AES256' }, false, 'that is how ransomware locks a bucket'),
  ];
}

function kept(on: Thing): Row[] {
  return ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'].map(action =>
    ({ who: ADMINISTRATOR, may: false, action, on, because: 'evidence stays' }));
}

/** Whoever delivers: from this account and source, into the place that is meant for it. */
function delivers(name: string, action: string, on: Thing, source: string, extra: Record<string, string> = {}): Row[] {
  return onlyWith({ who: service(name), action, on, because: 'it delivers for this account', when: { context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': source, ...extra } } }, {
    'aws:SourceAccount': FOREIGN,
    'aws:SourceArn': source.includes(ACCOUNT) ? source.replace(ACCOUNT, FOREIGN) : `${source}-other`,
    ...Object.fromEntries(Object.keys(extra).map(key => [key, undefined])),
  });
}

function logBucket(world: World): Row[] {
  const bucket = world.bucket('SecurityLog', 'the log bucket');
  const elb = 'logdelivery.elasticloadbalancing.amazonaws.com';
  const balancer = here('elasticloadbalancing', 'loadbalancer/app/shop/1234567890abcdef');
  const path = `elb/shop/AWSLogs/${ACCOUNT}/elasticloadbalancing/eu-west-1/2026/11/22/log.gz`;
  const sources = ['Bucket', 'TrailBucket', 'RecorderBucket', 'DetectionExportBucket'].map(b => world.template.arn(world.id('AWS::S3::Bucket', b)));
  const delivery = { phrase: '', context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': balancer } };
  return [
    ...everyBucket(bucket, world.object(bucket, 's3/log')),
    ...kept(world.object(bucket, 's3/log')),
    ...sources.flatMap(source => delivers('logging.s3.amazonaws.com', 's3:PutObject', world.object(bucket, 's3/log'), source)),
    { who: service('logging.s3.amazonaws.com'), may: false, action: 's3:PutObject', on: world.object(bucket, 'elb/forged'), when: { context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': sources[0] } }, because: 'each writer has its own prefix' },
    ...sources.map((source): Row => ({ who: service('logging.s3.amazonaws.com'), may: false, action: 's3:PutObject', on: world.object(bucket, 'elb/forged'), when: { phrase: `for ${source}`, context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': source } }, because: 'each writer has its own prefix' })),
    ...delivers(elb, 's3:PutObject', world.object(bucket, path), balancer),
    { who: service(elb), may: false, action: 's3:PutObject', on: world.object(bucket, path.replace(ACCOUNT, FOREIGN)), when: delivery, because: "a foreign account's load balancer writes under its own account" },
    { who: service(elb), may: false, action: 's3:PutObject', on: world.object(bucket, 's3/forged'), when: delivery, because: 'each writer has its own prefix' },
    { who: service('delivery.logs.amazonaws.com'), may: false, action: 's3:PutObject', on: world.object(bucket, 's3/log'), when: delivery, because: 'nothing delivers by that way' },
  ];
}

function applicationBucket(world: World): Row[] {
  const bucket = world.bucket('', 'the bucket of the application');
  const on = world.object(bucket, 'report.pdf');
  const others = ['SecurityLog', 'Trail', 'Recorder', 'DetectionExport'].map(b => world.object(world.bucket(b, `the ${b} bucket`), 'any'));
  const { application } = world;
  return [
    ...everyBucket(bucket, on),
    ...encryption(on, world.key('DataKey', '')),
    ...onlyOn({ who: application, action: 's3:GetObject', on, because: 'it reads its bucket' }, ...others),
    ...onlyOn({ who: application, action: 's3:PutObject', on, because: 'it writes its bucket' }, ...others, DROP),
    ...onlyOn({ who: application, action: 's3:ListBucket', on: bucket, because: 'it lists its bucket' }, world.bucket('Trail', 'the bucket of the trail')),
    { who: application, may: true, action: 's3:DeleteObject', on, because: 'a version stays' },
    { who: application, may: false, action: 's3:DeleteObjectVersion', on, because: 'versions outlive a stolen role' },
    { who: application, may: false, action: 's3:PutBucketPolicy', on: bucket, because: 'it uses the bucket and does not administer it' },
    { who: application, may: false, action: 's3:GetObject', on, when: { phrase: 'without TLS', context: { 'aws:SecureTransport': 'false', 's3:TlsVersion': undefined } }, because: 'plaintext is read by others' },
  ];
}

function trailBucket(world: World): Row[] {
  const bucket = world.bucket('Trail', 'the bucket of the trail');
  const on = world.object(bucket, `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/11/22/log.gz`);
  const trail = world.template.arn(world.id('AWS::CloudTrail::Trail', 'Trail'));
  const cloudTrail = service('cloudtrail.amazonaws.com');
  const source = { 'aws:SourceArn': trail };
  const forged = [trail.replace(ACCOUNT, FOREIGN), here('cloudtrail', 'trail/other')];
  return [
    ...everyBucket(bucket, on),
    ...encryption(on, world.key('AuditKey', '')),
    ...kept(on),
    ...forged.flatMap(arn => [
      ...onlyWith({ who: cloudTrail, action: 's3:PutObject', on, when: { context: { ...source, ...ACL } }, because: 'the trail delivers, and no other' }, { 'aws:SourceArn': arn, 's3:x-amz-acl': undefined }),
      ...onlyWith({ who: cloudTrail, action: 's3:GetBucketAcl', on: bucket, when: { context: source }, because: 'the trail looks whose bucket it is' }, { 'aws:SourceArn': arn }),
    ]),
    { who: cloudTrail, may: true, action: 's3:PutObject', on, when: { phrase: 'under SSE-S3', context: { ...source, ...ACL, [SSE]: 'AES256' } }, because: 'digests are under SSE-S3' },
    { who: cloudTrail, may: false, action: 's3:PutObject', on: world.object(bucket, `AWSLogs/${FOREIGN}/log.gz`), when: { context: { ...source, ...ACL } }, because: "a foreign account's trail writes under its own account" },
    { who: cloudTrail, may: false, action: 's3:GetBucketAcl', on: { ...world.bucket('Recorder', 'the bucket of the recorder') }, when: { context: source }, because: 'the trail has a bucket of its own' },
  ];
}

function recorderBucket(world: World): Row[] {
  const bucket = world.bucket('Recorder', 'the bucket of the recorder');
  const on = world.object(bucket, `AWSLogs/${ACCOUNT}/Config/eu-west-1/2026/11/22/snapshot.gz`);
  const recorder = here('config', 'config-recorder/any');
  return [
    ...everyBucket(bucket, on),
    ...encryption(on, world.key('AuditKey', '')),
    ...kept(on),
    ...delivers('config.amazonaws.com', 's3:PutObject', on, recorder, ACL),
    ...delivers('config.amazonaws.com', 's3:GetBucketAcl', bucket, recorder),
    ...delivers('config.amazonaws.com', 's3:ListBucket', bucket, recorder),
    { who: service('config.amazonaws.com'), may: false, action: 's3:PutObject', on: world.object(bucket, `AWSLogs/${FOREIGN}/Config/snapshot.gz`), when: { context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': recorder, ...ACL } }, because: 'a foreign account writes under its own account' },
    { who: service('config.amazonaws.com'), may: false, action: 's3:GetObject', on, when: { context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': recorder } }, because: 'it writes and does not read' },
  ];
}

function findingsBucket(world: World): Row[] {
  const bucket = world.bucket('DetectionExport', 'the bucket of the findings');
  const on = world.object(bucket, 'findings.jsonl.gz');
  const detector = here('guardduty', `detector/${world.template.att(world.id('AWS::GuardDuty::Detector', 'Detection'), 'Id')}`);
  return [
    ...everyBucket(bucket, on),
    ...encryption(on, world.key('AuditKey', '')),
    ...kept(on),
    ...delivers('guardduty.amazonaws.com', 's3:PutObject', on, detector),
    ...delivers('guardduty.amazonaws.com', 's3:GetBucketLocation', bucket, detector),
    { who: service('guardduty.amazonaws.com'), may: false, action: 's3:PutObject', on, when: { phrase: 'for another detector', context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': here('guardduty', 'detector/other') } }, because: 'the source is forged' },
  ];
}

/** Who may do what with the buckets. */
export function buckets(world: World): Row[] {
  return [logBucket, applicationBucket, trailBucket, recorderBucket, findingsBucket].flatMap(table => table(world));
}
