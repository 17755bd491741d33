// Whether two templates are the same but for logical IDs, and for names that are made of the stack's name and a logical ID: an alias
// `Shop/LogKeyE83D0C1B`, a prefix `s3/shop-bucket83908e77/`. Such a name points at the resource as a reference does: in the other template
// it has to be made of the ID of that resource's counterpart, in the same way. Resources are sorted into classes by their content and by
// what they point at and are pointed at by (colour refinement, both templates together); from the classes comes a renaming of the logical
// IDs; and the renamed template has to be equal, property by property. So the classes only find the renaming: they cannot vouch for it.
// `node bench/compare.js` tries it on templates that differ.
const assert = require('assert');

const REF = 'Ref';
const GET_ATT = 'Fn::GetAtt';
const SUB = 'Fn::Sub';

/** Where a text may have a logical ID in it: after the stack's name, in the IDs of the statements for S3's access logs, and what a key is for. */
const NAME = /(^S3AccessLogs|^Objects of the bucket |(?<![A-Za-z0-9])[Ss]hop[-/])([A-Za-z0-9]+)/g;

/** The logical IDs of a template; and which of them a word in a name is, as it is or in small letters. */
class Ids {
  constructor(template) {
    this.all = new Set(Object.keys(template.Resources));
    this.small = new Map();
    // two that differ in capital letters only: their small letters are no name of either
    for (const id of this.all) { this.small.set(id.toLowerCase(), this.small.has(id.toLowerCase()) ? undefined : id); }
  }

  has(id) { return this.all.has(id); }

  /** A text with the logical IDs in its names replaced. */
  rewrite(text, name) {
    return text.replace(NAME, (all, before, word) => {
      if (this.has(word)) { return `${before}${name(word)}`; }
      const id = this.small.get(word);
      return id === undefined ? all : `${before}${String(name(id)).toLowerCase()}`;
    });
  }

  [Symbol.iterator]() { return this.all[Symbol.iterator](); }
}

/** A copy with keys in order, sets in order, and logical IDs replaced by what `name` makes of them. */
function rewrite(value, ids, name) {
  if (Array.isArray(value)) { return value.map(v => rewrite(v, ids, name)); }
  if (typeof value === 'string') { return ids.rewrite(value, name); }
  if (typeof value !== 'object' || value === null) { return value; }
  const keys = Object.keys(value).sort();
  if (keys.length === 1) {
    const [key] = keys;
    const target = value[key];
    if (key === REF && ids.has(target)) { return { [REF]: name(target) }; }
    if (key === GET_ATT) {
      const [id, ...attribute] = Array.isArray(target) ? target : target.split('.');
      return { [GET_ATT]: [ids.has(id) ? name(id) : id, attribute.join('.')] };
    }
    if (key === SUB) {
      const [text, variables] = Array.isArray(target) ? target : [target, {}];
      const replaced = text.replace(/\$\{([A-Za-z0-9]+)((?:\.[A-Za-z0-9.]+)?)\}/g, (all, id, attribute) => ids.has(id) && !(id in variables) ? `\${${name(id)}${attribute}}` : all);
      return { [SUB]: [ids.rewrite(replaced, name), rewrite(variables, ids, name)] };
    }
  }
  return Object.fromEntries(keys.map(k => [k, rewrite(value[k], ids, name)]));
}

function resource({ DependsOn, Metadata, ...rest }, ids, name) {
  // what the library writes down for its self-check has no counterpart
  const metadata = Object.fromEntries(Object.entries(Metadata ?? {}).filter(([key]) => !key.startsWith('cdk-hardened:')));
  return { ...rewrite(Object.keys(metadata).length > 0 ? { ...rest, Metadata: metadata } : rest, ids, name), DependsOn: [].concat(DependsOn ?? []).map(d => ids.has(d) ? name(d, 'DependsOn') : d).sort() };
}

