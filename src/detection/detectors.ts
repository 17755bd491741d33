// Detectors, as threat detection deals with them: one that it makes, and one that exists.
import type * as events from 'aws-cdk-lib/aws-events';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { Stack } from 'aws-cdk-lib/core';
import type { aws_guardduty } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { FindingsExport } from './findings-export';
import type { ThreatFeature } from './threat-feature';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { fail, Place } from '../core/validate';
import { retain } from '../foundation/retention';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import * as controls from '../services/guardduty/controls';
import * as settings from '../services/guardduty/settings';
import { TD_ADMINISTERED, TD_NOBODY_TRUSTED, TD_NOT_ARCHIVED } from '../services/guardduty/touch-controls';

/** A detector. */
export interface Detector {
  /** How its findings are exported, if nobody says it. */
  readonly findingsExport: FindingsExport;
  /** Puts it into a construct. Returns its ID. */
  attach(to: Construct): string;
  /** Sees to it that nothing hides its findings from the rule that notifies of them. */
  watch(rule: events.CfnRule): void;
}

/** What may be added to a detector. */
const TOUCHES = [TD_NOT_ARCHIVED, TD_NOBODY_TRUSTED, TD_ADMINISTERED, GEN_NOBODY_MANAGES];

/** The construct that makes the detector, for each stack. */
const MADE = new WeakMap<Stack, string>();

/** A detector that is made, the only one of its account and region. */
export class NewDetector implements Detector {
  public readonly findingsExport = FindingsExport.toOwnBucket();
  private readonly props: guardduty.CfnDetectorProps;

  constructor(at: Place, scope: Construct, features: ThreatFeature[] | undefined) {
    this.props = settings.detector(at, { features });
    const other = MADE.get(Stack.of(scope));
    if (other !== undefined) {
      fail(at, `'${other}' makes the detector of this region, and there can be one only: leave this out, or give that one in 'detector'`);
    }
  }

  public attach(to: Construct): string {
    MADE.set(Stack.of(to), to.node.path);
    const detector = new guardduty.CfnDetector(to, 'Resource', this.props);
    retain(detector);
    claim(detector, controls.TD_ENABLED, controls.TD_FREQUENCY, controls.TD_FEATURES, controls.TD_FEATURES_ONLY, controls.TD_EXPORTED,
      ...TOUCHES);
    declareJudged(detector, "S3 protection is on in 'Features', which replaced 'DataSources'; a detector takes only one of them, and the "
      + 'rule knows the older.', 'Control-Tower-Guard::guardduty_s3_protection_enabled_check');
    return detector.attrId;
  }

  public watch(): void {
    // the detector itself is watched
  }
}

/** A detector that exists: its settings, its export and its features stay with whoever made it. */
export class AdoptedDetector implements Detector {
  public readonly findingsExport = FindingsExport.none();

  constructor(at: Place, private readonly detector: aws_guardduty.IDetectorRef, features: ThreatFeature[] | undefined) {
    settings.checkDetectorId(at, detector.detectorRef.detectorId);
    if (features !== undefined) {
      fail(at, "'features' has no effect on a 'detector' that exists: set its features where it is made");
    }
  }

  public attach(): string {
    return this.detector.detectorRef.detectorId;
  }

  public watch(rule: events.CfnRule): void {
    claim(rule, TD_NOT_ARCHIVED, TD_NOBODY_TRUSTED);
  }
}
