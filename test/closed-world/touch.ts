// What the cases have in common: where things are in the application, and the ways to add to them.
import * as iam from 'aws-cdk-lib/aws-iam';
import type { App, CfnResource } from 'aws-cdk-lib/core';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Change, unchanged } from './harness';
import type { ThreeTierApplication } from '../../src/patterns/three-tier-application';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';
import { ENV } from '../support/shop';

/** The account that the application is in. */
export const ACCOUNT = ENV.account;
export const REGION = ENV.region;
/** An account that the application does not name anywhere. */
export const FOREIGN = '444455556666';
/** A certificate of the account, for whatever needs one. */
export const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`;

/** An ARN of another account in the application's region. */
export const foreignArn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${FOREIGN}:${resource}`;
/** An ARN of the application's account and region. */
export const ownArn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
/** An ARN of IAM in the application's account. */
export const ownIam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
/** All of an account, as a principal. */
export const everybodyOf = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** A statement as it is written in JSON. */
export type Statement = Record<string, any>;

export const allow = (Principal: any, Action: string | string[], Resource: any, Condition?: any): Statement =>
  ({ Effect: 'Allow', Principal, Action, Resource, ...Condition && { Condition } });
export const deny = (Principal: any, Action: string | string[], Resource: any, Condition?: any): Statement =>
  ({ Effect: 'Deny', Principal, Action, Resource, ...Condition && { Condition } });
/** A statement of the policy of a role. */
export const may = (Action: string | string[], Resource: any, Condition?: any): Statement =>
  ({ Effect: 'Allow', Action, Resource, ...Condition && { Condition } });
export const document = (...Statement: Statement[]) => ({ Version: '2012-10-17', Statement });
/** The same statement, as the CDK's methods take it. */
export const statement = (json: Statement) => iam.PolicyStatement.fromJson(json);

/** A second stack of the app, in the same account and region. One for each app. */
export function beside(app: App): Stack {
  return app.node.tryFindChild('Other') as Stack | undefined ?? new Stack(app, 'Other', { env: ENV });
}

/** What is under this path of the application. */
export function find<T extends IConstruct>({ application }: ThreeTierSecureStack, path: string): T {
  return path.split('/').reduce<IConstruct>((here, id) => here.node.findChild(id), application) as T;
}

/** The L1 that is under this path of the application: itself, or the resource of what is there. */
export function l1<T extends CfnResource>(stack: ThreeTierSecureStack, path: string): T {
  return resourceOf(find(stack, path));
}

/** The L1 of a construct. */
export function resourceOf<T extends CfnResource>(construct: IConstruct): T {
  return (construct.node.defaultChild ?? construct) as T;
}

/** What is rendered of a resource before anything is changed, at a place such as `PolicyDocument.Statement`. */
export function rendered(resource: CfnResource, at: string): any {
  const { Properties } = unchanged()[Stack.of(resource).resolve(resource.logicalId)];
  return at.split('.').reduce((here: any, name) => here?.[name], Properties);
}

/** Adds to a list of a resource by an override; makes the list where there is none. */
export function append(resource: CfnResource, at: string, ...values: any[]): void {
  const known = rendered(resource, at);
  // The whole list: an override merges objects, and leaves out those that are empty.
  resource.addPropertyOverride(at, [...known === undefined ? [] : [known].flat(), ...values]);
}

/** Changes a list of a resource by an override: `change` gets a copy of what is rendered. */
export function amend(resource: CfnResource, at: string, change: (list: any[]) => void): void {
  const copy = JSON.parse(JSON.stringify(rendered(resource, at)));
  change(copy);
  resource.addPropertyOverride(at, copy);
}

/** The index of an entry of a list that is rendered, such as the statement of a Sid. */
export function indexOf(resource: CfnResource, at: string, which: (entry: any) => boolean): number {
  const index = rendered(resource, at).findIndex(which);
  if (index < 0) { throw new Error(`nothing at '${at}' of '${resource.node.path}' is what a case looks for`); }
  return index;
}

/** Where the statement of a Sid is, for an override. */
export function sid(resource: CfnResource, at: string, name: string): string {
  return `${at}.Statement.${indexOf(resource, `${at}.Statement`, s => s.Sid === name)}`;
}

/** A change of a part of the application. */
export const to = (change: (application: ThreeTierApplication, stack: ThreeTierSecureStack) => void): Change =>
  (_app, stack) => change(stack.application, stack);
/** An override of a resource of the application. */
export const override = (path: string, change: (resource: CfnResource, stack: ThreeTierSecureStack) => void): Change =>
  (_app, stack) => change(l1(stack, path), stack);
/** A further resource, in the stack of the application and in a second one. */
export const added = (add: (scope: Stack, stack: ThreeTierSecureStack) => void) => ({
  'in the stack': (_app: App, stack: ThreeTierSecureStack) => add(stack, stack),
  'in a second stack': (app: App, stack: ThreeTierSecureStack) => add(beside(app), stack),
});
/** A further resource in a second stack only. */
export const addedBeside = (add: (scope: Stack, stack: ThreeTierSecureStack) => void): Change =>
  (app, stack) => add(beside(app), stack);
