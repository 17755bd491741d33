// `node node-worker.js JUDGE FOLDER < subjects.json > findings.json`, on the packages that are installed in the folder.
const fs = require('fs');
const { createRequire } = require('module');
const path = require('path');
const { include } = require('./includable');

const load = createRequire(path.join(process.argv[3], 'package.json'));

/** CloudFormation Validate reads templates; what it calls the context of a stack is all it needs. */
function contextOf(subjects) {
  return subjects.flatMap(s => s.templates.map(t => ({
    stackConstructPath: t.name, templatePath: t.file, accountId: t.account, region: t.region, subject: s, template: t,
  })));
}

/** A plugin's report as findings, one for each rule and resource. A plugin may report each clause of a rule. */
function fromReport(report, context) {
  const byFile = new Map(context.map(c => [c.templatePath, c]));
  const found = new Map();
  for (const v of report.violations) {
    for (const at of v.violatingResources) {
      const { subject, template } = byFile.get(at.templatePath) ?? (() => { throw new Error(`a finding of ${v.ruleName} names no template: ${JSON.stringify(at)}`); })();
      const resource = at.resourceLogicalId ?? '(template)';
      const key = [subject.name, template.file, v.ruleName, resource].join('\0');
      if (!found.has(key)) {
        found.set(key, { rule: v.ruleName, severity: v.severity, message: v.description, subject: subject.name, template: path.basename(template.file), resource, path: template.paths[resource] });
      }
    }
  }
  return [...found.values()];
}

/** Engines know one environment at a time. */
function byEnvironment(context, judge) {
  const groups = Map.groupBy?.(context, c => `${c.accountId} ${c.region}`)
    ?? context.reduce((m, c) => m.set(`${c.accountId} ${c.region}`, [...m.get(`${c.accountId} ${c.region}`) ?? [], c]), new Map());
  return [...groups.values()].flatMap(judge);
}

function guardRules() {
  const folder = path.join(path.dirname(load.resolve('@cdklabs/cdk-validator-cfnguard/package.json')), 'rules', 'control-tower', 'cfn-guard');
  const files = fs.readdirSync(folder, { recursive: true }).filter(f => f.endsWith('.guard')).sort();
  if (files.length < 200) { throw new Error(`only ${files.length} Guard rules in @cdklabs/cdk-validator-cfnguard, there were 237; look at what it ships`); }
  return files.map(f => ({ name: path.basename(f, '.guard').toUpperCase(), content: fs.readFileSync(path.join(folder, f), 'utf8') }));
}

const judges = {
  'validate'(subjects) {
    const { CloudFormationValidatePlugin } = load('aws-cdk-lib');
    const context = contextOf(subjects);
    return fromReport(new CloudFormationValidatePlugin().validate({ stackTemplates: context }), context);
  },

  'control-tower'(subjects) {
    // The engine itself: through CloudFormationValidatePlugin, which gives the same verdicts, its own rules would run once more.
    const { CompositeEngine, TemplateFile } = createRequire(load.resolve('aws-cdk-lib/package.json'))('@aws/cloudformation-validate');
    const engine = new CompositeEngine({ guardRules: guardRules() });
    const context = contextOf(subjects);
    return fromReport({
      violations: context.flatMap(({ templatePath, accountId, region }) => engine.validateTemplate(new TemplateFile(templatePath), {
        detailLevel: 'STANDARD', disableBuiltinRules: true, severityLevel: 'WARN', pseudoParameterOverrides: { accountId, region },
      }).diagnostics.map(d => ({
        ruleName: d.ruleId, severity: d.severity.toLowerCase(), description: d.message,
        violatingResources: [{ resourceLogicalId: d.entity?.entityType === 'Resource' ? d.entity.logicalId : undefined, templatePath }],
      }))),
    }, context);
  },

  'preflight'(subjects) {
    const { App } = load('aws-cdk-lib');
    const { Preflight } = load('cdk-preflight');
    // The plugin, as an app would get it. cdk-preflight says "success" when it finds no engine; the canary would tell.
    const app = new App();
    Preflight.apply(app);
    const plugins = app._validationPlugins;
    if (plugins?.length !== 1) { throw new Error(`cdk-preflight registered ${plugins?.length ?? 'no'} plugins instead of one`); }
    return byEnvironment(contextOf(subjects), context => fromReport(plugins[0].validate({ stackTemplates: context, accountId: context[0].accountId, region: context[0].region }), context));
  },

  'cdk-nag'(subjects) {
    const cdk = load('aws-cdk-lib');
    const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
    const { findings } = require('./nag-packs');
    return subjects.flatMap(subject => subject.templates.flatMap(template => {
      const app = new cdk.App();
      const stack = new cdk.Stack(app, 'Included', { env: { account: template.account, region: template.region } });
      const body = JSON.parse(fs.readFileSync(template.file, 'utf8'));
      const unread = include(body, (file, dehydratedResources) => {
        stack.node.tryRemoveChild('T');
        new CfnInclude(stack, 'T', { templateFile: file, allowCyclicalReferences: true, dehydratedResources });
      });
      const common = { subject: subject.name, template: path.basename(template.file) };
      return [
        ...findings(app, load('cdk-nag'), cdk).map(f => ({
          pack: f.pack, rule: f.rule, severity: f.severity, message: f.message, ...common, resource: f.resource, path: template.paths[f.resource],
        })),
        ...unread.map(({ id, why }) => ({
          rule: 'not-judged', severity: 'error', message: `cdk-nag can't judge this resource: ${why}`, ...common, resource: id, path: template.paths[id],
        })),
      ];
    }));
  },
};

let findings;
try {
  findings = judges[process.argv[2]](JSON.parse(fs.readFileSync(0, 'utf8')));
} catch (e) {
  console.error(e.message ?? e);
  process.exit(1);
}
// Not process.stdout: a pipe would lose the end when the process exits.
for (let text = Buffer.from(JSON.stringify(findings)), at = 0; at < text.length;) {
  try { at += fs.writeSync(1, text, at); } catch (e) { if (e.code !== 'EAGAIN') { throw e; } }
}
process.exit(0);
