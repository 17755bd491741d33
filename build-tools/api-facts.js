// `npx projen api:facts`: the table of the public API that the library checks arguments with, src/core/api-facts.ts.
//   node build-tools/api-facts.js            writes it
//   node build-tools/api-facts.js --refresh  after a compilation: writes it if it is out of date, and compiles again
// Reads .jsii and lib, so compile first.
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { moduleOf, tablesOf } = require('./api/facts');
const { loaded } = require('./compat/baseline');

const root = path.join(__dirname, '..');
const FILE = path.join(root, 'src', 'core', 'api-facts.ts');
const dependency = name => loaded(path.dirname(require.resolve(`${name}/package.json`)));

const own = loaded(root);
const text = moduleOf(tablesOf(own, ['aws-cdk-lib', 'constructs'].map(dependency), require('../lib'), require('aws-cdk-lib')));
if (!fs.existsSync(FILE) || fs.readFileSync(FILE, 'utf8') !== text) {
  fs.writeFileSync(FILE, text);
  console.log(`wrote ${path.relative(root, FILE)}`);
  if (process.argv[2] === '--refresh') { execFileSync('jsii', ['--silence-warnings=reserved-word'], { cwd: root, stdio: 'inherit' }); }
}
