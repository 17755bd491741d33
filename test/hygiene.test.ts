import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib/core';
import { ENV, newApp, shop } from './support/shop';
import { isCredential } from '../src/services/ecs/credentials';
import { AGENT_ACCOUNTS } from '../src/services/guardduty/facts';

/** An assembly, as files. */
function assembly(props: Parameters<typeof shop>[2]): { readonly files: Record<string, string>; readonly template: any; readonly text: string } {
  const stack = shop(newApp(), 'Shop', props);
  const { directory } = (stack.node.root as App).synth();
  const files = Object.fromEntries(fs.readdirSync(directory).sort().map(f => [f, fs.readFileSync(path.join(directory, f), 'utf8')]));
  const text = files[stack.templateFile];
  return { files, text, template: JSON.parse(text) };
}

/** Every string of a value, with the path to it. */
function strings(value: any, at = ''): [path: string, text: string][] {
  if (typeof value === 'string') { return [[at, value]]; }
  if (value === null || typeof value !== 'object') { return []; }
  return Object.entries(value).flatMap(([key, child]) => [[`${at}/${key}`, key] as [string, string], ...strings(child, `${at}/${key}`)]);
}

const ACCOUNT = /(?<![0-9a-zA-Z-])\d{12}(?![0-9a-zA-Z-])/g;
const REGION = /(?<![a-z0-9])(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov|-iso[a-z]?)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d(?!\d)/g;

/** Accounts and regions that stand literally in a template and that the user did not give. */
function foreign(template: any, given: { readonly account?: string; readonly region?: string }, known: string[] = []): string[] {
  return strings(template).flatMap(([at, text]) => [...text.matchAll(ACCOUNT), ...text.matchAll(REGION)].map(m => m[0])
    .filter(found => found !== given.account && found !== given.region && !known.includes(found)).map(found => `${found} at ${at}`));
}

/** What looks like a secret: a credential by its form, or a property that takes one in plain text. */
function secrets(template: any): string[] {
  const takers = /\/(MasterUserPassword|Password|SecretString|AuthToken|AccessKey|SecretKey|PrivateKey|ClientSecret)(\/|$)/;
  return strings(template.Resources).filter(([at, text]) => takers.test(at) || isCredential('', text) || /-----BEGIN |\bAKIA[0-9A-Z]{16}\b/.test(text)).map(([at]) => at);
}

/** Security groups and rules that do not say what they are for. */
function undescribed(template: any): string[] {
  return Object.entries<any>(template.Resources).flatMap(([id, { Type, Properties: p }]) => {
    if (/^AWS::EC2::SecurityGroup(Ingress|Egress)$/.test(Type)) { return p.Description ? [] : [id]; }
    if (Type !== 'AWS::EC2::SecurityGroup') { return []; }
    return [...p.GroupDescription ? [] : [id], ...['SecurityGroupIngress', 'SecurityGroupEgress'].flatMap(way => (p[way] ?? [])
      .flatMap((rule: any, i: number) => rule.Description ? [] : [`${id}/${way}/${i}`]))];
  });
}

const tooLarge = (template: any, text: string) => [
  ...Object.keys(template.Resources).length < 450 ? [] : [`${Object.keys(template.Resources).length} resources`],
  ...Buffer.byteLength(text) < 900_000 ? [] : [`${Buffer.byteLength(text)} bytes`],
];

describe.each<[string, Parameters<typeof shop>[2] & object]>([
  ['with an account and a region', { env: ENV }],
  ['without', {}],
])('the assembly of the three-tier stack, %s', (_name, props) => {
  // From one place of the code: the metadata tells where a construct was made.
  const [{ files, template, text }, again] = [1, 2].map(() => assembly(props));

  test('is under 450 resources and 900 kB', () => expect(tooLarge(template, text)).toEqual([]));
  test('has no account or region that the user did not give', () => {
    // The accounts of AWS that publish GuardDuty's agent, one for each region, by a mapping where the region is not known.
    const { Mappings: _, Rules: __, ...own } = template;
    expect(foreign(own, props.env ?? {}, Object.values(AGENT_ACCOUNTS))).toEqual([]);
  });
  test('has no secret in plain text', () => expect(secrets(template)).toEqual([]));
  test('describes every security group and rule', () => {
    expect(Object.values<any>(template.Resources).filter(r => r.Type === 'AWS::EC2::SecurityGroup').length).toBeGreaterThanOrEqual(4);
    expect(undescribed(template)).toEqual([]);
  });
  test('is the same in two synths, byte by byte', () => {
    expect(Object.keys(files).length).toBeGreaterThan(3);
    expect(Object.keys(files).filter(f => files[f] !== again.files[f])).toEqual([]);
    expect(Object.keys(again.files)).toEqual(Object.keys(files));
  });
});

describe('the checks notice', () => {
  const template = (Properties: any, Type = 'X::Y::Z') => ({ Resources: { R: { Type, Properties } } });
  test('what is too large', () => {
    const many = { Resources: Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`R${i}`, {}])) };
    expect(tooLarge(many, 'x'.repeat(900_000))).toEqual(['450 resources', '900000 bytes']);
  });
  test('a foreign account and region, and not the own ones', () => {
    const arn = 'arn:aws:sns:eu-central-1:999988887777:topic';
    expect(foreign(template({ A: [arn] }), ENV)).toEqual(['999988887777 at /Resources/R/Properties/A/0', 'eu-central-1 at /Resources/R/Properties/A/0']);
    expect(foreign(template({ A: `arn:aws:sns:${ENV.region}:${ENV.account}:topic` }), ENV)).toEqual([]);
    expect(foreign(template({ A: `arn:aws:sns:${ENV.region}:${ENV.account}:topic` }), {})).toHaveLength(2);
    expect(foreign(template({ A: { 'us-east-1': 'x' } }), ENV)).toEqual(['us-east-1 at /Resources/R/Properties/A/us-east-1']);
  });
  test('secrets', () => {
    expect(secrets(template({ MasterUserPassword: 'hunter2' })).length).toBeGreaterThan(0);
    expect(secrets(template({ Environment: [{ Name: 'X', Value: `AKIA${'A'.repeat(16)}` }] }))).toEqual(['/R/Properties/Environment/0/Value']);
    expect(secrets(template({ Text: '-----BEGIN PRIVATE KEY-----' }))).toEqual(['/R/Properties/Text']);
    expect(secrets(template({ Name: 'shop' }))).toEqual([]);
  });
  test('a group or rule without a description', () => {
    expect(undescribed(template({ SecurityGroupEgress: [{ Description: 'x' }, {}] }, 'AWS::EC2::SecurityGroup'))).toEqual(['R', 'R/SecurityGroupEgress/1']);
    expect(undescribed(template({}, 'AWS::EC2::SecurityGroupIngress'))).toEqual(['R']);
  });
});
