/* eslint-disable @typescript-eslint/no-require-imports */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const { baselineOf, loaded, text } = require('../build-tools/compat/baseline');
const { breaksOf, verdictOn } = require('../build-tools/compat/breaks');
const { missingMembers } = require('../build-tools/compat/delegates');
const { typeProblems } = require('../build-tools/compat/types');

const STABLE = { stability: 'stable' };
const method = (name: string, more: object = {}) => ({ name, docs: { ...STABLE, summary: 'Does it.' }, locationInModule: { filename: 'a.ts', line: 1 }, ...more });
const type = (name: string, more: object = {}) => ({
  assembly: 'x', fqn: `x.${name}`, name, kind: 'class', docs: { ...STABLE, summary: 'It.' }, locationInModule: { filename: 'a.ts', line: 1 }, symbolId: `a:${name}`, ...more,
});
const assembly = (...types: any[]) => ({
  schema: 'jsii/0.10.0', name: 'x', version: '1.0.0', readme: { markdown: 'Read me.' }, targets: {}, types: Object.fromEntries(types.map(t => [t.fqn, t])),
});
const METHODS = [method('go'), method('stop', { docs: { stability: 'experimental' } })];
const A = type('A', { methods: METHODS });

describe('a baseline', () => {
  const written: string = text(baselineOf(assembly(type('B'), A)));
  test('is what a comparison reads, and no prose', () => {
    expect(JSON.parse(written)).toEqual(baselineOf(assembly(A, type('B'))));
    expect(written).not.toMatch(/Does it|Read me|a\.ts|symbolId/);
    expect(written).toContain('"stability":"experimental"');
  });
  test('has one member a line, and its types in order', () => {
    expect(written.split('\n').filter(l => l.includes('"name":"go"'))).toHaveLength(1);
    expect(written.indexOf('"x.A"')).toBeLessThan(written.indexOf('"x.B"'));
  });
});

test('a compressed assembly is read', () => {
  const { name } = loaded(path.join(ROOT, 'node_modules', 'aws-cdk-lib'));
  expect(name).toBe('aws-cdk-lib');
});

describe('breaks', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-test-'));
  fs.writeFileSync(path.join(root, 'package.json'), '{}');
  afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
  const found = (...now: any[]) => breaksOf(baselineOf(assembly(A)), assembly(...now), root).map((b: any) => b.key);

  test.each<[string, any[], string[]]>([
    ['nothing', [A], []],
    ['an addition', [type('A', { methods: [...METHODS, method('wait')] }), type('B')], []],
    ['a member that is gone', [type('A', { methods: [] })], ['removed:x.A.go']],
    ['an experimental member that is gone', [type('A', { methods: [method('go')] })], []],
    ['a type that is gone', [], ['removed:x.A']],
  ])('of %s', (_name, now, keys) => expect(found(...now)).toEqual(keys));

  test('are not asked of another library', () => {
    expect(() => breaksOf(baselineOf(assembly(A)), { ...assembly(A), name: 'y' }, root)).toThrow(/jsii-diff did not compare/);
  });
  test('leave nothing behind', () => {
    found(A);
    expect(fs.readdirSync(path.join(root, 'node_modules', '.cache'))).toEqual([]);
  });
});

describe('the list of accepted breaks', () => {
  const go = { key: 'removed:x.A.go', sentence: 'METHOD x.A.go: has been removed' };
  test.each<[string, any[], string, RegExp[]]>([
    ['lets nothing pass that it does not name', [go], '', [/^METHOD x\.A\.go: has been removed: undo it, or say in \.compatignore why 'removed:x\.A\.go' may break/]],
    ['lets pass what it names with a reason', [go], '# it never did anything at all\nremoved:x.A.go\n', []],
    ['wants a reason', [go], 'removed:x.A.go', [/without a reason/]],
    ['wants a reason that says something', [go], '# because\nremoved:x.A.go', [/without a reason/]],
    ['has nothing without need', [], '# it never did anything at all\nremoved:x.A.go', [/which breaks nothing: take it out/]],
  ])('%s', (_name, breaks, accepted, problems) => expect(verdictOn(breaks, accepted)).toEqual(problems.map(p => expect.stringMatching(p))));
});

