import * as fs from 'fs';
import * as path from 'path';
import { anysOf, FILES, functionsOf, textOf, writtenOut } from './support/syntax';

const SRC = path.join(__dirname, '..', 'src');
const FLOORS = ['core', 'services', 'assurance', 'foundation', 'LAYER', 'patterns', 'index.ts'];

const folder = (file: string) => file.split('/')[0];
const room = (file: string) => file.split('/').slice(0, 2).join('/');
const floor = (file: string) => FLOORS.includes(folder(file)) ? FLOORS.indexOf(folder(file)) : FLOORS.indexOf('LAYER');
const isFacts = (file: string) => /(^|\/)[a-z-]*facts\.ts$/.test(file);

function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/(?:from|require\(|import\()\s*'(\.[^']+)'/g)].map(m => path.posix.join(path.posix.dirname(file), `${m[1]}.ts`));
}

const imports = FILES.flatMap(from => importsOf(from).map(to => ({ from, to })));

test('the scan sees the imports', () => {
  expect(FILES.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(FILES.length);
  expect(imports.filter(i => !FILES.includes(i.to))).toEqual([]);
});

test('imports go down, or stay in their folder', () => {
  expect(imports.filter(i => floor(i.from) < floor(i.to))).toEqual([]);
});

test('layers do not know each other', () => {
  expect(imports.filter(i => FLOORS[floor(i.from)] === 'LAYER' && FLOORS[floor(i.to)] === 'LAYER' && folder(i.from) !== folder(i.to))).toEqual([]);
});

test('the rooms of services do not know each other', () => {
  expect(imports.filter(i => folder(i.from) === 'services' && folder(i.to) === 'services' && room(i.from) !== room(i.to))).toEqual([]);
});

test('what is pure makes no construct', () => {
  const makes = FILES.filter(f => ['core', 'services'].includes(folder(f))).filter(f => /new (\w+\.)?\w+\(\s*(this|scope|stack|owner)\s*,\s*['"`]/.test(textOf(f)));
  expect(makes).toEqual([]);
});

test('there is one barrel, and nothing imports it', () => {
  expect(FILES.filter(f => /^export .* from /m.test(textOf(f)))).toEqual(['index.ts']);
  expect(imports.filter(i => i.to === 'index.ts')).toEqual([]);
});

test('there is no cycle', () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: string[]) => {
    if (trail.includes(file)) { cycles.push([...trail.slice(trail.indexOf(file)), file].join(' > ')); return; }
    if (done.has(file)) { return; }
    imports.filter(i => i.from === file).forEach(i => visit(i.to, [...trail, file]));
    done.add(file);
  };
  FILES.forEach(f => visit(f, []));
  expect(cycles).toEqual([]);
});

test('every source file has its test twin', () => {
  const twin = (file: string) => path.join(__dirname, file.replace(/\.ts$/, '.test.ts'));
  expect(FILES.filter(f => f !== 'index.ts' && !fs.existsSync(twin(f)))).toEqual([]);
});

test('every folder says what lives there, and what it may touch', () => {
  const folders = [...new Set(FILES.filter(f => f.includes('/')).flatMap(f => [folder(f), path.posix.dirname(f)]))];
  expect(folders.length).toBeGreaterThan(20);
  const first = (f: string) => fs.existsSync(path.join(SRC, f, 'README.md')) ? fs.readFileSync(path.join(SRC, f, 'README.md'), 'utf8').split('\n')[0] : '';
  expect(folders.filter(f => !/^[^#].{20,}\. May use .*\.$/.test(first(f)))).toEqual([]);
});

describe('limits', () => {
  test('no file is longer than 300 lines', () => {
    expect(FILES.filter(f => !isFacts(f) && textOf(f).trimEnd().split('\n').length > 300)).toEqual([]);
  });

  test('no function is longer than 50 lines', () => {
    expect(FILES.flatMap(functionsOf).filter(f => f.lines > 50)).toEqual([]);
  });

  test('no line is longer than 140 columns', () => {
    const long = FILES.filter(f => !isFacts(f)).flatMap(f => textOf(f).split('\n').map((line, i) => [`${f}:${i + 1}`, [...line].length] as const));
    expect(long.filter(([, columns]) => columns > 140)).toEqual([]);
  });
});

test('any is said nowhere, but for casts with a reason on the line', () => {
  expect(FILES.flatMap(anysOf)).toEqual([]);
});

test('nothing spreads the props of a caller', () => {
  expect(FILES.filter(f => /\.\.\.props\s*[,}]|\.\.\.this\.props\s*[,}]/.test(textOf(f)))).toEqual([]);
});

describe('hardened values', () => {
  const outside = FILES.filter(f => ['foundation', 'LAYER', 'patterns'].includes(FLOORS[floor(f)]));

  test('stand in the rooms of services, and nowhere else', () => {
    expect(outside.length).toBeGreaterThan(40);
    expect(outside.flatMap(f => writtenOut(textOf(f), f).map(w => `${f}:${w}`))).toEqual([]);
  });

  const KMS = "import * as kms from 'aws-cdk-lib/aws-kms';\nimport { Duration } from 'aws-cdk-lib/core';\n";
  test.each<[string, string]>([
    ['a boolean in the props of an L1', "new kms.CfnKey(this, 'Key', { enableKeyRotation: true });"],
    ['an enum in the props of an L2', "new kms.Key(this, 'Key', { keySpec: kms.KeySpec.RSA_2048 });"],
    ['a number in the depth', "new kms.CfnKey(this, 'Key', { a: [{ b: { c: 7 } }] });"],
    ['a value in a choice', "new kms.CfnKey(this, 'Key', { a: x ? true : undefined });"],
    ['a duration', "new kms.Key(this, 'Key', { rotationPeriod: Duration.days(365) });"],
    ['a value after the fact', 'resource.enableKeyRotation = true;'],
    ['a value by harden', 'harden(resource, { enableKeyRotation: true });'],
    ['an attribute', "loadBalancer.setAttribute('a', 'b');"],
    ['a default', 'const days = props.rotationPeriod ?? Duration.days(365);'],
    ['a default that is a boolean', 'const on = props.on ?? true;'],
    ['a value given to the base class', "class A extends kms.Key { constructor() { super(this, 'A', { enableKeyRotation: true }); } }"],
    ['a value that is spread', "new kms.CfnKey(this, 'Key', { ...x && { enabled: true } });"],
    ['actions of a grant', "kms.Grant.addToPrincipal({ actions: ['kms:Decrypt'] });"],
  ])('%s is seen', (_name, text) => expect(writtenOut(KMS + text)).toHaveLength(1));

  test.each<[string, string]>([
    ['settings', "new kms.CfnKey(this, 'Key', { ...settings.key(this), description: 'Data', keyPolicy: policy });"],
    ['a field of its own', 'this.done = true;'],
    ['an empty default', 'const list = props.list ?? [];'],
    ['what is no resource', "new Map([['a', true]]); f({ a: true });"],
  ])('%s is not', (_name, text) => expect(writtenOut(KMS + text)).toEqual([]));
});
