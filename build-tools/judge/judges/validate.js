// CloudFormation Validate: its default rules, each finding an error.
const { inNode } = require('../node-judge');

module.exports = {
  name: 'CloudFormation Validate',
  how: () => 'template',
  run: subjects => inNode('validate', subjects),
};
