import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { retain } from './retention';
import { HardenedProps, SecurityFoundation } from './security-foundation';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { waive } from '../assurance/security-waiver';
import { checkNew } from '../core/arguments';
import { harden } from '../core/harden';
import { generatedNamePattern, incarnation, nameStem } from '../core/names';
import { fail, place } from '../core/validate';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import * as controls from '../services/logs/controls';
import * as settings from '../services/logs/settings';
import * as touch from '../services/logs/touch-controls';

/** Properties of an encrypted log group. */
export interface EncryptedLogGroupProps extends HardenedProps {
  /**
   * The name, where a service prescribes it.
   *
   * @default - CloudFormation chooses it
   */
  readonly logGroupName?: string;

  /**
   * The name as the key's policy says it, which may be in another stack: with `*` for what only the deployment knows.
   *
   * @default - the name
   */
  readonly logGroupNamePattern?: string;

  /**
   * What the name begins with, where a service prescribes no more than that. The rest is made of the stack's name, the log
   * group's logical ID and a part that differs each time the stack is created. Not together with `logGroupName`.
   *
   * @default - CloudFormation chooses the name
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
 * A log group under a customer managed key, kept for a year, and protected from deletion. It is a `logs.LogGroup`.
 *
 * Answers FSBP CloudWatch.16, NIST AU-9 and AU-11, PCI 10.3 and 10.5.1.
 */
export class EncryptedLogGroup extends logs.LogGroup {
  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps = {}) {
    checkNew('EncryptedLogGroup', scope, id, props);
    const at = place(scope, id);
    if (props.logGroupName !== undefined && props.logGroupNamePrefix !== undefined) {
      fail(at, "'logGroupName' and 'logGroupNamePrefix' are both given: give the whole name or its beginning");
    }
    const hardened = settings.logGroup(at, { retention: props.retention, disposable: Disposable.isDisposable(scope) });
    const encryptionKey = props.encryptionKey ?? (props.foundation ?? SecurityFoundation.of(scope)).logKey;
    super(scope, id);
    const resource = this.node.defaultChild as logs.CfnLogGroup;
    const stem = props.logGroupNamePrefix === undefined
      ? undefined
      : `${props.logGroupNamePrefix}${nameStem(() => resource, { maxLength: settings.STEM_LENGTH })}`;
    KeyAccess.logGroup(props.logGroupNamePattern ?? props.logGroupName ?? (stem ? `${stem}-*` : generatedNamePattern(() => resource)))
      .allowOn(encryptionKey);
    const logGroupName = props.logGroupName ?? (stem && `${stem}-${incarnation()}`);
    harden(resource, { ...hardened, logGroupName, kmsKeyId: encryptionKey.keyArn });
    retain(resource);
    claim(resource, controls.LOG_ENCRYPTED, controls.LOG_RETENTION, controls.LOG_DELETION_PROTECTION, touch.LOG_STAYS, touch.LOG_OURS,
      touch.LOG_NOBODY_CHANGES, touch.LOG_NOBODY_SILENCES, GEN_NOBODY_MANAGES);
    waive(this, props.waivers);
  }
}
