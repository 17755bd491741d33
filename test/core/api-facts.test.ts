import * as fs from 'fs';
import * as path from 'path';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../src';
import * as facts from '../../src/core/api-facts';
import { paramsOf } from '../../src/core/arguments';
import { FILES, parse, textOf } from '../support/syntax';
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { moduleOf, tablesOf } = require('../../build-tools/api/facts');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { loaded } = require('../../build-tools/compat/baseline');

const ROOT = path.join(__dirname, '..', '..');
const CDK = ['aws-cdk-lib', 'constructs'].map(name => loaded(path.join(ROOT, 'node_modules', name)));
const written = fs.readFileSync(path.join(ROOT, 'src', 'core', 'api-facts.ts'), 'utf8');

/** A type as it is written, as the table has it. */
function kindOf(text: string): string {
  const array = /^(readonly )?(.*)\[\]$/.exec(text);
  if (array) { return `[${kindOf(array[2])}]`; }
  const map = /^(?:Record<string, (.*)>|\{ (?:readonly )?\[\w+: string\]: (.*?);? \})$/.exec(text);
  return map ? `{${kindOf(map[1] ?? map[2])}}` : text.replace(/^aws_/, '');
}

function paramOf(node: ts.ParameterDeclaration | ts.PropertySignature): string {
  const rest = ts.isParameter(node) && node.dotDotDotToken !== undefined;
  const optional = node.questionToken !== undefined || (ts.isParameter(node) && node.initializer !== undefined);
  const kind = kindOf(node.type!.getText());
  return `${node.name.getText()}${rest ? '...' : optional ? '?' : ''}:${rest ? kind.slice(1, -1) : kind}`;
}

const isHidden = (node: ts.HasModifiers & ts.Node) => /@internal/.test(node.getFullText().slice(0, node.getStart() - node.getFullStart()))
  || (ts.getModifiers(node) ?? []).some(m => [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].includes(m.kind));

interface Struct {
  readonly own: string[];
  readonly bases: string[];
}

/** What the source says, as the table has it: the structs that the table knows, and the calls of each class that is exported. */
function sourceOf(): { readonly structs: Record<string, Struct>; readonly calls: Record<string, string> } {
  const structs: Record<string, Struct> = {};
  const calls: Record<string, string> = {};
  for (const file of FILES) {
    parse(textOf(file), file).forEachChild(node => {
      if (ts.isInterfaceDeclaration(node) && facts.STRUCTS[node.name.text] !== undefined) {
        structs[node.name.text] = {
          own: node.members.filter(ts.isPropertySignature).map(paramOf),
          bases: (node.heritageClauses ?? []).flatMap(h => h.types.map(t => t.getText())),
        };
      }
      if (!ts.isClassDeclaration(node) || !node.name || !(node.name.text in library)) { return; }
      for (const member of node.members) {
        if (!ts.isConstructorDeclaration(member) && !ts.isMethodDeclaration(member)) { continue; }
        if (isHidden(member) || member.parameters.length === 0) { continue; }
        const name = ts.isMethodDeclaration(member) ? `${node.name.text}.${member.name.getText()}` : node.name.text;
        calls[name] = member.parameters.map(paramOf).join(' ');
      }
    });
  }
  return { structs, calls };
}

