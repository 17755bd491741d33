// The API of a version, as jsii tells it, without what no comparison needs.
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const NOT_NEEDED = new Set(['locationInModule', 'symbolId', 'readme', 'targets']);
const LISTS = ['methods', 'properties', 'members'];

/** The assembly of a package. Large ones are compressed. */
function loaded(folder) {
  const assembly = JSON.parse(fs.readFileSync(path.join(folder, '.jsii'), 'utf8'));
  return assembly.schema === 'jsii/file-redirect' ? JSON.parse(zlib.gunzipSync(fs.readFileSync(path.join(folder, assembly.filename)))) : assembly;
}

/** The part of an assembly that a comparison reads. */
function baselineOf({ name, version, schema, usedFeatures, types }) {
  return { schema, name, version, ...usedFeatures && { usedFeatures }, types: stripped(types) };
}

/** Of documentation only what says how far a member is promised. */
function stripped(value) {
  if (Array.isArray(value)) { return value.map(stripped); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).filter(([key]) => !NOT_NEEDED.has(key)).flatMap(([key, inner]) => {
    if (key !== 'docs') { return [[key, stripped(inner)]]; }
    const { stability, deprecated, subclassable } = inner;
    const docs = { ...stability && { stability }, ...deprecated && { deprecated }, ...subclassable && { subclassable } };
    return Object.keys(docs).length > 0 ? [[key, docs]] : [];
  }));
}

/** A baseline as a text with one member a line, which reads well as a difference. */
function text({ types, ...head }) {
  const member = m => `      ${JSON.stringify(m)}`;
  const type = ([fqn, { ...own }]) => {
    const lists = LISTS.filter(l => own[l]).map(l => {
      const lines = own[l].map(member).join(',\n');
      delete own[l];
      return `    ${JSON.stringify(l)}: [\n${lines}\n    ]`;
    });
    const rest = Object.entries(own).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(fqn)}: {\n${[...rest, ...lists].join(',\n')}\n  }`;
  };
  const sorted = Object.entries(types).sort(([a], [b]) => a < b ? -1 : 1);
  return `${JSON.stringify(head, undefined, 1).slice(0, -2)},\n "types": {\n${sorted.map(type).join(',\n')}\n }\n}\n`;
}

module.exports = { baselineOf, loaded, text };
