// Who hears of backups that fail, and of tampering with them.
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { EventNotification } from '../foundation/event-notification';
import * as controls from '../services/backup/controls';
import * as settings from '../services/backup/settings';

/** Whom to notify, and of which vault and plans. */
export interface BackupNotificationsProps {
  readonly topic: sns.ITopic;
  readonly backupVaultName: string;
  readonly planIds: string[];
}

/** Where an event happened. */
const WHERE = { account: '$.account', region: '$.region' };

/**
 * Notifies of backups that fail, and of calls that delete backups or weaken their protection, refused ones among them.
 *
 * The deletion of a recovery point is not notified as such: it happens every day, when backups expire.
 */
export class BackupNotifications extends Construct {
  constructor(scope: Construct, id: string, props: BackupNotificationsProps) {
    super(scope, id);
    const failures = new EventNotification(this, 'Failures', {
      description: 'Backups, copies and restores that failed, and recovery points that are incomplete or could not be removed',
      eventPattern: settings.failures(),
      topic: props.topic,
      inputPaths: {
        what: '$.detail-type', type: '$.detail.resourceType', state: '$.detail.state', status: '$.detail.status', ...WHERE,
      },
      message: '<what> to <state><status>, resource of type <type>, in account <account>, region <region>. Open AWS Backup to see why.',
    });
    claim(failures.rule, controls.BKP_FAILURES_NOTIFIED);

    const tampering = new EventNotification(this, 'Tampering', {
      description: 'Calls that delete backups or weaken their protection',
      eventPattern: settings.tampering(props.backupVaultName, props.planIds),
      topic: props.topic,
      inputPaths: { call: '$.detail.eventName', event: '$.detail.eventID', error: '$.detail.errorCode', ...WHERE },
      message: 'Somebody called <call> of AWS Backup in account <account>, region <region>. '
        + 'Error, if it was refused: <error>. Find event <event> in CloudTrail.',
    });
    claim(tampering.rule, controls.BKP_TAMPERING_NOTIFIED);
  }
}
