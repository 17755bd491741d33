import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import { checkCall } from '../core/arguments';
import { checkDistribution, checkPrincipal, checkService } from '../services/kms/names';
import * as make from '../services/kms/statements';

/** Properties of access through a service. */
export interface ThroughServiceOptions {
  /**
   * Whether the service also makes grants on the key for its own resources, as RDS, EBS and DynamoDB do.
   *
   * @default false
   */
  readonly grants?: boolean;
}

/**
 * What an AWS service needs of a key, with the exact conditions that the service sends.
 *
 * Two kinds. Most services use a key for their caller: such access lets callers of this account through, only by way of that
 * service, and their own policies decide who. Others act for themselves: such access names the service and binds it to this
 * account and to the resource.
 */
export class KeyAccess {
  /** Buckets: readers and writers use the key through S3. */
  public static s3(): KeyAccess { return KeyAccess.throughService('s3'); }

  /** RDS and Aurora: storage, Performance Insights, and snapshots. */
  public static rds(): KeyAccess { return KeyAccess.throughService('rds', { grants: true }); }

  /** Secrets Manager, which RDS uses for master passwords. RDS makes grants there. */
  public static secretsManager(): KeyAccess { return KeyAccess.throughService('secretsmanager', { grants: true }); }

  /** DynamoDB tables. */
  public static dynamoDb(): KeyAccess { return KeyAccess.throughService('dynamodb', { grants: true }); }

  /** ECR repositories. */
  public static ecr(): KeyAccess { return KeyAccess.throughService('ecr', { grants: true }); }

  /** EBS volumes and snapshots. Auto Scaling needs `autoScaling` besides. */
  public static ebs(): KeyAccess { return KeyAccess.throughService('ec2', { grants: true }); }

  /** EFS file systems. */
  public static efs(): KeyAccess { return KeyAccess.throughService('elasticfilesystem', { grants: true }); }

  /** SQS queues. */
  public static sqs(): KeyAccess { return KeyAccess.throughService('sqs'); }

  /** SNS topics: publishers that are roles, EventBridge targets among them. */
  public static sns(): KeyAccess { return KeyAccess.throughService('sns'); }

  /** SSM parameters and Session Manager. */
  public static ssm(): KeyAccess { return KeyAccess.throughService('ssm'); }

  /**
   * Any service that uses the key for its caller.
   *
   * @param service the service's part of `kms:ViaService`, for example `athena`
   * @param options whether it makes grants
   */
  public static throughService(service: string, options: ThroughServiceOptions = {}): KeyAccess {
    checkCall('KeyAccess.throughService', undefined, service, options);
    checkService({ node: { path: 'KeyAccess.throughService' } }, service);
    const sid = service.split(/[^a-zA-Z0-9]/).map(w => w.charAt(0).toUpperCase() + w.slice(1)).join('');
    const grants = Boolean(options.grants);
    return new KeyAccess(() => make.throughService(sid, service, grants), `through ${service} ${grants}`);
  }

  /**
   * A CloudWatch Logs log group, and whoever reads it.
   *
   * @param logGroupName the log group's name; a `*` in it stands for any text
   */
  public static logGroup(logGroupName: string): KeyAccess {
    checkCall('KeyAccess.logGroup', undefined, logGroupName);
    return new KeyAccess(key => {
      const known = LOG_GROUPS.get(key);
      const arns = known ?? [];
      arns.push(make.logGroupArn(logGroupName));
      if (known) { return []; }
      LOG_GROUPS.set(key, arns);
      return make.logGroups(Lazy.list({ produce: () => [...new Set(arns)] }));
    }, undefined, KeyAccess.throughService('logs'));
  }

  /**
   * A CloudTrail trail of this region that delivers to a bucket with a Bucket Key.
   *
   * @param trailName the trail's name; a `*` in it stands for any text
   */
  public static cloudTrail(trailName: string): KeyAccess {
    checkCall('KeyAccess.cloudTrail', undefined, trailName);
    return new KeyAccess(() => make.cloudTrail(trailName));
  }

  /** Flow logs, WAF logs, CloudFront logs and Resolver query logs that go to an encrypted bucket. */
  public static logDelivery(): KeyAccess { return new KeyAccess(() => make.logDelivery()); }

  /** CloudWatch alarms of this account and region that notify an encrypted topic. */
  public static alarms(): KeyAccess { return new KeyAccess(() => make.alarms(), 'alarms'); }

