import { Aspects, AspectPriority, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

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
   */
  public static acknowledge(scope: IConstruct): void {
    // Late, so that identifiers that hold logical IDs are final.
    Aspects.of(scope).add({ visit: construct => acknowledge(construct) }, { priority: AspectPriority.READONLY });
  }

  private constructor() {
  }
}

/** Declares findings of a construct and what is below it. The narrowest construct, and why it is safe here. */
export function declareFinding(construct: IConstruct, reason: string, ...ids: string[]): void {
  declareFindings(construct, reason, () => ids);
}

/** As `declareFinding`, with identifiers that are known only when the tree is complete. */
export function declareFindings(construct: IConstruct, reason: string, ids: (construct: IConstruct) => string[]): void {
  const holder: any = construct;
  if (!holder[FINDINGS]) { Object.defineProperty(holder, FINDINGS, { value: [] }); }
  holder[FINDINGS].push({ ids, reason });
}

function acknowledge(construct: IConstruct): void {
  const findings: Finding[] = (construct as any)[FINDINGS] ?? [];
  for (const { ids, reason } of findings.splice(0)) {
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
  const [major, minor] = require('aws-cdk-lib/package.json').version.split('.').map(Number);
  return major > 2 || minor >= 271;
}
