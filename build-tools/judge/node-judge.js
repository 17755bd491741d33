// Judges that run on the packages that judges/ lists: each in a process of its own, so that one's crash or memory is nobody else's.
const path = require('path');
const { installNode } = require('./install');
const { parse, run } = require('./process');

async function inNode(judge, subjects) {
  if (subjects.length === 0) { return []; }
  const packages = await installNode();
  const { stdout } = await run(process.execPath, [path.join(__dirname, 'node-worker.js'), judge, packages], {
    cwd: packages, input: JSON.stringify(subjects), env: { ...process.env, CDK_VALIDATION: 'false' },
  });
  return parse(judge, stdout);
}

module.exports = { inNode };
