import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { Disposable, FindingsExport, SecurityFoundation, ThreatDetection, ThreatDetectionProps, ThreatFeature } from '../../src';
import { openFindings } from '../support/nag';
import { claimed, newStack, proveControls, render } from '../support/prove';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const notified = (stack: Stack) => new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });

function build(stack: Stack, props?: ThreatDetectionProps): ThreatDetection {
  notified(stack);
  return new ThreatDetection(stack, 'Threats', props);
}

proveControls(stack => { build(stack, { mediumTopic: new sns.Topic(stack, 'Medium') }).scanUploads(s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads')); });

test('claims what it must', () => {
  const stack = newStack();
  build(stack);
  expect(claimed(stack, 'AWS::GuardDuty::Detector')).toEqual(['GEN-03', 'TD-01', 'TD-01b', 'TD-02', 'TD-02b', 'TD-04']);
  expect(claimed(stack, 'AWS::GuardDuty::PublishingDestination')).toEqual(['TD-04b']);
  expect(claimed(stack, 'AWS::Events::Rule')).toEqual(['EVT-01', 'TD-03']);
});

test('the defaults are the documented ones', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const [detector] = template.resourcesOf('AWS::GuardDuty::Detector');
  expect(detector.properties.Features.map((f: any) => f.Name)).toEqual(Object.values(ThreatFeature).filter(f => !f.startsWith('AI_')));
  expect(detector.properties.DataSources).toBeUndefined();
  expect(detector.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(template.resourcesOf('AWS::Events::Rule').map(r => r.properties.EventPattern.detail)).toEqual([{ severity: [{ numeric: ['>=', 7] }] }]);
  expect(template.resourcesOf('AWS::GuardDuty::PublishingDestination')).toHaveLength(1);
});

test('severe and medium findings go to different topics, and none to both', () => {
  const stack = newStack();
  const topic = new sns.Topic(stack, 'Severe');
  const mediumTopic = new sns.Topic(stack, 'Medium');
  build(stack, { topic, mediumTopic, minimumSeverity: 6 });
  const rules = render(stack).resourcesOf('AWS::Events::Rule').map(r => [r.properties.EventPattern.detail.severity[0].numeric, r.properties.Targets[0].Arn]);
  expect(rules).toEqual([[['>=', 6], stack.resolve(topic.topicArn)], [['>=', 4, '<', 6], stack.resolve(mediumTopic.topicArn)]]);
});

test('an encrypted topic of the caller admits the role of the rule', () => {
  const stack = newStack();
  const masterKey = new kms.Key(stack, 'TopicKey');
  build(stack, { topic: new sns.Topic(stack, 'Topic', { masterKey }) });
  const key = render(stack).resource(stack.resolve((masterKey.node.defaultChild as kms.CfnKey).logicalId))!;
  expect(key.properties.KeyPolicy.Statement.map((s: any) => s.Sid)).toContain('UseThroughSns');
});

describe('a detector that exists', () => {
  test('is routed, and nothing else', () => {
    const stack = newStack();
    const threats = build(stack, { detectorId: DETECTOR });
    const template = render(stack);
    expect(threats.detector).toBeUndefined();
    expect(threats.detectorId).toBe(DETECTOR);
    expect(template.resourcesOf('AWS::GuardDuty::Detector')).toEqual([]);
    expect(template.resourcesOf('AWS::GuardDuty::PublishingDestination')).toEqual([]);
    expect(template.resourcesOf('AWS::Events::Rule')).toHaveLength(1);
  });

  test('is exported if that is asked for', () => {
    const stack = newStack();
    const threats = build(stack, { detectorId: DETECTOR, findingsExport: FindingsExport.toOwnBucket() });
    expect(render(stack).resourcesOf('AWS::GuardDuty::PublishingDestination')[0].properties.DetectorId).toBe(DETECTOR);
    expect(threats.findingsBucket).toBeDefined();
    expect(threats.encryptionKey).toBeDefined();
  });

  test('is taken as a parameter, too', () => {
    const stack = newStack();
    build(stack, { detectorId: new CfnParameter(stack, 'Detector').valueAsString, findingsExport: FindingsExport.toOwnBucket() });
    expect(render(stack).resourcesOf('AWS::GuardDuty::PublishingDestination')[0].properties.DetectorId).toEqual({ Ref: 'Detector' });
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
    ['a detector by its ARN', { detectorId: 'arn:aws:guardduty:eu-west-1:111122223333:detector/x' }, "'detectorId' is 'arn:aws:guardduty"],
    ['a severity out of range', { minimumSeverity: 11 }, "'minimumSeverity' must be a whole number from 1 to 10 on the scale of GuardDuty, got 11"],
    ['no features', { features: [] }, "'features' is empty: leave it out"],
    ['features of a foreign detector', { detectorId: DETECTOR, features: [ThreatFeature.S3_DATA_EVENTS] }, "'features' has no effect"],
    ['nothing left for the medium topic', s => ({ minimumSeverity: 4, mediumTopic: new sns.Topic(s, 'Medium') }), "'mediumTopic' would get nothing"],
    ['a key without a bucket', s => ({ findingsExport: FindingsExport.none(), encryptionKey: new kms.Key(s, 'Key') }), "'encryptionKey' has no use"],
  ])('%s', (_name, props, message) => {
    const stack = newStack();
    expect(() => build(stack, typeof props === 'function' ? props(stack) : props)).toThrow(`[Test/Threats] ${message}`);
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
  expect(() => new ThreatDetection(stack, 'Route', { detectorId: first.detectorId })).not.toThrow();
});

test('takes a number that is known at deployment only', () => {
  const stack = newStack();
  const minimumSeverity = new CfnParameter(stack, 'Severity', { type: 'Number' }).valueAsNumber;
  build(stack, { minimumSeverity, mediumTopic: new sns.Topic(stack, 'Medium'), waivers: [{ control: 'TD-03', reason: 'whoever deploys the stack decides it' }] });
  expect(render(stack).resourcesOf('AWS::Events::Rule')[0].properties.EventPattern.detail.severity).toEqual([{ numeric: ['>=', { Ref: 'Severity' }] }]);
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
