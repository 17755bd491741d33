// Which findings are explained, and by what: the assembly itself, or the reviewed list of findings that are false or can't be avoided.
const fs = require('fs');
const { reasonFor } = require('./reasons');

/** Reads the list; complains about a row that nobody could review. */
function readAccepted(file, judges) {
  let list;
  try {
    list = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (e) {
    throw new Error(`can't read the accepted findings in "${file}": ${e.message}; give a JSON file { "comparisons": [], "accepted": [] }`);
  }
  const rows = list.accepted ?? [];
  rows.forEach((row, i) => {
    const complain = (what, mend) => { throw new Error(`${file}: row ${i + 1} (${row.rule ?? 'no rule'}): ${what}; ${mend}`); };
    for (const field of ['rule', 'resource', 'reason']) {
      if (typeof row[field] !== 'string' || row[field].trim() === '') { complain(`"${field}" is missing or empty`, 'each row needs rule, judges, resource and reason'); }
    }
    if (row.reason.length < 30) { complain(`the reason "${row.reason}" says too little`, 'say in a sentence why it is safe'); }
    if (!Array.isArray(row.judges) || row.judges.length === 0) { complain('"judges" is not a list', `name one or more of ${judges.join(', ')}`); }
    const unknown = row.judges.find(j => !judges.includes(j));
    if (unknown !== undefined) { complain(`there is no judge "${unknown}"`, `name one or more of ${judges.join(', ')}`); }
    if (row.subject !== undefined && (typeof row.subject !== 'string' || row.subject === '')) { complain('"subject" is no name', 'name an assembly or template as it is given, or leave "subject" out'); }
    if (/^[*/]*$/.test(row.resource)) { complain(`"resource" is "${row.resource}", which matches everything`, 'name a resource, by logical ID or construct path'); }
  });
  return { comparisons: list.comparisons ?? [], accepted: rows };
}

/** `*` stands for anything; the rest is literal. */
function glob(pattern) {
  return new RegExp(`^${pattern.split('*').map(s => s.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}

const concerns = (row, subject) => row.subject === undefined || glob(row.subject).test(subject);

function matches(row, finding) {
  const pattern = glob(row.resource);
  return row.rule === finding.rule && row.judges.includes(finding.judge) && concerns(row, finding.subject)
    && [finding.resource, finding.path].some(name => name !== undefined && pattern.test(name));
}

/** Whether what a row is about was judged at all. */
function present(row, subjects) {
  const pattern = glob(row.resource);
  return subjects.filter(s => concerns(row, s.name)).some(s => pattern.test('(template)')
    || s.templates.some(t => [...t.ids, ...Object.values(t.paths)].some(name => pattern.test(name))));
}

/** Control Tower's engine reports some clauses of a rule once more, without a place. They are explained if all that have a place are. */
function explainUnplaced(findings) {
  const same = f => [f.judge, f.rule, f.subject, f.template].join('\0');
  return findings.map(f => {
    if (f.accepted || f.judge !== 'Control Tower Guard' || f.resource !== '(template)') { return f; }
    const placed = findings.filter(o => o.resource !== '(template)' && same(o) === same(f));
    return placed.length > 0 && placed.every(o => o.accepted)
      ? { ...f, accepted: { in: placed[0].accepted.in, reason: `The same rule's finding once more, without a place. ${placed[0].accepted.reason}` } } : f;
  });
}

/** What constructs of the library say of themselves, and no judge finds on any of them any more. */
function staleReasons(subjects, used, ran) {
  const names = new Map(ran.map(j => [j.replace(/ /g, '-'), j]));
  const said = new Map();
  for (const [at, reasons] of subjects.flatMap(s => [...s.reasons])) {
    for (const r of reasons.filter(x => x.in === 'the library' && names.has(x.id.split('::')[0]))) { said.set(`${r.id} ${r.reason}`, { at, id: r.id }); }
  }
  return [...said].filter(([key]) => !used.has(key)).map(([, { at, id }]) => `a construct of the library declares ${id}, as "${at}" does, which is found nowhere any more; remove it there`);
}

/**
 * Marks the findings that something explains, and says which explanations explain nothing. What a comparison holds needs none, and
 * keeps none alive. A judge that did not run says nothing about its rows, and neither does a subject that is not there, unless
 * `complete` says that all are.
 */
function explain(findings, { accepted, comparisons }, subjects, ran, { complete = false } = {}) {
  const used = new Set();
  const byName = new Map(subjects.map(s => [s.name, s]));
  const explained = findings.map(finding => {
    if (finding.accepted || comparisons.includes(finding.subject)) { return finding; }
    const own = reasonFor(byName.get(finding.subject)?.reasons, finding);
    if (own) {
      used.add(`${own.id} ${own.reason}`);
      return { ...finding, accepted: { in: own.in, reason: own.reason } };
    }
    const rows = accepted.filter(r => matches(r, finding));
    rows.forEach(r => used.add(`${accepted.indexOf(r)} ${finding.judge}`));
    return rows.length > 0 ? { ...finding, accepted: { in: 'the list', reason: rows[0].reason } } : finding;
  });
  const stale = accepted.flatMap((row, i) => row.judges.filter(j => ran.includes(j) && !used.has(`${i} ${j}`) && (complete || present(row, subjects)))
    .map(j => `row ${i + 1}: ${j} no longer finds ${row.rule} on ${row.resource}; remove the ${row.judges.length > 1 ? 'judge from the row' : 'row'}`));
  const names = subjects.map(s => s.name);
  const missing = complete ? comparisons.filter(c => !names.includes(c)).map(c => `comparison "${c}" is no subject; there are ${names.join(', ')}`) : [];
  const unsaid = complete ? staleReasons(subjects.filter(s => !comparisons.includes(s.name)), used, ran) : [];
  return { findings: explainUnplaced(explained), stale: [...stale, ...missing, ...unsaid] };
}

/** A list to begin with: a row for each finding that nothing explains, whose reason is for a person to write. */
function startingList({ accepted, comparisons }, findings) {
  const rows = new Map();
  const several = new Set(findings.map(f => f.subject)).size > 1;
  for (const f of findings.filter(x => !x.accepted && !comparisons.includes(x.subject))) {
    const resource = f.path ?? f.resource;
    const row = { rule: f.rule, judges: [f.judge], ...(several ? { subject: f.subject } : {}), resource, finding: String(f.message).replace(/\s+/g, ' ').slice(0, 200), reason: '' };
    rows.set([f.rule, f.judge, f.subject, resource].join('\0'), row);
  }
  return {
    '//': 'Accepted findings, for --accepted. Mend what you can and remove its row; write a sentence into each "reason" that is left, or the list is refused.',
    comparisons,
    accepted: [...accepted, ...[...rows.values()].sort((a, b) => `${a.rule} ${a.resource}` < `${b.rule} ${b.resource}` ? -1 : 1)],
  };
}

module.exports = { explain, glob, matches, readAccepted, startingList };
