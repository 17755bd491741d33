// `npx projen languages`: packs the library for JavaScript, Python, Java and Go and generates it for .NET; runs examples/ of each language
// with what was packed, in a scratch folder. Each must render the template of examples/three-tier/packed.js, property for property,
// and refuse one bad input with the library's message.
// usage: node build-tools/languages.js [--compiled] [--maven-repository FOLDER] [python] [java] [go] [dotnet]
//   --compiled          lib/ and .jsii are up to date
//   --maven-repository  keep what Maven downloads there; otherwise it goes with the scratch folder
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { LANGUAGES, differences, missingDotnet, missingTools, wrongRefusal } = require('./languages-support');

const root = path.join(__dirname, '..');
const manifest = require('../package.json');
const bin = name => path.join(root, 'node_modules', '.bin', name);

/** What every program is told with `notify` empty. */
const REFUSAL = "[Shop/Application] 'notify' is empty: name at least one address that is told of alarms and findings";

class Wrong extends Error {}
function fail(message) { throw new Wrong(message); }

// No setting of the caller's CDK reaches the programs.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CDK_')));
env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = process.versions.node.split('.')[0];

/** Runs a program and returns its exit status and what it said. */
function attempt(command, args, { cwd = root, ...more } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) { stream.setEncoding('utf8').on('data', text => { output += text; }); }
    child.on('error', reject);
    child.on('close', status => resolve({ status, output }));
  });
}

async function must(command, args, options) {
  const run = await attempt(command, args, options);
  if (run.status !== 0) { fail(`'${[path.basename(command), ...args].join(' ')}' failed:\n${run.output}`); }
  return run.output;
}

async function timed(what, work) {
  const start = Date.now();
  const result = await work();
  console.log(`${what.padEnd(44)} ${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s`);
  return result;
}

/** The examples' peers are the lowest that the library supports. */
function checkPins() {
  for (const [peer, file, pin] of [
    ['aws-cdk-lib', 'python/requirements.txt', v => `aws-cdk-lib==${v}\n`],
    ['constructs', 'python/requirements.txt', v => `constructs==${v}\n`],
    ['aws-cdk-lib', 'java/pom.xml', v => `<artifactId>aws-cdk-lib</artifactId>\n      <version>${v}</version>`],
    ['constructs', 'java/pom.xml', v => `<artifactId>constructs</artifactId>\n      <version>${v}</version>`],
    ['aws-cdk-lib', 'go/go.mod', v => `awscdk/v2 v${v}\n`],
  ]) {
    const version = manifest.devDependencies[peer];
    if (!fs.readFileSync(path.join(root, 'examples', file), 'utf8').includes(pin(version))) {
      fail(`examples/${file} does not take ${peer} ${version}, which the library is built with: pin it there`);
    }
  }
}

/** Copies an example, once as it is and once with an empty `notify`. */
function copies(scratch, language, file, notify, empty) {
  const [good, bad] = ['examples', 'refused'].map(name => path.join(scratch, name, language));
  for (const dir of [good, bad]) { fs.cpSync(path.join(root, 'examples', language), dir, { recursive: true }); }
  const source = fs.readFileSync(path.join(bad, file), 'utf8');
  if (!source.includes(notify)) { fail(`examples/${language}/${file} does not have '${notify}', which the bad input replaces: adapt build-tools/languages.js`); }
  fs.writeFileSync(path.join(bad, file), source.replace(notify, empty));
  return { good, bad };
}

// Each: makes what the programs need, then says how to run the good and the bad one, and how an error of the library arrives.
const programs = {
  javascript: async scratch => {
    const { good, bad } = copies(scratch, 'three-tier', 'packed.js', "['security@example.com']", '[]');
    for (const dir of [good, bad]) {
      const library = path.join(dir, 'node_modules', 'cdk-hardened');
      fs.mkdirSync(library, { recursive: true });
      const tarball = fs.readdirSync(path.join(scratch, 'dist', 'js')).find(f => f.endsWith('.tgz'));
      await must('tar', ['xzf', path.join(scratch, 'dist', 'js', tarball), '-C', library, '--strip-components=1']);
      for (const peer of Object.keys(manifest.peerDependencies)) {
        fs.symlinkSync(path.join(root, 'node_modules', peer), path.join(dir, 'node_modules', peer), 'dir');
      }
    }
    return { kind: 'Error: ', run: (which, env2) => attempt(process.execPath, ['packed.js'], { cwd: which === 'good' ? good : bad, ...env2 }) };
  },

  python: async scratch => {
    const { good, bad } = copies(scratch, 'python', 'app.py', '["security@example.com"]', '[]');
    const venv = path.join(scratch, 'venv');
    await must('python3', ['-m', 'venv', venv]);
    const wheel = fs.readdirSync(path.join(scratch, 'dist', 'python')).find(f => f.endsWith('.whl'));
    await must(path.join(venv, 'bin', 'pip'), ['install', '--quiet', '--no-compile', '--disable-pip-version-check',
      path.join(scratch, 'dist', 'python', wheel), '-r', path.join(good, 'requirements.txt')]);
    return { kind: 'RuntimeError: ', run: (which, env2) => attempt(path.join(venv, 'bin', 'python'), ['app.py'], { cwd: which === 'good' ? good : bad, ...env2 }) };
  },

  java: async (scratch, m2) => {
    const file = 'src/main/java/com/example/shop/ShopApp.java';
    const { good, bad } = copies(scratch, 'java', file, 'List.of("security@example.com")', 'List.of()');
    // Packing also installed the library here; the example shall take it from dist/java.
    fs.rmSync(path.join(m2, ...manifest.jsii.targets.java.maven.groupId.split('.')), { recursive: true, force: true });
    await must('mvn', ['-q', '-B', `-Dmaven.repo.local=${m2}`, `-Dcdk-hardened.version=${manifest.version}`,
      'compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt'], { cwd: good });
    const classpath = fs.readFileSync(path.join(good, 'classpath.txt'), 'utf8').trim();
    await must('javac', ['-cp', classpath, '-d', path.join(bad, 'target', 'classes'), path.join(bad, file)]);
    return {
      kind: 'software.amazon.jsii.JsiiError: ',
      run: (which, env2) => attempt('java', ['-cp', ['target/classes', classpath].join(path.delimiter), 'com.example.shop.ShopApp'], { cwd: which === 'good' ? good : bad, ...env2 }),
    };
  },

  go: async scratch => {
    const { good, bad } = copies(scratch, 'go', 'main.go', 'jsii.Strings("security@example.com")', 'jsii.Strings()');
    for (const dir of [good, bad]) {
      const run = await attempt('go', ['build', '-o', 'shop', '.'], { cwd: dir });
      if (run.status !== 0) { fail(`'go build' failed (if go.mod is out of date: 'npx projen package:go', then 'go mod tidy' in examples/go):\n${run.output}`); }
    }
    return { kind: 'panic: ', run: (which, env2) => { const dir = which === 'good' ? good : bad; return attempt(path.join(dir, 'shop'), [], { cwd: dir, ...env2 }); } };
  },
};

