import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Annotations, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { TlsAlbProps } from './tls-alb-props';
import { zoneName } from '../core/subnets';
import type { Place } from '../core/validate';
import { fail } from '../core/validate';
import { checkCertificate } from '../services/acm/settings';
import { checkHostNames } from '../services/elb/listener-settings';

/** Refuses neighbours of a load balancer that are none, or are something else. */
export function checkNeighbours(at: Place, scope: IConstruct, props: TlsAlbProps): void {
  if (!props.domain === !props.certificate) {
    fail(at, `'domain' and 'certificate' are ${props.domain ? 'both' : 'not'} given: give exactly one of the two`);
  }
  if (props.certificate) { checkForeignCertificate(at, scope, props.certificate); }
  props.firewall?._checkProtects(at, at.node.path);
}

function checkForeignCertificate(at: Place, scope: IConstruct, certificate: acm.ICertificate): void {
  checkCertificate(at, certificate, Stack.of(scope).region);
}

/** The host names that a load balancer answers to: those of its domain, if nothing is said. */
export function hostNamesOf(at: Place, props: TlsAlbProps): string[] {
  const hostNames = props.hostNames ?? (props.domain ? [props.domain.domainName] : []);
  checkHostNames(at, hostNames);
  return hostNames;
}

/** Warns of host names that the certificate of a domain does not name: their clients would get a TLS error before any rule is asked. */
export function warnOfHostsWithoutCertificate(scope: IConstruct, hostNames: string[], domainName: string): void {
  if (Token.isUnresolved(hostNames) || Token.isUnresolved(domainName)) { return; }
  const others = hostNames.filter(name => !Token.isUnresolved(name) && name.toLowerCase() !== domainName);
  if (others.length === 0) { return; }
  Annotations.of(scope).addWarningV2('cdk-hardened:hostWithoutCertificate',
    `'hostNames' has ${others.map(name => `'${name}'`).join(', ')}, but the certificate and the record of 'domain' are for `
    + `'${domainName}' alone: give a 'certificate' of all names instead of 'domain', or add one by 'listener.addCertificates', `
    + 'and the records');
}

/** Refuses subnets in fewer than two availability zones, or two in one. */
export function checkSubnets(at: Place, subnets: ec2.ISubnet[]): void {
  const zones = subnets.map(zoneOf).filter((zone): zone is string => zone !== undefined);
  const twice = zones.find((zone, i) => zones.indexOf(zone) !== i);
  if (subnets.length < 2 || new Set(zones).size + (subnets.length - zones.length) < 2) {
    const count = Math.min(subnets.length, new Set(zones).size || subnets.length);
    fail(at, `'vpcSubnets' selects subnets in ${count} availability zone(s): select one in each of at least two, `
      + "or give the 'vpc' more zones");
  }
  if (twice !== undefined) {
    fail(at, `'vpcSubnets' selects two subnets in ${zoneName(twice)}: a load balancer takes one in each availability zone, `
      + "for example by 'onePerAz'");
  }
}

/** The zone of a subnet, or undefined for an imported one that does not know. */
function zoneOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined;
  }
}
