// What may be done to a rule that notifies, and to the event bus that it listens to.
import type { Control } from '../../core/control';
import { isExpected } from '../../core/ours';
import { homeOf, principalsOf } from '../../core/ownership';
import { isForEveryone, mayBeTopic } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, entries, isGiven, isObject, isOneOf, list } from '../../core/values';

const RULE = ['AWS::Events::Rule'];
const BUS_POLICY = 'AWS::Events::EventBusPolicy';

export const EVENT_TELLS_OURS: Control = {
  id: 'EVT-02',
  title: 'the rule tells a topic, through roles of its stack, and nobody outside the account but whom it was made to tell',
  prevents: 'notifications that go to somebody else, or to nobody',
  kind: 'default',
  types: RULE,
  property: 'Targets',
  mend: "give the topic in 'topic', and react in other ways by a rule of your own",
  nist: ['AC-4', 'IR-4', 'SI-4(5)'],
  pci: ['12.10.5'],
  holds: r => list(r.properties.Targets).length > 0,
  breaks: (r, t) => {
    const targets = list(r.properties.Targets);
    const isOwn = (target: Json) => isExpected(at(target, 'Arn'), r, homeOf(r, t))
      && t.target('AWS::IAM::Role', at(target, 'RoleArn')) !== undefined;
    return targets.every(isOwn) && targets.some(target => mayBeTopic(at(target, 'Arn'), t)) ? [] : [r];
  },
};

export const EVENT_HEARS_ALL: Control = {
  id: 'EVT-03',
  title: 'the rule listens to the event bus of the account, for every account, region and resource',
  prevents: 'a rule that looks as it should and hears nothing',
  kind: 'floor',
  types: RULE,
  property: 'EventPattern',
  mend: "leave 'source', 'detail-type' and 'detail' alone in the pattern, and the event bus out",
  nist: ['IR-4', 'SI-4(5)'],
  pci: ['10.4.1'],
  holds: ({ properties: { EventPattern: pattern, EventBusName: bus } }) => isObject(pattern) && isGiven(pattern.source)
    && entries(pattern).every(([name]) => ['source', 'detail-type', 'detail'].includes(name))
    && (!isGiven(bus) || isOneOf(bus, 'default')),
};

/** What a policy of an event bus says, in its old form or in its new one. */
function statementOf({ properties }: RenderedResource): JsonObject {
  const { Statement: statement, Principal: principal, Action: action, Condition: condition } = properties;
  if (isObject(statement)) { return statement; }
  return { Effect: 'Allow', Principal: principal === '*' ? '*' : { AWS: principal }, Action: action, Condition: condition };
}

/** Whether a policy lets somebody else send events to the bus, or change its rules. */
function letsInStrangers(policy: RenderedResource, r: RenderedResource, t: RenderedTemplate): boolean {
  const statement = statementOf(policy);
  const home = homeOf(r, t);
  const principals = principalsOf(statement);
  return statement.Effect !== 'Deny' && (isForEveryone(statement) || principals.length === 0
    || principals.some(({ kind, name }) => kind !== 'Service' && !(kind === 'AWS' && isExpected(name, r, home))));
}

/** Whether a policy is for the bus of the account, which has no name to refer to. */
function isOfDefaultBus({ properties: { EventBusName: bus } }: RenderedResource, t: RenderedTemplate): boolean {
  return !isGiven(bus) || (t.target('AWS::Events::EventBus', bus) === undefined
    && (typeof bus !== 'string' || /^(default|arn:.*\/default)$/.test(bus)));
}

export const EVENT_BUS_OURS: Control = {
  id: 'EVT-04',
  title: 'the event bus of the account takes events and rules of this account only',
  prevents: 'forged notifications, and rules that another account changes or turns off',
  kind: 'default',
  types: RULE,
  property: BUS_POLICY,
  mend: 'give the other account an event bus of its own',
  fsbp: ['EventBridge.3'],
  nist: ['AC-3', 'AC-6', 'SC-7'],
  holds: () => true,
  breaks: (r, t) => t.resourcesOf(BUS_POLICY).filter(p => t.areNear(p, r) && isOfDefaultBus(p, t) && letsInStrangers(p, r, t)),
};
