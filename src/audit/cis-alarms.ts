// Alarms over the events of a trail.
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Resource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { admit, claim } from '../assurance/claims';
import { waive } from '../assurance/security-waiver';
import { checkNew } from '../core/arguments';
import type { Place } from '../core/validate';
import { place } from '../core/validate';
import { KeyAccess } from '../foundation/key-access';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { ALARM_AT_ONCE, ALARM_NOTIFIES, CIS_ALARMS } from '../services/cloudwatch/controls';
import { CIS_PATTERNS } from '../services/cloudwatch/facts';
import * as settings from '../services/cloudwatch/settings';
import { ALARM_SEES, ALARM_TELLS_OURS } from '../services/cloudwatch/touch-controls';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';

/** An alarm of the CIS AWS Foundations Benchmark v7.0.0, section 5 (v5.0.0, section 4). */
export enum CisAlarm {
  /** 5.1: an API call was refused. */
  UNAUTHORIZED_CALLS = 'UnauthorizedCalls',
  /** 5.2: somebody signed in to the console without MFA. */
  CONSOLE_WITHOUT_MFA = 'ConsoleWithoutMfa',
  /** 5.3: the root user did something. */
  ROOT_USE = 'RootUse',
  /** 5.4: an IAM policy was changed. */
  IAM_POLICY_CHANGES = 'IamPolicyChanges',
  /** 5.5: a trail was changed or stopped. */
  TRAIL_CHANGES = 'TrailChanges',
  /** 5.6: a sign-in to the console failed. */
  FAILED_CONSOLE_LOGINS = 'FailedConsoleLogins',
  /** 5.7: a KMS key was disabled or scheduled for deletion. */
  KEY_DELETION = 'KeyDeletion',
  /** 5.8: a bucket's policy or another of its settings was changed. */
  BUCKET_POLICY_CHANGES = 'BucketPolicyChanges',
  /** 5.9: AWS Config was changed or stopped. */
  CONFIG_CHANGES = 'ConfigChanges',
  /** 5.10: a security group was changed. */
  SECURITY_GROUP_CHANGES = 'SecurityGroupChanges',
  /** 5.11: a network ACL was changed. */
  NETWORK_ACL_CHANGES = 'NetworkAclChanges',
  /** 5.12: a network gateway was changed. */
  GATEWAY_CHANGES = 'GatewayChanges',
  /** 5.13: a route table was changed. */
  ROUTE_TABLE_CHANGES = 'RouteTableChanges',
  /** 5.14: a VPC was changed. */
  VPC_CHANGES = 'VpcChanges',
  /** 5.15: AWS Organizations was changed. It happens in the management account only. */
  ORGANIZATION_CHANGES = 'OrganizationChanges',
}

/** Whose text the filters have. For three of them Security Hub accepts another text than the benchmark's, and no third. */
export class CisPatternSet {
  /** The text of the benchmark v5.0.0 to v7.0.0: less noise from refused calls, and changes of single security group rules. */
  public static readonly CIS = new CisPatternSet(settings.CIS);

  /** The text that Security Hub's controls CloudWatch.1 to CloudWatch.14 accept. They do not see changes of single security group rules. */
  public static readonly SECURITY_HUB = new CisPatternSet(settings.SECURITY_HUB);

  /** Both texts, as filters that feed the same metric and alarm. */
  public static readonly BOTH = new CisPatternSet(settings.BOTH);

  /** @internal */
  public readonly _patterns: settings.PatternSet;

  private constructor(patterns: settings.PatternSet) {
    this._patterns = patterns;
  }
}

/** An alarm over the events of a trail, besides those of the benchmark. */
export interface CustomAlarm {
  /** Its name, of letters and digits. The metric is called so too. */
  readonly name: string;

  /** What has happened when it goes off, for whoever is notified. */
  readonly description: string;

  /** Which events: a CloudWatch Logs filter pattern, at most 1024 characters long. */
  readonly filterPattern: string;

  /**
   * How many events in five minutes set it off.
   *
   * @default 1
   */
  readonly threshold?: number;
}

