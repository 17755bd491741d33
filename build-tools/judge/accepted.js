// The reviewed list of findings that are false or can't be avoided, and what it explains.
const fs = require('fs');

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
    if (/^[*/]*$/.test(row.resource)) { complain(`"resource" is "${row.resource}", which matches everything`, 'name a resource, by logical ID or construct path'); }
  });
  return { comparisons: list.comparisons ?? [], accepted: rows };
}

/** `*` stands for anything; the rest is literal. */
function glob(pattern) {
  return new RegExp(`^${pattern.split('*').map(s => s.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}

function matches(row, finding) {
  const pattern = glob(row.resource);
  return row.rule === finding.rule && row.judges.includes(finding.judge)
    && [finding.resource, finding.path].some(name => name !== undefined && pattern.test(name));
}

/**
 * Marks the findings that a row explains, and says which rows explain nothing. What a comparison holds needs no explanation, and
 * keeps no row alive. A judge that did not run says nothing about its rows.
 */
function explain(findings, { accepted, comparisons }, subjects, ran) {
  const used = new Set();
  const explained = findings.map(finding => {
    if (finding.accepted || comparisons.includes(finding.subject)) { return finding; }
    const row = accepted.find(r => matches(r, finding));
    if (!row) { return finding; }
    accepted.filter(r => matches(r, finding)).forEach(r => used.add(`${accepted.indexOf(r)} ${finding.judge}`));
    return { ...finding, accepted: { in: 'list', reason: row.reason } };
  });
  const stale = accepted.flatMap((row, i) => row.judges.filter(j => ran.includes(j) && !used.has(`${i} ${j}`))
    .map(j => `row ${i + 1}: ${j} no longer finds ${row.rule} on ${row.resource}; remove the ${row.judges.length > 1 ? 'judge from the row' : 'row'}`));
  const missing = comparisons.filter(c => !subjects.includes(c)).map(c => `comparison "${c}" is no subject; there are ${subjects.join(', ')}`);
  return { findings: explained, stale: [...stale, ...missing] };
}

module.exports = { explain, glob, matches, readAccepted };
