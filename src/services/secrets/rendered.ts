// Which secrets hang on a resource, and what hangs on them.
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, list, mentions, targetsOf } from '../../core/values';

const SECRET = 'AWS::SecretsManager::Secret';
const ATTACHMENT = 'AWS::SecretsManager::SecretTargetAttachment';

/** The types of Secrets Manager that are known here. */
export const KNOWN = [SECRET, ATTACHMENT, 'AWS::SecretsManager::ResourcePolicy', 'AWS::SecretsManager::RotationSchedule'];

/** What tasks get from secrets, as the task definition names it. */
const ofTask = ({ properties }: RenderedResource) => list(properties.ContainerDefinitions)
  .flatMap(c => [...list(at(c, 'Secrets')), ...list(at(c, 'LogConfiguration', 'SecretOptions'))]).map(s => at(s, 'ValueFrom'));

/** The attachments that the secrets of a resource have: the CDK names a secret by its attachment, where it has one. */
function attachmentsOf(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  if (r.type === 'AWS::RDS::DBCluster') { return t.referring(ATTACHMENT, 'TargetId', r.logicalId); }
  return ofTask(r).map(value => t.target(ATTACHMENT, value)).filter(a => a !== undefined);
}

/** The secrets of a resource that are of the app: those that are attached to a cluster, and those that tasks read. */
export function secretsOf(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const named = [...attachmentsOf(r, t).map(a => a.properties.SecretId), ...r.type === 'AWS::RDS::DBCluster' ? [] : ofTask(r)];
  return [...new Set(named.map(value => t.target(SECRET, value)).filter(s => s !== undefined))];
}

/** Logical IDs by which the secrets of a resource are named. The one that RDS manages is an attribute of its cluster. */
function namesOf(r: RenderedResource, t: RenderedTemplate): readonly string[] {
  const own = r.type === 'AWS::RDS::DBCluster' ? [r.logicalId] : [];
  const secrets = secretsOf(r, t).map(s => s.logicalId);
  const attachments = t.resourcesOf(ATTACHMENT).filter(a => [...own, ...secrets].some(id => mentions(a.properties.SecretId, id)));
  return [...own, ...secrets, ...attachmentsOf(r, t).map(a => a.logicalId), ...attachments.map(a => a.logicalId)];
}

/** Resources of a type that are about a secret of this resource, by their `SecretId`. */
export function touching(type: string, r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const names = namesOf(r, t);
  return t.resourcesOf(`AWS::SecretsManager::${type}`).filter(other => isNamed(other.properties.SecretId, names));
}

/** The secret that a value names: itself, or the one of its attachment, if they are of the app. */
export function secretOf(value: Json, t: RenderedTemplate): Json {
  const attachment = t.target(ATTACHMENT, value);
  const [named] = targetsOf(attachment ? attachment.properties.SecretId : value);
  return named ?? value;
}

/** Whether a value names one of these. */
export function isNamed(value: Json, names: readonly string[]): boolean {
  return [...targetsOf(value)].some(id => names.includes(id));
}
