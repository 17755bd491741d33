// Has every judge judge every subject, and tells what ran from what did not.

const { unexplained } = require('./table');

/** A judge that finds nothing here looks at nothing. */
const CANARY = '(canary)';

/** @returns {findings, judges: [{ name, status: ran | skipped | failed, why, seconds, how, subjects }]} */
async function judgeAll(judges, subjects, canary, { parallel = 2, isSkip = () => false } = {}) {
  const results = [];
  const queue = [...judges];
  await Promise.all(Array.from({ length: parallel }, async () => {
    for (let judge = queue.shift(); judge; judge = queue.shift()) {
      const started = Date.now();
      const outcome = {
        name: judge.name, status: 'ran', subjects: subjects.map(s => s.name), how: Object.fromEntries(subjects.map(s => [s.name, judge.how(s)])), findings: [],
      };
      try {
        const found = await judge.run([...subjects, canary]);
        if (!Array.isArray(found)) { throw new Error(`${judge.name} gave no list of findings`); }
        const broken = found.find(f => !f.rule || !f.subject || !f.resource);
        if (broken) { throw new Error(`${judge.name} gave a finding without rule, subject or resource: ${JSON.stringify(broken)}`); }
        if (!found.some(f => f.subject === CANARY)) {
          throw new Error(`${judge.name} finds nothing wrong in judges/canary, which is wrong on purpose, so its silence means nothing`);
        }
        outcome.findings = found.filter(f => f.subject !== CANARY).map(f => ({ judge: judge.name, ...f }));
      } catch (e) {
        outcome.status = isSkip(e) ? 'skipped' : 'failed';
        outcome.why = e.message;
      }
      results.push({ ...outcome, seconds: (Date.now() - started) / 1000 });
    }
  }));
  results.sort((a, b) => judges.findIndex(j => j.name === a.name) - judges.findIndex(j => j.name === b.name));
  return { findings: results.flatMap(r => r.findings), judges: results.map(({ findings, ...r }) => r) };
}

/** What makes the judgement red, in words: one for each judge, rule or row. */
function complaints({ findings, judges, stale, comparisons, ci }) {
  return [
    ...judges.filter(j => j.status === 'failed').map(j => `${j.name} did not run: ${j.why}`),
    ...judges.filter(j => j.status === 'skipped' && ci).map(j => `${j.name} was skipped, which CI does not allow: ${j.why}`),
    ...unexplained(findings.filter(f => !f.accepted && !comparisons.includes(f.subject))),
    ...stale.map(s => `the list of accepted findings is out of date: ${s}`),
  ];
}

module.exports = { CANARY, complaints, judgeAll };