/** Runs a language's programs; returns the template of the good one. */
async function judge(language, scratch, m2) {
  const { kind, run } = await programs[language](scratch, m2);
  const template = out => path.join(scratch, out, language, 'Shop.template.json');
  const outdir = out => ({ CDK_OUTDIR: path.dirname(template(out)) });
  const refused = await run('bad', outdir('out-refused'));
  const wrong = wrongRefusal(refused, kind, REFUSAL) ?? (fs.existsSync(template('out-refused')) ? 'it wrote a template all the same' : undefined);
  if (wrong) { fail(`${language}, 'notify' empty: ${wrong}`); }
  const accepted = await run('good', outdir('out'));
  if (accepted.status !== 0) { fail(`${language}: the example failed:\n${accepted.output}`); }
  return JSON.parse(fs.readFileSync(template('out'), 'utf8'));
}

function checkDotnet(scratch) {
  const dir = path.join(scratch, 'code', 'dotnet', manifest.jsii.targets.dotnet.packageId, manifest.jsii.targets.dotnet.namespace);
  const files = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
  const missing = missingDotnet(JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8')), files);
  if (missing.length > 0) { fail(`dotnet: no code was generated for ${missing.join(', ')}`); }
  console.log(`dotnet: ${files.length} files generated, none compiled`);
}

async function main(args) {
  const at = args.indexOf('--maven-repository');
  const [, keptM2] = at < 0 ? [] : args.splice(at, 2);
  if (at >= 0 && !keptM2) { fail("'--maven-repository' names no folder: give one"); }
  const compiled = args.includes('--compiled');
  const named = args.filter(a => a !== '--compiled');
  const unknown = named.find(l => !LANGUAGES.includes(l));
  if (unknown) { fail(`'${unknown}' is no language: choose from ${LANGUAGES.join(', ')}`); }
  const languages = named.length > 0 ? [...new Set(named)] : LANGUAGES;

  const missing = missingTools(languages);
  if (missing.length > 0) { fail(missing.join('\n')); }
  checkPins();

  const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'languages-'));
  try {
    if (!compiled) { await timed('compile', () => must(process.execPath, [bin('projen'), 'compile'])); }
    const m2 = path.resolve(keptM2 ?? path.join(scratch, 'm2'));
    fs.mkdirSync(m2, { recursive: true });
    const pack = ['--force', '--no-npmignore'];
    const run = languages.filter(l => l !== 'dotnet');
    await timed(`pack js ${run.join(' ')}`, () => must(bin('jsii-pacmak'),
      [...pack, '--outdir', path.join(scratch, 'dist'), '--maven-local-repository', m2, '--targets', 'js', ...run]));
    if (languages.includes('dotnet')) {
      await timed('generate dotnet', () => must(bin('jsii-pacmak'), [...pack, '--code-only', '--outdir', path.join(scratch, 'code'), '--targets', 'dotnet']));
      checkDotnet(scratch);
    }
    const expected = await timed('javascript: example and refusal', () => judge('javascript', scratch));
    const resources = Object.keys(expected.Resources).length;
    await Promise.all(run.map(async language => {
      const template = await timed(`${language}: example and refusal`, () => judge(language, scratch, m2));
      const found = differences(expected, template);
      if (found.length > 0) {
        fail(`${language}: its template differs from JavaScript's in ${found.length} places (JavaScript | ${language}):\n${found.slice(0, 20).join('\n')}`);
      }
    }));
    if (run.length > 0) { console.log(`${run.join(', ')}: each the ${resources} resources of JavaScript, property for property, and its refusal`); }
  } finally {
    // Go makes its downloads read-only, but those are not here.
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error instanceof Wrong ? error.message : error);
  process.exitCode = 1;
});
