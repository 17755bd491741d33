// What was judged, by whom, and what came out: one line for each subject and judge.

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

function render(rows) {
  const lines = [['subject', 'judge', 'how', 'findings', 'accepted', 'unexplained']];
  for (const r of rows) {
    lines.push(r.status === 'ran'
      ? [r.subject, r.judge, r.how, r.findings, r.accepted, r.comparison ? `(${r.unexplained}) comparison` : r.unexplained]
      : [r.subject, r.judge, r.how, '-', '-', r.status === 'skipped' ? 'SKIPPED' : 'DID NOT RUN']);
  }
  const widths = lines[0].map((_, c) => Math.max(...lines.map(l => String(l[c]).length)));
  return lines.map(l => l.map((cell, c) => (typeof cell === 'number' || (c > 2 && c < 5) ? String(cell).padStart(widths[c]) : String(cell).padEnd(widths[c]))).join('  ').trimEnd()).join('\n');
}

module.exports = { render, summarize };
