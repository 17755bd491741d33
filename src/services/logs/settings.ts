// The hardened values of a log group.
import * as logs from 'aws-cdk-lib/aws-logs';
import { Token } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { fail } from '../../core/validate';

/** What may differ between log groups. */
export interface LogGroupOptions {
  readonly retention?: logs.RetentionDays;
  /** Whether the log group may be thrown away. */
  readonly disposable?: boolean;
}

/** A log group that is kept for a year and protected from deletion. */
export function logGroup(at: Place, options: LogGroupOptions): Partial<logs.CfnLogGroupProps> {
  const { retention, disposable } = options;
  if (retention !== undefined && !Token.isUnresolved(retention) && !Object.values(logs.RetentionDays).includes(retention)) {
    fail(at, `'retention' is ${retention}: take one of the values of RetentionDays, a year or more`);
  }
  const kept = retention ?? (disposable ? logs.RetentionDays.ONE_WEEK : logs.RetentionDays.ONE_YEAR);
  return {
    retentionInDays: kept === logs.RetentionDays.INFINITE ? undefined : kept,
    deletionProtectionEnabled: !disposable,
  };
}

/** The longest name that is made of stack name and logical ID. */
export const STEM_LENGTH = 200;
