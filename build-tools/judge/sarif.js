// Findings as SARIF 2.1.0, for whoever shows code scanning: one run for each judge.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { version } = require('../../package.json');

const LEVELS = { fatal: 'error', error: 'error', warning: 'warning', warn: 'warning', info: 'note', informational: 'note', note: 'note' };

/** A file as an address, from here if it is here. */
function uriOf(file, from) {
  const relative = path.relative(from, file);
  if (relative.startsWith('..') || path.isAbsolute(relative)) { return { uri: pathToFileURL(file).href }; }
  return { uri: relative.split(path.sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** In which line of a template a resource begins; the first, if it names none. */
function lineOf(text, resource) {
  const at = text.search(new RegExp(`^[ \\t]*["']?${resource.replace(/[^A-Za-z0-9]/g, '\\$&')}["']?[ \\t]*:`, 'm'));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

/** @returns the log; `from` is where the files are named from. */
function sarif({ findings, judges, subjects, comparisons, from }) {
  const texts = new Map();
  const sourceOf = f => {
    const t = subjects.find(s => s.name === f.subject)?.templates.find(x => path.basename(x.file) === f.template);
    return t && (t.source ?? t.file);
  };
  const locationOf = f => {
    const source = sourceOf(f);
    const logical = { name: f.resource, fullyQualifiedName: f.path ?? f.resource, kind: 'resource' };
    if (source === undefined) { return { logicalLocations: [logical] }; }
    if (!texts.has(source)) { texts.set(source, fs.existsSync(source) ? fs.readFileSync(source, 'utf8') : ''); }
    return { physicalLocation: { artifactLocation: uriOf(source, from), region: { startLine: lineOf(texts.get(source), f.resource) } }, logicalLocations: [logical] };
  };
  const justified = f => f.accepted?.reason ?? (comparisons.includes(f.subject) ? 'This subject is there to be compared with.' : undefined);

  const runOf = judge => {
    const of = findings.filter(f => f.judge === judge.name);
    const rules = [...new Set(of.map(f => f.rule))].sort();
    return {
      tool: {
        driver: {
          name: judge.name,
          rules: rules.map(id => ({ id, shortDescription: { text: String(of.find(f => f.rule === id).message || id) } })),
        },
        extensions: [{ name: 'cdk-hardened judge', version }],
      },
      invocations: [{
        executionSuccessful: judge.status === 'ran',
        ...(judge.status === 'ran' ? {} : { toolExecutionNotifications: [{ level: judge.status === 'skipped' ? 'warning' : 'error', message: { text: judge.why } }] }),
      }],
      results: of.map(f => ({
        ruleId: f.rule,
        ruleIndex: rules.indexOf(f.rule),
        level: LEVELS[String(f.severity).toLowerCase()] ?? 'error',
        message: { text: String(f.message || f.rule) },
        locations: [locationOf(f)],
        partialFingerprints: { 'judgeRuleResource/v1': crypto.createHash('sha256').update([f.judge, f.rule, f.subject, f.path ?? f.resource].join('\0')).digest('hex') },
        suppressions: justified(f) === undefined ? [] : [{ kind: 'external', status: 'accepted', justification: justified(f) }],
      })),
      columnKind: 'utf16CodeUnits',
    };
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: judges.map(runOf) };
}

module.exports = { sarif };
