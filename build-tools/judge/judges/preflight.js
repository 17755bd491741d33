// cdk-preflight: what only a deployment shows.
const { inNode } = require('../node-judge');

module.exports = {
  name: 'cdk-preflight',
  how: () => 'template',
  run: subjects => inNode('preflight', subjects),
};
