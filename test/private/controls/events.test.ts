import * as controls from '../../../src/private/controls/events';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.EVENT_THROUGH_ROLE, { Rule: { Type: 'AWS::Events::Rule', Properties: { State: 'ENABLED', Targets: [{ Arn: 'a', RoleArn: 'r' }, { Arn: 'b', RoleArn: 'r' }] } } }, {
  'it is off': r => { r.Rule.Properties.State = 'DISABLED'; },
  'nobody knows whether it is on': r => { r.Rule.Properties.State = { 'Fn::If': ['C', 'ENABLED', 'DISABLED'] }; },
  'it has no target': r => { r.Rule.Properties.Targets = []; },
  'nothing is said of targets': r => { delete r.Rule.Properties.Targets; },
  'one target has no role': r => { delete r.Rule.Properties.Targets[1].RoleArn; },
});
