// Loaded before an example: every app it makes is judged by cdk-nag from inside, where its acknowledgements are, and the result lies
// in the assembly. Findings don't fail the synthesis; the table says what they are worth.
const fs = require('fs');
const path = require('path');

const REPORT = 'cdk-nag.json';

globalThis[Symbol.for('@aws-cdk/core.App#initHook')] = app => {
  const cdk = require('aws-cdk-lib');
  app.node.setContext('@aws-cdk/core:failSynthOnValidationErrors', false);
  cdk.Validations.of(app).addPlugins({
    name: 'judge',
    validate: () => {
      const { PACKS, findings } = require('./nag-packs');
      fs.writeFileSync(path.join(app.outdir, REPORT), JSON.stringify({ packs: PACKS, findings: findings(app, require('cdk-nag'), cdk) }));
      return { success: true, violations: [] };
    },
  });
};

module.exports = { REPORT };
