// A scan of what is put into a bucket.
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareWildcards } from '../assurance/known-findings';
import { KeyAccess } from '../foundation/key-access';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/guardduty/controls';
import * as settings from '../services/guardduty/settings';
import { scan, scanPlans, SCANNER } from '../services/guardduty/statements';

/** What is scanned. */
export interface UploadScanProps {
  readonly bucket: s3.IBucket;
}

/** A protection plan of GuardDuty that scans what is put into a bucket, in a role for this bucket alone. */
export class UploadScan extends Construct {
  constructor(scope: Construct, id: string, props: UploadScanProps) {
    super(scope, id);
    const { bucketArn, bucketName, encryptionKey } = props.bucket;
    if (encryptionKey) { KeyAccess.s3().allowOn(encryptionKey); }
    const role = serviceRole(this, 'Role', {
      description: 'Scans uploads to a bucket for malware',
      service: SCANNER,
      sourceArn: scanPlans(),
      statements: scan(bucketArn, encryptionKey?.keyArn),
    });
    const policy = role.node.findChild('Policy') as iam.ManagedPolicy;
    declareWildcards(policy, 'Any object of the bucket can be an upload, and GuardDuty names the EventBridge rule itself, '
      + 'under a prefix that is its own.');
    const plan = new guardduty.CfnMalwareProtectionPlan(this, 'Resource', { role: role.roleArn, ...settings.uploadScan(bucketName) });
    // GuardDuty tries the role when the plan is made.
    plan.node.addDependency(policy);
    claim(plan, controls.TD_UPLOADS_SCANNED);
  }
}