  /**
   * A service that publishes to an encrypted topic or queue for itself. Not for EventBridge, which sends no source: use a
   * role and `sns`.
   *
   * @param service for example `events.rds.amazonaws.com`
   * @param sourceArn ARN of the resources that it publishes for; a `*` in it stands for any text
   */
  public static publisher(service: string, sourceArn: string): KeyAccess {
    checkCall('KeyAccess.publisher', undefined, service, sourceArn);
    checkPrincipal({ node: { path: 'KeyAccess.publisher' } }, service);
    return new KeyAccess(() => make.publisher(make.sidOf(service), service, sourceArn), `publisher ${service} ${sourceArn}`);
  }

  /** AWS Config that delivers to an encrypted bucket. */
  public static config(): KeyAccess { return new KeyAccess(() => make.config()); }

  /**
   * GuardDuty that exports findings.
   *
   * @param detectorId the detector's ID
   */
  public static guardDuty(detectorId: string): KeyAccess {
    checkCall('KeyAccess.guardDuty', undefined, detectorId);
    return new KeyAccess(() => make.guardDuty(detectorId));
  }

  /**
   * One CloudFront distribution that reads through origin access control.
   *
   * @param distributionId the distribution's ID
   */
  public static cloudFront(distributionId: string): KeyAccess {
    checkCall('KeyAccess.cloudFront', undefined, distributionId);
    checkDistribution({ node: { path: 'KeyAccess.cloudFront' } }, distributionId);
    return new KeyAccess(() => make.cloudFront(distributionId));
  }

  /** AWS Backup: a vault's key. */
  public static backup(): KeyAccess { return new KeyAccess(() => make.backup()); }

  /**
   * Ephemeral storage of Fargate tasks.
   *
   * @param clusterName the ECS cluster's name; a `*` in it stands for any text
   */
  public static fargateStorage(clusterName: string): KeyAccess {
    checkCall('KeyAccess.fargateStorage', undefined, clusterName);
    return new KeyAccess(() => make.fargateStorage(clusterName));
  }

  /**
   * EC2 Auto Scaling that launches instances with encrypted volumes. Its service-linked role must exist.
   *
   * @param suffix the suffix of a service-linked role of your own
   */
  public static autoScaling(suffix?: string): KeyAccess {
    checkCall('KeyAccess.autoScaling', undefined, suffix);
    return new KeyAccess(() => make.autoScaling(suffix));
  }

  /**
   * @param statements what is added to the key's policy
   * @param once names an access that many resources ask for, so that a key is asked for it once
   * @param also an access that it needs too
   */
  private constructor(
    private readonly statements: (key: kms.IKey) => iam.PolicyStatement[],
    private readonly once?: string,
    private readonly also?: KeyAccess,
  ) {
  }

  /**
   * Adds the access to a key's policy. The policy of an imported key can't be changed from here: its owner must allow it.
   *
   * @param key the key
   */
  public allowOn(key: kms.IKey): void {
    checkCall('KeyAccess.allowOn', undefined, key);
    this.also?.allowOn(key);
    const { accesses, sids } = allowedOn(key);
    if (this.once !== undefined && accesses.has(this.once)) { return; }
    if (this.once !== undefined) { accesses.add(this.once); }
    for (const statement of this.statements(key)) {
      tellApart(Stack.of(key), sids, statement);
      key.addToResourcePolicy(statement, true);
    }
  }
}

/** The log groups under a key: they share a statement, as one for each would pass the 32 KB of a key's policy at 98 log groups. */
const LOG_GROUPS = new WeakMap<kms.IKey, string[]>();

interface Allowed {
  readonly accesses: Set<string>;
  /** The statements of each identifier, as text, which the first of them has only when a second comes. */
  readonly sids: Map<string, (() => string)[]>;
}

const ALLOWED = new WeakMap<kms.IKey, Allowed>();

/** What was allowed on a key before. */
function allowedOn(key: kms.IKey): Allowed {
  const known = ALLOWED.get(key) ?? { accesses: new Set(), sids: new Map() };
  ALLOWED.set(key, known);
  return known;
}

/**
 * Two trails, clusters or publishers make statements of the same kind: the second gets a number, as a policy takes each
 * identifier once.
 */
function tellApart(stack: Stack, sids: Allowed['sids'], statement: iam.PolicyStatement): void {
  if (!statement.sid) { return; }
  let known: string | undefined;
  const text = () => known ??= JSON.stringify(stack.resolve(statement.toStatementJson()));
  const alike = sids.get(statement.sid);
  if (!alike) {
    sids.set(statement.sid, [text]);
    return;
  }
  const at = alike.findIndex(other => other() === text());
  if (at < 0) { alike.push(text); }
  const number = at < 0 ? alike.length : at + 1;
  if (number > 1) { statement.sid = `${statement.sid}${number}`; }
}
