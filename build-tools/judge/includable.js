// Templates as CfnInclude takes them, which knows fewer functions than CloudFormation, and nothing that a macro adds.
const fs = require('fs');
const os = require('os');
const path = require('path');

const KNOWN = new Set(['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub', 'Transform']
  .map(f => `Fn::${f}`));

/** A value from elsewhere, which is what cdk-nag takes each unknown for. */
const ELSEWHERE = { 'Fn::ImportValue': 'another-stack' };

/** Names that `Fn::Sub` refers to. */
const names = text => [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(m => m[1].trim().split('.')[0]);

/** Whether a function refers to what is not in the template, or is not known at all. */
function unknown(name, value, ids) {
  const there = id => typeof id !== 'string' || id.startsWith('AWS::') || ids.has(id);
  if (name === 'Ref') { return !there(value); }
  if (name === 'Fn::GetAtt') { return !there(Array.isArray(value) ? value[0] : String(value).split('.')[0]); }
  if (name === 'Fn::Sub') {
    const [text, given] = Array.isArray(value) ? value : [value, {}];
    return !names(text).every(id => there(id) || Object.hasOwn(given ?? {}, id));
  }
  return name.startsWith('Fn::') && !KNOWN.has(name);
}

function replaced(value, ids) {
  if (Array.isArray(value)) { return value.map(v => replaced(v, ids)); }
  if (value === null || typeof value !== 'object') { return value; }
  const keys = Object.keys(value);
  if (keys.length === 1 && unknown(keys[0], value[keys[0]], ids)) { return ELSEWHERE; }
  return Object.fromEntries(keys.filter(k => keys.length === 1 || !k.startsWith('Fn::') || KNOWN.has(k)).map(k => [k, replaced(value[k], ids)]));
}

/** The template with what CfnInclude can't read taken for values from elsewhere, and without sections that no rule reads. */
function includable(body) {
  const { Resources, Conditions, Parameters, Mappings } = body;
  const resources = Object.entries(Resources).filter(([, r]) => r && typeof r === 'object' && typeof r.Type === 'string');
  const ids = new Set([...resources.map(([id]) => id), ...Object.keys(Parameters ?? {})]);
  const kept = ([id, resource]) => {
    const { DependsOn, ...rest } = resource;
    const on = [DependsOn ?? []].flat().filter(d => ids.has(d));
    return [id, { ...replaced(rest, ids), ...(on.length > 0 ? { DependsOn: on } : {}) }];
  };
  return {
    ...(Parameters ? { Parameters } : {}), ...(Mappings ? { Mappings } : {}), ...(Conditions ? { Conditions: replaced(Conditions, ids) } : {}),
    Resources: Object.fromEntries(resources.map(kept)),
  };
}

/**
 * Includes a template, and leaves out what can't be read even so, one resource at a time.
 * @returns the resources that are not judged, each with why
 */
function include(body, attempt) {
  const left = Object.entries(body.Resources).filter(([, r]) => !r || typeof r !== 'object' || typeof r.Type !== 'string').map(([id]) => ({ id, why: 'it has no type before its macro ran' }));
  const template = includable(body);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));
  const file = path.join(folder, 'template.json');
  try {
    fs.writeFileSync(file, JSON.stringify(template));
    for (;;) {
      const unread = left.map(l => l.id).filter(id => id in template.Resources);
      try {
        attempt(file, unread);
        return left;
      } catch (e) {
        const id = Object.keys(template.Resources).filter(i => !unread.includes(i)).find(i => e.message.includes(`'${i}'`) || e.message.includes(`"${i}"`))
          ?? alone(template, unread, attempt, path.join(folder, 'one.json'));
        if (id === undefined) { throw new Error(`CfnInclude can't read the template: ${e.message}`); }
        left.push({ id, why: e.message });
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A resource that can't be included with all the others taken out of the way. */
function alone(template, unread, attempt, file) {
  fs.writeFileSync(file, JSON.stringify(template));
  const ids = Object.keys(template.Resources);
  return ids.filter(id => !unread.includes(id)).find(id => {
    try { attempt(file, ids.filter(i => i !== id)); return false; } catch { return true; }
  });
}

module.exports = { includable, include };
