// What build-tools/languages.js decides with: kept apart so that test/languages.test.ts can show that each of them can fail.
const { spawnSync } = require('child_process');

/** Where two JSON values differ, one line each; none if they are the same. The order of an object's keys does not count. */
exports.differences = (a, b, at = '$') => {
  if (Object.is(a, b)) { return []; }
  const isObject = v => typeof v === 'object' && v !== null;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) { return [`${at}: ${JSON.stringify(a)} | ${JSON.stringify(b)}`]; }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap(key => {
    const path = Array.isArray(a) ? `${at}[${key}]` : `${at}.${key}`;
    if (!Object.hasOwn(a, key)) { return [`${path}: missing | ${JSON.stringify(b[key])}`]; }
    if (!Object.hasOwn(b, key)) { return [`${path}: ${JSON.stringify(a[key])} | missing`]; }
    return exports.differences(a[key], b[key], path);
  });
};

const TOOLS = {
  python: [{ name: 'Python 3 with venv', command: ['python3', '-c', 'import sys, ensurepip, venv; print("%d.%d" % sys.version_info[:2])'], version: /^(\d+\.\d+)/, min: '3.10' }],
  java: [
    { name: 'a JDK', command: ['javac', '-version'], version: /^javac (\d+(\.\d+)?)/, min: '17' },
    { name: 'Maven', command: ['mvn', '-v'], version: /Apache Maven (\d+\.\d+)/, min: '3.6' },
  ],
  go: [{ name: 'Go', command: ['go', 'version'], version: /^go version go(\d+\.\d+)/, min: '1.25' }],
  dotnet: [],
};
exports.LANGUAGES = Object.keys(TOOLS);

const older = (a, b) => {
  const [x, y] = [a, b].map(v => v.split('.').map(Number));
  return x[0] !== y[0] ? x[0] < y[0] : (x[1] ?? 0) < (y[1] ?? 0);
};

/** What of the languages' toolchains is missing or too old, one line each. */
exports.missingTools = (languages, run = spawnSync) => languages.flatMap(language => TOOLS[language].flatMap(tool => {
  const mend = `install it (${tool.min} or later), or leave ${language} out by naming the other languages`;
  const { error, status, stdout, stderr } = run(tool.command[0], tool.command.slice(1), { encoding: 'utf8' });
  if (error || status !== 0) { return [`${language} needs ${tool.name}, but '${tool.command[0]}' ${error ? `does not start (${error.code})` : `ended with ${status}: ${(stderr || stdout).trim()}`}: ${mend}`]; }
  const version = tool.version.exec(stdout.trim() || stderr.trim())?.[1];
  if (version === undefined) { return [`${language} needs ${tool.name}, but '${tool.command.join(' ')}' names no version, it says '${stdout.trim()}': ${mend}`]; }
  return older(version, tool.min) ? [`${language} needs ${tool.name} ${tool.min}, got ${version}: ${mend}`] : [];
}));

/** What is wrong with the end of a program that was given bad input, or undefined. */
exports.wrongRefusal = (run, kind, message) => {
  if (run.status === 0) { return 'it accepted the bad input'; }
  return run.output.includes(`${kind}${message}`) ? undefined : `it failed, but not with '${kind}${message}':\n${run.output}`;
};

/** The .NET files that an assembly's types must have but haven't. */
exports.missingDotnet = (assembly, files) => Object.values(assembly.types)
  .flatMap(t => t.kind === 'interface' ? (t.datatype ? [t.name, `I${t.name}`] : [t.name]) : [t.name])
  .map(name => `${name}.cs`).filter(file => !files.includes(file));

/** Parameters that Python users can't call by the name that the CDK gives them: TypeScript takes any name. */
exports.hiddenParameters = assembly => Object.values(assembly.types).flatMap(t => (t.methods ?? [])
  .flatMap(m => (m.parameters ?? []).filter(p => p.name.startsWith('_')).map(p => `${t.name}.${m.name}(${p.name})`)));

/** How each language makes a construct. */
const MAKES = {
  javascript: name => new RegExp(`\\bnew ${name}\\(`),
  python: name => new RegExp(`\\b${name}\\(\\s*\\S`),
  java: name => new RegExp(`\\bnew ${name}\\(|\\b${name}\\.Builder\\.create\\(`),
  go: name => new RegExp(`\\bNew${name}\\(`),
};
/** What another construct makes, and is too large to be made twice. */
const WITHIN = { ThreeTierApplication: 'ThreeTierSecureStack' };

/** The constructs of an assembly that a language's programs do not make. Classes without a base are no constructs. */
exports.notMade = (assembly, language, source) => Object.values(assembly.types)
  .filter(t => t.kind === 'class' && t.base !== undefined && !t.abstract).map(t => t.name)
  .filter(name => !MAKES[language](WITHIN[name] ?? name).test(source));
