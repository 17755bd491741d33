// Makes every export of a compiled barrel load when it is first used: `exports.x = …` and `__exportStar(require('./x'), exports)`
// become one getter per name. The names stay visible to ES modules: node reads them from the `exports.X = void 0` line.
// And what they load is one file, bundle.js, in which each module runs when it is first required: node takes a third longer to find, read
// and wrap a hundred small files. (docs/decisions/0010)
const esbuild = require('esbuild');
const fs = require('fs');
const path = require('path');

const file = path.resolve(process.argv[2]);
const source = fs.readFileSync(file, 'utf8');
const modules = [...source.matchAll(/require\("(\.\/[^"]+)"\)/g)].map(m => m[1]);
if (modules.length === 0) { throw new Error(`'${file}' has no exports to make lazy`); }
const declared = new Map();
for (const module of new Set(modules)) {
  const names = source.includes(`__exportStar(require("${module}")`)
    ? Object.keys(require(path.join(path.dirname(file), module))).filter(n => n !== '__esModule')
    : [...source.matchAll(/Object\.defineProperty\(exports, "(\w+)"/g)].map(m => m[1]).filter(n => n !== '__esModule' && n in require(path.join(path.dirname(file), module)));
  // what is internal to the library has a lower-case name: functions, which jsii does not export either
  declared.set(module, names.filter(n => /^[A-Z]/.test(n)));
}
const all = [...declared.values()].flat();
const lines = [
  '"use strict";',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  `${all.map(n => `exports.${n}`).join(' = ')} = void 0;`,
  'var _noFold;',
  ...[...declared].flatMap(([module, names]) => names.map(n => `Object.defineProperty(exports, _noFold = "${n}", { enumerable: true, configurable: true, `
    + `get: function () { var value = require("./bundle.js")["${module}"]().${n}; Object.defineProperty(exports, _noFold = "${n}", { enumerable: true, configurable: true, value: value }); return value; } });`)),
  '',
];
fs.writeFileSync(file, lines.join('\n'));

// Every module begins with the same helpers of the compiler. They do nothing for modules of the compiler's, which all of ours and of the CDK's
// are: `__importStar(require(x))` is `require(x)`.
const HELPERS = /^var __(createBinding|setModuleDefault|importStar|exportStar) = [\s\S]*?^}\)+(\(\))?;$|^var __(setModuleDefault|exportStar) = [\s\S]*?^};$/gm;
const plain = {
  name: 'plain-requires',
  setup(build) {
    build.onLoad({ filter: /[\\/]lib[\\/].*\.js$/ }, ({ path: module }) => {
      const contents = fs.readFileSync(module, 'utf8').replace(HELPERS, '').replace(/__importStar\((require\("[^"]+"\))\)/g, '$1');
      const [rest] = /__(createBinding|setModuleDefault|importStar|exportStar)\b/.exec(contents) ?? [];
      if (rest) { throw new Error(`'${module}' still uses '${rest}': teach build-tools/lazify.js the compiler's new form`); }
      return { contents };
    });
  },
};

// And each module of the CDK's is required once. Node finds it again each time, a tenth of a millisecond, when somebody else loaded it first.
const once = {
  name: 'external-once',
  setup(build) {
    build.onResolve({ filter: /^(aws-cdk-lib|constructs)(\/|$)/ }, ({ path: module, namespace }) => (
      namespace === 'external-once' ? { path: module, external: true } : { path: module, namespace: 'external-once' }));
    build.onLoad({ filter: /./, namespace: 'external-once' }, ({ path: module }) => ({ contents: `module.exports = require("${module}");` }));
  },
};

esbuild.build({
  stdin: {
    contents: `module.exports = { ${[...declared.keys()].map(m => `"${m}": () => require("${m}.js")`).join(', ')} };`,
    resolveDir: path.dirname(file),
  },
  outfile: path.join(path.dirname(file), 'bundle.js'),
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  plugins: [plain, once],
  logLevel: 'error',
}).catch(() => { process.exitCode = 1; });
