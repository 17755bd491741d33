// What must hold of the listeners and target groups of a load balancer.
import { TLS_POLICIES } from './facts';
import {
  areRedirects, LISTENER, refusesByDefault, responseAttribute, rulesBesideRedirects, rulesForAnyHost, TARGET_GROUP,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { at, isFalse, isGiven, isOneOf, isTrue, list, mayBe, textOf, UNKNOWN } from '../../core/values';

export const ALB_HTTPS: Control = {
  id: 'ALB-01',
  title: 'the listener speaks HTTPS on port 443, with a certificate',
  prevents: 'requests in plain text',
  kind: 'floor',
  types: [LISTENER],
  property: 'Certificates',
  mend: 'keep the certificate and the protocol',
  fsbp: ['ELB.18'],
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: r => isOneOf(r.properties.Protocol, 'HTTPS') && isOneOf(r.properties.Port, 443)
    && isGiven(at(list(r.properties.Certificates)[0], 'CertificateArn')),
};

export const ALB_TLS_POLICY: Control = {
  id: 'ALB-02',
  title: 'the listener accepts TLS 1.2 with forward secrecy and authenticated encryption, or better',
  prevents: 'weak ciphers, and recordings of today that are decrypted later',
  kind: 'floor',
  types: [LISTENER],
  property: 'SslPolicy',
  mend: "take a TLS policy of AlbTlsPolicy as 'sslPolicy'",
  fsbp: ['ELB.17'],
  holds: r => isOneOf(r.properties.SslPolicy, ...TLS_POLICIES),
};

export const ALB_REDIRECT: Control = {
  id: 'ALB-03',
  title: 'the listener on port 80 does nothing but redirect to HTTPS, and does not name the server',
  prevents: 'requests in plain text',
  kind: 'floor',
  types: [LISTENER],
  property: 'DefaultActions',
  mend: "keep the redirection and 'routing.http.response.server.enabled' false, and add no rules: 'addTarget' takes requests on 443",
  fsbp: ['ELB.1'],
  holds: r => {
    const to = at(list(r.properties.DefaultActions)[0], 'RedirectConfig');
    return isOneOf(r.properties.Protocol, 'HTTP') && isOneOf(r.properties.Port, 80) && isFalse(responseAttribute(r, 'server.enabled'))
      && areRedirects(r.properties.DefaultActions) && isOneOf(at(to, 'Port'), 443) && isOneOf(at(to, 'Host'), '#{host}')
      && isOneOf(at(to, 'StatusCode'), 'HTTP_301');
  },
  breaks: rulesBesideRedirects,
};

export const ALB_TARGET_HTTPS: Control = {
  id: 'ALB-12',
  title: 'requests reach the targets by HTTPS',
  prevents: 'plain text between the load balancer and its targets',
  kind: 'floor',
  types: [TARGET_GROUP],
  property: 'Protocol',
  mend: 'leave the protocol at HTTPS',
  fsbp: ['ELB.22'],
  nist: NIST.inTransit,
  holds: r => isOneOf(r.properties.Protocol, 'HTTPS'),
};

export const ALB_HEALTH_CHECK_HTTPS: Control = {
  id: 'ALB-13',
  title: 'health checks use HTTPS',
  prevents: 'a port in plain text that stays open for the health check',
  kind: 'floor',
  types: [TARGET_GROUP],
  property: 'HealthCheckProtocol',
  mend: 'leave the protocol of the health check at HTTPS',
  fsbp: ['ELB.21'],
  holds: ({ properties: { HealthCheckProtocol, HealthCheckEnabled } }) => isOneOf(HealthCheckProtocol, 'HTTPS')
    && (!isGiven(HealthCheckEnabled) || isTrue(HealthCheckEnabled)),
};

export const ALB_HOST_NAMES: Control = {
  id: 'ALB-14',
  title: 'only requests for named hosts are forwarded, all others get a 403',
  prevents: 'attacks by the host header, and scans by IP address',
  kind: 'floor',
  types: [LISTENER],
  property: 'DefaultActions',
  mend: 'leave the default action, and give each rule that forwards a host-header condition',
  nist: ['SC-7'],
  pci: ['1.3'],
  holds: refusesByDefault,
  breaks: rulesForAnyHost,
};

/** A default source that is any, or known by the deployment only. */
const LOADS_ALL = new RegExp(`default-src [*${UNKNOWN}]`);

export const ALB_RESPONSE_HEADERS: Control = {
  id: 'ALB-16',
  title: "responses carry the browser's protections and do not name the server",
  prevents: 'downgrades to HTTP, framing, sniffed content types and injected scripts',
  kind: 'default',
  types: [LISTENER],
  property: 'ListenerAttributes',
  mend: "keep the listener's response headers, and give a 'contentSecurityPolicy' with a default-src other than *",
  pci: ['6.2.4'],
  holds: r => {
    const maxAge = /max-age=(\d+)/.exec(textOf(responseAttribute(r, 'strict_transport_security.header_value')));
    const policy = textOf(responseAttribute(r, 'content_security_policy.header_value'));
    const origin = responseAttribute(r, 'access_control_allow_origin.header_value');
    return Number(maxAge?.[1]) >= 31536000 && isOneOf(responseAttribute(r, 'x_content_type_options.header_value'), 'nosniff')
      && isOneOf(responseAttribute(r, 'x_frame_options.header_value'), 'DENY', 'SAMEORIGIN')
      && isFalse(responseAttribute(r, 'server.enabled')) && !(isGiven(origin) && mayBe(origin, '*'))
      && /default-src /.test(policy) && !LOADS_ALL.test(policy);
  },
};
