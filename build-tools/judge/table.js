// What was judged, by whom, and what came out: one line for each subject and judge, then by rule.

function summarize(subjects, judges, findings, comparisons) {
  return subjects.flatMap(subject => judges.filter(j => j.subjects.includes(subject)).map(judge => {
    const of = findings.filter(f => f.subject === subject && f.judge === judge.name);
    const accepted = of.filter(f => f.accepted).length;
    const comparison = comparisons.includes(subject);
    return judge.status !== 'ran'
      ? { subject, judge: judge.name, how: judge.how[subject] ?? '', status: judge.status, comparison }
      : {
        subject, judge: judge.name, how: judge.how[subject] ?? '', status: 'ran', comparison,
        findings: of.length, accepted, unexplained: of.length - accepted,
      };
  }));
}

/** Columns as wide as what is in them; numbers to the right. */
function columns(lines, right = []) {
  const widths = lines[0].map((_, c) => Math.max(...lines.map(l => String(l[c]).length)));
  return lines.map(l => l.map((cell, c) => typeof cell === 'number' || right.includes(c) ? String(cell).padStart(widths[c]) : String(cell).padEnd(widths[c])).join('  ').trimEnd()).join('\n');
}

function render(rows) {
  const lines = [['subject', 'judge', 'how', 'findings', 'accepted', 'unexplained']];
  for (const r of rows) {
    lines.push(r.status === 'ran'
      ? [r.subject, r.judge, r.how, r.findings, r.accepted, r.comparison ? `(${r.unexplained}) comparison` : r.unexplained]
      : [r.subject, r.judge, r.how, '-', '-', r.status === 'skipped' ? 'SKIPPED' : 'DID NOT RUN']);
  }
  return columns(lines, [3, 4]);
}

/** Findings by what a key makes of them, in the order of the keys. */
function groups(findings, key) {
  const found = new Map();
  for (const f of findings) { found.set(key(f), [...found.get(key(f)) ?? [], f]); }
  return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([, of]) => of);
}

/** Rules of cdk-nag end with what they are about. */
const short = rule => rule.length > 60 ? `${rule.slice(0, 59)}…` : rule;

/** What is accepted, one line for each rule and reason, whose reason stands where it says. */
function renderAccepted(findings) {
  const by = groups(findings.filter(f => f.accepted), f => [f.judge, f.rule, f.accepted.in, f.accepted.reason].join('\0'));
  if (by.length === 0) { return ''; }
  return columns([['accepted rule', 'judge', 'resources', 'said by', 'reason'],
    ...by.map(of => [short(of[0].rule), of[0].judge, of.length, of[0].accepted.in, of[0].accepted.reason.replace(/\s+/g, ' ')])]);
}

const where = f => `${f.resource}${f.path ? ` (${f.path})` : ''} of ${f.subject}`;

/** What nothing explains, by rule: what it says once, and where. */
function unexplained(findings) {
  return groups(findings, f => [f.judge, f.rule].join('\0')).map(of => {
    const message = String(of[0].message).replace(/\s+/g, ' ').slice(0, 300);
    return `unexplained: ${of[0].judge} finds ${of[0].rule} (${of.length}): ${message}${of.map(f => `\n    ${where(f)}`).join('')}`;
  });
}

module.exports = { render, renderAccepted, summarize, unexplained };
