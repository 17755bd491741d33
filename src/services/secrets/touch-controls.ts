// What may be added to the secrets of a database and of tasks: policies, rotation, replicas, attachments.
import { LONGEST_ROTATION, MANAGED_ROTATION, MANAGES } from './facts';
import { KNOWN, secretOf, secretsOf, touching } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { parsed } from '../../core/embedded';
import type { Home } from '../../core/ownership';
import { homeOf, isFromHome, isOwnResource, principalsOf, strangersOf, told } from '../../core/ownership';
import { isForEveryone, mayAllow, mayTouch, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, contains, isGiven, isTrue, list, numberOf, same, stringOf } from '../../core/values';

const CLUSTER = 'AWS::RDS::DBCluster';
const TYPES = [CLUSTER, 'AWS::ECS::TaskDefinition'];
const POLICY = 'AWS::SecretsManager::ResourcePolicy';

/** A policy of a secret, with its statements that are not right. */
interface Fault {
  readonly by: RenderedResource;
  readonly statements: readonly JsonObject[];
}

/** The policies of the secrets of a resource that have statements of a kind. */
function policiesWith(r: RenderedResource, t: RenderedTemplate, isWrong: (s: JsonObject, home: Home) => boolean): Fault[] {
  return touching('ResourcePolicy', r, t).map(by => (
    { by, statements: mayAllow(parsed(by.properties.ResourcePolicy)).filter(s => isWrong(s, homeOf(by, t))) }
  )).filter(fault => fault.statements.length > 0);
}

/** A control that no statement of a secret's policy breaks. */
function noStatement(isWrong: (s: JsonObject, home: Home) => boolean): Pick<Control, 'holds' | 'breaks' | 'tells'> {
  return {
    holds: ADDITIONS_ONLY,
    breaks: (r, t) => policiesWith(r, t, isWrong).map(fault => fault.by),
    tells: (r, t) => policiesWith(r, t, isWrong).flatMap(fault => fault.statements).map(told),
  };
}

const SEC_OURS: Control = {
  id: 'SEC-01',
  title: 'policies of secrets let in principals of this account only',
  prevents: 'passwords that another account, or everybody, reads',
  kind: 'default',
  types: TYPES,
  property: POLICY,
  mend: "name roles of this account, or let them in by 'grantRead' of the secret; bind services to 'aws:SourceAccount' of this account",
  nist: NIST.leastPrivilege,
  pci: ['7.2.1', '8.6.2'],
  // whom a statement is for has to be known: mayAllow has one that can't be read as an empty one
  ...noStatement((s, home) => isForEveryone(s) || principalsOf(s).length === 0 || strangersOf(s, home).length > 0
    || (services(s).length > 0 && !isFromHome(s, home))),
};

const SEC_NOBODY_MANAGES: Control = {
  id: 'SEC-02',
  title: 'policies of secrets let nobody change, rotate, copy or delete the secret, or its policy',
  prevents: 'a principal that lets itself and others in, by a policy that nobody reads',
  kind: 'floor',
  types: TYPES,
  property: POLICY,
  mend: 'allow reading only: whoever deploys the secret has the rights to change it by IAM',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  ...noStatement(s => s.NotAction !== undefined || mayTouch(s, ...MANAGES)),
};

/** Policies of one secret beside the first one. */
function furtherPolicies(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const all = touching('ResourcePolicy', r, t);
  const secret = (p: RenderedResource) => secretOf(p.properties.SecretId, t);
  return all.filter((p, i) => all.findIndex(other => same(secret(other), secret(p))) < i);
}

