// What must hold of a log group.
import { isFor } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { allows, condition, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { isGiven, isTrue, list, mentions, numberOf, remembered, same, textOf } from '../../core/values';

const LOG_GROUP = ['AWS::Logs::LogGroup'];

const CONTEXT = 'kms:EncryptionContext:aws:logs:arn';

/** The log groups, by patterns of their ARNs, that CloudWatch Logs may use a key for. */
const patternsOf = remembered((key: RenderedResource): readonly Json[] => allows(key.properties.KeyPolicy)
  .filter(s => services(s).some(x => /^logs\./.test(textOf(x))))
  .flatMap(s => ['ArnLike', 'ArnEquals'].flatMap(operator => list(condition(s, operator, CONTEXT)))));

/** CloudWatch Logs may use the key for this log group, as far as the template tells. */
function isUsable(r: RenderedResource, t: RenderedTemplate): boolean {
  const key = t.target('AWS::KMS::Key', r.properties.KmsKeyId);
  return key === undefined || patternsOf(key).some(pattern => isFor(pattern, r));
}

/** Whether a resource says how long the log group keeps its events. */
function isAbout(other: RenderedResource, r: RenderedResource, t: RenderedTemplate): boolean {
  const { LogGroupName: name } = other.properties;
  return other.logicalId !== r.logicalId && t.areNear(other, r)
    && (mentions(name, r.logicalId) || (isGiven(name) && same(name, r.properties.LogGroupName)));
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
  holds: (r, t) => isGiven(r.properties.KmsKeyId) && isUsable(r, t),
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
  holds: r => numberOf(r.properties.RetentionInDays) >= 365,
  breaks: (r, t) => ['Custom::LogRetention', 'AWS::Logs::LogGroup'].flatMap(type => t.resourcesOf(type))
    .filter(other => !(numberOf(other.properties.RetentionInDays) >= 365) && isAbout(other, r, t)),
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
  holds: r => isTrue(r.properties.DeletionProtectionEnabled),
};
