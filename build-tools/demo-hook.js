// Loaded before the demo's apps: writes into each assembly which judges ran, and how many findings of cdk-nag the acknowledgements explain.
// The CDK's own report names a judge only if it found something.
const fs = require('fs');
const path = require('path');

const REPORT = 'judges.json';
const seen = new Map();

/** What is known of an app so far; the findings behind its acknowledgements are counted once, when its tree is complete. */
function reportOf(app) {
  if (!seen.has(app)) {
    const all = require('./judge/nag-packs').findings(app, require('cdk-nag'), require('aws-cdk-lib'));
    seen.set(app, { ran: [], explained: all.filter(f => f.reason).length });
  }
  return seen.get(app);
}

/** Has a kind of judge tell when it judged. One that throws did not. */
function watch({ prototype }) {
  const { validate } = prototype;
  prototype.validate = function (context) {
    const result = validate.call(this, context);
    const app = context.appConstruct;
    const report = reportOf(app);
    if (!report.ran.includes(this.name)) { report.ran.push(this.name); }
    fs.writeFileSync(path.join(app.outdir, REPORT), JSON.stringify(report));
    return result;
  };
}

let watched = false;
globalThis[Symbol.for('@aws-cdk/core.App#initHook')] = () => {
  if (watched) { return; }
  watched = true;
  watch(require('aws-cdk-lib').CloudFormationValidatePlugin);
  watch(require('cdk-nag').NagPack);
};

module.exports = { REPORT };
