// What GuardDuty does with keys and buckets: policy statements.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { AGENT_REPOSITORY } from './facts';
import { arn, viaService } from '../../core/names';
import { guardDutyPrincipal } from '../../core/principals';

/** Who scans uploads. */
export const SCANNER = 'malware-protection-plan.guardduty.amazonaws.com';

/** The plans of this account by which the scanner works. */
export function scanPlans(): string {
  return arn('guardduty', 'malware-protection-plan/*');
}

/** In the policy of the key of exported findings: S3 decrypts its Bucket Key, which it keeps for a while, in the name of who writes. */
export function bucketKey(detectorId: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(guardDutyPrincipal())],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': arn('guardduty', `detector/${detectorId}`) },
    },
  });
}

/** What the role does that scans what is put into a bucket. */
export function scan(bucketArn: string, keyArn: string | undefined): iam.PolicyStatement[] {
  const rule = arn('events', 'rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*');
  return [
    new iam.PolicyStatement({
      sid: 'MakeRule',
      actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'],
      resources: [rule],
      conditions: { StringEquals: { 'events:ManagedBy': SCANNER } },
    }),
    new iam.PolicyStatement({ sid: 'WatchRule', actions: ['events:DescribeRule', 'events:ListTargetsByRule'], resources: [rule] }),
    new iam.PolicyStatement({
      sid: 'HearOfUploads', actions: ['s3:GetBucketNotification', 's3:PutBucketNotification', 's3:ListBucket'], resources: [bucketArn],
    }),
    new iam.PolicyStatement({
      sid: 'TestBucket', actions: ['s3:PutObject'], resources: [`${bucketArn}/malware-protection-resource-validation-object`],
    }),
    new iam.PolicyStatement({
      sid: 'ScanAndMark',
      actions: [
        's3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging',
        's3:PutObjectVersionTagging',
      ],
      resources: [`${bucketArn}/*`],
    }),
    ...keyArn === undefined ? [] : [new iam.PolicyStatement({
      sid: 'Decrypt',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': viaService('s3') } },
    })],
  ];
}

/** What the role does that starts tasks beside which GuardDuty puts its agent: it pulls the agent's image. */
export function pullAgent(account: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'PullRuntimeAgent',
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [`arn:${Aws.PARTITION}:ecr:${Aws.REGION}:${account}:repository/${AGENT_REPOSITORY}`],
  });
}
