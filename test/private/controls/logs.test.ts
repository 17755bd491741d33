import * as controls from '../../../src/private/controls/logs';
import { provePredicate } from '../../support/predicate';

const GROUP = { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { Ref: 'Key' }, RetentionInDays: 365, DeletionProtectionEnabled: true } } };

provePredicate(controls.LOG_ENCRYPTED, GROUP, {
  'there is no key': r => { delete r.Logs.Properties.KmsKeyId; },
});
provePredicate(controls.LOG_RETENTION, GROUP, {
  'logs are kept for less than a year': r => { r.Logs.Properties.RetentionInDays = 180; },
  'logs are kept for ever, which is not said': r => { delete r.Logs.Properties.RetentionInDays; },
});
provePredicate(controls.LOG_DELETION_PROTECTION, GROUP, {
  'it is off': r => { r.Logs.Properties.DeletionProtectionEnabled = false; },
  'it is not said': r => { delete r.Logs.Properties.DeletionProtectionEnabled; },
});
