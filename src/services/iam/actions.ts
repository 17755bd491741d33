// Which actions AWS can't bind to a resource: asked of the table only for policies that name no resource.
import type * as facts from './action-facts';

/** Actions by how they begin. */
interface Branch {
  readonly prefix: string;
  /** Whether all that begin so are meant, or only the one of this name. */
  readonly open: boolean;
  readonly except: readonly Branch[];
}

/** Reads one branch after another of a text such as `Get(A B) Put*-(C)`. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {
  }

  public branches(prefix: string): Branch[] {
    const found: Branch[] = [];
    do { found.push(...this.branch(prefix)); } while (this.takes(' '));
    return found;
  }

  private branch(prefix: string): Branch[] {
    const word = /^\w*/.exec(this.text.slice(this.at))![0];
    this.at += word.length;
    const name = (prefix + word).toLowerCase();
    if (this.takes('*-(')) { return [{ prefix: name, open: true, except: this.inside(name) }]; }
    if (this.takes('*')) { return [{ prefix: name, open: true, except: [] }]; }
    return this.takes('(') ? this.inside(name) : [{ prefix: name, open: false, except: [] }];
  }

  private inside(prefix: string): Branch[] {
    const found = this.branches(prefix);
    this.takes(')');
    return found;
  }

  private takes(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) { return false; }
    this.at += text.length;
    return true;
  }
}

let services: Map<string, string> | undefined;
const known = new Map<string, readonly Branch[]>();

function branchesOf(service: string): readonly Branch[] {
  const before = known.get(service);
  if (before) { return before; }
  services ??= tableOf();
  const text = services.get(service);
  const made = text === undefined ? [] : new Reader(text).branches('');
  known.set(service, made);
  return made;
}

function tableOf(): Map<string, string> {
  // Loaded when a policy names no resource: it is large.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { WITHOUT_RESOURCE }: typeof facts = require('./action-facts');
  const lines = WITHOUT_RESOURCE.trim().replace(/\n {2}/g, ' ').split('\n');
  return new Map(lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

/** Whether AWS checks an action, or every action of a pattern, against `*` only, as no resource can be named for it. */
export function isWithoutResource(action: string): boolean {
  const [service, name = ''] = action.toLowerCase().split(':');
  const [head, ...rest] = name.split(/[*?]/);
  return branchesOf(service).some(b => rest.length === 0 ? has(b, head) : hasAll(b, head));
}

function has(branch: Branch, name: string): boolean {
  return (branch.open ? name.startsWith(branch.prefix) : name === branch.prefix) && !branch.except.some(b => has(b, name));
}

/** Whether a branch has everything that begins in a way. */
function hasAll(branch: Branch, head: string): boolean {
  return branch.open && head.startsWith(branch.prefix)
    && !branch.except.some(b => b.prefix.startsWith(head) || (b.open && head.startsWith(b.prefix)));
}
