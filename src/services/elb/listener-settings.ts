// The hardened values of the listeners of a load balancer.
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Token } from 'aws-cdk-lib/core';
import { attributes, HTTP, HTTPS } from './settings';
import type { Place } from '../../core/validate';
import { requireMatch, requireNotEmpty } from '../../core/validate';

/** What may differ between listeners that speak HTTPS. */
export interface HttpsListenerOptions {
  readonly certificateArn: string;
  readonly sslPolicy?: string;
  readonly contentSecurityPolicy?: string;
  readonly frameOptions?: string;
}

/** A listener that speaks HTTPS and tells browsers to do so. */
export function httpsListener(options: HttpsListenerOptions) {
  const response = 'routing.http.response';
  return {
    port: HTTPS,
    protocol: 'HTTPS',
    certificates: [{ certificateArn: options.certificateArn }],
    sslPolicy: options.sslPolicy ?? 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    listenerAttributes: attributes({
      [`${response}.strict_transport_security.header_value`]: 'max-age=31536000; includeSubDomains',
      [`${response}.x_content_type_options.header_value`]: 'nosniff',
      [`${response}.x_frame_options.header_value`]: options.frameOptions ?? 'DENY',
      [`${response}.content_security_policy.header_value`]: options.contentSecurityPolicy ?? CONTENT_SECURITY_POLICY,
      [`${response}.server.enabled`]: false,
    }),
  } satisfies Partial<elbv2.CfnListenerProps>;
}

const CONTENT_SECURITY_POLICY = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** What the L2 of such a listener must be told: it opens nothing by itself, and answers 403 until a rule forwards. */
export function httpsListenerProps() {
  return {
    port: HTTPS,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
  } satisfies Partial<elbv2.ApplicationListenerProps>;
}

/** A listener that redirects. */
export function redirectListener() {
  return {
    port: HTTP,
    protocol: 'HTTP',
    certificates: undefined,
    sslPolicy: undefined,
    listenerAttributes: attributes({ 'routing.http.response.server.enabled': false }),
  } satisfies Partial<elbv2.CfnListenerProps>;
}

/** What the L2 of such a listener must be told: it opens nothing by itself, and redirects to HTTPS. */
export function redirectListenerProps() {
  return {
    port: HTTP,
    protocol: elbv2.ApplicationProtocol.HTTP,
    open: false,
    defaultAction: elbv2.ListenerAction.redirect({
      protocol: 'HTTPS', port: String(HTTPS), host: '#{host}', path: '/#{path}', query: '#{query}', permanent: true,
    }),
  } satisfies Partial<elbv2.ApplicationListenerProps>;
}

/** Refuses host names that are none, or stand for everything. */
export function checkHostNames(at: Place, hostNames: string[] | undefined): void {
  requireNotEmpty(at, 'hostNames', hostNames, 'name the hosts that the load balancer answers to: requests for others are refused');
  if (Token.isUnresolved(hostNames)) { return; }
  hostNames?.forEach(name => requireMatch(at, 'hostNames', name, /^(?=.{1,128}$)(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
    "give a host name, or '*.' and a domain name"));
}
