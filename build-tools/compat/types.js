// The sources of the library, checked against the types of another version of the CDK: what they write by hand, such as the reference to a resource,
// has every field that this version wants.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

/**
 * What the sources lack or do wrongly by the types of a CDK, as sentences.
 *
 * @param src the folder of the sources
 * @param cdk the folder of the aws-cdk-lib, beside which its constructs are
 * @param root the folder with the compiler and its options
 */
function typeProblems(src, cdk, root) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-types-'));
  try {
    const config = path.join(scratch, 'tsconfig.json');
    fs.writeFileSync(config, JSON.stringify({
      extends: path.join(root, 'tsconfig.jsii.json'),
      compilerOptions: {
        noEmit: true,
        rootDir: path.parse(root).root,
        typeRoots: [path.join(root, 'node_modules', '@types')],
        paths: { 'aws-cdk-lib': [cdk], 'aws-cdk-lib/*': [path.join(cdk, '*')], 'constructs': [path.join(cdk, '..', 'constructs')] },
      },
      include: [path.join(src, '**', '*.ts')],
      exclude: [],
    }));
    const run = spawnSync(process.execPath, [path.join(root, 'node_modules', 'typescript-7', 'bin', 'tsc'), '-p', config], { encoding: 'utf8', cwd: root });
    const { version } = JSON.parse(fs.readFileSync(path.join(cdk, 'package.json'), 'utf8'));
    const found = run.stdout.split('\n').filter(l => /error TS\d+: /.test(l)).map(l => `with aws-cdk-lib ${version}: ${l}`);
    if (run.status !== 0 && found.length === 0) { throw new Error(`the compiler did not run:\n${run.stdout}${run.stderr}`); }
    return found;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

module.exports = { typeProblems };
