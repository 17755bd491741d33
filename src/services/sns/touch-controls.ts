// What may be added to a topic: statements, policies and subscriptions.
import { KNOWN_TYPES, policiesOf, policiesWith, rolesTo, subscriptionsOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isAdmitted, isExpected } from '../../core/ours';
import type { Home } from '../../core/ownership';
import { homeOf, isFromHome, isOwnAccount, isOwnPrincipal, isOwnRoot, knownText, principalsOf } from '../../core/ownership';
import { condition, deniesPlaintextOnly, isForEveryone, mayTouch, mayTouchAny, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { at, isGiven, isOneOf, list, same } from '../../core/values';

const TOPIC = ['AWS::SNS::Topic'];
const POLICY = 'AWS::SNS::TopicPolicy';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

/** Whether an allowing statement lets in somebody of another account, or a service for one. */
function isForStrangers(s: JsonObject, topic: RenderedResource, home: Home): boolean {
  if (s.Effect === 'Deny') { return false; }
  const principals = principalsOf(s);
  const strangers = principals.filter(p => p.kind !== 'Service' && !(p.kind === 'AWS' && isExpected(p.name, topic, home)));
  return isForEveryone(s) || principals.length === 0 || strangers.length > 0 || (services(s).length > 0 && !isFromHome(s, home));
}

export const SNS_OURS: Control = {
  id: 'SNS-05',
  title: 'only this account, and AWS services for its resources, publish and subscribe',
  prevents: 'forged alarms, and notifications that another account reads',
  kind: 'default',
  types: TOPIC,
  property: POLICY,
  mend: "name principals of this account, bind services to 'aws:SourceAccount' of this account, "
    + "and let another account subscribe by 'admitSubscriber' of the topic",
  cis: ['2.21'],
  fsbp: ['SNS.4'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => policiesOf(r, t).length > 0,
  breaks: (r, t) => policiesWith(r, t, s => isForStrangers(s, r, homeOf(r, t))),
};

/** Whether a denial is for strangers only: AWS services, and the account or organization that it names, are spared. */
function isPerimeter(s: JsonObject, home: Home): boolean {
  const isSpared = (key: string) => ['StringNotEquals', 'StringNotEqualsIfExists'].map(operator => list(condition(s, operator, key)));
  const sparesServices = ['Bool', 'BoolIfExists']
    .some(operator => same(list(condition(s, operator, 'aws:PrincipalIsAWSService')).map(String), ['false']));
  return sparesServices && (isSpared('aws:PrincipalAccount').some(all => all.some(a => isOwnAccount(a, home)))
    || isSpared('aws:PrincipalOrgID').some(all => all.length > 0));
}

/** Whether a denial may keep from publishing what publishes for us: alarms, services that are let in, and roles of rules. */
function silences(s: JsonObject, topic: RenderedResource, t: RenderedTemplate): boolean {
  const home = homeOf(topic, t);
  if (s.Effect !== 'Deny' || !mayTouch(s, 'sns:Publish') || deniesPlaintextOnly(s) || isPerimeter(s, home)) { return false; }
  if (s.NotPrincipal !== undefined || isForEveryone(s)) { return true; }
  const roles = rolesTo(topic, t);
  const letIn = policiesOf(topic, t).flatMap(p => statements(p.properties.PolicyDocument)).filter(a => a.Effect === 'Allow')
    .flatMap(services);
  const isSomebodyElse = (name: JsonObject[string]) => !isOwnRoot(name, home) && !roles.some(role => same(role, name))
    && (isOwnPrincipal(name, home) || /^[^*?]+$/.test(knownText(name, home) ?? ''));
  return principalsOf(s).length === 0 || !principalsOf(s).every(({ kind, name }) => kind === 'Service' ? !letIn.some(l => same(l, name))
    : kind === 'AWS' && isSomebodyElse(name));
}

export const SNS_NOT_SILENCED: Control = {
  id: 'SNS-06',
  title: 'nothing keeps alarms, services that are let in and roles of rules from publishing',
  prevents: 'alarms that are silenced by a denial',
  kind: 'floor',
  types: TOPIC,
  property: POLICY,
  mend: 'deny publishing to named principals that send no alarms, or spare AWS services and this account in the condition',
  nist: ['AU-6', 'IR-4', 'SI-4(5)'],
  pci: ['10.4.1', '12.10.5'],
  holds: (r, t) => policiesOf(r, t).length > 0 && (!isGiven(r.properties.DataProtectionPolicy)
    || list(at(r.properties.DataProtectionPolicy, 'Statement'))
      .every(s => isGiven(at(s, 'Operation')) && !isGiven(at(s, 'Operation', 'Deny')))),
  breaks: (r, t) => policiesWith(r, t, s => silences(s, r, t)),
};

export const SNS_ONE_POLICY: Control = {
  id: 'SNS-07',
  title: 'the topic has one policy',
  prevents: 'a second policy that replaces the first, with all its denials',
  kind: 'floor',
  types: TOPIC,
  property: POLICY,
  mend: "take the second policy away, and give its statements to 'addToResourcePolicy' of the topic",
  nist: NIST.configuration,
  holds: (r, t) => policiesOf(r, t).length > 0,
  breaks: (r, t) => {
    const isOwn = (p: RenderedResource) => statements(p.properties.PolicyDocument).some(s => s.Effect === 'Deny' && deniesPlaintextOnly(s));
    const policies = policiesOf(r, t);
    const own = policies.find(isOwn) ?? policies[0];
    return [...policies.filter(p => p !== own), ...t.mentioning('AWS::SNS::', r.logicalId, ...KNOWN_TYPES)];
  },
};

const CHANGES = ['AddPermission', 'RemovePermission', 'SetTopicAttributes', 'DeleteTopic', 'PutDataProtectionPolicy', 'TagResource',
  'UntagResource']
  .map(action => `sns:${action}`);

export const SNS_NOBODY_CHANGES: Control = {
  id: 'SNS-08',
  title: 'the topic policy lets nobody change or delete the topic',
  prevents: 'a principal of the topic policy that lets itself and others in',
  kind: 'floor',
  types: TOPIC,
  property: POLICY,
  mend: 'allow publishing and subscribing only: whoever deploys the topic has the rights to change it by IAM',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: (r, t) => policiesOf(r, t).length > 0,
  breaks: (r, t) => policiesWith(r, t, s => s.Effect !== 'Deny' && mayTouchAny(s, CHANGES)),
};

/** Endpoints outside of AWS that SNS reaches by TLS, or by a message that the subscriber confirmed. */
const OUTSIDE = ['https', 'email', 'email-json', 'sms'];
/** Endpoints of an account. */
const INSIDE = ['sqs', 'lambda', 'firehose', 'application'];

export const SNS_SENT_BY_TLS: Control = {
  id: 'SNS-09',
  title: 'no endpoint without TLS is subscribed',
  prevents: 'notifications that anybody on the way reads',
  kind: 'floor',
  types: TOPIC,
  property: SUBSCRIPTION,
  mend: 'subscribe an https endpoint, an address, a queue or a function',
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: () => true,
  breaks: (r, t) => subscriptionsOf(r, t).filter(({ what }) => !isOneOf(what.Protocol, ...OUTSIDE, ...INSIDE)).map(({ by }) => by),
};

export const SNS_SENT_TO_OURS: Control = {
  id: 'SNS-10',
  title: 'the queues, functions and streams that are subscribed are of this account',
  prevents: 'a copy of every alarm in the account of somebody else',
  kind: 'default',
  types: TOPIC,
  property: SUBSCRIPTION,
  mend: "subscribe resources of this account, and name another account by 'admitSubscriber' of the topic",
  nist: ['AC-4', 'AC-21', 'SI-4(5)'],
  pci: ['10.3.2'],
  holds: () => true,
  breaks: (r, t) => subscriptionsOf(r, t).filter(({ what }) => !isOneOf(what.Protocol, ...OUTSIDE)
    && !isExpected(what.Endpoint, r, homeOf(r, t)) && !isAdmitted(what.Endpoint, r)).map(({ by }) => by),
};

export const SNS_WHOLE: Control = {
  id: 'SNS-11',
  title: 'the address gets every notification',
  prevents: 'a filter that drops alarms before anybody reads them',
  kind: 'default',
  types: [SUBSCRIPTION],
  property: 'FilterPolicy',
  mend: "leave the filter policy of the address out: subscribe something else beside 'emails' to get a part",
  nist: ['IR-4', 'SI-4(5)'],
  pci: ['12.10.5'],
  holds: r => (!isGiven(r.properties.FilterPolicy) || same(r.properties.FilterPolicy, {})) && isGiven(r.properties.Endpoint)
    && isOneOf(r.properties.Protocol, ...OUTSIDE),
};
