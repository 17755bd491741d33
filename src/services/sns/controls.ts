// What must hold of a topic.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { hasActions, isForEveryone, onlyCondition, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { at, contains, isGiven, list, mentions } from '../../core/values';

const TOPIC = ['AWS::SNS::Topic'];
const policy = (r: RenderedResource, t: RenderedTemplate) => t.referring('AWS::SNS::TopicPolicy', 'Topics', r.logicalId)
  .flatMap(p => statements(p.properties.PolicyDocument));

export const SNS_ENCRYPTED: Control = {
  id: 'SNS-01',
  title: 'messages are encrypted with a customer managed key',
  prevents: 'alarms that CloudWatch cannot deliver, as it cannot use the AWS managed key, and messages that no key guards',
  kind: 'floor',
  types: TOPIC,
  property: 'KmsMasterKeyId',
  mend: 'keep the encryption key',
  fsbp: ['SNS.1'],
  nist: NIST.atRest,
  pci: ['3.5.1'],
  holds: r => isGiven(r.properties.KmsMasterKeyId) && !contains(r.properties.KmsMasterKeyId, 'alias/aws/'),
};

export const SNS_TLS_ONLY: Control = {
  id: 'SNS-02',
  title: 'SNS refuses messages that are not encrypted in transit',
  prevents: 'reading or forging notifications on the wire',
  kind: 'floor',
  types: TOPIC,
  property: 'AWS::SNS::TopicPolicy',
  mend: 'keep the statement that denies publishing without TLS',
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: (r, t) => policy(r, t).some(s => s.Effect === 'Deny' && isForEveryone(s) && hasActions(s, 'sns:Publish')
    && mentions(s.Resource, r.logicalId)
    && onlyCondition(s, 'Bool', 'aws:SecureTransport') === 'false'),
};

export const SNS_NOT_PUBLIC: Control = {
  id: 'SNS-03',
  title: 'the topic policy allows nothing to everyone, and named actions on this topic to others',
  prevents: 'forged alarms, and strangers who read ours',
  kind: 'floor',
  types: TOPIC,
  property: 'AWS::SNS::TopicPolicy',
  mend: 'name principals and bind them to this account',
  cis: ['2.21'],
  fsbp: ['SNS.4'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => policy(r, t).length > 0 && policy(r, t).every(s => s.Effect === 'Deny' || (!isForEveryone(s)
    && list(s.Resource).every(x => mentions(x, r.logicalId)) && list(s.Action).every(a => !/[*?]/.test(String(a))))),
};

export const SNS_SUBSCRIBED: Control = {
  id: 'SNS-04',
  title: 'somebody is notified',
  prevents: 'alarms that nobody reads',
  kind: 'default',
  types: TOPIC,
  property: 'AWS::SNS::Subscription',
  mend: "give at least one address in 'emails', or subscribe something to the topic",
  fsbp: ['CloudWatch.1'],
  nist: ['IR-4', 'SI-4(5)'],
  pci: ['12.10.5'],
  holds: (r, t) => list(r.properties.Subscription).length > 0 || t.referring('AWS::SNS::Subscription', 'TopicArn', r.logicalId).length > 0,
};

export const SNS_SUBSCRIBERS_ENCRYPTED: Control = {
  id: 'SNS-05',
  title: 'no notification is sent by HTTP in plain text',
  prevents: 'reading or changing notifications on the way to who is notified',
  kind: 'floor',
  types: TOPIC,
  property: 'AWS::SNS::Subscription',
  mend: "subscribe an address that begins with 'https://', by the protocol https",
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: (r, t) => [
    ...list(r.properties.Subscription),
    ...t.referring('AWS::SNS::Subscription', 'TopicArn', r.logicalId).map(s => s.properties),
  ].every(subscription => at(subscription, 'Protocol') !== 'http'),
};
