const fs = require('fs');
const path = require('path');
const { installPython } = require('../install');
const { parse, run } = require('../process');

function finding(subjects, raw) {
  const file = fs.realpathSync(raw.file_abs_path);
  const subject = subjects.find(s => s.templates.some(t => t.file === file));
  if (!subject) { throw new Error(`checkov reports "${raw.file_abs_path}", which nobody gave it`); }
  const template = subject.templates.find(t => t.file === file);
  const resource = raw.resource.replace(/^[\w:]+\./, '');
  return {
    rule: raw.check_id, severity: 'error', message: raw.check_name, subject: subject.name, template: path.basename(file), resource, path: template.paths[resource],
    // `checkov: skip` in a template's metadata
    ...(raw.check_result.result === 'SKIPPED' ? { accepted: { in: 'the template', reason: raw.check_result.suppress_comment || 'skipped without a reason' } } : {}),
  };
}

module.exports = {
  name: 'checkov',
  how: () => 'template',
  async run(subjects, install = installPython) {
    const checkov = await install('checkov');
    const files = subjects.flatMap(s => s.templates.map(t => t.file));
    const { stdout } = await run(checkov, [...files.flatMap(f => ['-f', f]), '--framework', 'cloudformation', '--skip-download', '--compact', '-o', 'json'], { codes: [0, 1] });
    const report = parse('checkov', stdout);
    if (!report.results) { throw new Error(`checkov checked nothing: ${stdout.trim().slice(0, 300)}`); }
    const { failed_checks: failed, skipped_checks: skipped, passed_checks: passed, parsing_errors: broken } = report.results;
    if (broken.length > 0) { throw new Error(`checkov can't read ${broken.join(', ')}`); }
    const seen = new Set([...failed, ...skipped, ...passed].map(c => fs.realpathSync(c.file_abs_path)));
    const unseen = subjects.flatMap(s => s.templates).filter(t => !seen.has(t.file) && t.resources > 20);
    if (unseen.length > 0) { throw new Error(`checkov checked nothing in ${unseen.map(t => t.file).join(', ')}`); }
    return [...failed, ...skipped].map(raw => finding(subjects, raw));
  },
};
