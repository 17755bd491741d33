// GuardDuty, with who hears of its findings and where they are kept.
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Resource } from 'aws-cdk-lib/core';
import type { aws_guardduty } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { AdoptedDetector, NewDetector } from './detectors';
import { FindingsExport } from './findings-export';
import { FindingsNotification } from './findings-notification';
import { ThreatFeature } from './threat-feature';
import { UploadScan } from './upload-scan';
import { claim } from '../assurance/claims';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { arn } from '../core/names';
import { fail, Place, place } from '../core/validate';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/guardduty/controls';
import * as settings from '../services/guardduty/settings';

/** Properties of threat detection. */
export interface ThreatDetectionProps extends HardenedProps {
  /**
   * A detector that exists in this account and region, for example because an administrator account made it:
   * `ThreatDetection.fromDetectorId`. There can be one only. Its findings are routed; its settings stay with whoever made it.
   *
   * @default - a new detector
   */
  readonly detector?: aws_guardduty.IDetectorRef;

  /**
   * What the new detector watches. Less than the default needs a waiver of `TD-02`: do so where a region or partition lacks
   * a feature.
   *
   * @default - all but AI_PROTECTION and AI_ANALYST, which are not in every region
   */
  readonly features?: ThreatFeature[];

  /**
   * The topic that severe findings go to.
   *
   * @default - the topic of the security foundation
   */
  readonly topic?: sns.ITopic;

  /**
   * The severity from which on findings notify `topic`, from 1 to 10: GuardDuty calls 4 medium, 7 high and 9 critical. More
   * than 7 needs a waiver of `TD-03`.
   *
   * @default 7
   */
  readonly minimumSeverity?: number;

  /**
   * A topic for findings of severity 4 and more that are too mild for `topic`.
   *
   * @default - nobody is notified of them
   */
  readonly mediumTopic?: sns.ITopic;

  /**
   * Where findings are exported to. There can be one export for each detector.
   *
   * In a region that an account opts in to, GuardDuty writes in the name of a principal of that region: give the stack its
   * region, so that the right one is let in.
   *
   * @default FindingsExport.toOwnBucket(), none for a detector that exists
   */
  readonly findingsExport?: FindingsExport;

  /**
   * The key for the construct's own bucket of findings. It must allow `KeyAccess.guardDuty` and `KeyAccess.s3` if it is
   * imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The bucket for the access logs of the construct's own bucket of findings.
   *
   * @default - the log bucket of the security foundation
   */
  readonly logBucket?: s3.IBucket;
}

/**
 * GuardDuty with every protection on, somebody who is notified of what it finds, and a lasting copy of the findings.
 *
 * It finds stolen credentials, malware, mining, exfiltration and reconnaissance in what the account logs and runs. The
 * detector outlives its stack: deleting the stack does not switch detection off. In an organisation whose administrator
 * account manages GuardDuty, pass the `detector`: members can't set features themselves.
 *
 * It is taken wherever the CDK takes a detector.
 *
 * Answers FSBP GuardDuty.1 and GuardDuty.5-13, NIST SI-4, IR-4 and AU-11, PCI 5.2, 10.5.1, 11.5.1 and 12.10.5.
 */
export class ThreatDetection extends Resource implements aws_guardduty.IDetectorRef {
  /**
   * A detector that exists.
   *
   * @param scope where it is found again
   * @param id by which it is found again
   * @param detectorId the 32 hexadecimal digits that `aws guardduty list-detectors` prints
   */
  public static fromDetectorId(scope: Construct, id: string, detectorId: string): aws_guardduty.IDetectorRef {
    checkCall('ThreatDetection.fromDetectorId', undefined, scope, id, detectorId);
    settings.checkDetectorId(place(scope, id), detectorId);
    return guardduty.CfnDetector.fromDetectorId(scope, id, detectorId);
  }

  /** The detector's ID. */
  public readonly detectorId: string;

  /** The detector's ARN. */
  public readonly detectorArn: string;

  /** The bucket that findings are exported to, if they are. */
  public readonly findingsBucket?: s3.IBucket;

  /** The key that exported findings are encrypted with, if they are exported. */
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: ThreatDetectionProps = {}) {
    checkNew('ThreatDetection', scope, id, props);
    const at = place(scope, id);
    const detector = props.detector
      ? new AdoptedDetector(at, props.detector, props.features)
      : new NewDetector(at, scope, props.features);
    const findingsExport = props.findingsExport ?? detector.findingsExport;
    const { severe, medium } = settings.severities(at, { minimumSeverity: props.minimumSeverity, medium: props.mediumTopic !== undefined });
    check(at, props, findingsExport);
    const foundation = () => props.foundation ?? SecurityFoundation.of(scope);
    const topic = props.topic ?? foundation().topic;
    super(scope, id);
    this.detectorId = detector.attach(this);
    this.detectorArn = arn('guardduty', `detector/${this.detectorId}`);

    const { notification } = new FindingsNotification(this, 'SevereFindings', { topic, ...severe });
    claim(notification.rule, controls.TD_NOTIFIED);
    detector.watch(notification.rule);
    if (props.mediumTopic) { new FindingsNotification(this, 'MediumFindings', { topic: props.mediumTopic, ...medium }); }
    const store = findingsExport._way.attach(this, 'Export', {
      detectorId: this.detectorId,
      encryptionKey: props.encryptionKey,
      logBucket: () => props.logBucket ?? foundation().logBucket,
    });
    this.findingsBucket = store?.bucket;
    this.encryptionKey = store?.encryptionKey;
    waive(this, props.waivers);
  }

  /** A reference to the detector. */
  public get detectorRef(): aws_guardduty.DetectorReference {
    return { detectorId: this.detectorId };
  }

  /**
   * Scans every object that is put into a bucket for malware, by a protection plan of GuardDuty.
   *
   * The object gets the tag `GuardDutyMalwareScanStatus`; a threat makes a finding, which notifies. Readers must check the
   * tag: an object can be read until the scan is done. The plan makes no use of the detector.
   *
   * @param bucket the bucket, in this account and region
   */
  public scanUploads(bucket: s3.IBucket): void {
    checkCall('ThreatDetection.scanUploads', this, bucket);
    const id = `UploadScan${bucket.node.addr.slice(0, 16)}`;
    if (this.node.tryFindChild(id)) { fail(this, `'scanUploads' was called for '${bucket.node.path}' before: once is enough`); }
    new UploadScan(this, id, { bucket });
  }
}

function check(at: Place, props: ThreatDetectionProps, findingsExport: FindingsExport): void {
  findingsExport._way.check(at, props.encryptionKey);
}
