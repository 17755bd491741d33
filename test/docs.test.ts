import * as fs from 'fs';
import * as path from 'path';
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
  const exported = [...read('src/index.ts').matchAll(/export \* from '\.\/([^']+)'/g)]
    .flatMap(m => [...read(`src/${m[1]}.ts`).matchAll(/^export class (\w+) extends Construct/gm)].map(c => c[1]));
  expect(exported.length).toBeGreaterThan(15);
  expect(exported.filter(c => !read('README.md').includes(c))).toEqual([]);
});
