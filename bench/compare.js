// Whether two templates are the same but for logical IDs (and names that hold construct paths): resources are matched by type and
// content, references by what they point at, until nothing moves any more.
const fs = require('fs');
const path = require('path');

exports.template = (stack, dir) => JSON.parse(fs.readFileSync(path.join(dir, stack.templateFile), 'utf8'));

/** Colour refinement: a resource's colour is its content with references replaced by the colours of what they point at. */
function colours(template) {
  const ids = Object.keys(template.Resources);
  let colour = Object.fromEntries(ids.map(id => [id, template.Resources[id].Type]));
  const known = new Set(ids);
  const crypto = require('crypto');
  const hash = text => crypto.createHash('sha1').update(text).digest('hex').slice(0, 12);
  const walk = value => {
    if (Array.isArray(value)) { return value.map(walk); }
    if (typeof value !== 'object' || value === null) { return value; }
    if (known.has(value.Ref)) { return { Ref: colour[value.Ref] }; }
    const getAtt = value['Fn::GetAtt'];
    if (Array.isArray(getAtt) && known.has(getAtt[0])) { return { 'Fn::GetAtt': [colour[getAtt[0]], getAtt[1]] }; }
    return Object.fromEntries(Object.keys(value).sort().map(k => [k, walk(value[k])]));
  };
  for (let round = 0; round < 8; round++) {
    const next = {};
    for (const id of ids) {
      const { DependsOn, ...rest } = template.Resources[id];
      const dependsOn = [].concat(DependsOn ?? []).map(d => colour[d]).sort();
      delete rest.Metadata;
      next[id] = hash(JSON.stringify([walk(rest), dependsOn]));
    }
    colour = next;
  }
  return colour;
}

/** What differs, as text, or undefined. */
exports.difference = (a, b) => {
  const count = template => {
    const byColour = new Map();
    for (const [id, c] of Object.entries(colours(template))) { byColour.set(c, [...byColour.get(c) ?? [], id]); }
    return byColour;
  };
  const [ca, cb] = [count(a), count(b)];
  const lines = [];
  for (const c of new Set([...ca.keys(), ...cb.keys()])) {
    const [ia, ib] = [ca.get(c) ?? [], cb.get(c) ?? []];
    if (ia.length !== ib.length) { lines.push(`left [${ia.join(', ')}] right [${ib.join(', ')}]`); }
  }
  return lines.length === 0 ? undefined : lines.join('\n');
};
