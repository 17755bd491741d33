// Written decisions to do without a control, and what a good one has.
import { Annotations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type * as catalogue from './catalogue';
import { enrol } from './self-check';
import { checkCall } from '../core/arguments';
import { fail } from '../core/validate';

/**
 * A written decision to do without a control.
 *
 * It is the only way to weaken a default: the prop says what, the waiver says why. It shows in the evidence. A floor can't be
 * waived.
 */
export interface SecurityWaiver {
  /** The control's ID, for example `ALB-06`: the error that asks for a waiver names it, and docs/controls.md lists all. */
  readonly control: string;

  /** Why the application is safe without the control; at least 20 characters. */
  readonly reason: string;

  /**
   * The day on which the waiver ends, as `YYYY-MM-DD`.
   *
   * From 30 days before, synthesis warns; from that day on, it fails. The clock is the machine's, or the context value
   * `cdk-hardened:today`.
   *
   * @default - the waiver does not end
   */
  readonly expires?: string;
}

const DAY = 24 * 60 * 60 * 1000;
const REASON = 20;

/** Waivers for a construct and what is below it. */
export class SecurityWaivers {
  /**
   * The waivers of a scope. Choose the narrowest construct that has the control.
   *
   * @param scope the construct
   */
  public static of(scope: IConstruct): SecurityWaivers {
    checkCall('SecurityWaivers.of', undefined, scope);
    return new SecurityWaivers(scope);
  }

  private constructor(private readonly scope: IConstruct) {
  }

  /**
   * Does without a control here and below.
   *
   * Fails on an unknown control, a floor, a reason of under 20 characters, and a date that has passed; at synthesis, on a
   * control that nothing here claims. A waiver that nothing needs, as its control holds on every resource here, is told by a
   * warning.
   *
   * @param waivers each a control and a reason
   */
  public add(...waivers: SecurityWaiver[]): void {
    checkCall('SecurityWaivers.add', this.scope, ...waivers);
    if (waivers.length === 0) { fail(this.scope, "'waivers' is missing: give at least one, as a control and a reason"); }
    for (const waiver of waivers) {
      this.check(waiver);
      enrol(this.scope).waivers.push({ scope: this.scope, ...waiver });
    }
  }

  private check(waiver: SecurityWaiver): void {
    // Loaded when there is something to waive: it knows every family of controls.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { findControl }: typeof catalogue = require('./catalogue');
    const control = findControl(waiver.control);
    if (!control) {
      fail(this.scope, `'waivers' names the control '${waiver.control}', which does not exist: `
        + "take the ID from the error that asks for it, for example 'ALB-06'");
    }
    if (control.kind === 'floor') {
      fail(this.scope, `'waivers' names '${waiver.control}' (${control.title}), which is a floor: `
        + "it can't be waived, use another construct for what must be without it");
    }
    const reason = waiver.reason ?? '';
    if (reason.trim().length < REASON) {
      fail(this.scope, `'reason' of the waiver of '${waiver.control}' is '${reason}': `
        + `say in at least ${REASON} characters why it is safe to do without`);
    }
    if (waiver.expires !== undefined) { this.checkExpiry(waiver.control, waiver.expires); }
  }

  private checkExpiry(control: string, expires: string): void {
    const end = midnight(expires);
    if (end === undefined) {
      const why = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? ', a day that does not exist' : '';
      fail(this.scope, `'expires' of the waiver of '${control}' is '${expires}'${why}: give a day as YYYY-MM-DD`);
    }
    const days = (end - today(this.scope)) / DAY;
    if (days <= 0) {
      fail(this.scope, `the waiver of '${control}' expired on ${expires}: `
        + 'restore the control, or renew the waiver with a new reason and date');
    }
    if (days <= 30) {
      Annotations.of(this.scope).addWarningV2(`cdk-hardened:waiverExpires:${control}`,
        `the waiver of '${control}' expires on ${expires}, in ${days} ${days === 1 ? 'day' : 'days'}: `
        + 'restore the control, or renew the waiver');
    }
  }
}

/** The waivers in the props of a construct, if there are any. */
export function waive(scope: IConstruct, waivers: SecurityWaiver[] | undefined): void {
  if (waivers && waivers.length > 0) { SecurityWaivers.of(scope).add(...waivers); }
}

/** Midnight UTC of a day written as `YYYY-MM-DD`, or undefined if there is no such day. */
function midnight(day: unknown): number | undefined {
  const time = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : time;
}

/** Midnight UTC of today, or of the day that the context names. */
function today(scope: IConstruct): number {
  const day = scope.node.tryGetContext('cdk-hardened:today') ?? new Date().toISOString().slice(0, 10);
  return midnight(day) ?? fail(scope, `the context value 'cdk-hardened:today' is '${day}': give a day as YYYY-MM-DD, or leave it out`);
}
