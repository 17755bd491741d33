import { ACCOUNT, can, REGION, ResolvedTemplate } from './simulate';

/** An account that has nothing to do with the application. */
export const FOREIGN = '999988887777';

/** Who asks. */
export interface Actor {
  readonly name: string;
  /** ARN or service principal; left out for nobody in particular. */
  readonly principal?: string;
  /** Logical IDs of its policies in the template, and policies that are not of the template. */
  readonly identity?: (string | object)[];
}

/** What is asked for. */
export interface Thing {
  readonly name: string;
  readonly arn: string;
  /** The account that it is in, other than the application's. */
  readonly account?: string;
  /** Logical ID of its policy in the template, or a policy that is not of the template. */
  readonly policy?: string | object;
}

/** Under which circumstances. */
export interface Circumstances {
  /** As it reads in the sentence: 'through S3'. */
  readonly phrase?: string;
  /** Context keys of the request; `undefined` takes out what every request of its kind carries. */
  readonly context?: Record<string, string | string[] | undefined>;
  /** Logical ID of the VPC endpoint that the request goes through. */
  readonly endpoint?: string;
}

/** One line of a who-may-do-what table. */
export interface Row {
  readonly who: Actor;
  readonly may: boolean;
  readonly action: string;
  readonly on: Thing;
  readonly when?: Circumstances;
  readonly because: string;
}

const STAR = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export const NOBODY: Actor = { name: 'nobody in particular' };
export const ADMINISTRATOR: Actor = { name: 'a role with AdministratorAccess', principal: `arn:aws:iam::${ACCOUNT}:role/Admin`, identity: [STAR] };
export const ROOT: Actor = { name: 'the account root', principal: `arn:aws:iam::${ACCOUNT}:root`, identity: [STAR] };
export const STRANGER: Actor = { name: 'an administrator of another account', principal: `arn:aws:iam::${FOREIGN}:role/Admin`, identity: [STAR] };
export const POWERLESS: Actor = { name: 'a role of the account without policies', principal: `arn:aws:iam::${ACCOUNT}:role/Powerless`, identity: [] };

export function service(principal: string): Actor {
  return { name: principal, principal };
}

/** A role of the template, with its managed policies. */
export function role(template: ResolvedTemplate, id: string, name: string): Actor {
  const roleName = template.arn(id).split('/').pop();
  const identity = Object.entries(template.resources).filter(([, r]) => r.Type === 'AWS::IAM::ManagedPolicy' && r.Properties.Roles.includes(roleName)).map(([i]) => i);
  return { name, principal: template.arn(id), identity };
}

