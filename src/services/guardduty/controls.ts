// What must hold of a detector, of who hears of its findings, of their export, and of a scan of uploads.
import { RUNTIME_AGENTS } from './facts';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { keyLetsIn, letsIn } from '../../core/policies';
import type { RenderedResource } from '../../core/template';
import type { Json } from '../../core/values';
import { at, entries, isGiven, isTrue, list, numberOf } from '../../core/values';

const DETECTOR = ['AWS::GuardDuty::Detector'];
const DESTINATION = 'AWS::GuardDuty::PublishingDestination';
const GUARDDUTY = 'guardduty.amazonaws.com';
const WATCHED = [
  'S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS', 'RUNTIME_MONITORING',
];

const features = (r: RenderedResource) => list(r.properties.Features);
const isCalled = (name: string) => (feature: Json) => at(feature, 'Name') === name;
/** Whether a feature is on, and nowhere off: what is named twice may be either. */
const isOn = (all: readonly Json[], name: string) => all.some(isCalled(name))
  && all.filter(isCalled(name)).every(f => at(f, 'Status') === 'ENABLED');
/** The destination of findings is a bucket. */
const isBucket = ({ properties }: RenderedResource) => properties.DestinationType === 'S3'
  && isGiven(at(properties.DestinationProperties, 'DestinationArn'));

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
  holds: r => isTrue(r.properties.Enable),
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
  fsbp: [5, 6, 7, 8, 9, 10, 11, 12, 13].map(n => `GuardDuty.${n}`),
  nist: ['SI-4'],
  pci: ['11.5.1'],
  holds: r => {
    const agents = features(r).filter(isCalled('RUNTIME_MONITORING')).flatMap(f => list(at(f, 'AdditionalConfiguration')));
    return WATCHED.every(name => isOn(features(r), name)) && RUNTIME_AGENTS.every(name => isOn(agents, name));
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
  holds: r => features(r).length > 0 && r.properties.DataSources === undefined && !features(r).some(isCalled('EKS_RUNTIME_MONITORING')),
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
    const pattern = r.properties.EventPattern;
    const bounds = list(at(pattern, 'detail', 'severity')).map(s => list(at(s, 'numeric')));
    // Exactly one bound, from below: a list of values or a bound from above would miss the findings that matter most.
    return list(at(pattern, 'source')).includes('aws.guardduty') && list(at(pattern, 'detail-type')).includes('GuardDuty Finding')
      && entries(pattern).every(([name]) => ['source', 'detail-type', 'detail'].includes(name))
      && entries(at(pattern, 'detail')).length === 1 && bounds.some(b => b.length === 2 && b[0] === '>=' && numberOf(b[1]) <= 7);
  },
};

export const TD_EXPORTED: Control = {
  id: 'TD-04',
  title: 'findings are exported to an encrypted bucket',
  prevents: 'the loss of findings after 90 days',
  kind: 'default',
  types: DETECTOR,
  property: DESTINATION,
  mend: "keep the export, or give another bucket in 'findingsExport'",
  nist: ['AU-9', 'AU-11'],
  pci: ['10.5.1'],
  holds: (r, t) => t.referring(DESTINATION, 'DetectorId', r.logicalId).some(isBucket),
};

export const TD_EXPORT_ENCRYPTED: Control = {
  id: 'TD-04b',
  title: 'exported findings are encrypted with a customer managed key',
  prevents: 'findings, which name what is open to attack, in the hands of whoever reads the bucket',
  kind: 'floor',
  types: [DESTINATION],
  property: 'DestinationProperties',
  mend: 'keep the key of the export',
  nist: ['AU-9', ...NIST.atRest],
  pci: ['10.5.1'],
  holds: (r, t) => {
    const bucketArn = at(r.properties.DestinationProperties, 'DestinationArn');
    const key = at(r.properties.DestinationProperties, 'KmsKeyArn');
    const bucket = t.target('AWS::S3::Bucket', bucketArn);
    const letsWrite = (p: RenderedResource) => letsIn(p.properties.PolicyDocument, GUARDDUTY, 's3:PutObject', 's3:GetBucketLocation');
    return isBucket(r) && isGiven(key) && keyLetsIn(key, t, GUARDDUTY, 'kms:GenerateDataKey')
      && (bucket === undefined || t.referring('AWS::S3::BucketPolicy', 'Bucket', bucket.logicalId).some(letsWrite));
  },
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
  holds: r => {
    const bucket = at(r.properties.ProtectedResource, 'S3Bucket');
    return at(r.properties.Actions, 'Tagging', 'Status') === 'ENABLED' && isGiven(at(bucket, 'BucketName'))
      && list(at(bucket, 'ObjectPrefixes')).length === 0;
  },
};
