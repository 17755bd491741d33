import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource } from '../../core/template';
import { keyLetsIn, letsIn } from '../../core/policies';
import { list, mentions } from '../../core/values';

const DETECTOR = ['AWS::GuardDuty::Detector'];
const GUARDDUTY = 'guardduty.amazonaws.com';

const features = (r: RenderedResource) => list(r.properties.Features);
const enabled = (all: any[]) => all.filter(f => f.Status === 'ENABLED').map(f => f.Name);

export const TD_ENABLED: Control = {
  id: 'TD-01',
  title: 'GuardDuty is on',
  prevents: 'a compromise that nobody detects',
  kind: 'floor',
  types: DETECTOR,
  property: 'Enable',
  mend: 'leave the detector enabled',
  fsbp: ['GuardDuty.1'],
  nist: ['SI-4'],
  pci: ['11.5.1'],
  holds: r => r.properties.Enable === true,
};

export const TD_FREQUENCY: Control = {
  id: 'TD-01b',
  title: 'GuardDuty reports that a threat goes on within fifteen minutes',
  prevents: 'updates of findings that come six hours late',
  kind: 'floor',
  types: DETECTOR,
  property: 'FindingPublishingFrequency',
  mend: 'leave the publishing frequency at FIFTEEN_MINUTES',
  nist: ['SI-4'],
  pci: ['11.5.1'],
  holds: r => r.properties.FindingPublishingFrequency === 'FIFTEEN_MINUTES',
};

export const TD_FEATURES: Control = {
  id: 'TD-02',
  title: 'GuardDuty watches S3, EKS, EBS, databases, functions and what runs on instances and containers',
  prevents: 'threats in the part of the account that is not watched',
  kind: 'default',
  types: DETECTOR,
  property: 'Features',
  mend: "leave out 'features'",
  fsbp: ['GuardDuty.5', 'GuardDuty.6', 'GuardDuty.7', 'GuardDuty.8', 'GuardDuty.9', 'GuardDuty.10', 'GuardDuty.11', 'GuardDuty.12', 'GuardDuty.13'],
  nist: ['SI-4'],
  pci: ['11.5.1'],
  holds: r => {
    const on = enabled(features(r));
    const agents = enabled(features(r).filter(f => f.Name === 'RUNTIME_MONITORING').flatMap(f => list(f.AdditionalConfiguration)));
    return ['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS', 'RUNTIME_MONITORING'].every(f => on.includes(f))
      && ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'].every(a => agents.includes(a));
  },
};

export const TD_FEATURES_ONLY: Control = {
  id: 'TD-02b',
  title: 'the detector is configured by features alone, without what GuardDuty refuses to combine with them',
  prevents: 'legacy data sources that undo the features, and a runtime monitoring that is refused',
  kind: 'floor',
  types: DETECTOR,
  property: 'Features',
  mend: 'set features, no DataSources, and RUNTIME_MONITORING instead of EKS_RUNTIME_MONITORING',
  nist: NIST.configuration,
  holds: r => features(r).length > 0 && r.properties.DataSources === undefined && features(r).every(f => f.Name !== 'EKS_RUNTIME_MONITORING'),
};

export const TD_NOTIFIED: Control = {
  id: 'TD-03',
  title: 'somebody is notified of every finding of high and critical severity',
  prevents: 'findings that nobody reads',
  kind: 'default',
  types: ['AWS::Events::Rule'],
  property: 'EventPattern',
  mend: "give a 'minimumSeverity' of 7 or less",
  nist: ['IR-4', 'SI-4(5)'],
  pci: ['12.10.5'],
  holds: r => {
    const { source, 'detail-type': type, detail } = r.properties.EventPattern ?? {};
    const numeric = list(detail?.severity).map(s => s.numeric);
    // Exactly one bound, from below: a list of values or a bound from above would miss the findings that matter most.
    return list(source).includes('aws.guardduty') && list(type).includes('GuardDuty Finding') && Object.keys(detail ?? {}).length === 1
      && numeric.some(n => n?.length === 2 && n[0] === '>=' && n[1] <= 7);
  },
};

export const TD_EXPORTED: Control = {
  id: 'TD-04',
  title: 'findings are exported to an encrypted bucket',
  prevents: 'the loss of findings after 90 days',
  kind: 'default',
  types: DETECTOR,
  property: 'AWS::GuardDuty::PublishingDestination',
  mend: "keep the export, or give another bucket in 'findingsExport'",
  nist: ['AU-9', 'AU-11'],
  pci: ['10.5.1'],
  holds: (r, t) => t.referring('AWS::GuardDuty::PublishingDestination', 'DetectorId', r.logicalId)
    .some(d => d.properties.DestinationType === 'S3' && d.properties.DestinationProperties?.DestinationArn !== undefined),
};

export const TD_EXPORT_ENCRYPTED: Control = {
  id: 'TD-04b',
  title: 'exported findings are encrypted with a customer managed key',
  prevents: 'findings, which name what is open to attack, in the hands of whoever reads the bucket',
  kind: 'floor',
  types: ['AWS::GuardDuty::PublishingDestination'],
  property: 'DestinationProperties',
  mend: 'keep the key of the export',
  nist: ['AU-9', ...NIST.atRest],
  pci: ['10.5.1'],
  holds: (r, t) => r.properties.DestinationType === 'S3' && r.properties.DestinationProperties?.DestinationArn !== undefined
    && r.properties.DestinationProperties.KmsKeyArn !== undefined && keyLetsIn(r.properties.DestinationProperties.KmsKeyArn, t, GUARDDUTY, 'kms:GenerateDataKey')
    && t.resourcesOf('AWS::S3::Bucket').filter(b => mentions(r.properties.DestinationProperties.DestinationArn, b.logicalId)).every(b =>
      t.referring('AWS::S3::BucketPolicy', 'Bucket', b.logicalId).some(p => letsIn(p.properties.PolicyDocument, GUARDDUTY, 's3:PutObject', 's3:GetBucketLocation'))),
};

export const TD_UPLOADS_SCANNED: Control = {
  id: 'TD-05',
  title: 'GuardDuty scans every upload for malware and marks the object with the result',
  prevents: 'malware that is served from the bucket',
  kind: 'floor',
  types: ['AWS::GuardDuty::MalwareProtectionPlan'],
  property: 'Actions',
  mend: 'leave tagging on, and scan the whole bucket',
  nist: ['SI-3'],
  pci: ['5.2'],
  holds: r => r.properties.Actions?.Tagging?.Status === 'ENABLED' && r.properties.ProtectedResource?.S3Bucket?.BucketName !== undefined
    && list(r.properties.ProtectedResource.S3Bucket.ObjectPrefixes).length === 0,
};
