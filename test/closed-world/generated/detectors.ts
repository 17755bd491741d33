// What can be done to GuardDuty.
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { apart, Kind, within } from './kind';
import { manager } from './managers';
import { append, FOREIGN, ownArn } from '../touch';

const DETECTOR = 'AWS::GuardDuty::Detector';

const archives = (name: string, why: string, criterion: any): Kind => apart<guardduty.CfnDetector>(DETECTOR, name, why, t => new guardduty.CfnFilter(t.scope, 'Archives',
  { detectorId: t.resource.ref, name: 'Archives', action: 'ARCHIVE', rank: 1, description: 'quiet', findingCriteria: { criterion } }));
const LIST = { name: 'Trusted', activate: true, format: 'TXT', location: 's3://lists-of-somebody/trusted.txt' };
const off = (name: string, why: string, DataSources: any): Kind => within<guardduty.CfnDetector>(DETECTOR, name, why, t => t.resource.addPropertyOverride('DataSources', DataSources));

export const DETECTORS: Kind[] = [
  archives('every finding is archived', 'nobody is told of any', { severity: { gte: 0 } }),
  archives('a kind of finding is archived', 'nobody is told of it', { type: { eq: ['UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS'] } }),
  archives('findings of one resource are archived', 'whoever has it is not noticed', { 'resource.instanceDetails.instanceId': { eq: ['i-0a1b2c3d4e5f60718'] } }),
  apart<guardduty.CfnDetector>(DETECTOR, 'a list of trusted addresses', 'whoever comes from there is not noticed', t => new guardduty.CfnIPSet(t.scope, 'Trusted', { detectorId: t.resource.ref, ...LIST })),
  apart<guardduty.CfnDetector>(DETECTOR, 'a list of trusted addresses and domains', 'whoever comes from there is not noticed', t => new guardduty.CfnTrustedEntitySet(t.scope, 'Trusted', { detectorId: t.resource.ref, ...LIST })),
  apart<guardduty.CfnDetector>(DETECTOR, 'another account administers it', 'strangers archive findings and switch it off', t => new guardduty.CfnMaster(t.scope, 'Master', { detectorId: t.resource.ref, masterId: FOREIGN })),
  apart<guardduty.CfnDetector>(DETECTOR, 'findings are exported to somebody else', 'strangers read what is weak', t => new guardduty.CfnPublishingDestination(t.scope, 'Theirs', {
    detectorId: t.resource.ref, destinationType: 'S3', destinationProperties: { destinationArn: 'arn:aws:s3:::collector-of-somebody', kmsKeyArn: ownArn('kms', 'key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0') },
  })),
  apart<guardduty.CfnDetector>(DETECTOR, 'a function may delete it and archive findings', 'whoever has the function is not noticed',
    t => manager(t, ['guardduty:DeleteDetector', 'guardduty:CreateFilter', 'guardduty:ArchiveFindings'], ownArn('guardduty', `detector/${t.resource.ref}`))),
  off('events of S3 are left out, in the old way', 'who takes data is not noticed', { S3Logs: { Enable: false } }),
  off('logs of Kubernetes are left out, in the old way', 'who breaks into a cluster is not noticed', { Kubernetes: { AuditLogs: { Enable: false } } }),
  within<guardduty.CfnDetector>(DETECTOR, 'a feature is named a second time, disabled', 'one of the two wins', t => append(t.resource, 'Features', { Name: 'S3_DATA_EVENTS', Status: 'DISABLED' })),
];
