// What both programs for three tiers share: the stack, with a method for what repeats, and the foundation.
// `ids` are the logical IDs of a program's resources that names are made of.
const events = require('aws-cdk-lib/aws-events');
const iam = require('aws-cdk-lib/aws-iam');
const logs = require('aws-cdk-lib/aws-logs');
const sns = require('aws-cdk-lib/aws-sns');
const { Aws, Fn, Lazy } = require('aws-cdk-lib/core');
const { ByHand, RETAIN, allow, arn, fromArn, named, via } = require('./stack');

class Shop extends ByHand {
  constructor(scope, ids) {
    super(scope, 'Shop', {
      env: { account: '111122223333', region: 'eu-west-1' },
      description: 'A three-tier application, defended in depth',
      terminationProtection: true,
    });
    this.ids = ids;
    this.incarnation = Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
  }

  /** The name is CloudFormation's, made of the logical ID, unless one is given. */
  logGroup(scope, id, { logicalId, logGroupName, pattern = `Shop-${logicalId}-*` }) {
    if (!this.logGroupArns) {
      this.logGroupArns = [];
      this.logKey.addToResourcePolicy(this.serviceUses(undefined, `logs.${Aws.REGION}.${Aws.URL_SUFFIX}`, ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Lazy.list({ produce: () => this.logGroupArns }) } }));
    }
    this.logGroupArns.push(arn('logs', `log-group:${pattern}`));
    return new logs.LogGroup(scope, id, {
      logGroupName,
      encryptionKey: this.logKey,
      retention: logs.RetentionDays.ONE_YEAR,
      deletionProtectionEnabled: true,
      removalPolicy: RETAIN,
    });
  }

  role(scope, id, service, conditions, description, statements) {
    const role = new iam.Role(scope, id, { description, assumedBy: new iam.ServicePrincipal(service, { conditions }) });
    const policy = statements && this.policy(scope, `${id}Policy`, role, description, statements);
    return { role, policy };
  }

  policy(scope, id, role, description, statements) {
    return new iam.ManagedPolicy(scope, id, { description, roles: [role], statements });
  }

  /** What a retained resource goes on using. */
  keep({ role, policy }) {
    [role, policy].forEach(made => made.node.defaultChild.applyRemovalPolicy(RETAIN));
  }

  notification(scope, id, logicalId, description, eventPattern, inputPathsMap, message) {
    const name = named(logicalId);
    const { role } = this.role(scope, `${id}Role`, 'events.amazonaws.com', fromArn('ArnEquals', arn('events', `rule/${name}`)), `Notifies: ${description}`, [
      allow(['sns:Publish'], this.topic.topicArn),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], this.topicKey.keyArn, { StringEquals: { 'kms:ViaService': via('sns') } }),
    ]);
    new events.CfnRule(scope, id, {
      name,
      description,
      state: 'ENABLED',
      eventPattern,
      targets: [{
        id: 'Topic',
        arn: this.topic.topicArn,
        roleArn: role.roleArn,
        inputTransformer: message && { inputPathsMap, inputTemplate: JSON.stringify(message) },
      }],
    });
  }

  foundation() {
    this.logKey = this.key(this, 'LogKey', 'Log groups', this.ids.logKey, [this.useThrough('Logs', 'logs')]);
    this.topicKey = this.key(this, 'TopicKey', 'Notifications of security events', this.ids.topicKey, [
      this.serviceUses('AlarmsPublish', 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], fromArn('ArnLike', arn('cloudwatch', 'alarm:*'))),
      this.useThrough('Sns', 'sns'),
      this.serviceUses('EventsRdsPublish', 'events.rds.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], fromArn('ArnLike', arn('rds', '*'))),
    ]);
    this.dataKey = this.key(this, 'DataKey', 'Data of the application', this.ids.dataKey, [
      this.useThrough('S3', 's3'),
      this.useThrough('Rds', 'rds'),
      this.grantThrough('Rds', 'rds'),
      this.useThrough('Secretsmanager', 'secretsmanager'),
      this.grantThrough('Secretsmanager', 'secretsmanager'),
    ]);

    this.logBucket = this.bucket(this, 'LogBucket', { keepVersions: 30, expires: 365, denyDeletions: true });

    this.topic = new sns.Topic(this, 'Topic', { masterKey: this.topicKey });
    const resources = [this.topic.topicArn];
    this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'DenyInsecureTransport', effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions: ['sns:Publish'], resources,
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
    this.topic.addToResourcePolicy(this.serviceUses('AlarmsPublish', 'cloudwatch.amazonaws.com', ['sns:Publish'], fromArn('ArnLike', arn('cloudwatch', 'alarm:*')), resources));
    this.topicPolicy = this.topic.addToResourcePolicy(
      this.serviceUses('EventsRdsPublish', 'events.rds.amazonaws.com', ['sns:Publish'], fromArn('ArnLike', arn('rds', '*')), resources)).policyDependable;
    new sns.Subscription(this, 'Security', { topic: this.topic, protocol: sns.SubscriptionProtocol.EMAIL, endpoint: 'security@example.com' });
  }
}

module.exports = { Shop };
