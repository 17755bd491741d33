// Builds the application of the README's first example, applies one change to it, and says whether the synthesis noticed.
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from 'aws-cdk-lib/core';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';
import { shop } from '../support/shop';

/** Something that is added to the application, or widened in it. */
export type Change = (app: App, stack: ThreeTierSecureStack) => void;

/** One change, and what it is called. */
export interface Case {
  readonly group: string;
  readonly name: string;
  /** How it is made: the same weakening can be written in several ways. */
  readonly way: string;
  readonly change: Change;
}

/** What the cases of a group are called, and the ways in which each is written: the first is the one that is usual. */
export type Cases = Record<string, Record<string, Change>>;

/** What became of a change. `invalid` is a case that is wrong itself: the CDK refuses it, or it changes nothing. */
export type Result = 'noticed' | 'missed' | 'invalid';

export interface Outcome {
  readonly result: Result;
  /** The IDs of the controls that the error names, each once. */
  readonly controls: string[];
  /** The paths of the constructs that it names, each once. */
  readonly paths: string[];
  /** The error. */
  readonly message: string;
}

/** The cases of a group, one by one. */
export function casesOf(group: string, cases: Cases): Case[] {
  return Object.entries(cases).flatMap(([name, ways]) => Object.entries(ways).map(([way, change]) => ({ group, name, way, change })));
}

/** What a case is called in the lists: the same in every run. */
export function idOf({ group, name, way }: Case): string {
  return `${group}: ${name} [${way}]`;
}

const SELF_CHECK = 'the synthesized templates do not hold what the constructs promise';
const OF_A_CONSTRUCT = /^\[[^\]\n]+\] /;
const NAMES = /^\s*\[([^\]\n]+)\](?: ([A-Z][A-Z\d]{1,4}-\d+[a-z]?(?:\.\d+)?)\b)?/gm;

/** What an error says of a change. */
export function outcomeOf(message: string): Outcome {
  const noticed = message.startsWith(SELF_CHECK) || OF_A_CONSTRUCT.test(message);
  const names = noticed ? [...message.matchAll(NAMES)] : [];
  const once = (values: (string | undefined)[]) => [...new Set(values.filter(v => v !== undefined))];
  return { result: noticed ? 'noticed' : 'invalid', paths: once(names.map(n => n[1])), controls: once(names.map(n => n[2])), message };
}

/** Applies a change to a new application, and judges it. */
export function judge(change: Change): Outcome {
  return inDirectory(outdir => {
    const before = template(); // before the app, whose time is measured
    const app = newApp(outdir);
    const stack = shop(app);
    let error = '';
    try {
      change(app, stack);
      app.synth();
    } catch (e) {
      error = e instanceof Error ? e.message : String(e);
    }
    const written = fs.readdirSync(outdir).filter(f => f.endsWith('.template.json'));
    const isSame = written.length === 1 && fs.readFileSync(path.join(outdir, written[0]), 'utf8') === before;
    if (isSame) { return outcomeOf(`the change leaves the templates as they were. ${error}`); }
    return error === '' ? { result: 'missed', controls: [], paths: [], message: '' } : outcomeOf(error);
  });
}

let text: string | undefined;

/** The template of the application without a change, as it was written. */
function template(): string {
  return text ??= inDirectory(outdir => {
    const app = newApp(outdir);
    const stack = shop(app);
    app.synth();
    return fs.readFileSync(path.join(outdir, stack.templateFile), 'utf8');
  });
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
}

let resources: Record<string, Resource> | undefined;

/** The resources of the application without a change. Not to be changed. */
export function unchanged(): Record<string, Resource> {
  return resources ??= JSON.parse(template()).Resources;
}

function newApp(outdir: string): App {
  return new App({ outdir, analyticsReporting: false, treeMetadata: false });
}

function inDirectory<T>(run: (directory: string) => T): T {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'closed-world-'));
  try {
    return run(directory);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}
