import { ADMITTED } from '../../../src/core/ours';
import * as touch from '../../../src/services/guardduty/touch-controls';
import { FOREIGN, OWN, proveBreaks, Resources } from '../../support/predicate';

const DETECTOR: Resources = {
  Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } },
  Other: { Type: 'AWS::GuardDuty::Detector', Properties: {} },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
};
const add = (type: string, Properties: any) => (r: any) => { r.Added = { Type: `AWS::GuardDuty::${type}`, Properties: { DetectorId: { Ref: 'Detector' }, ...Properties } }; };
const filter = (Criterion: any, Action: any = 'ARCHIVE', more: any = {}) => add('Filter', { Action, FindingCriteria: { Criterion }, ...more });

proveBreaks(touch.TD_NOT_ARCHIVED, DETECTOR, {
  'a filter that marks': filter({ type: { Eq: ['a'] } }, 'NOOP'),
  'a filter that archives below high': filter({ severity: { Gte: 1, Lt: 7 } }),
  'a filter that archives below high, as the CDK writes it': filter({ severity: { lt: 7 } }),
  'a filter that archives medium findings': filter({ severity: { Equals: ['4', '5'] } }),
  'a filter that archives below high, in the other words': filter({ severity: { LessThanOrEqual: 6 } }),
  'a filter of another detector': filter({}, 'ARCHIVE', { DetectorId: { Ref: 'Other' } }),
}, {
  'a filter archives everything': [filter({ region: { Eq: ['eu-west-1'] } }), 'Added'],
  'a filter archives one kind of any severity': [filter({ type: { Eq: ['Recon:EC2/PortProbeUnprotectedPort'] } }), 'Added'],
  'a filter archives from medium on': [filter({ severity: { Gte: 4 } }), 'Added'],
  'a filter archives below critical': [filter({ severity: { Lt: 9 } }), 'Added'],
  'a filter archives up to high': [filter({ severity: { Lte: 7 } }), 'Added'],
  'a filter archives medium and high': [filter({ severity: { Eq: ['4', '8'] } }), 'Added'],
  'the deployment knows the severity': [filter({ severity: { Lt: { 'Fn::Unknown': 'P' } } }), 'Added'],
  'the deployment knows the criteria': [add('Filter', { Action: 'ARCHIVE', FindingCriteria: { 'Fn::Unknown': 'P' } }), 'Added'],
  'the deployment knows what the filter does': [filter({}, { 'Fn::Unknown': 'P' }), 'Added'],
  'a filter is of a detector by its ID': [filter({}, 'ARCHIVE', { DetectorId: '12abc34d567e8fa901bc2d34e56789f0' }), 'Added'],
});

const trusted = (Activate: any, type = 'IPSet') => add(type, { Activate, Format: 'TXT', Location: 's3://a/b' });
proveBreaks(touch.TD_NOBODY_TRUSTED, DETECTOR, {
  'a list that is not active': trusted(false),
  'a list that is not active yet': trusted(undefined),
  'a list of threats': trusted(true, 'ThreatIntelSet'),
  'a list of threats by domain': trusted(true, 'ThreatEntitySet'),
}, {
  'a list of addresses is trusted': [trusted(true), 'Added'],
  'a list of domains is trusted': [trusted('true', 'TrustedEntitySet'), 'Added'],
  'the deployment knows': [trusted({ 'Fn::Unknown': 'P' }), 'Added'],
});

proveBreaks(touch.TD_ADMINISTERED, DETECTOR, {
  'a member': add('Member', { MemberId: FOREIGN }),
  'the account itself': add('Master', { MasterId: OWN }),
}, {
  'another account administers it': [add('Master', { MasterId: FOREIGN }), 'Added'],
  'the deployment knows who': [add('Master', { MasterId: { 'Fn::Unknown': 'P' } }), 'Added'],
  'something of GuardDuty that nobody knows is about it': [add('Suppression', {}), 'Added'],
});

const THEIRS = 'arn:aws:s3:::theirs';
const DESTINATION: Resources = {
  Export: { Type: 'AWS::GuardDuty::PublishingDestination', Properties: { DetectorId: { Ref: 'Detector' }, DestinationProperties: { DestinationArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } } },
  ...DETECTOR,
};
const destination = (DestinationArn: any) => (r: any) => { r.Export.Properties.DestinationProperties.DestinationArn = DestinationArn; };
proveBreaks(touch.TD_EXPORT_OURS, DESTINATION, {
  'the bucket that the construct was given': r => { r.Export.Metadata = { [ADMITTED]: [THEIRS] }; destination(THEIRS)(r); },
  'a second export to a bucket of the app': add('PublishingDestination', { DestinationProperties: { DestinationArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } }),
}, {
  'it goes to another bucket': [destination(THEIRS), 'Export'],
  'it goes where the deployment says': [destination({ 'Fn::Unknown': 'P' }), 'Export'],
  'there is another export': [add('PublishingDestination', { DestinationProperties: { DestinationArn: THEIRS } }), 'Added'],
});
