// What must hold of an EventBridge rule.
import type { Control } from '../../core/control';
import { hasActions, rightsOf } from '../../core/policies';
import type { RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isGiven, isOneOf, list, mentions } from '../../core/values';

/** A target's role may notify its topic and use the topic's key, as far as the template tells. */
function mayNotify(target: Json, t: RenderedTemplate): boolean {
  const rights = rightsOf(at(target, 'RoleArn'), t);
  const topic = t.target('AWS::SNS::Topic', at(target, 'Arn'));
  if (!rights || !topic) { return true; }
  const key = t.target('AWS::KMS::Key', topic.properties.KmsMasterKeyId);
  return rights.some(s => hasActions(s, 'sns:Publish') && mentions(s.Resource, topic.logicalId))
    && (key === undefined || rights.some(s => hasActions(s, 'kms:Decrypt', 'kms:GenerateDataKey') && mentions(s.Resource, key.logicalId)));
}

export const EVENT_THROUGH_ROLE: Control = {
  id: 'EVT-01',
  title: 'the rule is on and reaches its target through a role of its own',
  prevents: 'notifications that EventBridge loses in silence, as an encrypted topic cannot recognise it',
  kind: 'floor',
  types: ['AWS::Events::Rule'],
  property: 'Targets',
  mend: 'keep the rule enabled, and the role on each target with its rights to publish and to use the key',
  nist: ['AC-6', 'IR-4', 'SI-4(5)'],
  pci: ['10.4.1', '12.10.5'],
  holds: (r, t) => (r.properties.State === undefined
    || isOneOf(r.properties.State, 'ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'))
    && list(r.properties.Targets).length > 0
    && list(r.properties.Targets).every(target => isGiven(at(target, 'Arn')) && isGiven(at(target, 'RoleArn')) && mayNotify(target, t)),
};
