// What a network is asked for, resolved and checked: addresses, zones, ports, services.
import { Token } from 'aws-cdk-lib/core';
import type { AddressPlan } from './address-plan';
import { addressPlan } from './address-plan';
import { ENDPOINTS_WITHOUT, SHELL_SERVICES } from './facts';
import { overlap, parseIpv4Block } from '../../core/addresses';
import type { Place } from '../../core/validate';
import { fail, requireKnown, requireList, requireMatch, requireRange } from '../../core/validate';

/** What may differ between networks. */
export interface NetworkOptions {
  readonly cidr?: string;
  readonly azCount?: number;
  readonly applicationPort?: number;
  readonly databasePort?: number;
  readonly publicHttp?: boolean;
  readonly denyCidrs?: string[];
  readonly endpointServices?: { readonly name: string }[];
  readonly organizationId?: string;
  readonly readableBuckets?: string[];
  readonly imageAccounts?: string[];
  readonly s3PrefixListId?: string;
  readonly dynamoDbPrefixListId?: string;
  readonly encryptionMode?: string;
}

/** What a network has. */
export interface NetworkSettings {
  readonly cidr: string;
  readonly azCount: number;
  readonly plan: AddressPlan;
  readonly applicationPort: number;
  readonly databasePort: number;
  readonly publicHttp: boolean;
  readonly denyCidrs: string[];
  readonly endpointServices: string[];
  /** Whether an endpoint of these services opens shells. */
  readonly opensShells: boolean;
  readonly readableBuckets: string[];
  readonly imageAccounts: string[];
}

/** What an application on Fargate with secrets needs. */
const SERVICES = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms'];
/** Those with a gateway endpoint. */
const GATEWAY_SERVICES = ['s3', 'dynamodb'];
/** What rules of a network ACL are left for, below the others of the public tier and the quota. */
const DENY_RULES = 9;

/** Resolves what a network is asked for, and refuses what would not work. */
export function network(at: Place, options: NetworkOptions): NetworkSettings {
  const cidr = options.cidr ?? '10.0.0.0/16';
  const azCount = options.azCount ?? 2;
  const denyCidrs = options.denyCidrs ?? [];
  requireKnown(at, 'azCount', azCount, 'give a number, as it says how many subnets the template has');
  requireRange(at, 'azCount', azCount, 2, 4, 'zones');
  requireRange(at, 'applicationPort', options.applicationPort, 1024, 65535, 'as a port');
  requireRange(at, 'databasePort', options.databasePort, 1024, 65535, 'as a port');
  checkNames(at, options);
  const endpointServices = serviceNames(at, options.endpointServices);
  checkDenyCidrs(at, denyCidrs, cidr);
  return {
    cidr,
    azCount,
    plan: addressPlan(at, cidr, azCount),
    applicationPort: options.applicationPort ?? 8443,
    databasePort: options.databasePort ?? 5440,
    publicHttp: options.publicHttp ?? true,
    denyCidrs,
    endpointServices,
    opensShells: endpointServices.some(service => SHELL_SERVICES.includes(service)),
    readableBuckets: options.readableBuckets ?? [],
    imageAccounts: options.imageAccounts ?? [],
  };
}

function checkNames(at: Place, options: NetworkOptions): void {
  requireMatch(at, 'organizationId', options.organizationId, /^o-[a-z0-9]{10,32}$/,
    "give the organization's ID, for example 'o-a1b2c3d4e5'");
  requireMatch(at, 'encryptionMode', options.encryptionMode, /^(monitor|enforce)$/, "give 'VpcEncryptionMode.MONITOR' or 'ENFORCE'");
  for (const prop of ['s3PrefixListId', 'dynamoDbPrefixListId'] as const) {
    requireMatch(at, prop, options[prop], /^pl-[0-9a-f]{8,17}$/, "give the ID of a prefix list, for example 'pl-63a5400a'");
  }
  checkEach(at, 'readableBuckets', options.readableBuckets, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'give the name of one bucket, not a pattern and not an ARN');
  checkEach(at, 'imageAccounts', options.imageAccounts, /^\d{12}$/, 'give an account ID of twelve digits');
}

/** Checks a list whose entries, but not itself, may be tokens. */
function checkEach(at: Place, prop: string, values: string[] | undefined, pattern: RegExp, mend: string): void {
  requireList(at, prop, values);
  values?.forEach(value => requireMatch(at, prop, value, pattern, mend));
}

function serviceNames(at: Place, services: { readonly name: string }[] | undefined): string[] {
  requireList(at, 'endpointServices', services);
  const names = services?.map(service => service.name) ?? SERVICES;
  checkEach(at, 'endpointServices', names, /^(?!com\.|cn\.)[a-z0-9][a-z0-9.-]*$/,
    "give the part after the region, for example 'events' of 'com.amazonaws.eu-central-1.events'");
  for (const name of names) {
    requireKnown(at, 'endpointServices', name, 'name the services, as each is a part of the template');
    if (GATEWAY_SERVICES.includes(name)) {
      fail(at, `'endpointServices' has '${name}', which has a gateway endpoint already: leave it out`);
    }
    checkEndpoint(at, 'endpointServices', name);
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      fail(at, `'endpointServices' has '${name}' twice: name it once`);
    }
  }
  return names;
}

/** Refuses a service whose endpoint can't be closed by a policy, or not be found by its name. */
export function checkEndpoint(at: Place, prop: string, name: string): void {
  const service = name.slice(name.lastIndexOf('.') + 1);
  const lacks = ENDPOINTS_WITHOUT.policy.includes(service) ? 'takes no policy'
    : ENDPOINTS_WITHOUT.privateName.includes(service) ? 'has no private name' : undefined;
  if (lacks !== undefined) {
    fail(at, `'${prop}' has '${service}', whose endpoint ${lacks}: EC2 would refuse it, so leave it out and reach the service another way`);
  }
}

/** Checks blocks that a network ACL denies. */
function checkDenyCidrs(at: Place, denyCidrs: string[], vpcCidr: string): void {
  checkEach(at, 'denyCidrs', denyCidrs, /^[0-9./]+$/, "give IPv4 blocks, for example '203.0.113.0/24'");
  if (denyCidrs.length > DENY_RULES) {
    fail(at, `'denyCidrs' has ${denyCidrs.length} blocks, and the network ACL has room for ${DENY_RULES}: `
      + 'merge some, or block them in the web firewall');
  }
  const known = denyCidrs.filter(cidr => !Token.isUnresolved(cidr)).map(text => {
    const block = parseIpv4Block(text);
    return block ? { text, block } : fail(at, `'denyCidrs' has '${text}': give IPv4 blocks without bits beyond their prefix, `
      + "for example '203.0.113.0/24'");
  });
  const own = Token.isUnresolved(vpcCidr) ? undefined : parseIpv4Block(vpcCidr);
  known.forEach(({ text, block }, i) => {
    const other = known.slice(i + 1).find(k => overlap(k.block, block));
    if (other) {
      fail(at, `'denyCidrs' has '${text}' and '${other.text}', which overlap: keep the larger one`);
    }
    if (own && overlap(own, block)) {
      fail(at, `'denyCidrs' has '${text}', which overlaps the VPC's own '${vpcCidr}': the load balancer would lose the application`);
    }
  });
}