/** What AWS puts into a request by itself. */
function usual({ who, on, action }: Row): Record<string, string> {
  const account = /^arn:[^:]+:iam::(\d+):/.exec(who.principal ?? '')?.[1];
  const isService = who.principal !== undefined && account === undefined;
  return {
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': String(isService),
    ...!/:GetAuthorizationToken$|:SendSecurityTelemetry$/.test(action) && { 'aws:ResourceAccount': on.account ?? ACCOUNT },
    ...isService && { 'aws:PrincipalServiceName': who.principal! },
    ...account && { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': who.principal! },
    ...account && action.startsWith('kms:') && { 'kms:CallerAccount': account },
    ...!isService && action.startsWith('s3:') && { 's3:TlsVersion': '1.3' },
  };
}

/** The row as a sentence. */
export function sentence(row: Row, may = row.may): string {
  return `${row.who.name} ${may ? 'may' : 'may not'} ${row.action} on ${row.on.name}${row.when?.phrase ? ` ${row.when.phrase}` : ''}: ${row.because}`;
}

/** Policies of a template, by logical ID of what they stand in. */
export type Policies = Record<string, any>;

/** Every property that holds a policy, and the family that it belongs to. */
const FAMILIES: [string, string, string][] = [
  ['keys', 'AWS::KMS::Key', 'KeyPolicy'],
  ['buckets', 'AWS::S3::BucketPolicy', 'PolicyDocument'],
  ['topics', 'AWS::SNS::TopicPolicy', 'PolicyDocument'],
  ['vaults', 'AWS::Backup::BackupVault', 'AccessPolicy'],
  ['endpoints', 'AWS::EC2::VPCEndpoint', 'PolicyDocument'],
  ['trusts', 'AWS::IAM::Role', 'AssumeRolePolicyDocument'],
  ['identities', 'AWS::IAM::ManagedPolicy', 'PolicyDocument'],
];

/** The policies of a template. Fails if there is one that belongs to no family, so that no kind of policy is forgotten. */
export function policiesIn(template: ResolvedTemplate): Policies {
  const policies: Policies = {};
  for (const [id, { Type, Properties }] of Object.entries(template.resources)) {
    for (const [property, value] of Object.entries<any>(Properties)) {
      if (!JSON.stringify(value)?.includes('"Effect":')) { continue; }
      if (!FAMILIES.some(([, t, p]) => t === Type && p === property)) {
        throw new Error(`'${id}' has a policy in '${property}' of ${Type}, which no table looks at: give it a family in table.ts, and rows`);
      }
      policies[id] = value;
    }
    // An endpoint without a policy lets everything through: it counts as one.
    if (Type === 'AWS::EC2::VPCEndpoint' && !policies[id]) {
      throw new Error(`the endpoint '${id}' has no policy, so it lets everybody through: give it one`);
    }
  }
  return policies;
}

/** The logical IDs of the policies that decide on a row. */
export function policiesOfRow(row: Row): string[] {
  return [...row.who.identity ?? [], row.on.policy, row.when?.endpoint].filter((p): p is string => typeof p === 'string');
}

/** What IAM says to a row under these policies. */
export function verdict(row: Row, policies: Policies): Promise<boolean> {
  const document = (policy: string | object) => {
    if (typeof policy !== 'string') { return policy; }
    return policies[policy] ?? (() => { throw new Error(`there is no policy '${policy}' in the template: correct the row '${sentence(row)}'`); })();
  };
  const context: any = Object.fromEntries(Object.entries({ ...usual(row), ...row.when?.context }).filter(([, v]) => v !== undefined));
  return can({
    principal: row.who.principal,
    action: row.action,
    resource: row.on.arn,
    account: row.on.account ?? ACCOUNT,
    identity: row.who.identity?.map(document),
    policy: row.on.policy === undefined ? undefined : document(row.on.policy),
    endpoint: row.when?.endpoint === undefined ? undefined : document(row.when.endpoint),
    context,
  });
}

/** A policy with one fault, and what the fault is. */
export interface Mutant {
  readonly policy: string;
  readonly fault: string;
  /** The policies with the faulty one among them. */
  readonly policies: Policies;
  /** Rows that expect this could see the fault: taking away an allowance turns none that is refused. */
  readonly sees: boolean;
  /** The statement that is left out, or the faulty one: a row on anything else can't see the fault. */
  readonly statement: any;
}

/** Every policy with each statement left out, each condition left out, and each allowance widened to all resources. */
export function mutants(policies: Policies): Mutant[] {
  return Object.entries(policies).flatMap(([policy, document]) => document.Statement.flatMap((statement: any, i: number): Mutant[] => {
    const name = statement.Sid ?? `${statement.Effect} ${[statement.Action].flat()[0]} (statement ${i + 1})`;
    const with_ = (changed: any[], fault: string, sees: boolean): Mutant => {
      const Statement = [...document.Statement.slice(0, i), ...changed, ...document.Statement.slice(i + 1)];
      return { policy, fault, sees, statement: changed[0] ?? statement, policies: { ...policies, [policy]: { ...document, Statement } } };
    };
    const allows = statement.Effect === 'Allow';
    const conditions = Object.entries<any>(statement.Condition ?? {}).flatMap(([operator, keys]) => Object.keys(keys).map(key => {
      const { [key]: _dropped, ...rest } = keys;
      const { [operator]: _operator, ...others } = statement.Condition;
      const { Condition: _condition, ...bare } = statement;
      const condition = { ...others, ...Object.keys(rest).length > 0 && { [operator]: rest } };
      return with_([{ ...bare, ...Object.keys(condition).length > 0 && { Condition: condition } }], `${name} without ${operator} ${key}`, !allows);
    }));
    const wide = allows && (statement.Resource ?? '*') !== '*';
    return [with_([], `without ${name}`, allows), ...conditions, ...wide ? [with_([{ ...statement, Resource: '*' }], `${name} on all resources`, false)] : []];
  }));
}

/** Whether a statement may be about a row, whatever its conditions say. */
function concerns(statement: any, { who, action, on }: Row): boolean {
  const like = (patterns: string | string[], value: string) => [patterns].flat()
    .some(p => new RegExp(`^${p.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i').test(value));
  const services = statement.Principal?.Service;
  return like(statement.Action, action)
    && (services === undefined || [services].flat().includes(who.principal))
    && (statement.Resource === undefined || like(statement.Resource, on.arn));
}

/** The row that says of a faulty policy what it does not say of the right one, if there is one. */
export async function caught(mutant: Mutant, rows: Row[]): Promise<Row | undefined> {
  for (const row of rows.filter(r => r.may === mutant.sees && policiesOfRow(r).includes(mutant.policy) && concerns(mutant.statement, r))) {
    if (await verdict(row, mutant.policies) !== row.may) { return row; }
  }
  return undefined;
}

/** One allowed row, and a refused one for each context key with a wrong value. */
export function onlyWith(row: Omit<Row, 'may'>, wrong: Record<string, string | string[] | undefined>): Row[] {
  return [
    { ...row, may: true },
    ...Object.entries(wrong).map(([key, value]) => ({
      ...row,
      may: false,
      because: `${key} says that it is another request`,
      when: { ...row.when, phrase: `${row.when?.phrase ? `${row.when.phrase} ` : ''}with ${key} ${value ?? 'absent'}`, context: { ...row.when?.context, [key]: value } },
    })),
  ];
}

/** One allowed row, and a refused one for each other thing. */
export function onlyOn(row: Omit<Row, 'may'>, ...others: Thing[]): Row[] {
  return [{ ...row, may: true }, ...others.map(on => ({ ...row, on, may: false, because: `it is not ${row.on.name}` }))];
}

/** The circumstances of a call that a service makes for its caller. */
export function via(name: string, context: Record<string, string | string[]> = {}): Circumstances {
  return { phrase: `through ${name}`, context: { 'kms:ViaService': `${name}.${REGION}.amazonaws.com`, ...context } };
}
