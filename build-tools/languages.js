// `npx projen languages`: packs the library for JavaScript, Python, Java and Go and generates it for .NET; runs examples/ of each language
// with what was packed, in a scratch folder. Each must render the templates of examples/three-tier/packed.js and examples/interfaces,
// property for property, and refuse one bad input with the library's message. Together they make every construct of the library.
// usage: node build-tools/languages.js [--compiled] [--maven-repository FOLDER] [python] [java] [go] [dotnet]
//   --compiled          lib/ and .jsii are up to date
//   --maven-repository  keep what Maven downloads there; otherwise it goes with the scratch folder
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { LANGUAGES, differences, hiddenParameters, missingDotnet, missingTools, notMade, wrongRefusal } = require('./languages-support');

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

/** The stack of each program that ends well. */
const STACKS = { shop: 'Shop', interfaces: 'Interfaces' };

/** Copies a language's examples. */
function copy(scratch, language) {
  const dir = path.join(scratch, 'examples', language);
  fs.cpSync(path.join(root, 'examples', language), dir, { recursive: true });
  return dir;
}

/** Writes a program once more, with an empty `notify`. */
function spoil(dir, file, to, notify, empty) {
  const source = fs.readFileSync(path.join(dir, file), 'utf8');
  if (!source.includes(notify)) { fail(`${file} does not have '${notify}', which the bad input replaces: adapt build-tools/languages.js`); }
  fs.mkdirSync(path.dirname(path.join(dir, to)), { recursive: true });
  fs.writeFileSync(path.join(dir, to), source.replace(notify, empty));
}

// Each: makes what the programs need, then says how to run `shop`, `interfaces` and `refused`, and how an error of the library arrives.
const programs = {
  javascript: async scratch => {
    const dir = copy(scratch, 'three-tier');
    spoil(dir, 'packed.js', 'refused.js', "['security@example.com']", '[]');
    await must(bin('esbuild'), [path.join(root, 'examples', 'interfaces', 'main.ts'), '--bundle', '--platform=node', '--packages=external', '--tsconfig-raw={}',
      '--log-level=warning', `--outfile=${path.join(dir, 'interfaces.js')}`]);
    const library = path.join(dir, 'node_modules', 'cdk-hardened');
    fs.mkdirSync(library, { recursive: true });
    const tarball = fs.readdirSync(path.join(scratch, 'dist', 'js')).find(f => f.endsWith('.tgz'));
    await must('tar', ['xzf', path.join(scratch, 'dist', 'js', tarball), '-C', library, '--strip-components=1']);
    for (const peer of Object.keys(manifest.peerDependencies)) {
      fs.symlinkSync(path.join(root, 'node_modules', peer), path.join(dir, 'node_modules', peer), 'dir');
    }
    const files = { shop: 'packed.js', interfaces: 'interfaces.js', refused: 'refused.js' };
    return { kind: 'Error: ', run: (program, env2) => attempt(process.execPath, [files[program]], { cwd: dir, ...env2 }) };
  },

  python: async scratch => {
    const dir = copy(scratch, 'python');
    spoil(dir, 'app.py', 'refused.py', '["security@example.com"]', '[]');
    const venv = path.join(scratch, 'venv');
    await must('python3', ['-m', 'venv', venv]);
    const wheel = fs.readdirSync(path.join(scratch, 'dist', 'python')).find(f => f.endsWith('.whl'));
    await must(path.join(venv, 'bin', 'pip'), ['install', '--quiet', '--no-compile', '--disable-pip-version-check',
      path.join(scratch, 'dist', 'python', wheel), '-r', path.join(dir, 'requirements.txt')]);
    const files = { shop: 'app.py', interfaces: 'interfaces.py', refused: 'refused.py' };
    return { kind: 'RuntimeError: ', run: (program, env2) => attempt(path.join(venv, 'bin', 'python'), [files[program]], { cwd: dir, ...env2 }) };
  },

  java: async (scratch, m2) => {
    const dir = copy(scratch, 'java');
    spoil(dir, 'src/main/java/com/example/shop/ShopApp.java', 'refused/ShopApp.java', 'List.of("security@example.com")', 'List.of()');
    // Packing also installed the library here; the examples shall take it from dist/java.
    fs.rmSync(path.join(m2, ...manifest.jsii.targets.java.maven.groupId.split('.')), { recursive: true, force: true });
    await must('mvn', ['-q', '-B', `-Dmaven.repo.local=${m2}`, `-Dcdk-hardened.version=${manifest.version}`,
      'compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath.txt'], { cwd: dir });
    const classpath = fs.readFileSync(path.join(dir, 'classpath.txt'), 'utf8').trim();
    await must('javac', ['-cp', classpath, '-d', path.join(dir, 'target', 'refused'), path.join(dir, 'refused', 'ShopApp.java')]);
    const classes = { shop: ['classes', 'ShopApp'], interfaces: ['classes', 'InterfacesApp'], refused: ['refused', 'ShopApp'] };
    return {
      kind: 'software.amazon.jsii.JsiiError: ',
      run: (program, env2) => attempt('java',
        ['-cp', [`target/${classes[program][0]}`, classpath].join(path.delimiter), `com.example.shop.${classes[program][1]}`], { cwd: dir, ...env2 }),
    };
  },

  go: async scratch => {
    const dir = copy(scratch, 'go');
    spoil(dir, 'main.go', 'refused/main.go', 'jsii.Strings("security@example.com")', 'jsii.Strings()');
    const build = await attempt('go', ['build', '-o', 'bin/', './...'], { cwd: dir });
    if (build.status !== 0) { fail(`'go build' failed (if go.mod is out of date: 'npx projen package:go', then 'go mod tidy' in examples/go):\n${build.output}`); }
    return { kind: 'panic: ', run: (program, env2) => attempt(path.join(dir, 'bin', program), [], { cwd: dir, ...env2 }) };
  },
};

