// `npx projen compat`: what the library promises to programs that are written against it.
//   node build-tools/compat.js                  no API of the baseline is broken, but for what .compatignore accepts
//   node build-tools/compat.js --write          writes the baseline: `npx projen api:baseline`
//   node build-tools/compat.js --cdk FOLDER     each construct has every member of the interfaces of that aws-cdk-lib that it implements, and the sources
//                                               compile with its types: what they return has every field that it wants
// Reads .jsii, so compile first.
const fs = require('fs');
const path = require('path');
const { baselineOf, loaded, text } = require('./compat/baseline');
const { breaksOf, verdictOn } = require('./compat/breaks');
const { missingMembers } = require('./compat/delegates');
const { typeProblems } = require('./compat/types');

const root = path.join(__dirname, '..');
const BASELINE = path.join(root, 'api', 'baseline.json');
const ACCEPTED = path.join(root, '.compatignore');

function current() {
  if (!fs.existsSync(path.join(root, '.jsii'))) { throw new Error("there is no '.jsii': run 'npx projen compile' first"); }
  return loaded(root);
}

function main([option, folder]) {
  if (option === '--write') {
    fs.mkdirSync(path.dirname(BASELINE), { recursive: true });
    fs.writeFileSync(BASELINE, text(baselineOf(current())));
    return [];
  }
  if (option === '--cdk') {
    const cdk = path.resolve(folder);
    return [...missingMembers(current(), loaded(cdk)), ...typeProblems(path.join(root, 'src'), cdk, root)];
  }
  if (option !== undefined) { throw new Error(`unknown option '${option}': leave it out, or give --write or --cdk FOLDER`); }
  // jsii-diff takes a baseline that it can't load for one that nothing breaks.
  if (!fs.existsSync(BASELINE)) { throw new Error(`there is no '${path.relative(root, BASELINE)}': run 'npx projen api:baseline' and commit it`); }
  const accepted = fs.existsSync(ACCEPTED) ? fs.readFileSync(ACCEPTED, 'utf8') : '';
  return verdictOn(breaksOf(JSON.parse(fs.readFileSync(BASELINE, 'utf8')), current(), root), accepted);
}

const problems = main(process.argv.slice(2));
problems.forEach(p => console.error(p));
process.exitCode = problems.length > 0 ? 1 : 0;
