// What is judged: templates, where they deploy, which construct each resource comes from, and what the constructs say of themselves.
const fs = require('fs');
const path = require('path');
const { run } = require('./process');
const { reasonsIn } = require('./reasons');

function readText(file, what) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (e) {
    throw new Error(`can't read ${what} "${file}": ${e.code ?? e.message}`);
  }
}

function readJson(file, what) {
  const text = readText(file, what);
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new Error(`${what} "${file}" is not JSON: ${e.message}`);
  }
}

/** The resources of a template, which must have some. */
function resourcesOf(body, file, mend) {
  if (body === null || typeof body !== 'object' || body.Resources === null || typeof body.Resources !== 'object') {
    throw new Error(`the template "${file}" has no "Resources"; ${mend}`);
  }
  return body.Resources;
}

function template(file, name, environment, byId) {
  const resources = resourcesOf(readJson(file, 'the template'), file, "give the output folder of 'cdk synth'");
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment ?? '') ?? [];
  const paths = {};
  for (const [id, resource] of Object.entries(resources)) {
    const at = resource?.Metadata?.['aws:cdk:path'] ?? byId.get(id);
    if (at !== undefined) { paths[id] = at; }
  }
  return {
    file: fs.realpathSync(file), name, paths, ids: Object.keys(resources), resources: Object.keys(resources).length,
    account: /^\d{12}$/.test(account) ? account : undefined, region: /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : undefined,
  };
}

/** Which construct has which logical ID. Of one that several stacks have, nothing is known. */
function pathsById(metadata) {
  const byId = new Map();
  for (const [at, entries] of Object.entries(metadata)) {
    for (const { data } of entries.filter(e => e.type === 'aws:cdk:logicalId')) { byId.set(data, byId.has(data) ? undefined : at.replace(/^\//, '')); }
  }
  return byId;
}

/** The templates of a folder and of those in it, and the reasons that its constructs carry. */
function contents(dir) {
  const manifest = readJson(path.join(dir, 'manifest.json'), 'the cloud assembly');
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const found = { templates: [], reasons: new Map() };
  const all = {};
  for (const [id, artifact] of artifacts) {
    if (artifact.type === 'cdk:cloud-assembly') {
      const inside = contents(path.join(dir, artifact.properties.directoryName));
      found.templates.push(...inside.templates);
      inside.reasons.forEach((r, at) => found.reasons.set(at, r));
    }
    if (artifact.type !== 'aws:cloudformation:stack') { continue; }
    const more = artifact.properties.additionalMetadataFile ?? artifact.additionalMetadataFile;
    const metadata = { ...artifact.metadata, ...(more ? readJson(path.join(dir, more), 'the metadata') : {}) };
    Object.assign(all, metadata);
    reasonsIn(metadata).forEach((r, at) => found.reasons.set(at, r));
    found.templates.push(template(path.join(dir, artifact.properties.templateFile), artifact.displayName ?? id, artifact.environment, pathsById(metadata)));
  }
  // Nested stacks are files that no artifact names. They go where their parent goes, and most assemblies have one environment.
  const byId = pathsById(all);
  found.templates.flatMap(t => t.ids).forEach(id => byId.delete(id));
  for (const file of fs.readdirSync(dir).filter(f => f.endsWith('.nested.template.json')).sort()) {
    const environments = new Set(artifacts.map(([, a]) => a).filter(a => a.type === 'aws:cloudformation:stack').map(a => a.environment));
    found.templates.push(template(path.join(dir, file), file.replace(/\.nested\.template\.json$/, ''), environments.size === 1 ? [...environments][0] : undefined, byId));
  }
  return found;
}

/** One assembly as a subject. */
function readAssembly(dir, name, example) {
  if (!fs.existsSync(path.join(dir, 'manifest.json'))) {
    throw new Error(`"${dir}" is not a cloud assembly: it has no manifest.json; give the output folder of 'cdk synth', or a template`);
  }
  const { templates, reasons } = contents(dir);
  if (templates.length === 0) { throw new Error(`the cloud assembly "${dir}" holds no stack, so there is nothing to judge`); }
  return { name, dir: fs.realpathSync(dir), templates, reasons, example: example !== undefined };
}

/** A template alone, JSON or YAML, as a subject. The judges get it as JSON. `readYaml` is asked only for what is not JSON. */
async function readTemplate(file, name, scratch, readYaml) {
  const text = readText(file, 'the template');
  let body;
  try {
    body = /^\s*[{[]/.test(text) ? JSON.parse(text) : (await readYaml())(text);
  } catch (e) {
    throw new Error(`the template "${file}" is neither JSON nor YAML: ${e.message}`);
  }
  resourcesOf(body, file, "give a CloudFormation template, or the output folder of 'cdk synth'");
  const copy = path.join(fs.mkdtempSync(path.join(scratch, 'template-')), `${path.basename(file).replace(/\.(json|ya?ml|template)$/i, '')}.template.json`);
  fs.writeFileSync(copy, JSON.stringify(body, undefined, 1));
  const read = { ...template(copy, path.basename(file), undefined, new Map()), source: path.resolve(file) };
  return { name, dir: path.dirname(path.resolve(file)), templates: [read], reasons: new Map(), example: false };
}

/** The assemblies that one program left in its output folder: the folder itself or folders in it. */
function assembliesOf(outdir, name, example) {
  if (fs.existsSync(path.join(outdir, 'manifest.json'))) { return [readAssembly(outdir, name, example)]; }
  const inside = fs.existsSync(outdir) ? fs.readdirSync(outdir).filter(d => fs.existsSync(path.join(outdir, d, 'manifest.json'))).sort() : [];
  if (inside.length === 0) { throw new Error(`${name} left no cloud assembly in CDK_OUTDIR ("${outdir}"); let its apps synthesize there`); }
  return inside.map(d => readAssembly(path.join(outdir, d), `${name}/${d}`, example));
}

/** Synthesizes every example, with cdk-nag's packs listening inside. */
async function synthesizeExamples(root, outdir) {
  const folder = path.join(root, 'examples');
  const examples = fs.existsSync(folder) ? fs.readdirSync(folder).filter(d => fs.existsSync(path.join(folder, d, 'app.ts'))).sort() : [];
  if (examples.length === 0) { throw new Error(`there is no example: no app.ts in any folder of "${folder}"`); }
  const subjects = [];
  for (const name of examples) {
    const out = path.join(outdir, name);
    await run(process.execPath, ['-r', require.resolve('./nag-hook.js'), '--import', require.resolve('tsx'), path.join(folder, name, 'app.ts')], {
      cwd: root, env: { ...process.env, CDK_OUTDIR: out, CDK_VALIDATION: 'false' },
    }).catch(e => { throw new Error(`examples/${name} did not synthesize: ${e.message}`); });
    subjects.push(...assembliesOf(out, name, name));
  }
  return subjects;
}

module.exports = { assembliesOf, readAssembly, readTemplate, synthesizeExamples };