/** The template with its logical IDs renamed, in one order. */
function renamed(template, name) {
  const ids = new Ids(template);
  const { Resources, ...rest } = template;
  const resources = Object.entries(Resources).map(([id, r]) => [name(id), resource(r, ids, name)]).sort(([a], [b]) => a < b ? -1 : 1);
  return { ...rewrite(rest, ids, name), Resources: Object.fromEntries(resources) };
}

/** Sorts the nodes of both templates into classes until no class splits any more. A class is a number, the same in both. */
function refine(sides, classes) {
  let count = new Set(classes.flatMap(c => [...c.values()])).size;
  for (;;) {
    const keys = sides.map(({ template, ids, outputs }, s) => {
      const incoming = new Map([...ids].map(id => [id, []]));
      const contents = new Map([...ids].map(id => {
        const own = JSON.stringify(resource(template.Resources[id], ids, target => classes[s].get(target)));
        let place = 0; // which of the references of a resource it is
        resource(template.Resources[id], ids, (target, kind) => { incoming.get(target).push(`${classes[s].get(id)}#${kind ?? place++}`); return target; });
        return [id, own];
      }));
      let place = 0;
      rewrite(outputs, ids, target => { incoming.get(target).push(`outside#${place++}`); return target; });
      return new Map([...ids].map(id => [id, JSON.stringify([classes[s].get(id), contents.get(id), incoming.get(id).sort()])]));
    });
    const numbers = new Map([...new Set(keys.flatMap(k => [...k.values()]))].sort().map((key, i) => [key, i]));
    classes = keys.map(k => new Map([...k].map(([id, key]) => [id, numbers.get(key)])));
    if (numbers.size === count) { return classes; }
    count = numbers.size;
  }
}

const members = classes => {
  const found = new Map();
  for (const [id, c] of classes) { found.set(c, [...found.get(c) ?? [], id]); }
  return found;
};

/** A renaming of the right template's IDs to the left one's under which both are equal, or undefined. */
function renaming(sides, classes) {
  classes = refine(sides, classes);
  const [left, right] = classes.map(members);
  for (const [c, ids] of left) { if (right.get(c)?.length !== ids.length) { return undefined; } }
  const ambiguous = [...left].find(([, ids]) => ids.length > 1);
  if (!ambiguous) {
    const to = new Map([...left].map(([c, [id]]) => [right.get(c)[0], id]));
    const same = JSON.stringify(renamed(sides[0].template, id => id)) === JSON.stringify(renamed(sides[1].template, id => to.get(id)));
    return same ? to : undefined;
  }
  // Alike in everything: pair one of them with each of the others, in turn.
  const [c, [first]] = ambiguous;
  for (const candidate of right.get(c)) {
    const found = renaming(sides, [new Map(classes[0]).set(first, -1), new Map(classes[1]).set(candidate, -1)]);
    if (found) { return found; }
  }
  return undefined;
}

