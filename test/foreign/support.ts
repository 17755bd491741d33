// What a case is: a small template, the verdict that a public scanner gives on it, and ours.
import { findControl } from '../../src/assurance/catalogue';
import type { Control } from '../../src/core/control';
import { RenderedTemplate } from '../../src/core/template';
import type { JsonObject } from '../../src/core/values';
import { worldsOf } from '../../src/core/worlds';

export type Verdict = 'pass' | 'fail';

/** Resources by logical ID, the judged one first; or a whole template that has them. */
export type Fixture = Record<string, any>;

/** A rule of a public scanner, by its repository, the file with its tests or its definition, and its ID. */
export interface Rule {
  readonly source: string;
  readonly id: string;
}

export interface ForeignCase extends Rule {
  readonly control: Control;
  readonly name: string;
  readonly theirs: Verdict;
  readonly ours: Verdict;
  readonly fixture: Fixture;
  /** How the table of disagreements names it. */
  readonly key: string;
}

interface Fixtures {
  readonly pass?: Record<string, Fixture>;
  readonly fail?: Record<string, Fixture>;
  /** Failures by an absence: the template has no resource that our control could hold on. */
  readonly missing?: Record<string, Fixture>;
}

const source = (repository: string, folder: string) => (file: string, id: string): Rule => ({ source: `${repository} ${folder}${file}`, id });

export const guard = source('aws-cloudformation/aws-guard-rules-registry', 'rules/aws/');
export const checkov = source('bridgecrewio/checkov', 'tests/cloudformation/checks/resource/aws/');
export const cfnNag = source('stelligent/cfn_nag', 'spec/custom_rules/');
export const cdkNag = source('cdklabs/cdk-nag', 'test/rules/');
export const trivy = source('aquasecurity/trivy-checks', 'checks/cloud/aws/');
export const cfnLint = source('aws-cloudformation/cfn-lint', 'src/cfnlint/rules/resources/');
export const kics = source('Checkmarx/kics', 'assets/queries/cloudFormation/aws/');

/** The account that the templates are of, so that principals of it are known from those of others. */
export const ACCOUNT = '111122223333';
export const STRANGER = '444455556666';

export const root = (account: string) => `arn:aws:iam::${account}:root`;
export const user = (account: string) => `arn:aws:iam::${account}:user/jo`;
export const ref = (id: string) => ({ Ref: id });
export const arnOf = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
export const of = (Type: string, Properties: Fixture = {}) => ({ Type, Properties });
/** A template of one resource, and what it refers to. */
export const one = (type: string, properties: Fixture = {}, others: Fixture = {}): Fixture => ({ Judged: of(type, properties), ...others });
/** A policy of these statements, which allow unless they say otherwise. */
export const policy = (...statements: Fixture[]) => ({ Version: '2012-10-17', Statement: statements.map(s => ({ Effect: 'Allow', ...s })) });

/** The cases of a rule for the controls that are about the same property. */
export function cases(rule: Rule, controls: string, fixtures: Fixtures): ForeignCase[] {
  return controls.split(' ').map(known).flatMap(control => {
    const as = (theirs: Verdict, all: Record<string, Fixture> = {}, ours = verdictOf) => Object.entries(all).map(([name, fixture]) => (
      { ...rule, control, name, fixture, theirs, ours: ours(control, fixture), key: `${control.id} ${rule.id}: ${name}` }));
    return [...as('pass', fixtures.pass), ...as('fail', fixtures.fail), ...as('fail', fixtures.missing, withoutResource)];
  });
}

function known(id: string): Control {
  const control = findControl(id);
  if (!control) { throw new Error(`no control is called '${id}'`); }
  return control;
}

const whole = (fixture: Fixture): JsonObject => 'Resources' in fixture ? fixture : { Resources: fixture };

/** Our verdict on the first resource of a template, in every world of it. */
export function verdictOf(control: Control, fixture: Fixture): Verdict {
  const template = whole(fixture);
  const [id] = Object.keys(template.Resources as JsonObject);
  const holds = worldsOf(template)?.every(world => {
    const rendered = new RenderedTemplate(world, ACCOUNT);
    const resource = rendered.resource(id);
    if (!resource) { return false; }
    if (!control.types.includes(resource.type)) { throw new Error(`'${control.id}' is not about '${resource.type}'`); }
    return control.holds(resource, rendered) && (control.breaks?.(resource, rendered) ?? []).length === 0;
  });
  return holds ? 'pass' : 'fail';
}

/** Nothing holds on what is not there. */
function withoutResource(control: Control, fixture: Fixture): Verdict {
  const rendered = new RenderedTemplate(whole(fixture), ACCOUNT);
  if (control.types.some(type => rendered.resourcesOf(type).length > 0)) { throw new Error(`'${control.id}' has something to hold on`); }
  return 'fail';
}
