import type { Control } from '../control';
import { list } from '../rendered';

export const EVENT_THROUGH_ROLE: Control = {
  id: 'EVT-01',
  title: 'the rule is on and reaches its target through a role of its own',
  prevents: 'notifications that EventBridge loses in silence, as an encrypted topic cannot recognise it',
  kind: 'floor',
  types: ['AWS::Events::Rule'],
  property: 'Targets',
  mend: 'keep the rule enabled and the role on each target',
  nist: ['AC-6', 'IR-4', 'SI-4(5)'],
  pci: ['10.4.1', '12.10.5'],
  holds: r => [undefined, 'ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'].includes(r.properties.State) && list(r.properties.Targets).length > 0 && list(r.properties.Targets).every(t => t.RoleArn !== undefined),
};