describe('a delegate', () => {
  const cdk = (...members: string[]) => ({
    name: 'c',
    version: '2.0.0',
    types: {
      'c.IBase': { fqn: 'c.IBase', kind: 'interface', properties: [{ name: 'node' }] },
      'c.IThing': { fqn: 'c.IThing', kind: 'interface', interfaces: ['c.IBase'], methods: members.map(name => ({ name })) },
      'c.Resource': { fqn: 'c.Resource', kind: 'class', properties: [{ name: 'node' }] },
    },
  });
  const own = (...types: any[]) => assembly(...types);
  const thing = type('Thing', { base: 'c.Resource', interfaces: ['c.IThing'], methods: [method('go')] });

  test('has every member of its interface, its own or inherited', () => expect(missingMembers(own(thing), cdk('go'))).toEqual([]));
  test('that lacks one of a newer CDK is named', () => {
    expect(missingMembers(own(thing), cdk('go', 'stop'))).toEqual(["x.Thing lacks 'stop' of c.IThing in c 2.0.0: delegate it"]);
  });
  test('of an interface that is gone is named', () => {
    expect(missingMembers(own(type('Thing', { interfaces: ['c.IGone'] })), cdk())).toEqual(['x.Thing implements c.IGone, which c 2.0.0 does not have any more']);
  });
  test('must be there to be checked', () => expect(() => missingMembers(own(A), cdk())).toThrow('there is nothing to check'));
});

describe('a reference to a resource that is written by hand', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-test-'));
  const write = (file: string, content: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  };
  const cdk = path.join(folder, 'node_modules', 'aws-cdk-lib');
  write('src/thing.ts', "import type { ThingReference } from 'aws-cdk-lib/interfaces';\nexport function thingRef(): ThingReference { return { thingArn: 'a' }; }\n");
  write('node_modules/aws-cdk-lib/package.json', JSON.stringify({ name: 'aws-cdk-lib', version: '2.999.0' }));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const SOURCE = /^with aws-cdk-lib 2\.999\.0: .*thing\.ts\(2,\d+\): error TS\d+: .*/;
  test.each<[string, string, RegExp[]]>([
    ['has the fields of the CDK', 'readonly thingArn: string; readonly name?: string', []],
    ['that lacks one of a newer CDK is named', 'readonly thingArn: string; readonly thingId: string', [new RegExp(`${SOURCE.source}'thingId' is missing`)]],
    ['with one of another type is named', 'readonly thingArn: number', [new RegExp(`${SOURCE.source}not assignable to type 'number'`)]],
  ])('%s', (_name, fields, problems) => {
    write('node_modules/aws-cdk-lib/interfaces/index.d.ts', `export interface ThingReference { ${fields} }\n`);
    expect(typeProblems(path.join(folder, 'src'), cdk, ROOT)).toEqual(problems.map(p => expect.stringMatching(p)));
  });
  test('is looked for in sources that are there', () => {
    expect(typeProblems(path.join(folder, 'nowhere'), cdk, ROOT)).toEqual([expect.stringContaining('No inputs were found')]);
  });
});

test('without a baseline or a compiled library there is no comparison', () => {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-test-'));
  fs.cpSync(path.join(ROOT, 'build-tools', 'compat'), path.join(copy, 'build-tools', 'compat'), { recursive: true });
  fs.cpSync(path.join(ROOT, 'build-tools', 'compat.js'), path.join(copy, 'build-tools', 'compat.js'));
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [path.join(copy, 'build-tools', 'compat.js'), ...args], { encoding: 'utf8' });
    return [status, stderr];
  };
  expect(run()).toEqual([1, expect.stringContaining("there is no 'api/baseline.json': run 'npx projen api:baseline' and commit it")]);
  expect(run('--write')).toEqual([1, expect.stringContaining("there is no '.jsii': run 'npx projen compile' first")]);
  expect(run('--wrong')).toEqual([1, expect.stringContaining("unknown option '--wrong'")]);
  fs.writeFileSync(path.join(copy, '.jsii'), JSON.stringify(assembly(A)));
  expect(run('--write')).toEqual([0, '']);
  expect(loaded(copy).name).toBe('x');
  expect(JSON.parse(fs.readFileSync(path.join(copy, 'api', 'baseline.json'), 'utf8'))).toEqual(baselineOf(assembly(A)));
  fs.rmSync(copy, { recursive: true, force: true });
});
