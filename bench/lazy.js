// Whether the compiled index loads each export when it is first used: for require, for ES modules, and for all that jsii knows; and whether
// one small construct runs its own modules of the bundle, and not those of the others. Throws when it does not.
// usage: node bench/lazy.js [index.js]
const assert = require('assert');
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = path.join(__dirname, '..');

/** Where in src the modules may be that a program runs, or the first use of an export. */
const ALONE = {
  'EncryptedLogGroup': ['core', 'assurance', 'foundation', 'services/general', 'services/kms', 'services/logs'],
  'bucket/library': ['core', 'assurance', 'foundation', 'storage', 'services/general', 'services/kms', 'services/s3'],
};

/** Names of the classes and enums of the library, which exist in JavaScript. */
function exported() {
  const { types } = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));
  return Object.values(types).filter(t => t.kind !== 'interface').map(t => t.name).sort();
}

function checkRequire(index) {
  require('aws-cdk-lib');
  const before = new Set(Object.keys(require.cache));
  const loaded = () => Object.keys(require.cache).filter(file => !before.has(file)).map(file => path.relative(root, file));
  const library = require(index);
  assert.deepStrictEqual(loaded(), [path.relative(root, index)], `requiring '${path.relative(root, index)}' loads other modules: make its exports lazy by build-tools/lazify.js`);
  const { AccountServices } = library;
  assert.ok(loaded().includes(path.join(path.relative(root, path.dirname(index)), 'bundle.js')), 'the first use of an export has to load the bundle');
  assert.ok(loaded().some(file => file.includes('aws-config')), 'the first use of an export has to run its module');
  assert.ok(!loaded().some(file => file.includes('aws-wafv2')), 'the first use of an export has to run no module that it does not need');
  assert.strictEqual(library.AccountServices, AccountServices, 'an export has to stay the same');
  assert.strictEqual(typeof AccountServices.create, 'function');
  assert.deepStrictEqual(Object.keys(library).sort(), exported(), 'the index has other exports than the jsii assembly');
  for (const name of exported()) { assert.ok(library[name] !== undefined, `the export '${name}' is undefined`); }
  return exported().length;
}

/** Node finds the names of a CommonJS module for `import { … }` by reading its text, without running it. */
function checkImport(index) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-esm-'));
  try {
    const installed = path.join(dir, 'node_modules', 'cdk-hardened');
    fs.mkdirSync(installed, { recursive: true });
    fs.writeFileSync(path.join(installed, 'package.json'), JSON.stringify({ name: 'cdk-hardened', version: '0.0.0', main: 'index.js' }));
    fs.symlinkSync(index, path.join(installed, 'index.js'));
    const names = exported();
    fs.writeFileSync(path.join(dir, 'app.mjs'), [
      `import { ${names.join(', ')} } from 'cdk-hardened';`,
      `const all = { ${names.join(', ')} };`,
      "for (const [name, value] of Object.entries(all)) { if (value === undefined) { throw new Error(`the import '${name}' is undefined`); } }",
      "if (ThreeTierSecureStack.name !== 'ThreeTierSecureStack') { throw new Error('another class was imported'); }",
    ].join('\n'));
    execFileSync(process.execPath, [path.join(dir, 'app.mjs')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** How many modules a program runs, of how many. */
function checkAlone(program, folders) {
  const ran = JSON.parse(execFileSync(process.execPath, [path.join(__dirname, 'run.js'), 'modules', program], {
    encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' },
  }).trim().split('\n').pop());
  assert.ok(ran.run.length >= folders.length, `the modules that '${program}' runs were not seen`);
  const others = ran.run.filter(module => !folders.some(folder => module.startsWith(`lib/${folder}/`)));
  assert.deepStrictEqual(others, [], `'${program}' runs modules that it does not need: require them where they are used`);
  return ran;
}

exports.check = (index = path.join(root, 'lib', 'index.js')) => {
  const count = checkRequire(index);
  checkImport(index);
  const ran = Object.entries(ALONE).map(([program, folders]) => [program, checkAlone(program, folders)]);
  return { exports: count, all: ran[0][1].all, run: Object.fromEntries(ran.map(([program, { run }]) => [program, run.length])) };
};

if (require.main === module) { console.log(JSON.stringify(exports.check(process.argv[2] && path.resolve(process.argv[2])))); }
