// What the policy of a key says.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { arn, arnIs, globalArn, iamArn, sourceIs, textIs, viaService } from '../../core/names';
import { guardDutyPrincipal } from '../../core/principals';

/** What a user of data does with its key. */
export const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/**
 * Everything that keeps a key in order, and nothing that uses it: `kms:CreateAlias` stands in for `kms:Create*`, which would
 * include CreateGrant.
 */
export const ADMINISTER = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:Delete*', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*',
  'kms:Put*',
  'kms:Revoke*', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
];

const DENIED_TO_ADMINISTRATORS = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** What a statement for a service principal is called: `EventsRds` of `events.rds.amazonaws.com`. */
export function sidOf(service: string): string {
  return service.split('.').slice(0, -2).map(w => w.charAt(0).toUpperCase() + w.slice(1)).join('');
}

type Conditions = Record<string, Record<string, unknown>>;

function statement(
  sid: string | undefined, principals: iam.IPrincipal[], actions: string[], conditions?: Conditions, effect = iam.Effect.ALLOW,
): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect, principals, actions, conditions, resources: ['*'] });
}

const account = () => [new iam.AccountRootPrincipal()];
const service = (name: string) => [new iam.ServicePrincipal(name)];

/** Hands the key to the administrators of the account's IAM, so that its policy can always be restored; it lets nobody use the key. */
export function accountAdministers(): iam.PolicyStatement {
  return statement('AccountAdministersKey', account(), ADMINISTER);
}

