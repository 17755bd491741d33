// Control Tower Guard: the rules of AWS Control Tower.
const { inNode } = require('../node-judge');

module.exports = {
  name: 'Control Tower Guard',
  how: () => 'template',
  run: subjects => inNode('control-tower', subjects),
};
