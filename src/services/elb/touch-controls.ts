// What others may add to a load balancer: certificates, rules, listeners, targets, and other ways to it.
import {
  isGoodCertificate, LISTENER, LISTENER_CERTIFICATE, listenersOf, LOAD_BALANCER, refusesByDefault, rulesForAnyHost, rulesOf,
  TARGET_GROUP, targetGroupsIn,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { homeOf, isElsewhere } from '../../core/ownership';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isOneOf, list, stringOf } from '../../core/values';

export const ALB_CERTIFICATES: Control = {
  id: 'ALB-19',
  title: 'every certificate of the listener is of this account, names its hosts, and its key stays in ACM',
  prevents: 'a certificate that others hold the key of, or that passes for every host of a domain',
  kind: 'default',
  types: [LISTENER],
  property: 'Certificates',
  mend: 'add a certificate of ACM that names its hosts, without wildcard and without export of its key',
  fsbp: ['ACM.2'],
  nist: ['SC-12', 'SC-17'],
  holds: (r, t) => {
    const certificates = list(r.properties.Certificates);
    return certificates.length > 0 && certificates.every(c => isGoodCertificate(at(c, 'CertificateArn'), r, t));
  },
  breaks: (r, t) => t.referring(LISTENER_CERTIFICATE, 'ListenerArn', r.logicalId)
    .filter(c => !list(c.properties.Certificates).every(one => isGoodCertificate(at(one, 'CertificateArn'), r, t))),
};

/** Whether an action that logs users in lets nobody pass without, and shows its secret to nobody. */
function logsIn(config: Json): boolean {
  const endpoints = ['Issuer', 'AuthorizationEndpoint', 'TokenEndpoint', 'UserInfoEndpoint'].map(name => at(config, name));
  const secret = stringOf(at(config, 'ClientSecret'));
  return (!isGiven(at(config, 'OnUnauthenticatedRequest')) || isOneOf(at(config, 'OnUnauthenticatedRequest'), 'authenticate', 'deny'))
    && endpoints.every(e => typeof e !== 'string' || e.startsWith('https://')) && (secret === undefined || secret.includes('{{resolve:'));
}

/** Whether actions send nobody to plain text, and log in whom they ask to. */
function areSafe(actions: Json): boolean {
  return list(actions).every(action => {
    const [redirect, oidc, cognito] = ['RedirectConfig', 'AuthenticateOidcConfig', 'AuthenticateCognitoConfig']
      .map(name => at(action, name));
    const protocol = at(redirect, 'Protocol');
    return (!isGiven(redirect) || !isGiven(protocol) || isOneOf(protocol, 'HTTPS', '#{protocol}'))
      && [oidc, cognito].every(config => !isGiven(config) || logsIn(config));
  });
}

export const ALB_SAFE_RULES: Control = {
  id: 'ALB-20',
  title: 'no rule sends clients to plain text, lets those pass whom it asks to log in, or shows its client secret',
  prevents: 'requests in plain text, and a login that nobody needs',
  kind: 'default',
  types: [LISTENER],
  property: 'DefaultActions',
  mend: "redirect to HTTPS, leave 'OnUnauthenticatedRequest' at authenticate or deny, and resolve the client secret from Secrets Manager",
  nist: [...NIST.inTransit, 'IA-2'],
  pci: ['4.2.1', '8.6.2'],
  holds: r => list(r.properties.DefaultActions).length > 0 && areSafe(r.properties.DefaultActions),
  breaks: (r, t) => rulesOf(r, t).filter(rule => !areSafe(rule.properties.Actions)),
};

