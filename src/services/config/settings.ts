// The hardened values of the configuration recorder, of what it delivers, and of who hears of it.
import type * as config from 'aws-cdk-lib/aws-config';
import type * as events from 'aws-cdk-lib/aws-events';
import { Duration, Token } from 'aws-cdk-lib/core';
import { iamArn } from '../../core/names';
import type { Place } from '../../core/validate';
import { fail, requireDays } from '../../core/validate';

/** What may differ between recorders. */
export interface RecorderOptions {
  readonly globalResourceTypes?: boolean;
  readonly dailyResourceTypes?: string[];
}

/** A recorder of every type, all the time, with the service-linked role of AWS Config. */
export function recorder(at: Place, options: RecorderOptions): config.CfnConfigurationRecorderProps {
  const daily = options.dailyResourceTypes ?? [];
  requireArrayOfTypes(at, daily);
  return {
    roleArn: iamArn('role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
    recordingGroup: {
      allSupported: true,
      includeGlobalResourceTypes: options.globalResourceTypes ?? true,
      recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
    },
    recordingMode: {
      recordingFrequency: 'CONTINUOUS',
      recordingModeOverrides: daily.length > 0
        ? [{ description: 'Noisy types', recordingFrequency: 'DAILY', resourceTypes: daily }]
        : undefined,
    },
  };
}

/** A list that is a token is rendered whole. */
function requireArrayOfTypes(at: Place, types: string[]): void {
  if (!Array.isArray(types)) { fail(at, `'dailyResourceTypes' is '${types}', not a list: put it into brackets`); }
  const isType = (type: string) => Token.isUnresolved(type) || /^[A-Za-z0-9]+::\w+::\w+$/.test(type);
  const wrong = Token.isUnresolved(types) ? undefined : types.find(type => !isType(type));
  if (wrong !== undefined) {
    fail(at, `'dailyResourceTypes' has '${wrong}': give a type such as 'AWS::EC2::NetworkInterface'`);
  }
}

const FREQUENCIES = ['One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours'];

/** What may differ between delivery channels. */
export interface DeliveryOptions {
  readonly snapshotFrequency?: config.MaximumExecutionFrequency;
}

/** A channel that delivers snapshots, and notifies no topic: AWS Config does not support encrypted ones. */
export function deliveryChannel(at: Place, options: DeliveryOptions) {
  const deliveryFrequency: string = options.snapshotFrequency ?? 'TwentyFour_Hours';
  if (!Token.isUnresolved(deliveryFrequency) && !FREQUENCIES.includes(deliveryFrequency)) {
    fail(at, `'snapshotFrequency' is '${deliveryFrequency}': take a value of config.MaximumExecutionFrequency`);
  }
  return { configSnapshotDeliveryProperties: { deliveryFrequency } } satisfies Partial<config.CfnDeliveryChannelProps>;
}

/** The service that the role of the recorder is for. */
export const SERVICE_LINKED_ROLE = { awsServiceName: 'config.amazonaws.com' };

/** How long the recorder's bucket keeps records. AWS Config does not deliver to a bucket under Object Lock. */
export function records(at: Place, options: { readonly expiration?: Duration }) {
  requireDays(at, 'expiration', options.expiration, 365, 36500);
  return { expiration: options.expiration, noncurrentExpiration: Duration.days(365) };
}

/** What breaks a rule, and how that is told. */
export const COMPLIANCE = {
  eventPattern: {
    source: ['aws.config'],
    detailType: ['Config Rules Compliance Change'],
    detail: { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
  } satisfies events.EventPattern,
  inputPaths: {
    rule: '$.detail.configRuleName',
    type: '$.detail.resourceType',
    resource: '$.detail.resourceId',
    account: '$.detail.awsAccountId',
    region: '$.detail.awsRegion',
  },
  message: 'AWS Config: <type> <resource> in account <account>, <region>, breaks the rule <rule>',
};

/** Snapshots and histories that could not be delivered. */
export const DELIVERY_FAILURE = {
  eventPattern: {
    source: ['aws.config'],
    detailType: ['Config Configuration Snapshot Delivery Status', 'Config Configuration History Delivery Status'],
    detail: { messageType: [{ suffix: 'DeliveryFailed' }] },
  } satisfies events.EventPattern,
};
