import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import * as controls from '../services/elb/controls';

/** TLS versions and ciphers of a load balancer: the policies that pass Security Hub's ELB.17 and resist quantum computers. */
export enum AlbTlsPolicy {
  /** TLS 1.3, and TLS 1.2 with forward secrecy and authenticated encryption. Post-quantum key exchange. */
  TLS13_12_RES_PQ = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  /** TLS 1.3 only. Post-quantum key exchange. */
  TLS13_13_PQ = 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
  /** As TLS13_12_RES_PQ, by modules that are validated under FIPS 140-3. */
  FIPS_TLS13_12_RES_PQ = 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
  /** As TLS13_13_PQ, by modules that are validated under FIPS 140-3. */
  FIPS_TLS13_13_PQ = 'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
}

/** Who may show the application in a frame. */
export enum FrameOptions {
  /** Nobody. */
  DENY = 'DENY',
  /** Pages of the same origin. */
  SAMEORIGIN = 'SAMEORIGIN',
}

/** What differs between listeners on port 443. */
export interface HttpsListenerOptions {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** Opens the way from the load balancer to what registers as a target. */
  readonly reach: (target: ec2.IConnectable, port: ec2.Port) => void;
  readonly certificate: acm.ICertificate;
  readonly sslPolicy: AlbTlsPolicy;
  readonly contentSecurityPolicy: string;
  readonly frameOptions: FrameOptions;
}

/** A listener that answers everything with a 403, until a rule forwards it. */
export function httpsListener(scope: Construct, id: string, options: HttpsListenerOptions): elbv2.ApplicationListener {
  const listener = new elbv2.ApplicationListener(scope, id, {
    loadBalancer: options.loadBalancer,
    port: 443,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [{ certificateArn: options.certificate.certificateArn }],
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
  });
  const headers = {
    strict_transport_security: 'max-age=31536000; includeSubDomains',
    x_content_type_options: 'nosniff',
    x_frame_options: options.frameOptions,
    content_security_policy: options.contentSecurityPolicy,
  };
  Object.entries(headers).forEach(([name, value]) => listener.setAttribute(`routing.http.response.${name}.header_value`, value));
  listener.setAttribute('routing.http.response.server.enabled', 'false');
  // Targets that open the way by themselves do it here: the rules are made in one place, and say what they are for.
  listener.registerConnectable = (connectable, port) => options.reach(connectable, port ?? ec2.Port.tcp(443));
  const resource = listener.node.defaultChild as elbv2.CfnListener;
  resource.sslPolicy = options.sslPolicy; // not by the L2, whose enum holds weak ones
  claim(resource, controls.ALB_HTTPS, controls.ALB_TLS_POLICY, controls.ALB_HOST_NAMES, controls.ALB_RESPONSE_HEADERS);
  return listener;
}

/** A listener that redirects everything to HTTPS. */
export function redirectListener(scope: Construct, id: string, loadBalancer: elbv2.ApplicationLoadBalancer): elbv2.ApplicationListener {
  const listener = new elbv2.ApplicationListener(scope, id, {
    loadBalancer,
    port: 80,
    protocol: elbv2.ApplicationProtocol.HTTP,
    open: false,
    defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', host: '#{host}', path: '/#{path}', query: '#{query}', permanent: true }),
  });
  listener.setAttribute('routing.http.response.server.enabled', 'false');
  claim(listener.node.defaultChild as elbv2.CfnListener, controls.ALB_REDIRECT);
  declareFinding(listener, 'This listener takes no requests: all it does is to redirect to HTTPS, before which there is no certificate to show.',
    'NIST.800.53.R5-ELBv2ACMCertificateRequired', 'HIPAA.Security-ELBv2ACMCertificateRequired',
    'PCI.DSS.321-ELBv2ACMCertificateRequired');
  return listener;
}
