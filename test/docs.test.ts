/* eslint-disable @typescript-eslint/no-require-imports */
import * as fs from 'fs';
import * as path from 'path';
import { Construct } from 'constructs';
import { allControls } from '../src/assurance/catalogue';

const root = path.join(__dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

function controlsPage(): string {
  const cell = (ids?: string[]) => (ids ?? []).join(', ');
  return [
    '# Controls',
    '',
    'Written from the catalogue in `src/services`; `npx projen docs:controls` writes it anew, and a test holds it to the code. A floor can\'t be waived; a default takes a waiver;',
    'durability takes a waiver or a `Disposable` scope. CIS is AWS Foundations 7.0.0, FSBP includes other Security Hub controls, NIST is SP 800-53 r5, PCI is DSS 4.0.1.',
    '',
    '| ID | holds | prevents | kind | on | CIS | FSBP | NIST | PCI |',
    '|---|---|---|---|---|---|---|---|---|',
    ...allControls().map(c => `| ${[c.id, c.title, c.prevents, c.kind, c.types.map(t => t.replace('AWS::', '')).join(', '), cell(c.cis), cell(c.fsbp), cell(c.nist), cell(c.pci)]
      .map(x => x.replace(/\|/g, '\\|')).join(' | ')} |`),
    '',
  ].join('\n');
}

test('docs/controls.md is the catalogue', () => {
  const file = path.join(root, 'docs', 'controls.md');
  if (process.env.WRITE_DOCS) { fs.writeFileSync(file, controlsPage()); }
  expect(fs.readFileSync(file, 'utf8')).toBe(controlsPage());
});

interface ControlIds {
  /** What each ID means. */
  readonly controls: Record<string, string>;
  /** IDs that are not given to any control, with the reason. */
  readonly reserved: Record<string, string>;
  /** IDs of controls that are gone, with what they meant. */
  readonly retired: Record<string, string>;
}

const IDS = 'docs/control-ids.json';
const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** What is wrong with the IDs of the catalogue, by the list that was published. */
function breaches({ controls, reserved, retired }: ControlIds, catalogue: Record<string, string>): string[] {
  return [
    ...Object.keys(controls).filter(id => catalogue[id] === undefined)
      .map(id => `'${id}' is gone: bring it back, or move it to 'retired'`),
    ...Object.entries(controls).filter(([id, meaning]) => catalogue[id] !== undefined && catalogue[id] !== meaning)
      .map(([id, meaning]) => `'${id}' meant that ${meaning}, and now that ${catalogue[id]}: give what is new a new ID`),
    ...Object.keys(catalogue).filter(id => reserved[id] !== undefined || retired[id] !== undefined)
      .map(id => `'${id}' is given again, after '${retired[id] ?? reserved[id]}': take another`),
    ...[...Object.keys(reserved), ...Object.keys(retired)].filter(id => controls[id] !== undefined).map(id => `'${id}' is in two lists`),
    ...Object.keys(catalogue).filter(id => [controls, reserved, retired].every(known => known[id] === undefined))
      .map(id => `'${id}' is new: run 'npx projen docs:controls'`),
  ];
}

const catalogueOf = () => Object.fromEntries(allControls().map(c => [c.id, c.title]));

describe('the IDs of controls are a contract (docs/decisions/0011)', () => {
  test('none is gone, means something else, or was given before', () => {
    if (process.env.WRITE_DOCS) {
      const ids: ControlIds = JSON.parse(read(IDS));
      // Only adds: what is published is changed by hand, if at all.
      const controls = Object.fromEntries(Object.entries({ ...catalogueOf(), ...ids.controls }).sort(([a], [b]) => byNumber(a, b)));
      fs.writeFileSync(path.join(root, IDS), `${JSON.stringify({ ...ids, controls }, undefined, 2)}\n`);
    }
    const listed: ControlIds = JSON.parse(read(IDS));
    expect(Object.keys(listed.controls).length).toBeGreaterThan(150);
    expect(breaches(listed, catalogueOf())).toEqual([]);
  });

  const known: ControlIds = { controls: { 'A-01': 'a door is shut' }, reserved: { 'A-02': 'kept for windows' }, retired: { 'A-03': 'a gate is shut' } };
  test.each<[string, Record<string, string>, string[]]>([
    ['nothing changed', { 'A-01': 'a door is shut' }, []],
    ['one is gone', {}, ["'A-01' is gone: bring it back, or move it to 'retired'"]],
    ['one means something else', { 'A-01': 'a door is open' }, ["'A-01' meant that a door is shut, and now that a door is open: give what is new a new ID"]],
    ['a reserved one is given', { 'A-01': 'a door is shut', 'A-02': 'a chimney is shut' }, ["'A-02' is given again, after 'kept for windows': take another"]],
    ['a retired one is given again', { 'A-01': 'a door is shut', 'A-03': 'a gate is shut' }, ["'A-03' is given again, after 'a gate is shut': take another"]],
    ['one is new', { 'A-01': 'a door is shut', 'A-04': 'a lock is new' }, ["'A-04' is new: run 'npx projen docs:controls'"]],
  ])('and it shows when %s', (_name, catalogue, expected) => expect(breaches(known, catalogue)).toEqual(expected));

  test('and it shows when one is in two lists', () => {
    expect(breaches({ ...known, retired: { 'A-01': 'a door is shut' } }, {})).toContain("'A-01' is in two lists");
  });
});

test('the README installs what the package is called in each language', () => {
  const { jsii: { targets }, name } = JSON.parse(read('package.json'));
  const readme = read('README.md');
  expect(readme).toContain(`npm install ${name} aws-cdk-lib constructs`);
  expect(readme).toContain(`pip install ${targets.python.distName}`);
  expect(readme).toContain(`Maven \`${targets.java.maven.groupId}:${targets.java.maven.artifactId}\``);
  expect(readme).toContain(`go get ${targets.go.moduleName}/${targets.go.packageName}`);
  expect(readme).toContain(`dotnet add package ${targets.dotnet.packageId}`);
});

test('every link to a file and every anchor of the README and the decisions leads somewhere', () => {
  const pages = ['README.md', 'ARCHITECTURE.md', ...fs.readdirSync(path.join(root, 'docs', 'decisions')).map(f => `docs/decisions/${f}`)];
  const dead = pages.flatMap(page => [...read(page).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
    .filter(([, file]) => !/^https?:/.test(file))
    .filter(([, file, anchor]) => {
      const target = file === '' ? page : path.join(path.dirname(page), file);
      if (!fs.existsSync(path.join(root, target))) { return target !== 'API.md'; }
      const headings = anchor && target.endsWith('.md') ? [...read(target).matchAll(/^#+ (.*)$/gm)].map(h => h[1].toLowerCase().replace(/[^a-z0-9 -]/g, '').replace(/ /g, '-')) : [];
      return anchor !== undefined && anchor !== '' && !headings.includes(anchor);
    })
    .map(m => `${page}: ${m[0]}`));
  expect(dead).toEqual([]);
});

test('every exported construct is in the README', () => {
  const library: Record<string, unknown> = require('../src');
  const exported = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);
  expect(exported.length).toBeGreaterThan(15);
  expect(exported.filter(name => !read('README.md').includes(name))).toEqual([]);
});
