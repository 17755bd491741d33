import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { condition, services, statements } from '../../core/policies';
import { list, mentions, textOf } from '../../core/values';

const LOG_GROUP = ['AWS::Logs::LogGroup'];

const CONTEXT = 'kms:EncryptionContext:aws:logs:arn';

/** A pattern of ARNs of log groups stands for a name. */
function isFor(pattern: any, name: any): boolean {
  const text = textOf(pattern).split(':log-group:')[1] ?? '';
  return name === undefined || new RegExp(`^${text.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(textOf(name));
}

/** CloudWatch Logs may use the key for this log group, as far as the template tells. */
function isUsable(r: RenderedResource, t: RenderedTemplate): boolean {
  const key = t.resourcesOf('AWS::KMS::Key').find(k => mentions(r.properties.KmsKeyId, k.logicalId));
  return key === undefined || statements(key.properties.KeyPolicy).some(s => s.Effect === 'Allow' && services(s).some(x => /^logs\./.test(textOf(x)))
    && ['ArnLike', 'ArnEquals'].flatMap(operator => list(condition(s, operator, CONTEXT))).some(pattern => isFor(pattern, r.properties.LogGroupName)));
}

export const LOG_ENCRYPTED: Control = {
  id: 'LOG-01',
  title: 'the log group is encrypted with a customer managed key',
  prevents: 'logs that everybody with logs:GetLogEvents can read, and that no key policy guards',
  kind: 'floor',
  types: LOG_GROUP,
  property: 'KmsKeyId',
  mend: 'keep the encryption key, and the statement of its policy for this log group',
  nist: [...NIST.atRest, 'AU-9'],
  pci: ['3.5.1', '10.3.2'],
  holds: (r, t) => r.properties.KmsKeyId !== undefined && isUsable(r, t),
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
