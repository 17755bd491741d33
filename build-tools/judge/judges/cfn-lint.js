const fs = require('fs');
const path = require('path');
const { installPython } = require('../install');
const { parse, run } = require('../process');

function finding(subjects, raw) {
  const file = fs.realpathSync(raw.Filename);
  const subject = subjects.find(s => s.templates.some(t => t.file === file));
  if (!subject) { throw new Error(`cfn-lint reports "${raw.Filename}", which nobody gave it`); }
  const template = subject.templates.find(t => t.file === file);
  const [section, id] = raw.Location?.Path ?? [];
  const resource = section === 'Resources' && id !== undefined ? String(id) : '(template)';
  return {
    rule: raw.Rule.Id, severity: raw.Level.toLowerCase(), message: raw.Message, subject: subject.name, template: path.basename(file), resource, path: template.paths[resource],
  };
}

module.exports = {
  name: 'cfn-lint',
  how: () => 'template',
  async run(subjects, install = installPython) {
    const cfnLint = await install('cfn-lint');
    const regions = new Map();
    for (const t of subjects.flatMap(s => s.templates)) { regions.set(t.region, [...regions.get(t.region) ?? [], t.file]); }
    const found = [];
    for (const [region, files] of regions) {
      // 2, 4 and 8 say errors, warnings and information; anything else is a crash.
      const { stdout } = await run(cfnLint, [...region ? ['--regions', region] : [], '--format', 'json', '--', ...files], { codes: [0, 2, 4, 6, 8, 10, 12, 14] });
      found.push(...parse('cfn-lint', stdout).map(raw => finding(subjects, raw)));
    }
    return found;
  },
};
