import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Annotations, Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { parseBlock } from '../core/addresses';
import { fail, requireMatch, requireNotEmpty } from '../core/validate';

/** Refuses a certificate that the load balancer can't use: of another region, or not of ACM. */
export function checkCertificate(scope: Construct, certificate: acm.ICertificate): void {
  const { region } = Stack.of(scope);
  const text = certificate.certificateArn;
  const parts = Token.isUnresolved(text) ? undefined : Arn.split(text, ArnFormat.SLASH_RESOURCE_NAME);
  if (parts && parts.service !== 'acm') {
    fail(scope, `'certificate' is '${text}', which is not of ACM: import it there, so that its expiry is watched`);
  }
  const home = parts?.region ?? certificate.env.region;
  if (!Token.isUnresolved(home) && !Token.isUnresolved(region) && home !== region) {
    fail(scope, `'certificate' is of ${home}, but the load balancer is in ${region}: give a certificate of ${region}`);
  }
}

/** Refuses host names that are none, or stand for everything. */
export function checkHostNames(scope: Construct, hostNames: string[]): void {
  requireNotEmpty(scope, 'hostNames', hostNames, 'name the hosts that the load balancer answers to: requests for others are refused');
  if (Token.isUnresolved(hostNames)) { return; }
  hostNames.forEach(name => requireMatch(scope, 'hostNames', name, /^(?=.{1,128}$)(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
    "give a host name, or '*.' and a domain name"));
}

/** Warns of host names that the certificate of a domain does not name: their clients would get a TLS error before any rule is asked. */
export function warnOfHostsWithoutCertificate(scope: Construct, hostNames: string[], domainName: string): void {
  if (Token.isUnresolved(hostNames) || Token.isUnresolved(domainName)) { return; }
  const others = hostNames.filter(name => !Token.isUnresolved(name) && name.toLowerCase() !== domainName);
  if (others.length === 0) { return; }
  Annotations.of(scope).addWarningV2('cdk-hardened:hostWithoutCertificate',
    `'hostNames' has ${others.map(name => `'${name}'`).join(', ')}, but the certificate and the record of 'domain' are for '${domainName}' alone: give a 'certificate' of all names instead of 'domain', or add one by 'listener.addCertificates', and the records`);
}

/** Refuses what is no IPv4 block. */
export function checkSourceCidrs(scope: Construct, cidrs: string[]): void {
  if (Token.isUnresolved(cidrs)) {
    fail(scope, "'sourceCidrs' is one token for the whole list, of which no rules can be made: give a list, whose elements may be tokens");
  }
  for (const cidr of cidrs.filter(c => !Token.isUnresolved(c))) {
    if (parseBlock(cidr)?.version !== 4) {
      fail(scope, `'sourceCidrs' has '${cidr}': give an IPv4 block as ADDRESS/PREFIX, whose address has no bits beyond the prefix`);
    }
  }
}

/** Refuses subnets in fewer than two availability zones, or two in one. */
export function checkSubnets(scope: Construct, subnets: ec2.ISubnet[]): void {
  const zones = subnets.map(zoneOf).filter((zone): zone is string => zone !== undefined);
  const twice = zones.find((zone, i) => zones.indexOf(zone) !== i);
  if (subnets.length < 2 || new Set(zones).size + (subnets.length - zones.length) < 2) {
    fail(scope, `'vpcSubnets' selects subnets in ${Math.min(subnets.length, new Set(zones).size || subnets.length)} availability zone(s): select one in each of at least two, or give the 'vpc' more zones`);
  }
  if (twice !== undefined) {
    fail(scope, `'vpcSubnets' selects two subnets in ${twice}: a load balancer takes one in each availability zone, for example by 'onePerAz'`);
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
