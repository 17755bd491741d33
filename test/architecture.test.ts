import * as fs from 'fs';
import * as path from 'path';

const SRC = path.join(__dirname, '..', 'src');
const FLOORS = ['core', 'services', 'assurance', 'foundation', 'LAYER', 'patterns', 'index.ts'];

const files = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(f => f.endsWith('.ts')).map(f => f.split(path.sep).join('/'));
const folder = (file: string) => file.split('/')[0];
const floor = (file: string) => FLOORS.includes(folder(file)) ? FLOORS.indexOf(folder(file)) : FLOORS.indexOf('LAYER');

function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from|require\(|import\()\s*'(\.[^']+)'/g)].map(m => path.posix.join(path.posix.dirname(file), `${m[1]}.ts`));
}

const imports = files.flatMap(from => importsOf(from).map(to => ({ from, to })));

test('the scan sees the imports', () => {
  expect(files.length).toBeGreaterThan(15);
  expect(imports.length).toBeGreaterThan(files.length);
  expect(imports.filter(i => !files.includes(i.to))).toEqual([]);
});

test('imports go down, or stay in their folder', () => {
  expect(imports.filter(i => floor(i.from) < floor(i.to))).toEqual([]);
});

test('layers do not know each other', () => {
  expect(imports.filter(i => FLOORS[floor(i.from)] === 'LAYER' && FLOORS[floor(i.to)] === 'LAYER' && folder(i.from) !== folder(i.to))).toEqual([]);
});

test('there is one barrel, and nothing imports it', () => {
  const barrels = files.filter(f => /^export .* from /m.test(fs.readFileSync(path.join(SRC, f), 'utf8')));
  expect(barrels).toEqual(['index.ts']);
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
  files.forEach(f => visit(f, []));
  expect(cycles).toEqual([]);
});

test('every source file has its test twin', () => {
  const twin = (file: string) => path.join(__dirname, file.replace(/\.ts$/, '.test.ts'));
  expect(files.filter(f => f !== 'index.ts' && !fs.existsSync(twin(f)))).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  expect(files.filter(f => fs.readFileSync(path.join(SRC, f), 'utf8').split('\n').length > 400)).toEqual([]);
});

test('nothing spreads the props of a caller, and nothing is cast away', () => {
  const text = (f: string) => fs.readFileSync(path.join(SRC, f), 'utf8');
  expect(files.filter(f => /\.\.\.props\s*[,}]|\.\.\.this\.props\s*[,}]/.test(text(f)))).toEqual([]);
});
