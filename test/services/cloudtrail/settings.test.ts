import { InsightType } from 'aws-cdk-lib/aws-cloudtrail';
import { Aws, Duration, Token } from 'aws-cdk-lib/core';
import * as settings from '../../../src/services/cloudtrail/settings';

const AT = { node: { path: 'Stack/Trail' } };
const fields = (selector: { readonly fieldSelectors: unknown }) => selector.fieldSelectors;
const data = { field: 'eventCategory', equalTo: ['Data'] };

test('a trail records every region, signs its files and looks for unusual rates', () => {
  expect(settings.trail(AT, {})).toEqual({
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    insightSelectors: [{ insightType: 'ApiCallRateInsight' }, { insightType: 'ApiErrorRateInsight' }],
  });
});

test('takes types of insights', () => {
  expect(settings.trail(AT, { insightTypes: [InsightType.API_ERROR_RATE] }).insightSelectors).toEqual([{ insightType: 'ApiErrorRateInsight' }]);
  expect(settings.trail(AT, { insightTypes: [] }).insightSelectors).toEqual([]);
});

test.each(['ab', 'a--b', 'a._b', '-ab', 'ab-', 'a b', '10.0.0.1', 'a'.repeat(129)])("refuses the name '%s'", trailName => {
  expect(() => settings.trail(AT, { trailName })).toThrow(`[Stack/Trail] 'trailName' is '${trailName}': take 3 to 128 letters and digits`);
});

test.each(['abc', 'Account.trail_of-2026', 'a'.repeat(128), Aws.STACK_NAME])("takes the name '%s'", trailName => {
  expect(() => settings.trail(AT, { trailName })).not.toThrow();
});

test('records management events, and objects outside the buckets of logs', () => {
  expect(settings.eventSelectors(['arn:logs', 'arn:trail'])).toEqual([
    { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    {
      name: 'S3',
      fieldSelectors: [data, { field: 'resources.type', equalTo: ['AWS::S3::Object'] }, { field: 'resources.ARN', notStartsWith: ['arn:logs/', 'arn:trail/'] }],
    },
  ]);
});

test('records management events whatever else is asked for', () => {
  const [management] = settings.eventSelectors([]);
  expect(settings.eventSelectors([], [])).toEqual([management]);
  const tables = settings.dataEvents('AWS::DynamoDB::Table');
  expect(settings.eventSelectors([], [tables])).toEqual([management, tables]);
  expect(tables).toEqual({ name: 'AWS::DynamoDB::Table', fieldSelectors: [data, { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] }] });
});

test('records what an endpoint refused', () => {
  expect(fields(settings.refusedByEndpoint('s3.amazonaws.com'))).toEqual([
    { field: 'eventCategory', equalTo: ['NetworkActivity'] },
    { field: 'eventSource', equalTo: ['s3.amazonaws.com'] },
    { field: 'errorCode', equalTo: ['VpceAccessDenied'] },
  ]);
});

test('log files are locked for a year and never expire', () => {
  expect(settings.logFiles(AT, {})).toEqual({
    objectLock: Duration.days(365), expiration: undefined, noncurrentExpiration: Duration.days(365), plainWriter: 'cloudtrail.amazonaws.com',
  });
});

test.each<[settings.LogFileOptions, string]>([
  [{ objectLock: Duration.hours(12) }, "[Stack/Trail] 'objectLock' must be a whole number from 1 to 36500 days, got 0.5"],
  [{ expiration: Duration.days(364) }, "[Stack/Trail] 'expiration' must be a whole number from 365 to 36500 days, got 364"],
  [{ expiration: Duration.days(400), objectLock: Duration.days(401) }, "[Stack/Trail] 'expiration' is 400 days, less than the 401 of 'objectLock'"],
])('refuses %j', (options, message) => expect(() => settings.logFiles(AT, options)).toThrow(message));

test('takes the edges and tokens', () => {
  const token = Duration.days(Token.asNumber({ Ref: 'Days' }));
  expect(() => settings.logFiles(AT, { objectLock: Duration.days(1), expiration: Duration.days(365) })).not.toThrow();
  expect(() => settings.logFiles(AT, { objectLock: token, expiration: Duration.days(365) })).not.toThrow();
  expect(() => settings.logFiles(AT, { expiration: token })).not.toThrow();
});
