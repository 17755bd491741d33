#!/usr/bin/env bash
# Installs the packed library into an empty app with the newest aws-cdk-lib, and synthesizes there.
# usage: consume.sh FOLDER TARBALL
set -euo pipefail
app=$1
tarball=$2
mkdir -p "$app"
cp "$(dirname "$0")/../examples/three-tier/packed.js" "$app/app.js"
cd "$app"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent "$tarball" aws-cdk-lib@latest constructs@latest
echo "aws-cdk-lib $(node -p "require('aws-cdk-lib/package.json').version"), cdk-hardened $(node -p "require('cdk-hardened/package.json').version")"
CDK_OUTDIR=$PWD/cdk.out node app.js
node -e "
  const fs = require('fs');
  const template = JSON.parse(fs.readFileSync('cdk.out/Shop.template.json', 'utf8'));
  const count = Object.keys(template.Resources).length;
  if (count < 100) { throw new Error('only ' + count + ' resources'); }
  console.log(count + ' resources in cdk.out/Shop.template.json');
"