/** Where two values differ first, as text. */
function firstDifference(a, b, path = '') {
  if (JSON.stringify(a) === JSON.stringify(b)) { return undefined; }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) {
    return `${path}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], `${path}/${key}`);
    if (found) { return found; }
  }
  return undefined;
}

/** What differs, as text, or undefined. */
exports.difference = (a, b) => {
  const { Resources: ra, ...restA } = a;
  const { Resources: rb, ...restB } = b;
  const sides = [[a, restA], [b, restB]].map(([template, outputs]) => ({ template, outputs, ids: new Ids(template) }));
  const byType = sides.map(({ template, ids }) => new Map([...ids].map(id => [id, template.Resources[id].Type])));
  if (renaming(sides, byType)) { return undefined; }

  // They differ; from here on it is about saying where. By content alone, without what points at a resource, as one difference would colour all.
  const plain = sides.map(({ template, ids }) => new Map([...ids].map(id => [id, JSON.stringify(resource(template.Resources[id], ids, target => template.Resources[target].Type))])));
  const [left, right] = plain.map(members);
  const pick = (these, those) => [...these].flatMap(([text, ids]) => ids.slice(those.get(text)?.length ?? 0).map(id => ({ id, value: JSON.parse(text) })));
  const [onlyLeft, onlyRight] = [pick(left, right), pick(right, left)];
  const lines = onlyLeft.map(({ id, value }) => {
    const [nearest] = onlyRight.filter(r => r.value.Type === value.Type)
      .map(r => ({ r, alike: Object.entries(value.Properties ?? {}).filter(([k, v]) => JSON.stringify(v) === JSON.stringify(r.value.Properties?.[k])).length }))
      .sort((x, y) => y.alike - x.alike);
    if (!nearest) { return `only on the left: ${id} (${value.Type})`; }
    onlyRight.splice(onlyRight.indexOf(nearest.r), 1);
    return `${id} (left) and ${nearest.r.id} (right): ${firstDifference(value, nearest.r.value)}`;
  });
  lines.push(...onlyRight.map(({ id, value }) => `only on the right: ${id} (${value.Type})`));
  const outside = firstDifference(rewrite(restA, sides[0].ids, id => a.Resources[id].Type), rewrite(restB, sides[1].ids, id => b.Resources[id].Type));
  if (outside) { lines.push(`outside the resources: ${outside}`); }
  return lines.length > 0 ? lines.join('\n') : 'the references lead to different resources, though each resource has an equal by itself';
};

/** Shows that the comparison notices what it has to, on a template of the library too: each change must be found, and none where only IDs differ. */
exports.selfTest = template => {
  const clone = () => JSON.parse(JSON.stringify(template));
  const { difference } = exports;
  const shuffled = clone();
  const numbered = new Map(Object.keys(template.Resources).reverse().map((id, i) => [id, `R${i}`]));
  assert.strictEqual(difference(template, renamed(shuffled, id => numbered.get(id))), undefined, 'other logical IDs in another order are no difference');
  const noticed = (what, change) => {
    const changed = clone();
    change(changed);
    assert.notStrictEqual(difference(template, changed), undefined, `not noticed: ${what}`);
    assert.notStrictEqual(difference(changed, template), undefined, `not noticed from the other side: ${what}`);
  };
  const ids = Object.keys(template.Resources);
  // Every reference and every GetAtt, led to another resource of the same type; every other value, changed; every resource, removed.
  let changes = 0;
  const others = id => ids.filter(other => other !== id && template.Resources[other].Type === template.Resources[id].Type);
  const visit = (value, path) => {
    if (typeof value !== 'object' || value === null) {
      const at = path[path.length - 1];
      const parent = path[path.length - 2];
      const reference = at === REF || (parent === GET_ATT && at === '0') || path[2] === 'DependsOn';
      const known = ids.includes(value);
      const replaced = reference && known ? others(value)[0] : typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : !value;
      if (replaced === undefined) { return; }
      noticed(`${path.join('/')} from ${value} to ${replaced}`, changed => {
        const holder = path.slice(0, -1).reduce((v, k) => v[k], changed);
        holder[at] = replaced;
      });
      changes++;
      return;
    }
    Object.entries(value).forEach(([k, v]) => visit(v, [...path, k]));
  };
  if (ids.length <= 20) { visit(template, []); }
  const sample = ids.length <= 20 ? ids : ids.filter((_, i) => i % 20 === 0);
  for (const id of sample) {
    noticed(`${id} removed`, changed => { delete changed.Resources[id]; });
    noticed(`${id} twice`, changed => { changed.Resources[`${id}Twice`] = changed.Resources[id]; });
    noticed(`${id} retained`, changed => { changed.Resources[id].DeletionPolicy = 'Other'; });
    changes += 3;
  }
  // Every name that is made of a logical ID, made of another one. (Of a large template, some of them.)
  const names = [];
  const find = (value, path) => {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'string' && other(value) !== value) { names.push(path); }
      return;
    }
    Object.entries(value).forEach(([k, v]) => find(v, [...path, k]));
  };
  const known = new Ids(template);
  const other = text => known.rewrite(text, id => ids[(ids.indexOf(id) + 1) % ids.length]);
  find(template, []);
  const tried = names.filter((_, i) => i % Math.ceil(names.length / 10) === 0);
  for (const path of tried) {
    const holderOf = changed => path.slice(0, -1).reduce((v, k) => v[k], changed);
    const at = path[path.length - 1];
    noticed(`${path.join('/')} made of another logical ID`, changed => { holderOf(changed)[at] = other(holderOf(changed)[at]); });
    changes++;
  }
  return changes;
};

/** Topics that are alike in everything but in what points at them, and a circle of groups that is one circle or two. */
const SMALL = {
  Description: 'small',
  Resources: {
    TopicA: { Type: 'AWS::SNS::Topic' },
    TopicB: { Type: 'AWS::SNS::Topic' },
    One: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'TopicA' }, Protocol: 'email' }, DependsOn: ['TopicA'] },
    Two: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'TopicB' }, Protocol: 'email', Raw: [true, 1] }, DependsOn: ['TopicB'] },
    Policy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [{ Ref: 'TopicA' }], Text: { 'Fn::Sub': '${TopicA}-${TopicB.TopicName}-${AWS::Region}' }, Name: { 'Fn::GetAtt': ['TopicA', 'TopicName'] } },
      Metadata: { why: 'because' },
    },
    Prefix: { Type: 'AWS::S3::Bucket', Properties: { Prefix: 's3/shop-topicb/', Alias: 'alias/Shop/TopicA', Own: ['Shop-Prefix-*', 'S3AccessLogsPrefix'] } },
  },
  Outputs: { First: { Value: { Ref: 'TopicA' } } },
};
const circles = (...sizes) => ({
  Resources: Object.fromEntries(sizes.flatMap((size, c) => Array.from({ length: size }, (_, i) => [`G${c}x${i}`, { Type: 'AWS::EC2::SecurityGroup', Properties: { Next: { Ref: `G${c}x${(i + 1) % size}` } } }]))),
});

exports.smallTest = () => {
  const changes = exports.selfTest(SMALL);
  const other = JSON.parse(JSON.stringify(SMALL));
  other.Resources.Policy.Properties.Text['Fn::Sub'] = '${TopicB}-${TopicA.TopicName}-${AWS::Region}';
  assert.notStrictEqual(exports.difference(SMALL, other), undefined, 'not noticed: references swapped within Fn::Sub');
  const shared = JSON.parse(JSON.stringify(SMALL));
  shared.Outputs.First.Value = { Ref: 'TopicB' };
  assert.notStrictEqual(exports.difference(SMALL, shared), undefined, 'not noticed: an output of another resource');
  const named = change => { const changed = JSON.parse(JSON.stringify(SMALL)); change(changed.Resources.Prefix.Properties); return changed; };
  for (const [what, changed] of [
    ['a name of another resource', named(p => { p.Prefix = 's3/shop-topica/'; })],
    ['names of two resources swapped', named(p => { p.Prefix = 's3/shop-topica/'; p.Alias = 'alias/Shop/TopicB'; })],
    ['a name that is of no resource', named(p => { p.Prefix = 's3/shop-topicc/'; })],
    ['a name in other letters', named(p => { p.Alias = 'alias/Shop/topica'; })],
    ['a name with something after it', named(p => { p.Prefix = 's3/shop-topicb2/'; })],
    ['names that stay while the logical ID changes', { ...renamed(SMALL, id => `R${id}`), Resources: { ...renamed(SMALL, id => `R${id}`).Resources, RPrefix: SMALL.Resources.Prefix } }],
  ]) { assert.notStrictEqual(exports.difference(SMALL, changed), undefined, `not noticed: ${what}`); }
  assert.strictEqual(exports.difference(SMALL, renamed(SMALL, id => `R${id}`)), undefined, 'names that change with the logical ID are no difference');
  assert.notStrictEqual(exports.difference(circles(3, 3), circles(6)), undefined, 'not noticed: one circle instead of two');
  assert.strictEqual(exports.difference(circles(2, 3), circles(3, 2)), undefined, 'circles in another order are no difference');
  return changes + 11;
};

if (require.main === module) { console.log(`noticed ${exports.smallTest()} changes`); }