describe('the table is that of the source: it fails after a change of the API until npx projen compile has written it anew', () => {
  const { structs, calls } = sourceOf();

  test('every call is in it as it is declared', () => {
    expect(Object.fromEntries(Object.keys(calls).map(name => [name, facts.CALLS[name]]))).toEqual(calls);
    // what a class inherits from one of ours that is not exported
    expect(Object.keys(facts.CALLS).filter(name => !(name in calls))).toEqual(
      ['EncryptedBucket.addEventNotification', 'EncryptedBucket.addToResourcePolicy', 'EncryptedBucket.grantPublicAccess',
        'LogBucket.addEventNotification', 'LogBucket.grantPublicAccess']);
  });

  test('every property of a struct is in it as it is declared', () => {
    expect(Object.keys(structs).sort()).toEqual(Object.keys(facts.STRUCTS).sort());
    for (const [name, { own, bases }] of Object.entries(structs)) {
      const ofOthers = bases.filter(base => base in facts.STRUCTS).flatMap(base => facts.STRUCTS[base].split(' '));
      const inTable = facts.STRUCTS[name].split(' ');
      expect([name, inTable]).toEqual([name, expect.arrayContaining([...own, ...ofOthers])]);
      // those of a struct of the CDK are not in our source
      if (bases.every(base => base in facts.STRUCTS)) { expect([name, inTable.length]).toEqual([name, new Set([...own, ...ofOthers]).size]); }
    }
  });

  test('every enum is in it, and every kind', () => {
    const enums = Object.fromEntries(Object.entries(facts.ENUMS).map(([name]) => [name, Object.entries((library as any)[name]).map(m => m.join('=')).join(' ')]));
    expect(facts.ENUMS).toEqual(enums);
    const kinds = [...Object.values(facts.STRUCTS), ...Object.values(facts.CALLS)].flatMap(paramsOf).map(p => p.kind.replace(/[[\]{}]/g, ''));
    const known = (kind: string) => ['string', 'number', 'boolean', 'any'].includes(kind) || kind in facts.STRUCTS || kind in facts.CDK || kind in library;
    expect(kinds.filter(kind => !known(kind))).toEqual([]);
  });
});

test('it is written as the generator writes', () => {
  const { STRUCTS, CALLS, ENUMS, CDK: cdkTypes } = facts;
  expect(written).toBe(moduleOf({ STRUCTS, CALLS, ENUMS, CDK: cdkTypes }));
});

const type = (name: string, more: object) => ({ [`x.${name}`]: { fqn: `x.${name}`, name, ...more } });
const tables = (types: object) => tablesOf({ name: 'x', types }, CDK, { Mode: { ON: 'on' } }, cdk);

test('it has structs with what they inherit, calls, enums, and what of the CDK they name', () => {
  const param = (name: string, kind: object, more: object = {}) => ({ name, type: kind, ...more });
  const made = tables({
    ...type('Base', { kind: 'interface', datatype: true, properties: [param('text', { primitive: 'string' })] }),
    ...type('Props', { kind: 'interface', datatype: true, interfaces: ['x.Base'], properties: [param('keys', { collection: { kind: 'array', elementtype: { fqn: 'aws-cdk-lib.aws_kms.IKey' } } }, { optional: true })] }),
    ...type('Mode', { kind: 'enum', members: [{ name: 'ON' }] }),
    ...type('Thing', {
      kind: 'class',
      initializer: { parameters: [param('props', { fqn: 'x.Props' })] },
      methods: [{ name: 'go', parameters: [param('rest', { fqn: 'aws-cdk-lib.aws_logs.RetentionDays' }, { variadic: true })] }, { name: 'hide', protected: true, parameters: [] }, { name: 'stop' }],
    }),
    ...type('Hidden', { kind: 'class', initializer: { protected: true, parameters: [] } }),
  });
  expect(made).toEqual({
    STRUCTS: { Base: 'text:string', Props: 'keys?:[kms.IKey] text:string' },
    CALLS: { 'Thing': 'props:Props', 'Thing.go': 'rest...:logs.RetentionDays' },
    ENUMS: { Mode: 'ON=on' },
    CDK: { 'kms.IKey': '.keyArn', 'logs.RetentionDays': 'number' },
  });
});

test('a kind that nobody checks is not left out in silence', () => {
  const union = { union: { types: [{ primitive: 'string' }, { primitive: 'number' }] } };
  expect(() => tables(type('Props', { kind: 'interface', datatype: true, properties: [{ name: 'a', type: union }] }))).toThrow('teach it to src/core/arguments.ts');
});
