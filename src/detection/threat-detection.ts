import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FindingsDestination } from './findings-destination';
import { FindingsExport } from './findings-export';
import { FindingsNotification } from './findings-notification';
import { ThreatFeature } from './threat-feature';
import { UploadScan } from './upload-scan';
import { claim } from '../assurance/claims';
import { SecurityWaivers } from '../assurance/security-waiver';
import { fail, requireList, requireMatch, requireNotEmpty, requireRange } from '../core/validate';
import { retain } from '../foundation/retention';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/guardduty/controls';

/** Properties of threat detection. */
export interface ThreatDetectionProps extends HardenedProps {
  /**
   * The ID of a detector that exists in this account and region, for example because an administrator account made it. There
   * can be one only. Its findings are routed; its settings stay with whoever made it.
   *
   * @default - a new detector
   */
  readonly detectorId?: string;

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
   * Not in opt-in regions, where GuardDuty writes in the name of another service principal: take `FindingsExport.none()`
   * there and waive `TD-04`.
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

const MEDIUM = 4;

/**
 * GuardDuty with every protection on, somebody who is notified of what it finds, and a lasting copy of the findings.
 *
 * It finds stolen credentials, malware, mining, exfiltration and reconnaissance in what the account logs and runs. The
 * detector outlives its stack: deleting the stack does not switch detection off. In an organisation whose administrator
 * account manages GuardDuty, pass the `detectorId`: members can't set features themselves.
 *
 * Answers FSBP GuardDuty.1 and GuardDuty.5-13, NIST SI-4, IR-4 and AU-11, PCI 5.2, 10.5.1, 11.5.1 and 12.10.5.
 */
export class ThreatDetection extends Construct {
  /** The detector's ID. */
  public readonly detectorId: string;

  /** The detector, unless it existed. */
  public readonly detector?: guardduty.CfnDetector;

  /** The bucket that findings are exported to, if they are. */
  public readonly findingsBucket?: s3.IBucket;

  /** The key that exported findings are encrypted with, if they are exported. */
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: ThreatDetectionProps = {}) {
    super(scope, id);
    const foundation = () => props.foundation ?? SecurityFoundation.of(this);
    const minimumSeverity = props.minimumSeverity ?? 7;
    const findingsExport = props.findingsExport ?? (props.detectorId === undefined ? FindingsExport.toOwnBucket() : FindingsExport.none());
    this.check(props, minimumSeverity, findingsExport);

    this.detector = props.detectorId === undefined ? this.makeDetector(props.features ?? DEFAULT_FEATURES) : undefined;
    this.detectorId = props.detectorId ?? this.detector!.attrId;

    const severe = new FindingsNotification(this, 'SevereFindings', { topic: props.topic ?? foundation().topic.topic, from: minimumSeverity });
    claim(severe.notification.rule, controls.TD_NOTIFIED);
    if (props.mediumTopic) {
      new FindingsNotification(this, 'MediumFindings', { topic: props.mediumTopic, from: MEDIUM, below: minimumSeverity });
    }
    if (findingsExport._enabled) {
      const destination = new FindingsDestination(this, 'Export', {
        detectorId: this.detectorId,
        findingsExport,
        encryptionKey: props.encryptionKey,
        logBucket: () => props.logBucket ?? foundation().logBucket.bucket,
      });
      this.findingsBucket = destination.bucket;
      this.encryptionKey = destination.encryptionKey;
    }
    SecurityWaivers.of(this).add(...props.waivers ?? []);
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
    const id = `UploadScan${bucket.node.addr.slice(0, 16)}`;
    if (this.node.tryFindChild(id)) { fail(this, `'scanUploads' was called for '${bucket.node.path}' before: once is enough`); }
    new UploadScan(this, id, { bucket });
  }

  private check(props: ThreatDetectionProps, minimumSeverity: number, findingsExport: FindingsExport): void {
    requireMatch(this, 'detectorId', props.detectorId, /^[0-9a-f]{32}$/, 'give the 32 hexadecimal digits that `aws guardduty list-detectors` prints');
    requireRange(this, 'minimumSeverity', minimumSeverity, 1, 10, 'on the scale of GuardDuty');
    requireList(this, 'features', props.features);
    if (props.features) { requireNotEmpty(this, 'features', props.features, 'leave it out to watch everything'); }
    if (props.features && props.detectorId !== undefined) {
      fail(this, "'features' has no effect on the detector that 'detectorId' names: set its features where it is made");
    }
    if (props.mediumTopic && !Token.isUnresolved(minimumSeverity) && minimumSeverity <= MEDIUM) {
      fail(this, `'mediumTopic' would get nothing, as 'minimumSeverity' is ${minimumSeverity}: leave it out, or give a 'minimumSeverity' of more than ${MEDIUM}`);
    }
    if (props.encryptionKey && (!findingsExport._enabled || findingsExport._encryptionKey)) {
      fail(this, "'encryptionKey' has no use, as 'findingsExport' makes no bucket: leave it out");
    }
  }

  private makeDetector(features: ThreatFeature[]): guardduty.CfnDetector {
    const stack = Stack.of(this);
    const other = DETECTORS.get(stack);
    if (other) {
      fail(this, `'${other}' makes the detector of this region, and there can be one only: leave this out, or give its ID in 'detectorId'`);
    }
    DETECTORS.set(stack, this.node.path);
    const status = 'ENABLED';
    const detector = new guardduty.CfnDetector(this, 'Resource', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: [...new Set(features)].map(name => ({
        name,
        status,
        additionalConfiguration: name === ThreatFeature.RUNTIME_MONITORING ? AGENTS.map(agent => ({ name: agent, status })) : undefined,
      })),
    });
    retain(detector);
    claim(detector, controls.TD_ENABLED, controls.TD_FREQUENCY, controls.TD_FEATURES, controls.TD_FEATURES_ONLY, controls.TD_EXPORTED);
    return detector;
  }
}

const DEFAULT_FEATURES = [
  ThreatFeature.S3_DATA_EVENTS, ThreatFeature.EKS_AUDIT_LOGS, ThreatFeature.EBS_MALWARE_PROTECTION, ThreatFeature.RDS_LOGIN_EVENTS,
  ThreatFeature.LAMBDA_NETWORK_LOGS, ThreatFeature.RUNTIME_MONITORING,
];

/** The construct that makes the detector, for each stack. */
const DETECTORS = new WeakMap<Stack, string>();

/** The agents that runtime monitoring manages. */
const AGENTS = ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'];
