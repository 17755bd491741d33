// Says at length why a synthesis was refused.
import type { IConstruct } from 'constructs';
import type * as catalogue from './catalogue';
import type { Verdict } from './registry';
import { registryOf } from './registry';
import { verdictsOf } from './self-check';
import { checkCall } from '../core/arguments';
import type { Control } from '../core/control';

const NOT_JUDGED = 'nothing was judged: the app was not synthesized, or its synthesis ended before, with an error that says why';

/** What the self-check found in the last synthesis. */
export class SelfCheck {
  /**
   * Explains every control that does not hold at a construct or below it, or that a waiver covers: what was added, by which rule it
   * is judged, what goes wrong without it, who asks for it, and the ways out.
   *
   * Call it after the synthesis, also if that failed:
   *
   *     try { app.synth(); } catch (e) { console.error(SelfCheck.explain(app)); throw e; }
   *
   * @param scope the app, or a part of it
   * @returns one paragraph for each control and resource; empty if everything holds by itself
   */
  public static explain(scope: IConstruct): string {
    checkCall('SelfCheck.explain', undefined, scope);
    const { claims, verdicts } = registryOf(scope);
    if (claims.length > 0 && verdicts.size === 0) { return NOT_JUDGED; }
    return verdictsOf(scope).filter(v => v.outcome !== 'holds').map(explained).join('\n\n');
  }

  private constructor() {
  }
}

function explained(verdict: Verdict): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { findControl }: typeof catalogue = require('./catalogue');
  const control = findControl(verdict.control);
  const lines = [
    `${verdict.control} of ${verdict.path}: ${verdict.outcome}`,
    ...(verdict.additions ?? []).map(a => `  added by: ${a.path}, an ${a.type}, in the stack ${a.stack}`),
    ...control ? rule(control) : [],
    ...verdict.waiver ? [`  waived at: ${verdict.waiver.setAt}, since ${verdict.waiver.reason}`] : [],
    ...control && verdict.outcome === 'broken' ? waysOut(control, verdict) : [],
  ];
  return lines.join('\n');
}

function rule(control: Control): string[] {
  const asked = [['CIS', control.cis], ['FSBP', control.fsbp], ['NIST', control.nist], ['PCI', control.pci]] as const;
  const by = asked.filter(([, ids]) => ids !== undefined && ids.length > 0).map(([name, ids]) => `${name} ${ids!.join(', ')}`);
  return [
    `  rule: ${control.title}, by '${control.property}'`,
    `  prevents: ${control.prevents}`,
    ...by.length > 0 ? [`  asked for by: ${by.join('; ')}`] : [],
  ];
}

function waysOut(control: Control, verdict: Verdict): string[] {
  const at = verdict.additions?.[0]?.path ?? verdict.path;
  const waiver = control.kind === 'floor'
    ? 'no waiver: it is a floor'
    : `SecurityWaivers.of(the construct '${at}', or what is around it).add({ control: '${control.id}', reason: '…' })`;
  return [`  way out: ${control.mend}`, `  way out: ${waiver}`];
}
