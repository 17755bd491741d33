// The hardened values of a detector, of what it notifies of, and of a scan of uploads.
import type * as events from 'aws-cdk-lib/aws-events';
import type * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { Token } from 'aws-cdk-lib/core';
import { RUNTIME_AGENTS } from './facts';
import type { Place } from '../../core/validate';
import { fail, requireMatch, requireNotEmpty, requireRange } from '../../core/validate';

/** A feature, as a detector has it. */
export type Feature = guardduty.CfnDetector.CFNFeatureConfigurationProperty;

const ENABLED = 'ENABLED';

/** A feature that is on. */
export function feature(name: string): Feature {
  return { name, status: ENABLED };
}

/** Runtime monitoring, with all its agents. */
export function runtimeMonitoring(): Feature {
  return { ...feature('RUNTIME_MONITORING'), additionalConfiguration: RUNTIME_AGENTS.map(feature) };
}

/** What may differ between detectors. */
export interface DetectorOptions {
  readonly features?: { readonly _feature: Feature }[];
}

/** A detector that is on, reports every fifteen minutes, and watches all that there is in every region. */
export function detector(at: Place, options: DetectorOptions): guardduty.CfnDetectorProps {
  const given = options.features;
  if (given !== undefined) { requireNotEmpty(at, 'features', given, 'leave it out to watch everything'); }
  const features = given?.map(one => one._feature) ?? [
    ...['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS'].map(feature),
    runtimeMonitoring(),
  ];
  return {
    enable: true,
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
    features: features.filter((one, i) => features.findIndex(other => other.name === one.name) === i),
    dataSources: undefined,
  };
}

/** Refuses what is not the ID of a detector. */
export function checkDetectorId(at: Place, detectorId: string): void {
  requireMatch(at, 'detectorId', detectorId, /^[0-9a-f]{32}$/, 'give the 32 hexadecimal digits that `aws guardduty list-detectors` prints');
}

/** Findings by their severity: from the first, and below the second, if there is one. */
export interface Severities {
  readonly from: number;
  readonly below?: number;
}

/** Which findings are severe, and which are medium. */
export interface SeverityOptions {
  readonly minimumSeverity?: number;
  /** Whether somebody else is notified of medium findings. */
  readonly medium: boolean;
}

/** From where on GuardDuty calls a finding medium. */
const MEDIUM = 4;

/** The findings that notify one topic, and those that notify the other: none notifies both. */
export function severities(at: Place, options: SeverityOptions): { readonly severe: Severities; readonly medium: Severities } {
  const from = options.minimumSeverity ?? 7;
  requireRange(at, 'minimumSeverity', from, 1, 10, 'on the scale of GuardDuty');
  if (options.medium && !Token.isUnresolved(from) && from <= MEDIUM) {
    fail(at, `'mediumTopic' would get nothing, as 'minimumSeverity' is ${from}: `
      + `leave it out, or give a 'minimumSeverity' of more than ${MEDIUM}`);
  }
  return { severe: { from }, medium: { from: MEDIUM, below: from } };
}

/** The events of findings of these severities. */
export function findings({ from, below }: Severities): events.EventPattern {
  return {
    source: ['aws.guardduty'],
    detailType: ['GuardDuty Finding'],
    detail: { severity: [{ numeric: below === undefined ? ['>=', from] : ['>=', from, '<', below] }] },
  };
}

/** An export of findings to a bucket. */
export function destination(detectorId: string, bucketArn: string, keyArn: string): guardduty.CfnPublishingDestinationProps {
  return { detectorId, destinationType: 'S3', destinationProperties: { destinationArn: bucketArn, kmsKeyArn: keyArn } };
}

/** A scan of the whole bucket that marks each object with the result. */
export function uploadScan(bucketName: string): Pick<guardduty.CfnMalwareProtectionPlanProps, 'protectedResource' | 'actions'> {
  return { protectedResource: { s3Bucket: { bucketName } }, actions: { tagging: { status: ENABLED } } };
}
