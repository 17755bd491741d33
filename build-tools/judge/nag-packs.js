// cdk-nag's six packs over a tree, with every finding, and which of them somebody acknowledged.

const PACKS = ['AwsSolutionsChecks', 'HIPAASecurityChecks', 'NIST80053R4Checks', 'NIST80053R5Checks', 'PCIDSS321Checks', 'ServerlessChecks'];

/** Why a finding at a construct is acknowledged, there or above: identifiers come bare, as annotations, or with their pack. */
function reasonFor(node, rule, key) {
  for (let at = node; at; at = at.node.scope) {
    for (const entry of at.node.metadata) {
      if (entry.type !== key || !entry.data) { continue; }
      for (const [id, reason] of Object.entries(entry.data)) {
        const bare = id.replace(/^annotation::/i, '');
        const qualified = rule.replace(/-[A-Z][^-[]*(\[.*)?$/, '');
        if (bare === rule || bare.replace(/ /g, '-') === `${qualified}::${rule}`.replace(/ /g, '-')) { return String(reason || 'acknowledged without a reason'); }
      }
    }
  }
  return undefined;
}

/** One finding for each rule and resource, as cdk-nag names them. */
function findings(scope, nag, cdk) {
  const found = [];
  for (const name of PACKS) {
    const pack = new nag[name](scope);
    pack.isAcknowledged = () => false;
    for (const violation of pack.validateScope(scope).violations) {
      for (const { constructPath } of violation.violatingResources) {
        const node = constructPath.split('/').reduce((at, id) => at?.node.tryFindChild(id), scope.node.root);
        const stack = node && cdk.Stack.of(node);
        found.push({
          pack: pack.readPackName,
          rule: violation.ruleName,
          severity: violation.severity,
          message: violation.description,
          stack: stack?.artifactId,
          template: stack?.templateFile,
          resource: node && stack.resolve(node.logicalId),
          path: constructPath,
          reason: node && reasonFor(node, violation.ruleName, cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY),
        });
      }
    }
  }
  return found;
}

module.exports = { PACKS, findings };