export const ALB_CLIENT_CERTIFICATES: Control = {
  id: 'ALB-21',
  title: 'certificates of clients, where the listener asks for them, are verified by a trust store of this account',
  prevents: 'clients that pass for others by certificates of their own making',
  kind: 'default',
  types: [LISTENER],
  property: 'MutualAuthentication',
  mend: "verify the clients' certificates, their expiry too, or ask for none",
  nist: ['IA-3', 'SC-23'],
  holds: (r, t) => {
    const mutual = r.properties.MutualAuthentication;
    const [mode, store, ignores] = ['Mode', 'TrustStoreArn', 'IgnoreClientCertificateExpiry'].map(name => at(mutual, name));
    return !isGiven(mutual) || isOneOf(mode, 'off')
      || (isOneOf(mode, 'verify') && isGiven(store) && !isElsewhere(store, homeOf(r, t)) && (!isGiven(ignores) || isFalse(ignores)));
  },
};

export const ALB_FURTHER_LISTENERS: Control = {
  id: 'ALB-22',
  title: 'every further listener, too, forwards only requests for named hosts and refuses all others',
  prevents: 'a second way in, by the host header or by address',
  kind: 'default',
  types: [LOAD_BALANCER],
  property: 'AWS::ElasticLoadBalancingV2::Listener',
  mend: "take requests on 443, by 'addTarget', or let the listener answer 403 and each of its rules name its hosts",
  nist: ['SC-7'],
  pci: ['1.3'],
  holds: (r, t) => listenersOf(r, t).length > 0,
  breaks: (r, t) => listenersOf(r, t).filter(l => isOneOf(l.properties.Protocol, 'HTTPS') && !isOneOf(l.properties.Port, 443))
    .flatMap(l => [...refusesByDefault(l) ? [] : [l], ...rulesForAnyHost(l, t)]),
};

export const ALB_KNOWN_TARGETS: Control = {
  id: 'ALB-23',
  title: 'requests are forwarded to target groups of the app only',
  prevents: 'targets that nobody here knows, in plain text perhaps',
  kind: 'default',
  types: [LISTENER],
  property: 'DefaultActions',
  mend: "make the target group in this app, by 'addTarget' or with the protocol HTTPS",
  fsbp: ['ELB.22'],
  nist: NIST.inTransit,
  holds: ({ properties: { DefaultActions } }, t) => list(DefaultActions).length > 0
    && targetGroupsIn(DefaultActions).every(g => t.target(TARGET_GROUP, g)),
  breaks: (r, t) => rulesOf(r, t).filter(rule => !targetGroupsIn(rule.properties.Actions).every(g => t.target(TARGET_GROUP, g))),
};

export const ALB_TARGETS_INSIDE: Control = {
  id: 'ALB-24',
  title: 'the targets are in the VPC',
  prevents: 'requests that are sent to an address in another network',
  kind: 'default',
  types: [TARGET_GROUP],
  property: 'Protocol',
  mend: "register targets of the VPC, without the Availability Zone 'all'",
  nist: NIST.network,
  holds: r => list(r.properties.Targets).every(target => {
    const zone = at(target, 'AvailabilityZone');
    return isGiven(at(target, 'Id')) && (!isGiven(zone) || (typeof zone === 'string' && zone !== 'all')
      || at(zone, 'Fn::GetAtt') !== undefined || at(list(at(zone, 'Fn::Select'))[1], 'Fn::GetAZs') !== undefined);
  }),
};

/** What gives a load balancer another address. */
const PUBLISHERS: readonly (readonly [type: string, property: string])[] = [
  ['AWS::GlobalAccelerator::EndpointGroup', 'EndpointConfigurations'],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', 'Targets'],
  ['AWS::VpcLattice::TargetGroup', 'Targets'],
];

export const ALB_NOT_PUBLISHED: Control = {
  id: 'ALB-25',
  title: 'no accelerator, network load balancer or service network leads to the load balancer, which is internal',
  prevents: 'an application that is on the Internet, or in other networks, by a detour',
  kind: 'default',
  types: [LOAD_BALANCER],
  property: 'Scheme',
  mend: "say 'internetFacing' where the load balancer is made, so that it is guarded as one that is",
  nist: NIST.notPublic,
  holds: r => isOneOf(r.properties.Scheme, 'internal'),
  breaks: (r, t) => PUBLISHERS.flatMap(([type, property]) => t.referring(type, property, r.logicalId)),
};
