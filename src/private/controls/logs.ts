import type { Control } from '../control';
import { NIST } from '../control';

const LOG_GROUP = ['AWS::Logs::LogGroup'];

export const LOG_ENCRYPTED: Control = {
  id: 'LOG-01',
  title: 'the log group is encrypted with a customer managed key',
  prevents: 'logs that everybody with logs:GetLogEvents can read, and that no key policy guards',
  kind: 'floor',
  types: LOG_GROUP,
  property: 'KmsKeyId',
  mend: 'keep the encryption key',
  nist: [...NIST.atRest, 'AU-9'],
  pci: ['3.5.1', '10.3.2'],
  holds: r => r.properties.KmsKeyId !== undefined,
};

export const LOG_RETENTION: Control = {
  id: 'LOG-02',
  title: 'logs are kept for at least a year',
  prevents: 'logs that are gone when an intrusion is found, or that grow for ever',
  kind: 'durability',
  types: LOG_GROUP,
  property: 'RetentionInDays',
  mend: "give 'retention' of a year or more",
  fsbp: ['CloudWatch.16'],
  nist: ['AU-10', 'AU-11', 'AU-6(3)', 'AU-6(4)', 'CA-7', 'SI-12'],
  pci: ['10.5.1'],
  holds: r => r.properties.RetentionInDays >= 365,
};

export const LOG_DELETION_PROTECTION: Control = {
  id: 'LOG-03',
  title: 'the log group is protected from deletion',
  prevents: 'an intruder, or a stack deletion, removing the traces',
  kind: 'durability',
  types: LOG_GROUP,
  property: 'DeletionProtectionEnabled',
  mend: 'leave deletion protection on',
  nist: ['AU-9', 'AU-11'],
  pci: ['10.3.2'],
  holds: r => r.properties.DeletionProtectionEnabled === true,
};
