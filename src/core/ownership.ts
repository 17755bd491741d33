// Whose something is: the account that a template is deployed to, what is in it, and everything else.
import { conditionsOf } from './policies';
import type { RenderedResource, RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, functionOf, isList, isObject, list, remembered, same } from './values';

/** Where something is judged from: a template, and the number of the account if it is known. */
export interface Home {
  readonly template: RenderedTemplate;
  readonly account?: string;
}

/** The home of a resource. */
export function homeOf(resource: RenderedResource, template: RenderedTemplate): Home {
  return { template, account: template.accountOf(resource.logicalId) };
}

/** What stands, in a text, for a part that may be anything. */
const ANYTHING = '\u0001';
/** What stands for the account, where its number is not known. */
const OWN = '\u0002';
/** What stands for the name or the ARN of a resource of ours. */
const RESOURCE = '\u0003';

const PSEUDO: Record<string, string> = {
  'AWS::Partition': 'aws', 'AWS::Region': 'region', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackName': 'stack',
};

/** Resources whose attributes are what somebody wrote somewhere else. */
const ANSWERS = /^(Custom::|AWS::CloudFormation::|AWS::SSM::Parameter$)/;

function referenced(id: string, { template, account }: Home): string {
  if (id === 'AWS::AccountId') { return account ?? OWN; }
  if (id in PSEUDO) { return PSEUDO[id]; }
  const resource = template.resource(id);
  if (!resource || ANSWERS.test(resource.type)) { return ANYTHING; }
  const theirs = template.accountOf(id);
  return theirs !== undefined && account !== undefined && theirs !== account ? ANYTHING : RESOURCE;
}

/** A value as text, as far as its meaning is known: what is not stands there as a part that may be anything. */
function spelled(value: Json, home: Home): string {
  if (typeof value === 'string') { return value.includes('{{') ? value.replace(/\{\{resolve:[^}]*\}\}/g, ANYTHING) : value; }
  if (typeof value === 'number' || typeof value === 'boolean') { return String(value); }
  if (!isObject(value)) { return ANYTHING; }
  switch (functionOf(value)) {
    case 'Ref': return referenced(String(value.Ref), home);
    case 'Fn::GetAtt': return referenced(String(list(value['Fn::GetAtt'])[0]).split('.')[0], home);
    case 'Fn::Join': {
      const [delimiter, parts] = list(value['Fn::Join']);
      return isList(parts) ? parts.map(p => spelled(p, home)).join(String(delimiter)) : ANYTHING;
    }
    case 'Fn::Sub': {
      const [text, own] = isList(value['Fn::Sub']) ? value['Fn::Sub'] : [value['Fn::Sub']];
      return String(text).replace(/\$\{(!?)([^}]*)\}/g, (_, literal, name: string) => literal ? `\${${name}}`
        : at(own, name) !== undefined ? spelled(at(own, name), home) : referenced(name.split('.')[0], home));
    }
    default: return ANYTHING;
  }
}

const isOwnNumber = (text: string | undefined, { account }: Home) => text !== undefined && (text === OWN || text === account);

/** Whether a value is the number of the account. */
export function isOwnAccount(value: Json, home: Home): boolean {
  return isOwnNumber(spelled(value, home), home);
}

/** A value as text, if none of its parts may be anything. The names of resources and of the account are as good as text. */
export function knownText(value: Json, home: Home): string | undefined {
  const text = spelled(value, home);
  return text.includes(ANYTHING) ? undefined : text;
}

/** Whether a value is a text without a part that only the deployment knows, and without one that stands for any text. */
export function isNamed(value: Json, home: Home): boolean {
  return /^[^*?]+$/.test(knownText(value, home) ?? '');
}

/** Whose a number is. Nobody knows of a pattern, nor of any number where that of the account is not known. */
function ofNumber(text: string, home: Home): 'own' | 'foreign' | 'unknown' {
  return isOwnNumber(text, home) ? 'own' : home.account !== undefined && /^\d{12}$/.test(text) ? 'foreign' : 'unknown';
}

/** Whose an ARN, as text, is. Those of buckets have no account: one is ours if the template has it, else nobody knows. */
function ownerOf(text: string, home: Home): 'own' | 'foreign' | 'unknown' {
  if (text.startsWith(RESOURCE)) { return 'own'; }
  const [arn, , , , account, ...rest] = text.split(':');
  if (arn !== 'arn' || account === undefined || account === '') {
    return arn === 'arn' && rest.join(':').startsWith(RESOURCE) ? 'own' : 'unknown';
  }
  // the identity of a distribution belongs to CloudFront
  if (account === 'cloudfront') { return rest.join(':').endsWith(RESOURCE) ? 'own' : 'foreign'; }
  return ofNumber(account, home);
}

