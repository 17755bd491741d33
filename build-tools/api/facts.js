// The table of the public API that the library checks its callers' arguments with, made of what jsii says of it.

/** The CDK's names, as programs import them: `aws-cdk-lib.aws_ec2.IVpc` is `ec2.IVpc`. */
const short = fqn => fqn.split('.').slice(1).filter(part => part !== 'interfaces').join('.').replace(/^aws_/, '')
  .replace(/^elasticloadbalancingv2\./, 'elbv2.').replace(/^certificatemanager\./, 'acm.');

/** Members of every resource, which tell none from another. */
const COMMON = new Set(['node', 'stack', 'env', 'applyRemovalPolicy']);

class Api {
  constructor(assembly, others) {
    this.own = assembly;
    this.all = { ...assembly.types, ...Object.assign({}, ...others.map(o => o.types)) };
    this.used = new Map();
  }

  isOwn(fqn) { return fqn.startsWith(`${this.own.name}.`); }

  /** A type, as `string`, `number`, `boolean`, `[each]`, `{each}`, or a name. */
  kind(type) {
    if (!type || type.primitive) { return ['string', 'number', 'boolean'].includes(type?.primitive) ? type.primitive : 'any'; }
    if (type.collection) {
      const each = this.kind(type.collection.elementtype);
      return type.collection.kind === 'array' ? `[${each}]` : `{${each}}`;
    }
    if (!type.fqn) { throw new Error(`'${JSON.stringify(type)}' is a kind that the checks don't know: teach it to src/core/arguments.ts`); }
    const name = this.isOwn(type.fqn) ? type.fqn.slice(this.own.name.length + 1) : short(type.fqn);
    if (!this.isOwn(type.fqn)) { this.used.set(name, type.fqn); }
    return name;
  }

  params(list) {
    return list.map(p => `${p.name}${p.variadic ? '...' : p.optional ? '?' : ''}:${this.kind(p.type)}`).join(' ');
  }

  /** The properties of a struct and of those that it extends. */
  propsOf(type) {
    const inherited = (type.interfaces ?? []).flatMap(fqn => this.propsOf(this.all[fqn]));
    const all = new Map([...inherited, ...type.properties ?? []].map(p => [p.name, p]));
    return [...all.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  /** What tells a type of the CDK from others: what it is known by, and something that it does. */
  membersOf(type) {
    const seen = [type];
    for (const t of seen) { seen.push(...(t.interfaces ?? []).map(fqn => this.all[fqn]).filter(b => b && !seen.includes(b))); }
    const of = list => seen.flatMap(t => t[list] ?? []).filter(m => !m.static && !m.optional && !m.protected && !COMMON.has(m.name)).map(m => m.name);
    const properties = of('properties');
    const known = properties.find(name => /(Arn|Id)$/.test(name)) ?? properties[0];
    return known ?? of('methods')[0] ?? '';
  }
}

/** The values of an enum of the CDK: texts, or numbers. */
function valuesOf(cdk, fqn) {
  const found = fqn.split('.').slice(1).reduce((at, name) => at[name], cdk);
  return Object.values(found).some(v => typeof v === 'number') ? 'number' : 'string';
}

/** Classes, structs and enums of ours, and of the CDK what they name. */
function tablesOf(assembly, others, values, cdk) {
  const api = new Api(assembly, others);
  const tables = { STRUCTS: {}, CALLS: {}, ENUMS: {}, CDK: {} };
  for (const type of Object.values(assembly.types)) {
    if (type.kind === 'enum') { tables.ENUMS[type.name] = type.members.map(m => `${m.name}=${values[type.name][m.name]}`).join(' '); }
    if (type.datatype) { tables.STRUCTS[type.name] = api.params(api.propsOf(type)); }
    if (type.kind !== 'class') { continue; }
    if (type.initializer && !type.initializer.protected) { tables.CALLS[type.name] = api.params(type.initializer.parameters ?? []); }
    for (const method of type.methods ?? []) {
      if (method.parameters && !method.protected) { tables.CALLS[`${type.name}.${method.name}`] = api.params(method.parameters); }
    }
  }
  for (const [name, fqn] of api.used) {
    const type = api.all[fqn];
    tables.CDK[name] = type.kind === 'enum' ? valuesOf(cdk, fqn) : type.datatype ? 'struct' : `.${api.membersOf(type)}`;
  }
  return tables;
}

/** The module that holds the tables. */
function moduleOf(tables) {
  const docs = {
    STRUCTS: 'The properties of each struct: a name, `?` where it may be left out, and the kind.',
    CALLS: 'The parameters of each constructor and method; `...` stands at what is given one by one.',
    ENUMS: 'The members of each enum, and their values.',
    CDK: 'What is named of the CDK: an enum by the kind of its values, a struct, or what else by a member that tells it from others.',
  };
  const table = ([name, entries]) => {
    const quote = Object.keys(entries).some(key => !/^\w+$/.test(key)) ? "'" : '';
    return [
      `/** ${docs[name]} */`, `export const ${name}: Readonly<Record<string, string>> = {`,
      ...Object.entries(entries).sort(([a], [b]) => a < b ? -1 : 1).map(([key, text]) => `  ${quote}${key}${quote}: '${text}',`), '};', '',
    ];
  };
  return [
    '// The public API, as what callers give is checked with it. `npx projen api:facts` writes it from the compiled library: don\'t edit it.', '',
    ...Object.entries(tables).flatMap(table),
  ].join('\n').trimEnd() + '\n';
}

module.exports = { moduleOf, tablesOf };
