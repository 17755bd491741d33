import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { retain } from './retention';
import { HardenedProps, SecurityFoundation } from './security-foundation';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaivers } from '../assurance/security-waiver';
import { incarnation, nameStem } from '../core/names';
import { fail } from '../core/validate';
import * as controls from '../services/logs/controls';

/** Properties of an encrypted log group. */
export interface EncryptedLogGroupProps extends HardenedProps {
  /**
   * The name, where a service prescribes it or its beginning.
   *
   * @default - made of the stack's name, the construct's path and a part that differs each time the stack is created
   */
  readonly logGroupName?: string;

  /**
   * The name as the key's policy says it, which may be in another stack: with `*` for what only the deployment knows.
   *
   * @default - the name
   */
  readonly logGroupNamePattern?: string;

  /**
   * What the name begins with, where a service prescribes no more than that. Not together with `logGroupName`.
   *
   * @default - nothing
   */
  readonly logGroupNamePrefix?: string;

  /**
   * How long logs are kept. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly retention?: logs.RetentionDays;

  /**
   * The key. It must allow `KeyAccess.logGroup` if it is imported.
   *
   * @default - the log key of the security foundation
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A log group under a customer managed key, kept for a year, and protected from deletion.
 *
 * Answers FSBP CloudWatch.16, NIST AU-9 and AU-11, PCI 10.3 and 10.5.1.
 */
export class EncryptedLogGroup extends Construct {
  /** The log group. */
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps = {}) {
    super(scope, id);
    const disposable = Disposable.isDisposable(this);
    if (props.retention !== undefined && !Token.isUnresolved(props.retention) && !Object.values(logs.RetentionDays).includes(props.retention)) {
      fail(this, `'retention' is ${props.retention}: take one of the values of RetentionDays, a year or more`);
    }
    if (props.logGroupName !== undefined && props.logGroupNamePrefix !== undefined) {
      fail(this, "'logGroupName' and 'logGroupNamePrefix' are both given: give the whole name or its beginning");
    }
    const stem = `${props.logGroupNamePrefix ?? ''}${nameStem(this, 200)}`;
    const logGroupName = props.logGroupName ?? `${stem}-${incarnation()}`;
    const encryptionKey = props.encryptionKey ?? (props.foundation ?? SecurityFoundation.of(this)).logKey.key;
    KeyAccess.logGroup(props.logGroupNamePattern ?? props.logGroupName ?? `${stem}-*`).allowOn(encryptionKey);
    this.logGroup = new logs.LogGroup(this, 'Resource', {
      logGroupName,
      encryptionKey,
      retention: props.retention ?? (disposable ? logs.RetentionDays.ONE_WEEK : logs.RetentionDays.ONE_YEAR),
      deletionProtectionEnabled: !disposable,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const resource = this.logGroup.node.defaultChild as logs.CfnLogGroup;
    retain(resource);
    claim(resource, controls.LOG_ENCRYPTED, controls.LOG_RETENTION, controls.LOG_DELETION_PROTECTION);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }
}
