import * as settings from '../../../src/services/guardduty/settings';

const AT = { node: { path: 'Stack/Threats' } };
const features = (...names: string[]) => names.map(name => ({ _feature: settings.feature(name) }));

test('a detector is on, reports every fifteen minutes, and watches what there is in every region', () => {
  const { features: all, ...others } = settings.detector(AT, {});
  expect(others).toEqual({ enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES' });
  expect(all).toEqual([
    ...['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS'].map(name => ({ name, status: 'ENABLED' })),
    {
      name: 'RUNTIME_MONITORING',
      status: 'ENABLED',
      additionalConfiguration: ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'].map(name => ({ name, status: 'ENABLED' })),
    },
  ]);
});

test('has each feature once', () => {
  expect(settings.detector(AT, { features: features('A', 'B', 'A') }).features).toEqual([{ name: 'A', status: 'ENABLED' }, { name: 'B', status: 'ENABLED' }]);
});

test.each<[string, unknown, string]>([
  ['none', [], "'features' is empty: leave it out to watch everything"],
  ['one that is no list', features('A')[0], "'features' is an object, not a list: put it into brackets"],
])('refuses as features %s', (_name, given, message) => {
  expect(() => settings.detector(AT, { features: given as any })).toThrow(`[Stack/Threats] ${message}`);
});

test('refuses what is no ID of a detector', () => {
  expect(() => settings.checkDetectorId(AT, 'arn:aws:guardduty:x')).toThrow("[Stack/Threats] 'detectorId' is 'arn:aws:guardduty:x': give the 32 hexadecimal digits");
  expect(() => settings.checkDetectorId(AT, '12abc34d567e8fa901bc2d34e56789f0')).not.toThrow();
});

test('severe is from 7 on, medium from 4 up to that', () => {
  expect(settings.severities(AT, { medium: true })).toEqual({ severe: { from: 7 }, medium: { from: 4, below: 7 } });
  expect(settings.severities(AT, { medium: true, minimumSeverity: 5 })).toEqual({ severe: { from: 5 }, medium: { from: 4, below: 5 } });
  expect(settings.severities(AT, { medium: false, minimumSeverity: 1 }).severe).toEqual({ from: 1 });
  expect(() => settings.severities(AT, { medium: true, minimumSeverity: 4 })).toThrow("[Stack/Threats] 'mediumTopic' would get nothing, as 'minimumSeverity' is 4");
  expect(() => settings.severities(AT, { medium: false, minimumSeverity: 11 })).toThrow("'minimumSeverity' must be a whole number from 1 to 10 on the scale of GuardDuty, got 11");
});

test('findings are matched by number, with an upper bound only if there is one', () => {
  expect(settings.findings({ from: 4 }).detail).toEqual({ severity: [{ numeric: ['>=', 4] }] });
  expect(settings.findings({ from: 4, below: 7 })).toEqual({
    source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', 4, '<', 7] }] },
  });
});

test('findings go to a bucket under a key, and a scan is of the whole bucket', () => {
  expect(settings.destination('d', 'b', 'k')).toEqual({ detectorId: 'd', destinationType: 'S3', destinationProperties: { destinationArn: 'b', kmsKeyArn: 'k' } });
  expect(settings.uploadScan('b')).toEqual({ protectedResource: { s3Bucket: { bucketName: 'b' } }, actions: { tagging: { status: 'ENABLED' } } });
});
