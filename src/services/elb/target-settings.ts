// The hardened values of what a load balancer forwards to.
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Token, Tokenization } from 'aws-cdk-lib/core';
import { VALUES_OF_A_RULE } from './facts';
import { checkHostNames } from './listener-settings';
import { attributes, HTTPS } from './settings';
import type { Place } from '../../core/validate';
import { fail, requireList, requireMatch, requireNotEmpty, requireRange, requireUnit } from '../../core/validate';

/** What may differ between target groups. */
export interface TargetGroupOptions {
  readonly port?: number;
  readonly healthCheckPath?: string;
  readonly deregistrationDelay?: Duration;
}

/** A target group that is spoken to, and checked, by HTTPS. */
export function targetGroup(at: Place, options: TargetGroupOptions) {
  requireRange(at, 'port', options.port, 1, 65535, '(TCP)');
  requireMatch(at, 'healthCheckPath', options.healthCheckPath, /^\/\S{0,1023}$/, "begin with '/'");
  requireUnit(at, 'deregistrationDelay', options.deregistrationDelay, 'seconds');
  return {
    protocol: 'HTTPS',
    protocolVersion: 'HTTP1',
    port: options.port ?? HTTPS,
    healthCheckEnabled: true,
    healthCheckProtocol: 'HTTPS',
    healthCheckPath: options.healthCheckPath ?? '/',
    healthCheckIntervalSeconds: 15,
    healthCheckTimeoutSeconds: 5,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 2,
    matcher: { httpCode: '200' },
    targetGroupAttributes: attributes({
      'deregistration_delay.timeout_seconds': Tokenization.stringifyNumber(delay(options).toSeconds()),
      'stickiness.enabled': false,
    }),
  } satisfies Partial<elbv2.CfnTargetGroupProps>;
}

function delay(options: TargetGroupOptions): Duration {
  return options.deregistrationDelay ?? Duration.seconds(30);
}

/** The same as the L2 takes it, which lets its users change the health check later. */
export function targetGroupProps(at: Place, options: TargetGroupOptions) {
  const values = targetGroup(at, options);
  return {
    protocol: elbv2.ApplicationProtocol.HTTPS,
    protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1,
    port: values.port,
    deregistrationDelay: delay(options),
    healthCheck: {
      enabled: values.healthCheckEnabled,
      protocol: elbv2.Protocol.HTTPS,
      path: values.healthCheckPath,
      healthyHttpCodes: values.matcher.httpCode,
      interval: Duration.seconds(values.healthCheckIntervalSeconds),
      timeout: Duration.seconds(values.healthCheckTimeoutSeconds),
      healthyThresholdCount: values.healthyThresholdCount,
      unhealthyThresholdCount: values.unhealthyThresholdCount,
    },
  } satisfies Partial<elbv2.ApplicationTargetGroupProps>;
}

/** For which requests a target is. */
export interface ForwardingOptions {
  readonly hostNames?: string[];
  readonly pathPatterns?: string[];
  readonly priority?: number;
}

/**
 * For which requests a target is: those for all hosts of the load balancer, if nothing is said.
 *
 * @param mayBeOthers whether the load balancer has certificates of host names that were not said where it was made
 */
export function forwarding(at: Place, options: ForwardingOptions, known: string[], mayBeOthers: boolean = false):
Omit<Required<ForwardingOptions>, 'priority'> {
  const hostNames = options.hostNames ?? known;
  const pathPatterns = options.pathPatterns ?? [];
  requireRange(at, 'priority', options.priority, 1, 50000, '(the lowest comes first)');
  requireNotEmpty(at, 'hostNames', hostNames, 'name at least one host: requests for others are refused');
  checkHostNames(at, hostNames);
  requireList(at, 'pathPatterns', pathPatterns);
  pathPatterns.forEach(p => requireMatch(at, 'pathPatterns', p, /^\/\S{0,127}$/, "begin with '/', in up to 128 characters"));
  const foreign = mayBeOthers || Token.isUnresolved(hostNames) ? undefined
    : hostNames.find(h => !Token.isUnresolved(h) && !covered(h, known));
  if (foreign !== undefined) {
    fail(at, `'hostNames' has '${foreign}', which is none of the load balancer's host names (${known.join(', ')}): add it there too, `
      + "or first its certificate by 'listener.addCertificates'");
  }
  const values = hostNames.length + pathPatterns.length;
  if (values > VALUES_OF_A_RULE) {
    fail(at, `'hostNames' and 'pathPatterns' have ${values} values: a rule takes five, so make another target for the rest`);
  }
  return { hostNames, pathPatterns };
}

/** Whether a host is one of the names, or falls under one that begins with `*.`. Nobody knows of names that are tokens. */
function covered(host: string, names: string[]): boolean {
  return Token.isUnresolved(names)
    || names.some(name => Token.isUnresolved(name) || name === host || (name.startsWith('*.') && host.endsWith(name.slice(1))));
}