const SEC_ONE_POLICY: Control = {
  id: 'SEC-03',
  title: 'a secret has one policy, and Secrets Manager refuses one that is for everybody',
  prevents: 'a second policy that replaces the first one, or a later one that lets in the world',
  kind: 'floor',
  types: TYPES,
  property: POLICY,
  mend: "give all statements to 'addToResourcePolicy' of the secret, and leave 'blockPublicPolicy' on",
  nist: NIST.configuration,
  pci: ['7.2.1'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => [...furtherPolicies(r, t), ...touching('ResourcePolicy', r, t)
    .filter(p => isGiven(p.properties.BlockPublicPolicy) && !isTrue(p.properties.BlockPublicPolicy))],
};

/** How many days pass between two rotations at most; NaN if that is not known. Of `cron` the day repeats within a month. */
function intervalOf(schedule: RenderedResource): number {
  const days = at(schedule.properties.RotationRules, 'AutomaticallyAfterDays');
  if (isGiven(days)) { return numberOf(days); }
  const expression = stringOf(at(schedule.properties.RotationRules, 'ScheduleExpression')) ?? '';
  const [, count, unit] = /^rate\((\d+) (days?|hours?)\)$/.exec(expression) ?? [];
  if (count !== undefined) { return unit.startsWith('day') ? Number(count) : Number(count) / 24; }
  return /^cron\(\S+ \S+ \S+ \* \S+ \*\)$/.test(expression) ? 31 : NaN;
}

/** Whether a schedule is of the secret that RDS manages, which it rotates itself. */
const isOfManaged = (schedule: RenderedResource, r: RenderedResource, t: RenderedTemplate) => r.type === CLUSTER
  && t.target(CLUSTER, schedule.properties.SecretId) === r;

function rotatesWell(schedule: RenderedResource, r: RenderedResource, t: RenderedTemplate): boolean {
  const { RotationLambdaARN: own, HostedRotationLambda: hosted, ExternalSecretRotationRoleArn: external } = schedule.properties;
  if (isOfManaged(schedule, r, t)) { return ![own, hosted, external].some(isGiven) && intervalOf(schedule) <= MANAGED_ROTATION; }
  const isOurs = isGiven(own) ? isOwnResource(own, homeOf(schedule, t)) : isGiven(hosted);
  return isOurs && !isGiven(external) && intervalOf(schedule) <= LONGEST_ROTATION;
}

const SEC_ROTATED: Control = {
  id: 'SEC-04',
  title: 'secrets are rotated by functions of this account, every 90 days or sooner, and that of the master user by RDS itself',
  prevents: 'a function of strangers that gets each new password, and passwords that last for years',
  kind: 'default',
  types: TYPES,
  property: 'AWS::SecretsManager::RotationSchedule',
  mend: "rotate further secrets by 'addRotationSchedule' with 'hostedRotation' or a function of this account, every 90 days or sooner; "
    + 'leave the master secret alone: RDS rotates it every 7 days',
  fsbp: ['SecretsManager.1', 'SecretsManager.4'],
  nist: ['AC-2(1)', 'IA-5(1)'],
  pci: ['8.3.9', '8.6.3'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => touching('RotationSchedule', r, t).filter(schedule => !rotatesWell(schedule, r, t)),
};

/** Whether a key is named, and it is not the one that AWS manages. */
const isOwnKey = (key: Json) => isGiven(key) && !contains(key, 'alias/aws/');

const SEC_REPLICAS: Control = {
  id: 'SEC-05',
  title: 'copies of secrets in other regions are under customer managed keys',
  prevents: 'a copy of a password that everybody of the account reads',
  kind: 'default',
  types: TYPES,
  property: 'AWS::SecretsManager::Secret',
  mend: "give each of 'replicaRegions' an 'encryptionKey' of its region",
  nist: NIST.atRest,
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => secretsOf(r, t).filter(s => !list(s.properties.ReplicaRegions).every(region => isOwnKey(at(region, 'KmsKeyId')))),
};

const SEC_ATTACHED: Control = {
  id: 'SEC-06',
  title: 'secrets are attached to databases of this account, and that of the master user to its own only',
  prevents: 'a secret that is written over, so that applications send their passwords elsewhere',
  kind: 'default',
  types: TYPES,
  property: 'AWS::SecretsManager::SecretTargetAttachment',
  mend: "attach a secret by its 'attach' to a database of this app, and leave the master secret alone: RDS writes it",
  nist: NIST.configuration,
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => [
    ...touching('SecretTargetAttachment', r, t).filter(a => isOfManaged(a, r, t) || !isOwnResource(a.properties.TargetId, homeOf(a, t))),
    ...t.mentioning('AWS::SecretsManager::', r.logicalId, ...KNOWN),
  ],
};

/** What is claimed on whatever has secrets. */
export const OF_SECRETS = [SEC_OURS, SEC_NOBODY_MANAGES, SEC_ONE_POLICY, SEC_ROTATED, SEC_REPLICAS, SEC_ATTACHED];
