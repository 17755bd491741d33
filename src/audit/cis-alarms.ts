import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { SecurityWaivers } from '../assurance/security-waiver';
import { fail, requireKnown, requireMatch, requireNotEmpty, requireRange } from '../core/validate';
import { KeyAccess } from '../foundation/key-access';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { ALARM_AT_ONCE, ALARM_NOTIFIES } from '../services/cloudtrail/controls';
import { CIS_ALARMS } from '../services/cloudwatch/controls';
import { CIS_PATTERNS, CisPattern } from '../services/cloudwatch/facts';

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
export enum CisPatternSet {
  /** The text of the benchmark v5.0.0 to v7.0.0: less noise from refused calls, and changes of single security group rules. */
  CIS = 'CIS',
  /** The text that Security Hub's controls CloudWatch.1 to CloudWatch.14 accept. They do not see changes of single security group rules. */
  SECURITY_HUB = 'SECURITY_HUB',
  /** Both texts, as filters that feed the same metric and alarm. */
  BOTH = 'BOTH',
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

/** What an alarm is made of. */
interface AlarmOptions {
  readonly name: string;
  readonly description: string;
  readonly patterns: string[];
  readonly threshold: number;
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
  /** The alarms, in the order of the benchmark, custom ones last. */
  public readonly alarms: cloudwatch.CfnAlarm[];

  private readonly props: CisAlarmsProps;
  private readonly topic: sns.ITopic;
  private readonly metricNamespace: string;

  constructor(scope: Construct, id: string, props: CisAlarmsProps) {
    super(scope, id);
    this.props = props;
    const disabled = props.disabledAlarms ?? [];
    const customAlarms = props.customAlarms ?? [];
    const patternSet = props.patternSet ?? CisPatternSet.CIS;
    const enabled = CIS_PATTERNS.filter(p => !disabled.includes(p.name as CisAlarm));
    requireNotEmpty(this, 'enabled alarms', enabled, "'disabledAlarms' has all fifteen, so leave the construct out");
    requireMatch(this, 'metricNamespace', props.metricNamespace, /^(?!AWS\/)[\w.\-/#:]{1,255}$/, "use letters, digits and any of . - _ / # : and do not begin with 'AWS/'");
    customAlarms.forEach((alarm, i) => this.check(alarm, customAlarms.slice(0, i)));
    this.metricNamespace = props.metricNamespace ?? (patternSet === CisPatternSet.CIS ? 'CISBenchmark' : 'LogMetrics');
    this.topic = props.topic ?? (props.foundation ?? SecurityFoundation.of(this)).topic.topic;
    if (this.topic.masterKey) { KeyAccess.alarms().allowOn(this.topic.masterKey); }

    const byName = new Map(enabled.map(p => [p.name, this.alarm({
      name: p.name,
      description: `CIS ${p.number}: ${p.happened}`,
      patterns: texts(p, patternSet),
      threshold: 1,
    })]));
    const custom = customAlarms.map(c => this.alarm({
      name: c.name,
      description: c.description,
      patterns: [c.filterPattern],
      threshold: c.threshold ?? 1,
    }));
    this.alarms = [...byName.values(), ...custom];

    byName.forEach(alarm => claim(alarm, ALARM_AT_ONCE));
    this.alarms.forEach(alarm => claim(alarm, ALARM_NOTIFIES));
    // What is off is claimed too, on the first alarm, so that it needs its waiver.
    CIS_PATTERNS.forEach((p, i) => claim(byName.get(p.name) ?? this.alarms[0], CIS_ALARMS[i]));
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  private alarm(options: AlarmOptions): cloudwatch.CfnAlarm {
    options.patterns.forEach((filterPattern, i) => new logs.CfnMetricFilter(this, `${options.name}-Filter${i || ''}`, {
      logGroupName: this.props.logGroup.logGroupName,
      filterPattern,
      metricTransformations: [{ metricNamespace: this.metricNamespace, metricName: options.name, metricValue: '1', defaultValue: 0 }],
    }));
    return new cloudwatch.CfnAlarm(this, options.name, {
      alarmDescription: options.description,
      namespace: this.metricNamespace,
      metricName: options.name,
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: options.threshold,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      actionsEnabled: true,
      alarmActions: [this.topic.topicArn],
    });
  }

  private check(alarm: CustomAlarm, before: CustomAlarm[]): void {
    requireKnown(this, 'name', alarm.name, 'take up to 100 letters and digits and begin with a letter');
    requireMatch(this, 'name', alarm.name, /^[A-Za-z][A-Za-z0-9]{0,99}$/, 'take up to 100 letters and digits and begin with a letter');
    if ([...CIS_PATTERNS, ...before].some(other => other.name === alarm.name)) {
      fail(this, `'customAlarms' has the name '${alarm.name}', which another alarm has: take a name of its own`);
    }
    requireMatch(this, 'filterPattern', alarm.filterPattern, /^[^]{1,1024}$/, `give the alarm '${alarm.name}' a pattern of 1 to 1024 characters`);
    requireRange(this, 'threshold', alarm.threshold, 1, 1000000, 'events in five minutes');
  }
}

/** The filter texts of a pattern in a set. */
function texts(pattern: CisPattern, set: CisPatternSet): string[] {
  if (pattern.securityHub === undefined || set === CisPatternSet.CIS) { return [pattern.pattern]; }
  return set === CisPatternSet.BOTH ? [pattern.pattern, pattern.securityHub] : [pattern.securityHub];
}
