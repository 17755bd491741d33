// Kinds of touch: what can be done to a resource of a type, from resource to resource the same.
import type { App, CfnResource } from 'aws-cdk-lib/core';
import { CfnResource as Resource, Stack } from 'aws-cdk-lib/core';
import type { ThreeTierApplication } from '../../../src/patterns/three-tier-application';
import type { ThreeTierSecureStack } from '../../../src/patterns/three-tier-secure-stack';
import { newApp, shop } from '../../support/shop';
import type { Case } from '../harness';
import { beside, l1 } from '../touch';

/** A resource of the application that is touched, and where what touches it is made. */
export interface Target<R extends CfnResource = CfnResource> {
  readonly resource: R;
  readonly application: ThreeTierApplication;
  readonly stack: ThreeTierSecureStack;
  /** The stack of the application, or a second one. */
  readonly scope: Stack;
}

/** One kind of touch. */
export interface Kind {
  /** The type of the resources that are touched. */
  readonly type: string;
  readonly name: string;
  /** What it makes worse, or why it is right. */
  readonly why: string;
  /** Whether it is a resource of its own, which a second stack can make as well. */
  readonly apart: boolean;
  /** Which resources of the type: all, if it is left out. By the path under the application. */
  readonly only?: RegExp;
  readonly touch: (target: Target<any>) => void;
}

/** What is changed in a resource itself. */
export function within<R extends CfnResource>(type: string, name: string, why: string, touch: (target: Target<R>) => void, only?: RegExp): Kind {
  return { type, name, why, apart: false, only, touch };
}

/** What is made beside a resource. */
export function apart<R extends CfnResource>(type: string, name: string, why: string, touch: (target: Target<R>) => void, only?: RegExp): Kind {
  return { type, name, why, apart: true, only, touch };
}

/** A resource of the application: its type, and its path under the application. */
export interface Known {
  readonly type: string;
  readonly path: string;
}

let known: Known[] | undefined;

/** The resources of the application, in the order in which they are made. */
export function resources(): readonly Known[] {
  if (!known) {
    const { application } = shop(newApp());
    known = application.node.findAll().filter(c => Resource.isCfnResource(c)).map(c => (
      { type: (c as CfnResource).cfnResourceType, path: c.node.path.slice(application.node.path.length + 1) }));
  }
  return known;
}

/** Of alarms and of their filters there are fifteen that are alike. */
const ALIKE: Record<string, number> = { 'AWS::CloudWatch::Alarm': 6, 'AWS::Logs::MetricFilter': 6 };

/**
 * The cases of kinds of touch. Each kind is used on one resource of its type at least, in turn, and each resource of the type gets
 * one kind at least, but for those that are alike; what is made beside a resource is made once more from a second stack.
 *
 * @param each whether each resource has to have a turn
 */
export function generate(kinds: readonly Kind[], { each = true } = {}): Case[] {
  return [...new Set(kinds.map(k => k.type))].flatMap(type => {
    const own = kinds.filter(k => k.type === type);
    const all = resources().filter(r => r.type === type);
    if (all.length === 0) { throw new Error(`the application has no '${type}': take its kinds of touch away`); }
    const turns = Math.max(own.length, each ? ALIKE[type] ?? all.length : 0);
    const here = Array.from({ length: turns }, (_, i) => caseOf(own[i % own.length], inTurn(own[i % own.length], all, i), false));
    const there = own.flatMap((kind, i) => kind.apart ? [caseOf(kind, inTurn(kind, all, i + 1), true)] : []);
    return [...new Map([...here, ...there].map(c => [`${c.name} ${c.way}`, c])).values()];
  });
}

/** The resource whose turn it is, or the next one that the kind is for. */
function inTurn(kind: Kind, all: readonly Known[], turn: number): Known {
  const rotated = all.map((_, i) => all[(turn + i) % all.length]);
  const found = rotated.find(r => kind.only?.test(r.path) ?? true);
  if (!found) { throw new Error(`no '${kind.type}' is what '${kind.name}' is for`); }
  return found;
}

function caseOf(kind: Kind, { path }: Known, second: boolean): Case {
  return {
    group: kind.type,
    name: `${kind.name}, ${path.replace(/\/Resource$/, '')}`,
    way: second ? 'a second stack' : 'the stack',
    change: (app: App, stack: ThreeTierSecureStack) => kind.touch(
      { resource: l1(stack, path), application: stack.application, stack, scope: second ? beside(app) : stack }),
  };
}
