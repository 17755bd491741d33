// Statements that allow something, and are made to allow more.
import { BUCKETS } from './bucket-policy';
import { Cases, casesOf } from './harness';
import { append, everybodyOf, FOREIGN, foreignArn, indexOf, override, sid } from './touch';

const TASK_POLICY = 'Service/Task/TaskRole/Grants';
const writesObjects = (s: any) => [s.Action].flat().includes('s3:PutObject');

const CASES: Cases = {
  'topic: alarms of another account publish too': {
    'by an override': override('Security/Topic/Policy', policy => {
      const at = sid(policy, 'PolicyDocument', 'AlarmsPublish');
      append(policy, `${at}.Condition.StringEquals.aws:SourceAccount`, FOREIGN);
      append(policy, `${at}.Condition.ArnLike.aws:SourceArn`, foreignArn('cloudwatch', 'alarm:*'));
    }),
  },
  'trail bucket: a trail of another account writes too': {
    'by an override': override(`${BUCKETS.trail}/Policy`, policy => append(policy,
      `${sid(policy, 'PolicyDocument', 'CloudTrailWrites')}.Condition.StringEquals.aws:SourceArn`, foreignArn('cloudtrail', 'trail/theirs'))),
    'by an override, for any trail': override(`${BUCKETS.trail}/Policy`, policy => {
      const at = `${sid(policy, 'PolicyDocument', 'CloudTrailWrites')}.Condition`;
      policy.addPropertyDeletionOverride(`${at}.StringEquals.aws:SourceArn`);
      policy.addPropertyOverride(`${at}.ArnLike`, { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' });
    }),
  },
  'data key: another account uses it through S3 too': {
    'by an override': override('DataKey', key => {
      const at = sid(key, 'KeyPolicy', 'UseThroughS3');
      append(key, `${at}.Principal.AWS`, everybodyOf(FOREIGN).AWS);
      append(key, `${at}.Condition.StringEquals.kms:CallerAccount`, FOREIGN);
    }),
  },
  'data key: administrators create grants too': {
    'by an override': override('DataKey', key => append(key, `${sid(key, 'KeyPolicy', 'AccountAdministersKey')}.Action`, 'kms:CreateGrant')),
  },
  'log key: every log group of every account uses it too': {
    'by an override': override('Security/LogKey', key => {
      const at = `KeyPolicy.Statement.${indexOf(key, 'KeyPolicy.Statement', s => s.Principal.Service !== undefined)}`;
      append(key, `${at}.Condition.ArnLike.kms:EncryptionContext:aws:logs:arn`, '*');
    }),
    'by an override, with a pattern': override('Security/LogKey', key => {
      const at = `KeyPolicy.Statement.${indexOf(key, 'KeyPolicy.Statement', s => s.Principal.Service !== undefined)}`;
      append(key, `${at}.Condition.ArnLike.kms:EncryptionContext:aws:logs:arn`, 'arn:aws:logs:*:*:log-group:*');
    }),
  },
  'log bucket: access logs of every bucket of every account': {
    'by an override': override(`${BUCKETS.log}/Policy`, policy => {
      const at = `PolicyDocument.Statement.${indexOf(policy, 'PolicyDocument.Statement', s => String(s.Sid).startsWith('S3AccessLogs'))}`;
      policy.addPropertyOverride(`${at}.Condition`, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' }, StringLike: { 'aws:SourceAccount': '????????????' } });
      policy.addPropertyDeletionOverride(`${at}.Condition.StringEquals`);
    }),
  },
  'S3 endpoint: buckets of another account are reached too': {
    'by an override': override('Network/Endpoints/S3', endpoint => append(endpoint,
      `${sid(endpoint, 'PolicyDocument', 'OurBuckets')}.Condition.StringEquals.aws:ResourceAccount`, FOREIGN)),
    'by a further statement': override('Network/Endpoints/S3', endpoint => append(endpoint, 'PolicyDocument.Statement', {
      Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: '*', Condition: { StringEquals: { 'aws:ResourceAccount': FOREIGN } },
    })),
  },
  'task policy: the statement on objects is for every bucket': {
    'by an override': override(TASK_POLICY, policy => policy.addPropertyOverride(
      `PolicyDocument.Statement.${indexOf(policy, 'PolicyDocument.Statement', writesObjects)}.Resource`, 'arn:aws:s3:::*/*')),
    'by an override, in a list': override(TASK_POLICY, policy => append(policy,
      `PolicyDocument.Statement.${indexOf(policy, 'PolicyDocument.Statement', writesObjects)}.Resource`, 'arn:aws:s3:::*/*')),
  },
};

export const ALLOW_WIDENED = casesOf('allow widened', CASES);
