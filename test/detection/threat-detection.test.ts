import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import type { aws_guardduty } from 'aws-cdk-lib/interfaces';
import { Disposable } from '../../src/assurance/disposable';
import { statements } from '../../src/core/policies';
import { at, list } from '../../src/core/values';
import { FindingsExport } from '../../src/detection/findings-export';
import { ThreatDetection, ThreatDetectionProps } from '../../src/detection/threat-detection';
import { ThreatFeature } from '../../src/detection/threat-feature';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { openFindings } from '../support/nag';
import { claimed, newStack, proveControls, render } from '../support/prove';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const adopted = (scope: Stack, detectorId = DETECTOR) => ThreatDetection.fromDetectorId(scope, 'Detector', detectorId);
const notified = (stack: Stack) => new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });

function build(stack: Stack, props?: ThreatDetectionProps): ThreatDetection {
  notified(stack);
  return new ThreatDetection(stack, 'Threats', props);
}

proveControls(stack => { build(stack, { mediumTopic: new sns.Topic(stack, 'Medium') }).scanUploads(s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads')); });

test('claims what it must', () => {
  const stack = newStack();
  build(stack);
  expect(claimed(stack, 'AWS::GuardDuty::Detector')).toEqual(['GEN-03', 'GEN-05', 'TD-01', 'TD-01b', 'TD-02', 'TD-02b', 'TD-04', 'TD-06', 'TD-07', 'TD-09']);
  expect(claimed(stack, 'AWS::GuardDuty::PublishingDestination')).toEqual(['TD-04b', 'TD-08']);
  expect(claimed(stack, 'AWS::Events::Rule')).toEqual(['EVT-01', 'EVT-02', 'EVT-03', 'EVT-04', 'GEN-05', 'TD-03']);
});

test('the defaults are the documented ones', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const [detector] = template.resourcesOf('AWS::GuardDuty::Detector');
  expect(list(detector.properties.Features).map(f => at(f, 'Name'))).toEqual(Object.keys(ThreatFeature).filter(f => !f.startsWith('AI_')));
  expect(detector.properties.DataSources).toBeUndefined();
  expect(detector.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(template.resourcesOf('AWS::Events::Rule').map(r => at(r.properties.EventPattern, 'detail'))).toEqual([{ severity: [{ numeric: ['>=', 7] }] }]);
  expect(template.resourcesOf('AWS::GuardDuty::PublishingDestination')).toHaveLength(1);
});

test('severe and medium findings go to different topics, and none to both', () => {
  const stack = newStack();
  const topic = new sns.Topic(stack, 'Severe');
  const mediumTopic = new sns.Topic(stack, 'Medium');
  build(stack, { topic, mediumTopic, minimumSeverity: 6 });
  const rules = render(stack).resourcesOf('AWS::Events::Rule').map(r => [
    at(list(at(r.properties.EventPattern, 'detail', 'severity'))[0], 'numeric'), at(list(r.properties.Targets)[0], 'Arn'),
  ]);
  expect(rules).toEqual([[['>=', 6], stack.resolve(topic.topicArn)], [['>=', 4, '<', 6], stack.resolve(mediumTopic.topicArn)]]);
});

test('an encrypted topic of the caller admits the role of the rule', () => {
  const stack = newStack();
  const masterKey = new kms.Key(stack, 'TopicKey');
  build(stack, { topic: new sns.Topic(stack, 'Topic', { masterKey }) });
  const key = render(stack).resource(stack.resolve((masterKey.node.defaultChild as kms.CfnKey).logicalId))!;
  expect(statements(key.properties.KeyPolicy).map(s => s.Sid)).toContain('UseThroughSns');
});

describe('a detector that exists', () => {
  test('is routed, and nothing else', () => {
    const stack = newStack();
    const threats = build(stack, { detector: adopted(stack) });
    const template = render(stack);
    expect(threats.node.defaultChild).toBeUndefined();
    expect(threats.detectorId).toBe(DETECTOR);
    expect(template.resourcesOf('AWS::GuardDuty::Detector')).toEqual([]);
    expect(template.resourcesOf('AWS::GuardDuty::PublishingDestination')).toEqual([]);
    expect(template.resourcesOf('AWS::Events::Rule')).toHaveLength(1);
  });

  test('is exported if that is asked for', () => {
    const stack = newStack();
    const threats = build(stack, { detector: adopted(stack), findingsExport: FindingsExport.toOwnBucket() });
    expect(render(stack).resourcesOf('AWS::GuardDuty::PublishingDestination')[0].properties.DetectorId).toBe(DETECTOR);
    expect(threats.findingsBucket).toBeDefined();
    expect(threats.encryptionKey).toBeDefined();
  });

  test('is taken as a parameter, too', () => {
    const stack = newStack();
    build(stack, { detector: adopted(stack, new CfnParameter(stack, 'Id').valueAsString), findingsExport: FindingsExport.toOwnBucket() });
    expect(render(stack).resourcesOf('AWS::GuardDuty::PublishingDestination')[0].properties.DetectorId).toEqual({ Ref: 'Id' });
  });
});

describe('less than the default needs a waiver', () => {
  const reason = 'this region does not have the feature yet';
  test.each<[string, string, ThreatDetectionProps]>([
    ['features', 'TD-02', { features: [ThreatFeature.S3_DATA_EVENTS] }],
    ['runtime monitoring', 'TD-02', { features: Object.values(ThreatFeature).filter(f => f !== ThreatFeature.RUNTIME_MONITORING) }],
    ['export', 'TD-04', { findingsExport: FindingsExport.none() }],
    ['severity', 'TD-03', { minimumSeverity: 9 }],
  ])('%s', (_name, control, props) => {
    const without = newStack();
    build(without, props);
    expect(() => render(without)).toThrow(`${control} does not hold`);
    const waived = newStack();
    build(waived, { ...props, waivers: [{ control, reason }] });
    expect(() => render(waived)).not.toThrow();
  });
});

describe('bad input', () => {
  test.each<[string, ThreatDetectionProps | ((stack: Stack) => ThreatDetectionProps), string]>([
    ['a detector by its ARN', s => ({ detector: guardduty.CfnDetector.fromDetectorId(s, 'Detector', 'arn:aws:guardduty:eu-west-1:111122223333:detector/x') }), "'detectorId' is 'arn:aws:guardduty"],
    ['a detector by its ID alone', { detector: DETECTOR as any }, `'detector' is the text '${DETECTOR}': give a detector, for example 'ThreatDetection.fromDetectorId(`],
    ['a feature by its name', { features: ['S3_DATA_EVENTS' as any] }, "'features[0]' is the text 'S3_DATA_EVENTS': give a ThreatFeature"],
    ['a topic by its ARN', { topic: 'arn:aws:sns:eu-west-1:111122223333:t' as any }, "'topic' is the text 'arn:aws:sns:eu-west-1:111122223333:t': give an sns.ITopic"],
    ['a log bucket by its name', { logBucket: 'logs' as any }, "'logBucket' is the text 'logs': give an s3.IBucket"],
    ['an export by its bucket', s => ({ findingsExport: new s3.Bucket(s, 'Bucket') as any }), "'findingsExport' is the Bucket"],
    ['an export for a month', { findingsExport: FindingsExport.toOwnBucket(Duration.days(30)) }, "'retention' must be a whole number from 90 to 3650 days, got 30"],
    ['a severity out of range', { minimumSeverity: 11 }, "'minimumSeverity' must be a whole number from 1 to 10 on the scale of GuardDuty, got 11"],
    ['no features', { features: [] }, "'features' is empty: leave it out"],
    ['features of a foreign detector', s => ({ detector: adopted(s), features: [ThreatFeature.S3_DATA_EVENTS] }), "'features' has no effect"],
    ['nothing left for the medium topic', s => ({ minimumSeverity: 4, mediumTopic: new sns.Topic(s, 'Medium') }), "'mediumTopic' would get nothing"],
    ['a key without a bucket', s => ({ findingsExport: FindingsExport.none(), encryptionKey: new kms.Key(s, 'Key') }), "'encryptionKey' has no use"],
  ])('%s', (_name, props, message) => {
    const stack = newStack();
    expect(() => build(stack, typeof props === 'function' ? props(stack) : props)).toThrow(`[Test/Threats] ${message}`);
    expect(stack.node.tryFindChild('Threats')).toBeUndefined();
  });

  test('nobody to notify', () => {
    expect(() => new ThreatDetection(newStack(), 'Threats')).toThrow(/nobody is notified/);
  });
});

test('names a feature once', () => {
  const stack = newStack();
  build(stack, { features: [ThreatFeature.S3_DATA_EVENTS, ThreatFeature.S3_DATA_EVENTS], waivers: [{ control: 'TD-02', reason: 'only S3 is used in this account' }] });
  expect(render(stack).resourcesOf('AWS::GuardDuty::Detector')[0].properties.Features).toEqual([{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }]);
});

test('a disposable detector goes with its stack, and stays on till then', () => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', { notify: ['a@example.com'], disposable: Disposable.because('a stack for an afternoon of tests') });
  new ThreatDetection(stack, 'Threats');
  const [detector] = render(stack).resourcesOf('AWS::GuardDuty::Detector');
  expect(detector.deletionPolicy).toBe('Delete');
  expect(detector.properties.Features).toHaveLength(6);
});

test.each(['aws-us-gov:us-gov-west-1', 'aws-cn:cn-north-1'])('synthesizes in %s and names no partition', where => {
  const stack = newStack({}, { env: { account: '111122223333', region: where.split(':')[1] } });
  build(stack);
  expect(JSON.stringify(render(stack).json)).not.toContain('arn:aws');
});

test('scans two buckets with two plans', () => {
  const stack = newStack();
  const threats = build(stack);
  threats.scanUploads(s3.Bucket.fromBucketName(stack, 'A', 'uploads-a'));
  threats.scanUploads(s3.Bucket.fromBucketName(stack, 'B', 'uploads-b'));
  expect(render(stack).resourcesOf('AWS::GuardDuty::MalwareProtectionPlan')).toHaveLength(2);
});

test('does not scan a bucket twice', () => {
  const stack = newStack();
  const threats = build(stack);
  const bucket = s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads');
  threats.scanUploads(bucket);
  expect(() => threats.scanUploads(bucket)).toThrow("[Test/Threats] 'scanUploads' was called for 'Test/Uploads' before");
});

test('does not make a second detector in a stack, but routes the first', () => {
  const stack = newStack();
  const first = build(stack);
  expect(() => new ThreatDetection(stack, 'Again')).toThrow("[Test/Again] 'Test/Threats' makes the detector of this region");
  expect(() => new ThreatDetection(stack, 'Route', { detector: first })).not.toThrow();
});

test('takes a number that is known at deployment only', () => {
  const stack = newStack();
  const minimumSeverity = new CfnParameter(stack, 'Severity', { type: 'Number' }).valueAsNumber;
  build(stack, { minimumSeverity, mediumTopic: new sns.Topic(stack, 'Medium'), waivers: [{ control: 'TD-03', reason: 'whoever deploys the stack decides it' }] });
  expect(render(stack).resourcesOf('AWS::Events::Rule')[0].properties.EventPattern).toMatchObject({ detail: { severity: [{ numeric: ['>=', { Ref: 'Severity' }] }] } });
});

test('shares the foundation of another stack', () => {
  const app = new App({ analyticsReporting: false });
  const foundation = notified(new Stack(app, 'Shared'));
  const stack = new Stack(app, 'Test');
  new ThreatDetection(stack, 'Threats', { foundation });
  expect(() => app.synth()).not.toThrow();
  expect(stack.dependencies.map(s => s.node.id)).toEqual(['Shared']);
});

test('every finding of cdk-nag is declared', () => {
  const stack = newStack();
  build(stack);
  expect(openFindings(stack, 'Test/Threats')).toEqual([]);
});

test('refuses what is no ID of a detector', () => {
  expect(() => adopted(newStack(), 'x')).toThrow("[Test/Detector] 'detectorId' is 'x': give the 32 hexadecimal digits that `aws guardduty list-detectors` prints");
});

test('scans what is a bucket', () => {
  const threats = build(newStack());
  expect(() => threats.scanUploads('uploads' as any)).toThrow("[Test/Threats] 'bucket' is the text 'uploads': give an s3.IBucket, for example an EncryptedBucket");
});

test('is a detector of the CDK', () => {
  const stack = newStack();
  const threats = build(stack);
  new guardduty.CfnFilter(stack, 'Filter', { name: 'quiet', detectorId: threats.detectorId, findingCriteria: { criterion: {} } });
  const plain: aws_guardduty.IDetectorRef = threats;
  expect(threats.node.defaultChild).toBeInstanceOf(guardduty.CfnDetector);
  const id = { 'Fn::GetAtt': [stack.resolve((threats.node.defaultChild as guardduty.CfnDetector).logicalId), 'Id'] };
  expect(stack.resolve(threats.detectorRef)).toEqual({ detectorId: id });
  expect(JSON.stringify(stack.resolve(threats.detectorArn))).toMatch(/:guardduty:.*:detector\/",\{"Fn::GetAtt"/);
  expect(stack.resolve(guardduty.CfnDetector.arnForDetector(plain))).toEqual(stack.resolve(threats.detectorArn));
  expect(render(stack).resourcesOf('AWS::GuardDuty::Filter')[0].properties.DetectorId).toEqual(id);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => new ThreatDetection(scope, 'Threats', {
    topic: sns.Topic.fromTopicArn(scope, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:findings'),
    logBucket: s3.Bucket.fromBucketName(scope, 'Logs', 'logs'),
  }));
  expect(before.resourcesOf('AWS::GuardDuty::Detector')).toHaveLength(1);
  expect(before.resourcesOf('AWS::S3::Bucket')).toHaveLength(1);
  expect(after.json).toEqual(before.json);
});
