// Reasons that stand in a cloud assembly: acknowledgements of the app, and what constructs of the library say of themselves.

const KINDS = {
  'aws:cdk:acknowledged-rules': 'the app',
  'cdk-hardened:judged-findings': 'the library',
};

/** What a judge is called, besides its name, by who acknowledges its findings. */
const ALSO = { 'Control Tower Guard': ['cdk-validator-cfnguard'] };

const hyphens = text => text.replace(/ /g, '-');

/** The reasons in the metadata of constructs, by construct path. */
function reasonsIn(metadata) {
  const reasons = new Map();
  for (const [at, entries] of Object.entries(metadata ?? {})) {
    const found = entries.filter(e => KINDS[e.type] && e.data && typeof e.data === 'object')
      .flatMap(e => Object.entries(e.data).map(([id, reason]) => ({ in: KINDS[e.type], id: hyphens(id.replace(/^annotation::/i, '')), reason: String(reason || 'acknowledged without a reason') })));
    if (found.length > 0) { reasons.set(at.replace(/^\//, ''), found); }
  }
  return reasons;
}

/** Under which identifiers a finding may be acknowledged: its rule alone, or with its pack or judge. */
function idsOf({ rule, judge, pack }) {
  return [rule, ...[pack, judge, ...ALSO[judge] ?? []].filter(Boolean).map(by => `${by}::${rule}`)].map(hyphens);
}

/** Why a finding is accepted, at its construct or above it: where, and the reason. What the app says comes first. */
function reasonFor(reasons, finding) {
  const ids = idsOf(finding);
  const found = [];
  for (let at = finding.path; at; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : undefined) {
    found.push(...(reasons?.get(at) ?? []).filter(r => ids.includes(r.id)).map(r => ({ ...r, at })));
  }
  return found.find(r => r.in === 'the app') ?? found[0];
}

module.exports = { reasonFor, reasonsIn };
