import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');

/** A small app, with a judge that judges and perhaps one that breaks, as the demo runs one. */
const APP = (broken: boolean) => `
  const { App, Stack, Validations } = require('aws-cdk-lib');
  const { Bucket } = require('aws-cdk-lib/aws-s3');
  const { AwsSolutionsChecks, ServerlessChecks } = require('cdk-nag');
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const bucket = new Bucket(new Stack(app, 'Test'), 'Bucket');
  bucket.node.addMetadata('aws:cdk:acknowledged-rules', { 'AwsSolutions-S1': 'a reason' });
  const serverless = new ServerlessChecks(app);
  if (${broken}) { serverless.validateScope = () => { throw new Error('broken'); }; }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), serverless);
  try { app.synth(); } catch (e) { if (${!broken}) { throw e; } }`;

test.each([[false, ['AwsSolutions', 'Serverless']], [true, ['AwsSolutions']]])('the demo knows which judges ran, if one breaks: %s, and what is acknowledged', (broken, ran) => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-'));
  const { stderr } = spawnSync(process.execPath, ['-r', path.join(ROOT, 'build-tools/demo-hook.js'), '-e', APP(broken)], {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
  });
  const file = path.join(outdir, 'judges.json');
  expect(fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : stderr).toEqual({ ran, explained: 1 });
  fs.rmSync(outdir, { recursive: true });
});