/** Runs a language's programs; returns the templates of the good ones. */
async function judge(language, scratch, m2) {
  const { kind, run } = await programs[language](scratch, m2);
  const outdir = program => path.join(scratch, 'out', language, program);
  const refused = await run('refused', { CDK_OUTDIR: outdir('refused') });
  const wrong = wrongRefusal(refused, kind, REFUSAL)
    ?? (fs.existsSync(path.join(outdir('refused'), `${STACKS.shop}.template.json`)) ? 'it wrote a template all the same' : undefined);
  if (wrong) { fail(`${language}, 'notify' empty: ${wrong}`); }
  const templates = {};
  for (const [program, stack] of Object.entries(STACKS)) {
    const accepted = await run(program, { CDK_OUTDIR: outdir(program) });
    if (accepted.status !== 0) { fail(`${language}: the example '${program}' failed:\n${accepted.output}`); }
    templates[stack] = JSON.parse(fs.readFileSync(path.join(outdir(program), `${stack}.template.json`), 'utf8'));
  }
  return templates;
}

/** The examples of each language make every construct, whose methods can be called by the names of their parameters. */
function checkComplete(languages) {
  const assembly = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));
  const hidden = hiddenParameters(assembly);
  if (hidden.length > 0) { fail(`'_' begins the name of a parameter, by which Python users call it: give ${hidden.join(', ')} the CDK's name`); }
  const folders = { javascript: ['three-tier', 'interfaces'] };
  for (const language of languages) {
    const files = (folders[language] ?? [language]).flatMap(folder => fs.readdirSync(path.join(root, 'examples', folder), { recursive: true })
      .map(file => path.join(root, 'examples', folder, file)).filter(file => /\.(js|ts|py|java|go)$/.test(file)));
    const missing = notMade(assembly, language, files.map(file => fs.readFileSync(file, 'utf8')).join('\n'));
    if (missing.length > 0) { fail(`${language}: no example makes ${missing.join(', ')}: pass it on in the example 'interfaces' of each language`); }
  }
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
    checkComplete(['javascript', ...run]);
    await timed(`pack js ${run.join(' ')}`, () => must(bin('jsii-pacmak'),
      [...pack, '--outdir', path.join(scratch, 'dist'), '--maven-local-repository', m2, '--targets', 'js', ...run]));
    if (languages.includes('dotnet')) {
      await timed('generate dotnet', () => must(bin('jsii-pacmak'), [...pack, '--code-only', '--outdir', path.join(scratch, 'code'), '--targets', 'dotnet']));
      checkDotnet(scratch);
    }
    const expected = await timed('javascript: examples and refusal', () => judge('javascript', scratch));
    await Promise.all(run.map(async language => {
      const templates = await timed(`${language}: examples and refusal`, () => judge(language, scratch, m2));
      const found = differences(expected, templates);
      if (found.length > 0) {
        fail(`${language}: its templates differ from JavaScript's in ${found.length} places (JavaScript | ${language}):\n${found.slice(0, 20).join('\n')}`);
      }
    }));
    const sizes = Object.entries(expected).map(([stack, t]) => `${Object.keys(t.Resources).length} resources of ${stack}`).join(' and ');
    if (run.length > 0) { console.log(`${run.join(', ')}: each the ${sizes} as JavaScript, property for property, and its refusal`); }
  } finally {
    // Go makes its downloads read-only, but those are not here.
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch(error => {
  console.error(error instanceof Wrong ? error.message : error);
  process.exitCode = 1;
});
