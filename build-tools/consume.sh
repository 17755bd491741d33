#!/usr/bin/env bash
# Installs the packed library into an empty app with the newest aws-cdk-lib, and synthesizes two of the examples there.
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
