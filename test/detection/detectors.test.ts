import * as events from 'aws-cdk-lib/aws-events';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import { AdoptedDetector, NewDetector } from '../../src/detection/detectors';
import { NoExport, OwnBucket } from '../../src/detection/export-ways';
import { ThreatFeature } from '../../src/detection/threat-feature';
import { claimed, newStack } from '../support/prove';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const AT = { node: { path: 'Test/Threats' } };

test('a new detector is made in the construct, claims what it must, and exports to a bucket of its own', () => {
  const stack = newStack();
  const detector = new NewDetector(AT, stack, undefined);
  const threats = new Construct(stack, 'Threats');
  expect(stack.resolve(detector.attach(threats))).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Threats/), 'Id'] });
  expect(threats.node.defaultChild).toBeInstanceOf(guardduty.CfnDetector);
  expect(claimed(stack)).toEqual(['GEN-03', 'GEN-05', 'TD-01', 'TD-01b', 'TD-02', 'TD-02b', 'TD-04', 'TD-06', 'TD-07', 'TD-09']);
  expect(detector.findingsExport._way).toEqual(new OwnBucket());
});

test('there is one new detector in a stack, which counts from when it is made', () => {
  const stack = newStack();
  const detector = new NewDetector(AT, stack, undefined);
  expect(() => new NewDetector(AT, stack, undefined)).not.toThrow();
  detector.attach(new Construct(stack, 'Threats'));
  expect(() => new NewDetector({ node: { path: 'Test/Again' } }, stack, undefined)).toThrow("[Test/Again] 'Test/Threats' makes the detector of this region");
  expect(() => new NewDetector(AT, newStack(), undefined)).not.toThrow();
});

test('an adopted detector makes, claims and exports nothing', () => {
  const stack = newStack();
  const detector = new AdoptedDetector(AT, guardduty.CfnDetector.fromDetectorId(stack, 'Detector', DETECTOR), undefined);
  expect(detector.attach()).toBe(DETECTOR);
  expect(claimed(stack)).toEqual([]);
  detector.watch(new events.CfnRule(stack, 'Rule', { eventPattern: {} }));
  expect(claimed(stack, 'AWS::Events::Rule')).toEqual(['TD-06', 'TD-07']);
  expect(detector.findingsExport._way).toBeInstanceOf(NoExport);
});

test('an adopted detector is one, and takes no features', () => {
  const stack = newStack();
  const wrong = guardduty.CfnDetector.fromDetectorId(stack, 'Wrong', 'arn:aws:guardduty:x');
  expect(() => new AdoptedDetector(AT, wrong, undefined)).toThrow("[Test/Threats] 'detectorId' is 'arn:aws:guardduty:x'");
  const right = guardduty.CfnDetector.fromDetectorId(stack, 'Right', DETECTOR);
  expect(() => new AdoptedDetector(AT, right, [ThreatFeature.S3_DATA_EVENTS])).toThrow("[Test/Threats] 'features' has no effect on a 'detector' that exists");
});
