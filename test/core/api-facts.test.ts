import * as fs from 'fs';
import * as path from 'path';
import * as cdk from 'aws-cdk-lib';
import * as library from '../../src';
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { moduleOf, tablesOf } = require('../../build-tools/api/facts');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { loaded } = require('../../build-tools/compat/baseline');

const ROOT = path.join(__dirname, '..', '..');
const CDK = ['aws-cdk-lib', 'constructs'].map(name => loaded(path.join(ROOT, 'node_modules', name)));
const written = fs.readFileSync(path.join(ROOT, 'src', 'core', 'api-facts.ts'), 'utf8');

test('the table is that of the API', () => {
  const baseline = JSON.parse(fs.readFileSync(path.join(ROOT, 'api', 'baseline.json'), 'utf8'));
  // It fails after a change of the API: run 'npx projen compile', which writes the table, and 'npx projen api:baseline'.
  expect(written).toBe(moduleOf(tablesOf(baseline, CDK, library, cdk)));
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