/** Whether an ARN, or a name that is a reference, is of a resource of the account. */
export function isOwnResource(value: Json, home: Home): boolean {
  return ownerOf(spelled(value, home), home) === 'own';
}

/** Whether an ARN is certainly of another account. Where the number of the own one is not known, no other number is foreign. */
export function isElsewhere(value: Json, home: Home): boolean {
  const account = spelled(value, home).split(':')[4] ?? '';
  return home.account !== undefined && /^\d{12}$/.test(account) && account !== home.account;
}

/** Whether a principal by its number or ARN is of the account. Not `*`, and not what only the deployment knows. */
export function isOwnPrincipal(value: Json, home: Home): boolean {
  const text = spelled(value, home);
  return isOwnNumber(text, home) || ownerOf(text, home) === 'own';
}

/** Whether a principal is the account as a whole. */
export function isOwnRoot(value: Json, home: Home): boolean {
  const text = spelled(value, home);
  return isOwnNumber(text, home) || (text.endsWith(':root') && ownerOf(text, home) === 'own');
}

/** A principal of a statement: what kind it is, and its name. */
export interface Named {
  readonly kind: string;
  readonly name: Json;
}

/** The principals of a statement, but for `*`. What can't be read is one of a kind that nobody knows. */
export const principalsOf = remembered((statement: JsonObject): readonly Named[] => {
  const { Principal: principal } = statement;
  if (principal === '*' || principal === undefined) { return []; }
  if (!isObject(principal) || functionOf(principal) !== undefined || Object.keys(principal).length === 0) {
    return [{ kind: 'unknown', name: principal }];
  }
  return entries(principal).flatMap(([kind, names]) => list(names).map(name => ({ kind, name })));
});

/** The principals of a statement that are not of the account, services aside: they say of which account they act. */
export function strangersOf(statement: JsonObject, home: Home, admitted: readonly Json[] = []): readonly Json[] {
  return principalsOf(statement).filter(p => p.kind !== 'Service' && p.name !== '*' && !isOwnPrincipal(p.name, home)
    && !admitted.some(a => same(a, p.name))).map(p => p.name);
}

const ACCOUNTS = /^(aws:Source(Account|Owner)|kms:CallerAccount|kms:EncryptionContext:.*Account)$/i;
const ARNS = /^(aws:SourceArn|kms:EncryptionContext:.*arn)$/i;

/** Whether a statement for a service is bound to the account, or to resources of it, and names no other. */
export function isFromHome(statement: JsonObject, home: Home): boolean {
  const sources = conditionsOf(statement).filter(c => c.compares).map(({ key, value }) => {
    const values = list(value);
    if (ACCOUNTS.test(key)) { return values.map(v => ofNumber(spelled(v, home), home)); }
    return ARNS.test(key) ? values.map(v => ownerOf(spelled(v, home), home)) : [];
  });
  return sources.every(owners => !owners.includes('foreign'))
    && sources.some(owners => owners.length > 0 && owners.every(o => o === 'own'));
}

/** A principal or a value as it is written, for messages. */
export function written(value: Json): string {
  if (typeof value === 'string') { return value; }
  const join = list(at(value, 'Fn::Join'));
  if (join.length > 1) { return list(join[1]).map(written).join(String(join[0])); }
  const reference = at(value, 'Ref') ?? list(at(value, 'Fn::GetAtt')).join('.');
  return reference ? `\${${String(reference)}}` : JSON.stringify(value);
}

/** A statement as a message calls it: by its Sid and its principals. */
export function told(statement: JsonObject): string {
  const { Sid: sid } = statement;
  const name = sid === undefined ? 'a statement without Sid' : `the statement '${written(sid)}'`;
  if (statement.Principal === undefined && statement.NotPrincipal === undefined && statement.Action !== undefined) {
    return `${name} that allows ${list(statement.Action).map(a => `'${written(a)}'`).join(', ')}`;
  }
  const who = principalsOf(statement).map(p => `'${written(p.name)}'`).join(', ')
    || (statement.NotPrincipal === undefined ? "'*'" : 'everybody but a few');
  return `${name} for ${who}`;
}
