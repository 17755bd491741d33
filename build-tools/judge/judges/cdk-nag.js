const fs = require('fs');
const path = require('path');
const { inNode } = require('../node-judge');
const { REPORT } = require('../nag-hook');
const { PACKS } = require('../nag-packs');

/** What the packs left in an example's assembly while it was synthesized. */
function fromInside(subject) {
  const file = path.join(subject.dir, REPORT);
  if (!fs.existsSync(file)) { throw new Error(`cdk-nag did not run inside ${subject.name}: "${file}" is missing; synthesize the app with new App()`); }
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  const missing = PACKS.filter(p => !report.packs.includes(p));
  if (missing.length > 0) { throw new Error(`cdk-nag ran inside ${subject.name} without ${missing.join(', ')}`); }
  return report.findings.map(({ reason, template, stack, ...f }) => ({
    ...f, subject: subject.name, template: template ?? '', ...(reason ? { accepted: { in: 'the app', reason } } : {}),
  }));
}

module.exports = {
  name: 'cdk-nag',
  how: subject => subject.example ? 'in the app' : 'CfnInclude',
  async run(subjects) {
    const outside = await inNode('cdk-nag', subjects.filter(s => !s.example));
    return [...subjects.filter(s => s.example).flatMap(fromInside), ...outside];
  },
};
