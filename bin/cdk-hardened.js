#!/usr/bin/env node
// `npx cdk-hardened COMMAND`: what an installed library can do besides being imported.
const [command, ...args] = process.argv.slice(2);

if (command === 'judge') {
  require('../build-tools/judge').judge(args);
} else if (command === undefined || command === '--help' || command === '-h') {
  console.log("usage: cdk-hardened judge [options] [CDK_OUT | TEMPLATE]…\n\njudge   six independent judges over cloud assemblies and templates; 'cdk-hardened judge --help' says more");
} else {
  console.error(`cdk-hardened: there is no command "${command}"; use: cdk-hardened judge`);
  process.exitCode = 2;
}