/** Properties of the CIS alarms. */
export interface CisAlarmsProps extends HardenedProps {
  /** The log group that a trail of all regions and all management events writes to. It can be an existing one. */
  readonly logGroup: logs.ILogGroup;

  /**
   * The topic that is notified. If it is encrypted with an imported key, that key must allow `KeyAccess.alarms`.
   *
   * @default - the topic of the security foundation
   */
  readonly topic?: sns.ITopic;

  /**
   * Whose text the filters have.
   *
   * @default CisPatternSet.CIS
   */
  readonly patternSet?: CisPatternSet;

  /**
   * The namespace of the metrics. Two sets of alarms in one region need two.
   *
   * @default - `CISBenchmark`, and `LogMetrics`, as Security Hub writes it, for the other pattern sets
   */
  readonly metricNamespace?: string;

  /**
   * Alarms to leave out. Each needs a waiver, of `TRL-10.3` for the benchmark's 5.3 and so on.
   *
   * @default - none
   */
  readonly disabledAlarms?: CisAlarm[];

  /**
   * Alarms besides those of the benchmark.
   *
   * @default - none
   */
  readonly customAlarms?: CustomAlarm[];
}

/**
 * Fifteen metric filters and alarms over the log group of a trail, which notify a topic at the first event in five minutes.
 *
 * A log group takes 100 filters. CloudTrail leaves events of more than 256 KB out of CloudWatch Logs: the bucket is the
 * record, the alarms are not.
 *
 * Answers CIS 5.1-5.15 (v5.0.0: 4.1-4.15), Security Hub CloudWatch.1-CloudWatch.14, NIST SI-4(5), PCI 10.4.1.
 */
export class CisAlarms extends Construct {
  /**
   * Checks what is given, before anything is made, and fills in the defaults.
   *
   * @internal
   */
  public static _resolve(at: Place, props: Omit<CisAlarmsProps, 'logGroup'>): settings.EventAlarms {
    return settings.eventAlarms(at, {
      patternSet: props.patternSet?._patterns,
      metricNamespace: props.metricNamespace,
      disabledAlarms: props.disabledAlarms,
      customAlarms: props.customAlarms,
    });
  }

  /** The alarms, in the order of the benchmark, custom ones last. */
  public readonly alarms: cloudwatch.CfnAlarm[];

  private readonly logGroupName: string;
  private readonly topicArn: string;

  constructor(scope: Construct, id: string, props: CisAlarmsProps) {
    checkNew('CisAlarms', scope, id, props);
    const at = place(scope, id);
    const { benchmark, custom } = CisAlarms._resolve(at, props);
    const topic = props.topic ?? (props.foundation ?? SecurityFoundation.of(scope)).topic;
    super(scope, id);
    this.logGroupName = props.logGroup.logGroupName;
    this.topicArn = topic.topicArn;
    if (topic.masterKey) { KeyAccess.alarms().allowOn(topic.masterKey); }

    const byName = new Map(benchmark.map(alarm => [alarm.name, this.watch(alarm)]));
    this.alarms = [...byName.values(), ...custom.map(alarm => this.watch(alarm))];
    byName.forEach(alarm => claim(alarm, ALARM_AT_ONCE));
    this.alarms.forEach(alarm => claim(alarm, ALARM_NOTIFIES, ALARM_SEES, ALARM_TELLS_OURS, GEN_NOBODY_MANAGES));
    if (!Resource.isOwnedResource(topic)) { this.alarms.forEach(alarm => admit(alarm, topic.topicArn)); }
    // What is off is claimed too, on the first alarm, so that it needs its waiver.
    CIS_PATTERNS.forEach((p, i) => claim(byName.get(p.name) ?? this.alarms[0], CIS_ALARMS[i]));
    waive(this, props.waivers);
  }

  private watch(alarm: settings.EventAlarm): cloudwatch.CfnAlarm {
    settings.metricFilters(alarm).forEach((filter, i) => new logs.CfnMetricFilter(this, `${alarm.name}-Filter${i || ''}`,
      { ...filter, logGroupName: this.logGroupName }));
    return new cloudwatch.CfnAlarm(this, alarm.name, { ...settings.alarm(alarm), alarmActions: [this.topicArn] });
  }
}
