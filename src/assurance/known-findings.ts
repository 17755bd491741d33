// Findings of cdk-nag on our own resources, declared by the constructs.
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Aspects, AspectPriority, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { checkCall } from '../core/arguments';
import { statements } from '../core/policies';
import type { Json } from '../core/values';
import { at, isList, list } from '../core/values';

interface Finding {
  readonly ids: (construct: IConstruct) => string[];
  readonly reason: string;
}

const FINDINGS = Symbol.for('cdk-hardened.findings');

/**
 * Findings of cdk-nag on our own resources that are false or can't be avoided, each with the reason why it is safe there.
 *
 * The constructs declare them; nothing is acknowledged unless you ask for it, because what counts as acceptable is yours to
 * decide.
 */
export class KnownFindings {
  /**
   * Acknowledges the declared findings of every construct in the scope, at the construct, with its reason. Call it on the app.
   *
   * @param scope the app, or a part of it
   */
  public static acknowledge(scope: IConstruct): void {
    checkCall('KnownFindings.acknowledge', undefined, scope);
    // Late, so that identifiers that hold logical IDs are final. Aspects stop at a stage: those that exist get their own, and
    // the others, which are synthesized before what is around them, are caught up with from outside.
    for (const stage of [scope, ...scope.node.findAll().filter(c => Stage.isStage(c))]) {
      Aspects.of(stage).add({
        visit: construct => {
          acknowledge(construct);
          construct.node.children.filter(c => Stage.isStage(c)).flatMap(c => c.node.findAll()).forEach(c => acknowledge(c));
        },
      }, { priority: AspectPriority.READONLY });
    }
  }

  private constructor() {
  }
}

/** That a bucket has no copy in another region, as each of the packs calls it. */
export const REPLICATION_FINDINGS = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']
  .map(pack => `${pack}-S3BucketReplicationEnabled`);

/** That a bucket is without Object Lock. */
export const OBJECT_LOCK_FINDING = 'NIST.800.53.R4-S3BucketDefaultLockEnabled';

/** Declares findings of a construct and what is below it. The narrowest construct, and why it is safe here. */
export function declareFinding(construct: IConstruct, reason: string, ...ids: string[]): void {
  declareFindings(construct, reason, () => ids);
}

/** As `declareFinding`, with identifiers that are known only when the tree is complete. */
export function declareFindings(construct: IConstruct, reason: string, ids: (construct: IConstruct) => string[]): void {
  const declared = findingsOf(construct);
  if (declared) { declared.push({ ids, reason }); } else { Object.defineProperty(construct, FINDINGS, { value: [{ ids, reason }] }); }
}

/** Declares every wildcard in the resources of a managed policy, under the identifiers that cdk-nag gives them. */
export function declareWildcards(policy: iam.ManagedPolicy, reason: string): void {
  declareFindings(policy, reason, () => statements(Stack.of(policy).resolve(policy.document)).flatMap(s => list(s.Resource)).map(flat)
    .filter((arn, i, all) => arn.includes('*') && all.indexOf(arn) === i)
    .map(arn => `AwsSolutions-IAM5[Resource::${arn}]`));
}

function findingsOf(construct: IConstruct): Finding[] | undefined {
  return (construct as { [FINDINGS]?: Finding[] })[FINDINGS];
}

/** A resolved value as one text, references in angle brackets: cdk-nag's spelling. */
function flat(value: Json): string {
  if (typeof value === 'string') { return value; }
  const [join, attribute, ref] = ['Fn::Join', 'Fn::GetAtt', 'Ref'].map(name => at(value, name));
  if (isList(join)) { return list(join[1]).map(flat).join(String(join[0])); }
  if (attribute !== undefined) { return `<${list(attribute).join('.')}>`; }
  return ref === undefined ? JSON.stringify(value) : `<${String(ref)}>`;
}

function acknowledge(construct: IConstruct): void {
  for (const { ids, reason } of findingsOf(construct)?.splice(0) ?? []) {
    for (const id of ids(construct)) {
      if (qualifiedIdsAreScoped()) {
        Validations.of(construct).acknowledge({ id: `${id.replace(/-[A-Z][^-[]*(\[.*)?$/, '')}::${id}`, reason });
      } else {
        construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
      }
    }
  }
}

/**
 * Before aws-cdk-lib 2.271 a qualified identifier acknowledges its finding in the whole app, on other people's resources too,
 * and one with `::` in brackets is refused; the bare identifier acknowledges it here and below, but is not in the report.
 */
function qualifiedIdsAreScoped(): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const [major, minor] = require('aws-cdk-lib/package.json').version.split('.').map(Number);
  return major > 2 || minor >= 271;
}
