import { Duration, Lazy } from 'aws-cdk-lib/core';
import { ForwardingOptions, forwarding, targetGroup, TargetGroupOptions, targetGroupProps } from '../../../src/services/elb/target-settings';

const AT = { node: { path: 'Stack/Alb/App' } };
const KNOWN = ['app.example.com', '*.example.org'];

test('a target group speaks HTTPS, and is checked by it', () => {
  expect(targetGroup(AT, {})).toEqual({
    protocol: 'HTTPS',
    protocolVersion: 'HTTP1',
    port: 443,
    healthCheckEnabled: true,
    healthCheckProtocol: 'HTTPS',
    healthCheckPath: '/',
    healthCheckIntervalSeconds: 15,
    healthCheckTimeoutSeconds: 5,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 2,
    matcher: { httpCode: '200' },
    targetGroupAttributes: [{ key: 'deregistration_delay.timeout_seconds', value: '30' }, { key: 'stickiness.enabled', value: 'false' }],
  });
});

test('what the L2 is told is the same', () => {
  const { deregistrationDelay, healthCheck, ...others } = targetGroupProps(AT, { port: 8443, healthCheckPath: '/health', deregistrationDelay: Duration.seconds(5) });
  expect(others).toEqual({ protocol: 'HTTPS', protocolVersion: 'HTTP1', port: 8443 });
  expect(deregistrationDelay.toSeconds()).toBe(5);
  expect({ ...healthCheck, interval: healthCheck.interval.toSeconds(), timeout: healthCheck.timeout.toSeconds() }).toEqual({
    enabled: true, protocol: 'HTTPS', path: '/health', healthyHttpCodes: '200', interval: 15, timeout: 5, healthyThresholdCount: 2, unhealthyThresholdCount: 2,
  });
});

test('a delay that is a token in seconds passes, in other units it does not', () => {
  const minutes = Lazy.number({ produce: () => 1 });
  expect(targetGroup(AT, { deregistrationDelay: Duration.seconds(minutes) }).targetGroupAttributes[0].value).toContain('Token');
  expect(() => targetGroup(AT, { deregistrationDelay: Duration.minutes(minutes) })).toThrow("[Stack/Alb/App] 'deregistrationDelay' is a token in minutes");
});

test.each<[string, TargetGroupOptions, string]>([
  ['a port that is none', { port: 70000 }, "'port' must be a whole number from 1 to 65535"],
  ['a path without slash', { healthCheckPath: 'health' }, "'healthCheckPath' is 'health': begin with '/'"],
])('a target group refuses %s', (_name, options, message) => {
  expect(() => targetGroup(AT, options)).toThrow(`[Stack/Alb/App] ${message}`);
});

test('requests for every host of the load balancer are forwarded, or those that are named', () => {
  expect(forwarding(AT, {}, KNOWN)).toEqual({ hostNames: KNOWN, pathPatterns: [] });
  expect(forwarding(AT, { hostNames: ['shop.example.net'] }, KNOWN, true).hostNames).toEqual(['shop.example.net']);
  expect(() => forwarding(AT, { hostNames: ['*'] }, KNOWN, true)).toThrow("'hostNames' is '*'");
  expect(forwarding(AT, { hostNames: ['www.example.org'], pathPatterns: ['/api/*'] }, KNOWN)).toEqual({ hostNames: ['www.example.org'], pathPatterns: ['/api/*'] });
});

test.each<[string, ForwardingOptions, string]>([
  ['a priority that is none', { priority: 0 }, "'priority' must be a whole number from 1 to 50000"],
  ['no host names', { hostNames: [] }, "'hostNames' is empty: name at least one host"],
  ['a foreign host', { hostNames: ['other.example.com'] }, "'hostNames' has 'other.example.com', which is none of the load balancer's host names (app.example.com, *.example.org)"],
  ['a path pattern without slash', { pathPatterns: ['api/*'] }, "'pathPatterns' is 'api/*'"],
  ['a text instead of a list', { pathPatterns: '/api/*' as any }, "'pathPatterns' is the text '/api/*', not a list"],
  ['more values than a rule takes', { pathPatterns: ['/a', '/b', '/c', '/d'] }, "'hostNames' and 'pathPatterns' have 6 values: a rule takes five"],
])('a rule refuses %s', (_name, options, message) => {
  expect(() => forwarding(AT, options, KNOWN)).toThrow(`[Stack/Alb/App] ${message}`);
});
