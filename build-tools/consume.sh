#!/usr/bin/env bash
# Installs the packed library into an empty app with the newest aws-cdk-lib, synthesizes two of the examples and the README's first one
# there, and has the last judged by the judge that is in the package: all six judges run, and nothing is left unexplained.
# usage: consume.sh FOLDER TARBALL
set -euo pipefail
app=$1
tarball=$2
mkdir -p "$app"
root=$(cd "$(dirname "$0")/.." && pwd)
cp "$root/examples/three-tier/packed.js" "$app/app.js"
"$root/node_modules/.bin/esbuild" "$root/examples/interfaces/main.ts" --bundle --platform=node --packages=external "--tsconfig-raw={}" --log-level=warning \
  "--outfile=$app/interfaces.js"
cd "$app"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent "$tarball" aws-cdk-lib@latest constructs@latest
echo "aws-cdk-lib $(node -p "require('aws-cdk-lib/package.json').version"), cdk-hardened $(node -p "require('cdk-hardened/package.json').version")"
CDK_OUTDIR=$PWD/cdk.out node app.js
CDK_OUTDIR=$PWD/interfaces.out node interfaces.js
node -e "
  const fs = require('fs');
  for (const file of ['cdk.out/Shop.template.json', 'interfaces.out/Interfaces.template.json']) {
    const count = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')).Resources).length;
    if (count < 100) { throw new Error('only ' + count + ' resources in ' + file); }
    console.log(count + ' resources in ' + file);
  }
"

node -e "
  const fs = require('fs');
  const [, example] = /\`\`\`ts\n([^]*?)\`\`\`/.exec(fs.readFileSync('node_modules/cdk-hardened/README.md', 'utf8'));
  const names = [...new Set(example.match(/\b[A-Z]\w+(?=[(.])/g))].filter(n => n in require('cdk-hardened'));
  fs.writeFileSync('readme.js', 'const { App } = require(\'aws-cdk-lib\');\nconst { ' + names.join(', ') + ' } = require(\'cdk-hardened\');\nconst app = new App();\n' + example + 'app.synth();\n');
"
CDK_OUTDIR=$PWD/readme.out node readme.js
# What the checkout's own judge installs, or did.
export CDK_HARDENED_CACHE=${CDK_HARDENED_CACHE:-$root/.judges}
npx cdk-hardened judge readme.out --sarif judgement.sarif
node -e "
  const { judges, rows, findings } = JSON.parse(require('fs').readFileSync('judgement.json', 'utf8'));
  const ran = judges.filter(j => j.status === 'ran').length;
  const open = findings.filter(f => !f.accepted).length;
  if (ran !== 6 || open > 0) { throw new Error(ran + ' of 6 judges ran, ' + open + ' findings are unexplained'); }
  console.log('the example of the README, judged: ' + rows.map(r => r.judge + ' ' + r.findings).join(', ') + '; 0 unexplained, ' + ran + ' judges ran');
"
