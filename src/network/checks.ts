import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { overlap, parseIpv4Block } from '../core/addresses';
import { fail, requireKnown, requireList, requireMatch } from '../core/validate';

/** What rules of a network ACL are left for, below the others of the public tier and the quota. */
const DENY_RULES = 9;

/** Checks a list whose entries, but not itself, may be tokens. */
export function checkEach(scope: IConstruct, prop: string, values: string[] | undefined, pattern: RegExp, mend: string): void {
  requireList(scope, prop, values);
  values?.forEach(value => requireMatch(scope, prop, value, pattern, mend));
}

/** Checks names of endpoint services. */
export function checkServices(scope: IConstruct, names: string[]): void {
  checkEach(scope, 'endpointServices', names, /^(?!com\.|cn\.)[a-z0-9][a-z0-9.-]*$/, "give the part after the region, for example 'events' of 'com.amazonaws.eu-central-1.events'");
  for (const name of names) {
    requireKnown(scope, 'endpointServices', name, 'name the services, as each is a part of the template');
    if (['s3', 'dynamodb'].includes(name)) {
      fail(scope, `'endpointServices' has '${name}', which has a gateway endpoint already: leave it out`);
    }
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      fail(scope, `'endpointServices' has '${name}' twice: name it once`);
    }
  }
}

/** Checks blocks that a network ACL denies. */
export function checkDenyCidrs(scope: IConstruct, denyCidrs: string[], vpcCidr: string): void {
  checkEach(scope, 'denyCidrs', denyCidrs, /^[0-9./]+$/, "give IPv4 blocks, for example '203.0.113.0/24'");
  if (denyCidrs.length > DENY_RULES) {
    fail(scope, `'denyCidrs' has ${denyCidrs.length} blocks, and the network ACL has room for ${DENY_RULES}: merge some, or block them in the web firewall`);
  }
  const known = denyCidrs.filter(cidr => !Token.isUnresolved(cidr)).map(text => {
    const block = parseIpv4Block(text);
    return block ? { text, block } : fail(scope, `'denyCidrs' has '${text}': give IPv4 blocks without bits beyond their prefix, for example '203.0.113.0/24'`);
  });
  const own = Token.isUnresolved(vpcCidr) ? undefined : parseIpv4Block(vpcCidr);
  known.forEach(({ text, block }, i) => {
    const other = known.slice(i + 1).find(k => overlap(k.block, block));
    if (other) {
      fail(scope, `'denyCidrs' has '${text}' and '${other.text}', which overlap: keep the larger one`);
    }
    if (own && overlap(own, block)) {
      fail(scope, `'denyCidrs' has '${text}', which overlaps the VPC's own '${vpcCidr}': the load balancer would lose the application`);
    }
  });
}
