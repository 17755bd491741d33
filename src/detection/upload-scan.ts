import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareWildcards } from '../assurance/known-findings';
import { arn, viaService } from '../core/names';
import { KeyAccess } from '../foundation/key-access';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/guardduty/controls';

/** What is scanned. */
export interface UploadScanProps {
  readonly bucket: s3.IBucket;
}

const SERVICE = 'malware-protection-plan.guardduty.amazonaws.com';

/** A protection plan of GuardDuty that scans what is put into a bucket, in a role for this bucket alone. */
export class UploadScan extends Construct {
  public readonly plan: guardduty.CfnMalwareProtectionPlan;

  constructor(scope: Construct, id: string, props: UploadScanProps) {
    super(scope, id);
    const { bucketArn, bucketName, encryptionKey } = props.bucket;
    if (encryptionKey) { KeyAccess.s3().allowOn(encryptionKey); }
    const rule = arn('events', 'rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*');
    const role = serviceRole(this, 'Role', {
      description: 'Scans uploads to a bucket for malware',
      service: SERVICE,
      sourceArn: arn('guardduty', 'malware-protection-plan/*'),
      statements: [
        new iam.PolicyStatement({
          sid: 'MakeRule',
          actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'],
          resources: [rule],
          conditions: { StringEquals: { 'events:ManagedBy': SERVICE } },
        }),
        new iam.PolicyStatement({ sid: 'WatchRule', actions: ['events:DescribeRule', 'events:ListTargetsByRule'], resources: [rule] }),
        new iam.PolicyStatement({ sid: 'HearOfUploads', actions: ['s3:GetBucketNotification', 's3:PutBucketNotification', 's3:ListBucket'], resources: [bucketArn] }),
        new iam.PolicyStatement({ sid: 'TestBucket', actions: ['s3:PutObject'], resources: [`${bucketArn}/malware-protection-resource-validation-object`] }),
        new iam.PolicyStatement({
          sid: 'ScanAndMark',
          actions: [
            's3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging', 's3:PutObjectVersionTagging',
          ],
          resources: [`${bucketArn}/*`],
        }),
        ...encryptionKey ? [new iam.PolicyStatement({
          sid: 'Decrypt',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': viaService('s3') } },
        })] : [],
      ],
    });
    const policy = role.node.findChild('Policy') as iam.ManagedPolicy;
    declareWildcards(policy, 'Any object of the bucket can be an upload, and GuardDuty names the EventBridge rule itself, under a prefix that is its own.');
    this.plan = new guardduty.CfnMalwareProtectionPlan(this, 'Resource', {
      role: role.roleArn,
      protectedResource: { s3Bucket: { bucketName } },
      actions: { tagging: { status: 'ENABLED' } },
    });
    // GuardDuty tries the role when the plan is made.
    this.plan.node.addDependency(policy);
    claim(this.plan, controls.TD_UPLOADS_SCANNED);
  }
}
