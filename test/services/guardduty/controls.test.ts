import * as controls from '../../../src/services/guardduty/controls';
import { provePredicate } from '../../support/predicate';

const on = (Name: string, more = {}) => ({ Name, Status: 'ENABLED', ...more });
const DETECTOR = {
  Detector: {
    Type: 'AWS::GuardDuty::Detector',
    Properties: {
      Enable: true,
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: [
        ...['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS'].map(n => on(n)),
        on('RUNTIME_MONITORING', { AdditionalConfiguration: ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'].map(n => on(n)) }),
      ],
    },
  },
  Export: {
    Type: 'AWS::GuardDuty::PublishingDestination',
    Properties: {
      DetectorId: { 'Fn::GetAtt': ['Detector', 'Id'] },
      DestinationType: 'S3',
      DestinationProperties: { DestinationArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    },
  },
};

provePredicate(controls.TD_ENABLED, DETECTOR, {
  'the detector is disabled': r => { r.Detector.Properties.Enable = false; },
  'it is not said': r => { delete r.Detector.Properties.Enable; },
});
provePredicate(controls.TD_FREQUENCY, DETECTOR, {
  'it is an hour': r => { r.Detector.Properties.FindingPublishingFrequency = 'ONE_HOUR'; },
  'it is not said': r => { delete r.Detector.Properties.FindingPublishingFrequency; },
});
provePredicate(controls.TD_FEATURES, DETECTOR, {
  'a feature is missing': r => { r.Detector.Properties.Features.shift(); },
  'a feature is disabled': r => { r.Detector.Properties.Features[3].Status = 'DISABLED'; },
  'an agent is missing': r => { r.Detector.Properties.Features[5].AdditionalConfiguration.pop(); },
  'an agent is disabled': r => { r.Detector.Properties.Features[5].AdditionalConfiguration[1].Status = 'DISABLED'; },
  'there are none': r => { delete r.Detector.Properties.Features; },
});
provePredicate(controls.TD_FEATURES_ONLY, DETECTOR, {
  'legacy data sources are set besides': r => { r.Detector.Properties.DataSources = { S3Logs: { Enable: true } }; },
  'EKS runtime monitoring is set besides': r => { r.Detector.Properties.Features.push(on('EKS_RUNTIME_MONITORING')); },
  'there are none': r => { r.Detector.Properties.Features = []; },
});
provePredicate(controls.TD_EXPORTED, DETECTOR, {
  'there is no destination': r => { delete r.Export; },
  'the destination is of another detector': r => { r.Export.Properties.DetectorId = 'aaaa'; },
  'the destination is no bucket': r => { delete r.Export.Properties.DestinationProperties; },
});
provePredicate(controls.TD_EXPORT_ENCRYPTED, { Export: DETECTOR.Export }, {
  'there is no key': r => { delete r.Export.Properties.DestinationProperties.KmsKeyArn; },
  'there is no bucket': r => { delete r.Export.Properties.DestinationProperties.DestinationArn; },
});

const delivers = (...Action: string[]) => ({ Effect: 'Allow', Principal: { Service: 'guardduty.amazonaws.com' }, Action, Resource: '*' });
provePredicate(controls.TD_EXPORT_ENCRYPTED, {
  Export: DETECTOR.Export,
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [delivers('kms:GenerateDataKey')] } } },
  Bucket: { Type: 'AWS::S3::Bucket' },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [delivers('s3:PutObject'), delivers('s3:GetBucketLocation')] } } },
}, {
  'GuardDuty may not encrypt': r => { r.Key.Properties.KeyPolicy.Statement = []; },
  'GuardDuty may not write': r => { r.Policy.Properties.PolicyDocument.Statement.shift(); },
  'GuardDuty may not find the bucket': r => { r.Policy.Properties.PolicyDocument.Statement.pop(); },
  'the bucket has no policy': r => { delete r.Policy; },
});

const RULE = {
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { severity: [{ numeric: ['>=', 7] }] } } },
  },
};
provePredicate(controls.TD_NOTIFIED, RULE, {
  'only critical findings notify': r => { r.Rule.Properties.EventPattern.detail.severity = [{ numeric: ['>=', 9] }]; },
  'there is an upper bound': r => { r.Rule.Properties.EventPattern.detail.severity = [{ numeric: ['>=', 7, '<', 9] }]; },
  'severities are listed': r => { r.Rule.Properties.EventPattern.detail.severity = [7, 7.1, 8]; },
  'another field narrows it': r => { r.Rule.Properties.EventPattern.detail.type = ['Recon:EC2/Portscan']; },
  'it is about something else': r => { r.Rule.Properties.EventPattern.source = ['aws.macie']; },
  'there is no pattern': r => { delete r.Rule.Properties.EventPattern; },
});

const PLAN = {
  Plan: {
    Type: 'AWS::GuardDuty::MalwareProtectionPlan',
    Properties: { Role: 'arn', ProtectedResource: { S3Bucket: { BucketName: { Ref: 'Uploads' } } }, Actions: { Tagging: { Status: 'ENABLED' } } },
  },
};
provePredicate(controls.TD_UPLOADS_SCANNED, PLAN, {
  'objects are not marked': r => { r.Plan.Properties.Actions.Tagging.Status = 'DISABLED'; },
  'only a prefix is scanned': r => { r.Plan.Properties.ProtectedResource.S3Bucket.ObjectPrefixes = ['in/']; },
  'there are no actions': r => { delete r.Plan.Properties.Actions; },
});
