import * as fs from 'fs';
import * as path from 'path';
import type { App } from 'aws-cdk-lib/core';
import { Registry, registryOf } from '../../src/assurance/registry';
import { newApp, shop } from '../../test/support/shop';

/** What is mutated: the three-tier stack of the README, synthesized. */
export interface Subject {
  readonly app: App;
  readonly registry: Registry;
  readonly outdir: string;
  readonly templateFile: string;
  readonly template: any;
}

export function synthesize(): Subject {
  process.env.CDK_VALIDATION ??= 'false'; // three seconds that judge nothing here
  const app = newApp();
  const stack = shop(app);
  const outdir = app.synth().directory;
  const templateFile = path.join(outdir, stack.templateFile);
  return { app, registry: registryOf(stack), outdir, templateFile, template: JSON.parse(fs.readFileSync(templateFile, 'utf8')) };
}
