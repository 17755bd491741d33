// Cloud assemblies as the judges see them: templates, where they deploy, and which construct each resource comes from.
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

function readJson(file, what) {
  let text;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (e) {
    throw new Error(`can't read ${what} "${file}": ${e.code ?? e.message}`);
  }
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new Error(`${what} "${file}" is not JSON: ${e.message}`);
  }
}

function template(file, name, environment, metadata) {
  const body = readJson(file, 'the template');
  if (body === null || typeof body !== 'object' || typeof body.Resources !== 'object' || body.Resources === null) {
    throw new Error(`the template "${file}" has no "Resources"; give the output folder of 'cdk synth'`);
  }
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment ?? '') ?? [];
  const paths = {};
  for (const [at, entries] of Object.entries(metadata ?? {})) {
    for (const entry of entries) {
      if (entry.type === 'aws:cdk:logicalId') { paths[entry.data] = at.replace(/^\//, ''); }
    }
  }
  for (const [id, resource] of Object.entries(body.Resources)) {
    if (resource?.Metadata?.['aws:cdk:path']) { paths[id] = resource.Metadata['aws:cdk:path']; }
  }
  return {
    file: fs.realpathSync(file), name, paths, resources: Object.keys(body.Resources).length,
    account: /^\d{12}$/.test(account) ? account : undefined, region: /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : undefined,
  };
}

function templates(dir) {
  const manifest = readJson(path.join(dir, 'manifest.json'), 'the cloud assembly');
  const found = [];
  for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
    if (artifact.type === 'cdk:cloud-assembly') { found.push(...templates(path.join(dir, artifact.properties.directoryName))); }
    if (artifact.type !== 'aws:cloudformation:stack') { continue; }
    const more = artifact.properties.additionalMetadataFile ?? artifact.additionalMetadataFile;
    const metadata = { ...artifact.metadata, ...(more ? readJson(path.join(dir, more), 'the metadata') : {}) };
    found.push(template(path.join(dir, artifact.properties.templateFile), artifact.displayName ?? id, artifact.environment, metadata));
  }
  // Nested stacks are files that no artifact names. They go where their parent goes, and most assemblies have one environment.
  for (const file of fs.readdirSync(dir).filter(f => f.endsWith('.nested.template.json')).sort()) {
    const environments = new Set(Object.values(manifest.artifacts ?? {}).filter(a => a.type === 'aws:cloudformation:stack').map(a => a.environment));
    found.push(template(path.join(dir, file), file.replace(/\.nested\.template\.json$/, ''), environments.size === 1 ? [...environments][0] : undefined));
  }
  return found;
}

/** One assembly as a subject. */
function readAssembly(dir, name, example) {
  if (!fs.existsSync(path.join(dir, 'manifest.json'))) {
    throw new Error(`"${dir}" is not a cloud assembly: it has no manifest.json; give the output folder of 'cdk synth'`);
  }
  const found = templates(dir);
  if (found.length === 0) { throw new Error(`the cloud assembly "${dir}" holds no stack, so there is nothing to judge`); }
  return { name, dir: fs.realpathSync(dir), templates: found, example: example !== undefined };
}

/** The assemblies that one program left in its output folder: the folder itself or folders in it. */
function assembliesOf(outdir, name, example) {
  if (fs.existsSync(path.join(outdir, 'manifest.json'))) { return [readAssembly(outdir, name, example)]; }
  const inside = fs.existsSync(outdir) ? fs.readdirSync(outdir).filter(d => fs.existsSync(path.join(outdir, d, 'manifest.json'))).sort() : [];
  if (inside.length === 0) { throw new Error(`${name} left no cloud assembly in CDK_OUTDIR ("${outdir}"); let its apps synthesize there`); }
  return inside.map(d => readAssembly(path.join(outdir, d), `${name}/${d}`, example));
}

/** Synthesizes every example, with cdk-nag's packs listening inside. */
function synthesizeExamples(root, outdir) {
  const folder = path.join(root, 'examples');
  const examples = fs.readdirSync(folder).filter(d => fs.existsSync(path.join(folder, d, 'app.ts'))).sort();
  if (examples.length === 0) { throw new Error(`there is no example: no app.ts in any folder of "${folder}"`); }
  return examples.flatMap(name => {
    const out = path.join(outdir, name);
    const run = spawnSync(process.execPath, ['-r', require.resolve('./nag-hook.js'), '--import', require.resolve('tsx'), path.join(folder, name, 'app.ts')], {
      cwd: root, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: out, CDK_VALIDATION: 'false' },
    });
    if (run.status !== 0) { throw new Error(`examples/${name} did not synthesize (exit ${run.status ?? run.signal ?? run.error}):\n${(run.stderr || run.stdout || '').trim()}`); }
    return assembliesOf(out, name, name);
  });
}

module.exports = { assembliesOf, readAssembly, synthesizeExamples };
