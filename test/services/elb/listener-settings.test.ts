import { TLS_POLICIES } from '../../../src/services/elb/facts';
import { checkHostNames, httpsListener, redirectListener } from '../../../src/services/elb/listener-settings';

const AT = { node: { path: 'Stack/Alb' } };

test('HTTPS on 443, by an accepted TLS policy, with the headers of the browser', () => {
  const listener = httpsListener({ certificateArn: 'arn' });
  expect(listener).toMatchObject({ port: 443, protocol: 'HTTPS', certificates: [{ certificateArn: 'arn' }], sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' });
  expect(TLS_POLICIES).toContain(listener.sslPolicy);
  expect(listener.listenerAttributes.map(a => a.value)).toEqual([
    'max-age=31536000; includeSubDomains', 'nosniff', 'DENY', "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'", 'false',
  ]);
});

test('what may differ', () => {
  const listener = httpsListener({ certificateArn: 'arn', sslPolicy: TLS_POLICIES[0], contentSecurityPolicy: "default-src 'none'", frameOptions: 'SAMEORIGIN' });
  expect(listener.sslPolicy).toBe(TLS_POLICIES[0]);
  expect(listener.listenerAttributes.map(a => a.value)).toEqual(expect.arrayContaining(["default-src 'none'", 'SAMEORIGIN']));
});

test('one that redirects is on 80, and does not name the server', () => {
  expect(redirectListener()).toEqual({ port: 80, protocol: 'HTTP', listenerAttributes: [{ key: 'routing.http.response.server.enabled', value: 'false' }] });
});

test.each(['*', '*.*', 'localhost', 'a b.example.com', 'example.com:443', '', 'https://example.com'])('%p is no host name', name => {
  expect(() => checkHostNames(AT, [name])).toThrow(/^\[Stack\/Alb\] 'hostNames'/);
});

test.each(['app.example.com', '*.example.com', 'App.Example.com', 'xn--bcher-kva.example'])('%s is a host name', name => checkHostNames(AT, [name]));

test('no host names, and a text instead of a list, are refused', () => {
  expect(() => checkHostNames(AT, [])).toThrow("[Stack/Alb] 'hostNames' is empty: name the hosts");
  expect(() => checkHostNames(AT, undefined)).toThrow("[Stack/Alb] 'hostNames' is missing: name the hosts");
  expect(() => checkHostNames(AT, 'app.example.com' as any)).toThrow("[Stack/Alb] 'hostNames' is the text 'app.example.com', not a list");
});
