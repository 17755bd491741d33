import { MaximumExecutionFrequency } from 'aws-cdk-lib/aws-config';
import { Aws, Duration, Token } from 'aws-cdk-lib/core';
import * as settings from '../../../src/services/config/settings';
import { newStack } from '../../support/prove';

const AT = { node: { path: 'Stack/Config' } };

test('a recorder records every type, all the time, with the service-linked role', () => {
  expect(newStack().resolve(settings.recorder(AT, {}))).toEqual({
    roleArn: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' },
        ':role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig']],
    },
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: true, recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } },
    recordingMode: { recordingFrequency: 'CONTINUOUS' },
  });
});

test('global types can be left out, and noisy ones recorded daily', () => {
  expect(settings.recorder(AT, { globalResourceTypes: false, dailyResourceTypes: ['AWS::EC2::NetworkInterface'] })).toMatchObject({
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: false },
    recordingMode: {
      recordingFrequency: 'CONTINUOUS',
      recordingModeOverrides: [{ description: 'Noisy types', recordingFrequency: 'DAILY', resourceTypes: ['AWS::EC2::NetworkInterface'] }],
    },
  });
});

test.each<[unknown, string]>([
  [['NetworkInterface'], "[Stack/Config] 'dailyResourceTypes' has 'NetworkInterface': give a type such as 'AWS::EC2::NetworkInterface'"],
  ['AWS::EC2::Instance', "[Stack/Config] 'dailyResourceTypes' is 'AWS::EC2::Instance', not a list: put it into brackets"],
])('refuses the types %j', (types, message) => {
  expect(() => settings.recorder(AT, { dailyResourceTypes: types as string[] })).toThrow(message);
});

test.each([[[Aws.STACK_NAME]], [Token.asList({ Ref: 'Types' })]])('takes tokens as types', types => {
  expect(() => settings.recorder(AT, { dailyResourceTypes: types })).not.toThrow();
});

test('a snapshot is delivered every day', () => {
  expect(settings.deliveryChannel(AT, {})).toEqual({ configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' } });
});

test.each(Object.values(MaximumExecutionFrequency))('takes the frequency %s', frequency => {
  expect(settings.deliveryChannel(AT, { snapshotFrequency: frequency }).configSnapshotDeliveryProperties.deliveryFrequency).toBe(frequency);
});

test('refuses another frequency', () => {
  expect(() => settings.deliveryChannel(AT, { snapshotFrequency: 'Weekly' as MaximumExecutionFrequency }))
    .toThrow("[Stack/Config] 'snapshotFrequency' is 'Weekly': take a value of config.MaximumExecutionFrequency");
});

test('records never expire, or after a year at least', () => {
  expect(settings.records(AT, {})).toEqual({ expiration: undefined, noncurrentExpiration: Duration.days(365) });
  expect(settings.records(AT, { expiration: Duration.days(365) }).expiration).toEqual(Duration.days(365));
  expect(() => settings.records(AT, { expiration: Duration.days(364) }))
    .toThrow("[Stack/Config] 'expiration' must be a whole number from 365 to 36500 days, got 364");
});

test('the message names what its paths find', () => {
  const { message, inputPaths } = settings.COMPLIANCE;
  expect([...message.matchAll(/<(\w+)>/g)].map(m => m[1]).sort()).toEqual(Object.keys(inputPaths).sort());
});