/** Lets named principals administer the key and denies them its use, whatever else they hold. */
export function administrators(principals: iam.IPrincipal[]): iam.PolicyStatement[] {
  return [
    statement('AdministratorsManageKey', principals, ADMINISTER),
    statement('AdministratorsCannotUseKey', principals, DENIED_TO_ADMINISTRATORS, undefined, iam.Effect.DENY),
    statement('AdministratorsCannotGrantKey', principals, ['kms:CreateGrant'], { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
      iam.Effect.DENY),
  ];
}

/** Lets named principals use the key, and let AWS services use it for them. */
export function users(principals: iam.IPrincipal[]): iam.PolicyStatement[] {
  return [
    statement('UsersUseKey', principals, USE),
    statement('UsersGrantKeyToServices', principals, ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
}

/** Lets a principal of another account decrypt: in the key's policy, or, without a principal, in its own. */
export function decrypts(keyArn: string, principal?: iam.IPrincipal): iam.PolicyStatement {
  return new iam.PolicyStatement({ principals: principal && [principal], actions: ['kms:Decrypt'], resources: [principal ? '*' : keyArn] });
}

/** Lets one role of this account use the key, by an ARN that need not exist yet: a principal that does not is refused by KMS. */
export function oneRole(roleArn: string, actions: string[]): iam.PolicyStatement {
  return statement(undefined, account(), actions, { ArnEquals: { 'aws:PrincipalArn': roleArn } });
}

/** Lets callers of this account use the key through a service: their own policies decide who, the service decides for what. */
export function throughService(sid: string, name: string, grants: boolean): iam.PolicyStatement[] {
  const through = { 'kms:ViaService': viaService(name), 'kms:CallerAccount': Aws.ACCOUNT_ID };
  const use = statement(`UseThrough${sid}`, account(), USE, { StringEquals: through });
  const grant = statement(`GrantThrough${sid}`, account(), ['kms:CreateGrant'],
    { StringEquals: through, Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  return grants ? [use, grant] : [use];
}

/** The ARN of log groups by this name. */
export function logGroupArn(name: string): string {
  return arn('logs', `log-group:${name}`);
}

/** CloudWatch Logs for log groups by these ARNs. Callers that read them come through the service. */
export function logGroups(arns: string[]): iam.PolicyStatement[] {
  return [
    // The one service whose name has the suffix of the partition: `amazonaws.com.cn` in China.
    statement(undefined, service(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`),
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arns } }),
  ];
}

/**
 * A trail by this name. `Decrypt` because the trail's bucket has a Bucket Key, for which S3 calls KMS with the bucket as encryption
 * context; the trail may be in it or not.
 */
export function cloudTrail(trailName: string): iam.PolicyStatement[] {
  const source = arnIs('aws:SourceArn', arn('cloudtrail', `trail/${trailName}`));
  const principals = service('cloudtrail.amazonaws.com');
  return [
    statement('CloudTrailEncrypts', principals, ['kms:Decrypt', 'kms:GenerateDataKey*'], {
      ...source,
      StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${Aws.PARTITION}:cloudtrail:*:${Aws.ACCOUNT_ID}:trail/*` },
    }),
    statement('CloudTrailUsesBucketKey', principals, ['kms:Decrypt', 'kms:GenerateDataKey*'], {
      ...source,
      ArnLike: { ...source.ArnLike, 'kms:EncryptionContext:aws:s3:arn': globalArn('s3', '*') },
    }),
    statement('CloudTrailDescribes', principals, ['kms:DescribeKey'], source),
  ];
}

/** Log delivery (flow logs, WAF, CloudFront, Resolver) to an encrypted bucket. */
export function logDelivery(): iam.PolicyStatement[] {
  return [statement('LogDelivery', service('delivery.logs.amazonaws.com'), USE, sourceIs(arn('logs', '*')))];
}

/** CloudWatch alarms that publish to an encrypted topic. */
export function alarms(): iam.PolicyStatement[] {
  return publisher('Alarms', 'cloudwatch.amazonaws.com', arn('cloudwatch', 'alarm:*'));
}

/** A service that publishes to an encrypted topic from resources by this ARN. */
export function publisher(sid: string, principal: string, sourceArn: string): iam.PolicyStatement[] {
  return [statement(`${sid}Publish`, service(principal), ['kms:Decrypt', 'kms:GenerateDataKey*'], sourceIs(sourceArn))];
}

/** AWS Config that delivers to an encrypted bucket. */
export function config(): iam.PolicyStatement[] {
  return [statement('ConfigDelivers', service('config.amazonaws.com'), ['kms:Decrypt', 'kms:GenerateDataKey'],
    sourceIs(arn('config', '*')))];
}

/** GuardDuty that exports the findings of a detector. */
export function guardDuty(detectorId: string): iam.PolicyStatement[] {
  return [statement('GuardDutyExports', service(guardDutyPrincipal()), ['kms:GenerateDataKey'],
    sourceIs(arn('guardduty', `detector/${detectorId}`)))];
}

/** CloudFront that reads, for one distribution, what is behind its origin access control. */
export function cloudFront(distributionId: string): iam.PolicyStatement[] {
  return [statement('CloudFrontReads', service('cloudfront.amazonaws.com'), ['kms:Decrypt'],
    { StringEquals: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}` } })];
}

/** AWS Backup, for the role that a plan runs with. */
export function backup(): iam.PolicyStatement[] {
  const through = { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': viaService('backup') };
  return [
    statement('UseThroughBackup', account(), ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'], { StringEquals: through }),
    statement('GrantThroughBackup', account(), ['kms:CreateGrant'], {
      'StringEquals': through,
      'Bool': { 'kms:GrantIsForAWSResource': 'true' },
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
    }),
  ];
}

/** Fargate that encrypts the ephemeral storage of a cluster's tasks. */
export function fargateStorage(clusterName: string): iam.PolicyStatement[] {
  const cluster = textIs({
    'kms:EncryptionContext:aws:ecs:clusterAccount': Aws.ACCOUNT_ID,
    'kms:EncryptionContext:aws:ecs:clusterName': clusterName,
  });
  const principals = service('fargate.amazonaws.com');
  return [
    statement('FargateEncryptsStorage', principals, ['kms:GenerateDataKeyWithoutPlaintext'], cluster),
    statement('FargateGrantsStorage', principals, ['kms:CreateGrant'],
      { ...cluster, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
  ];
}

/** EC2 Auto Scaling, by its service-linked role, that launches instances with encrypted volumes. */
export function autoScaling(suffix?: string): iam.PolicyStatement[] {
  const name = `AWSServiceRoleForAutoScaling${suffix ? `_${suffix}` : ''}`;
  const role = iamArn(`role/aws-service-role/autoscaling.amazonaws.com/${name}`);
  const principals = [new iam.ArnPrincipal(role)];
  return [
    statement('AutoScalingUsesKey', principals, USE),
    statement('AutoScalingGrantsKey', principals, ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ];
}
