// The data, the application and the edge of both programs by hand. Each part makes its resources in a scope, leaves on the stack what
// others need, and returns the rest.
const acm = require('aws-cdk-lib/aws-certificatemanager');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const iam = require('aws-cdk-lib/aws-iam');
const rds = require('aws-cdk-lib/aws-rds');
const route53 = require('aws-cdk-lib/aws-route53');
const wafv2 = require('aws-cdk-lib/aws-wafv2');
const { Aws, Duration } = require('aws-cdk-lib/core');
const { GUARDDUTY_IMAGES, RETAIN, allow, arn, fromArn, named, via } = require('./stack');

/** The application's bucket. */
function dataBucket(shop, scope) {
  shop.dataBucket = shop.bucket(scope, 'Bucket', { encryptionKey: shop.dataKey, keepVersions: 90, logicalId: shop.ids.dataBucket });
  shop.dataBucket.node.defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

/** The database. */
function database(shop, scope) {
  const family = 'aurora-postgresql17';
  const instanceParameters = new rds.CfnDBParameterGroup(scope, 'InstanceParameters', { description: 'As the cluster', family });
  const clusterParameters = new rds.CfnDBClusterParameterGroup(scope, 'ClusterParameters', {
    description: 'TLS only, audited',
    family,
    parameters: {
      'rds.force_ssl': '1',
      'ssl_min_protocol_version': 'TLSv1.2',
      'shared_preload_libraries': 'pgaudit,pg_stat_statements',
      'pgaudit.log': 'ddl,role',
      'log_connections': '1',
      'log_disconnections': '1',
      'log_statement': 'none',
      'log_min_error_statement': 'panic',
      'pg_stat_statements.track_utility': '0',
    },
  });
  const subnets = new rds.CfnDBSubnetGroup(scope, 'DatabaseSubnets', { dbSubnetGroupDescription: 'Subnets of the database', subnetIds: shop.dataSubnetIds });
  shop.databaseGroup = new ec2.SecurityGroup(scope, 'DatabaseGroup', { vpc: shop.vpc, description: 'Database, reached by named clients only', allowAllOutbound: false });
  const stem = named(shop.ids.database);
  const name = `${stem}-${shop.incarnation}`;
  const exported = ['postgresql', 'iam-db-auth-error'];
  const logGroups = exported.map(log => shop.logGroup(scope, `Database-${log}`, {
    logGroupName: `/aws/rds/cluster/${name}/${log}`, pattern: `/aws/rds/cluster/${stem}-*/${log}`,
  }));
  const keyArn = shop.dataKey.keyArn;
  shop.cluster = new rds.CfnDBCluster(scope, 'Database', {
    dbClusterIdentifier: name,
    engine: 'aurora-postgresql',
    engineVersion: '17',
    engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    autoMinorVersionUpgrade: true,
    databaseName: 'application',
    port: 5440,
    dbSubnetGroupName: subnets.ref,
    vpcSecurityGroupIds: [shop.databaseGroup.securityGroupId],
    dbClusterParameterGroupName: clusterParameters.ref,
    dbInstanceParameterGroupName: instanceParameters.ref,
    storageEncrypted: true,
    kmsKeyId: keyArn,
    masterUsername: 'dbadmin',
    manageMasterUserPassword: true,
    masterUserSecret: { kmsKeyId: keyArn },
    enableIamDatabaseAuthentication: true,
    enableHttpEndpoint: false,
    enableCloudwatchLogsExports: exported,
    databaseInsightsMode: 'advanced',
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keyArn,
    performanceInsightsRetentionPeriod: 465,
    backupRetentionPeriod: 35,
    copyTagsToSnapshot: true,
    deletionProtection: true,
    deleteAutomatedBackups: false,
  });
  shop.cluster.node.addDependency(...logGroups);
  const monitoring = shop.role(scope, 'MonitoringRole', 'monitoring.rds.amazonaws.com', fromArn('ArnLike', arn('rds', 'db:*')), 'Enhanced monitoring of the database', [
    allow(['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
      [arn('logs', 'log-group:RDSOSMetrics'), arn('logs', 'log-group:RDSOSMetrics:*')]),
  ]);
  shop.keep(monitoring);
  const instances = shop.zones.map((availabilityZone, i) => {
    const instance = new rds.CfnDBInstance(scope, `DatabaseInstance${i + 1}`, {
      dbClusterIdentifier: shop.cluster.ref,
      engine: 'aurora-postgresql',
      dbInstanceClass: 'db.r7g.large',
      dbParameterGroupName: instanceParameters.ref,
      availabilityZone,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      caCertificateIdentifier: 'rds-ca-rsa2048-g1',
      monitoringInterval: 60,
      monitoringRoleArn: monitoring.role.roleArn,
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: keyArn,
      performanceInsightsRetentionPeriod: 465,
    });
    instance.node.addDependency(monitoring.policy);
    return instance;
  });
  [instanceParameters, clusterParameters, subnets, shop.databaseGroup, shop.cluster, ...instances].forEach(resource => resource.applyRemovalPolicy(RETAIN));
  shop.instances = instances;
  const subscribe = (id, sourceType, eventCategories, sourceIds) => new rds.CfnEventSubscription(scope, id, {
    enabled: true, snsTopicArn: shop.topic.topicArn, sourceType, eventCategories, sourceIds,
  }).node.addDependency(shop.topicPolicy);
  subscribe('ClusterEvents', 'db-cluster', ['maintenance', 'failure'], [shop.cluster.ref]);
  subscribe('InstanceEvents', 'db-instance', ['maintenance', 'configuration change', 'failure'], instances.map(i => i.ref));
  subscribe('ParameterEvents', 'db-parameter-group', ['configuration change'], [instanceParameters.ref]);
  subscribe('SecurityGroupEvents', 'db-security-group', ['configuration change', 'failure']);
  return { cluster: shop.cluster, instances, logGroups };
}

/** The log group of the application's tasks. */
function serviceLogs(shop, scope) {
  return shop.logGroup(scope, 'ServiceLogs', { logicalId: shop.ids.serviceLogs });
}

/** The cluster of the application. */
function cluster(shop, scope, logGroup) {
  const stem = named(shop.ids.cluster);
  const clusterName = `${stem}-${shop.incarnation}`;
  const insights = name => `/aws/ecs/containerinsights/${name}/performance`;
  const performance = shop.logGroup(scope, 'ClusterInsights', { logGroupName: insights(clusterName), pattern: insights(`${stem}-*`) });
  const context = { 'kms:EncryptionContext:aws:ecs:clusterAccount': Aws.ACCOUNT_ID, 'kms:EncryptionContext:aws:ecs:clusterName': clusterName };
  const key = shop.key(scope, 'ClusterKey', 'Disks of Fargate tasks', shop.ids.clusterKey, [
    shop.serviceUses('FargateEncryptsStorage', 'fargate.amazonaws.com', ['kms:GenerateDataKeyWithoutPlaintext'], { StringEquals: context }),
    shop.serviceUses('FargateGrantsStorage', 'fargate.amazonaws.com', ['kms:CreateGrant'],
      { 'StringEquals': context, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
  ]);
  const made = new ecs.CfnCluster(scope, 'Cluster', {
    clusterName,
    clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
    configuration: {
      executeCommandConfiguration: {
        kmsKeyId: key.keyArn,
        logging: 'OVERRIDE',
        logConfiguration: {
          cloudWatchEncryptionEnabled: true,
          cloudWatchLogGroupName: logGroup.logGroupName,
          s3BucketName: shop.logBucket.bucketName,
          s3EncryptionEnabled: true,
          s3KeyPrefix: `ecs-exec/${clusterName}`,
        },
      },
      managedStorageConfiguration: { kmsKeyId: key.keyId, fargateEphemeralStorageKmsKeyId: key.keyId },
    },
  });
  made.addResourceDependency(performance.node.defaultChild);
  return made;
}

/** The tasks of the application, with their roles. */
function task(shop, scope, logGroup) {
  const tasks = () => fromArn('ArnLike', arn('ecs', '*'));
  const [applies, starts] = ['What the application in the tasks may do', 'Starts the tasks: pulls the image, reads the secrets, writes the logs'];
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  const applying = shop.role(scope, 'TaskRole', 'ecs-tasks.amazonaws.com', tasks(), applies, [
    allow(['rds-db:connect'], arn('rds-db', `dbuser:${shop.cluster.attrDbClusterResourceId}/application`)),
    allow(['s3:ListBucket'], shop.dataBucket.bucketArn),
    allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], shop.dataBucket.arnForObjects('*')),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], shop.dataKey.keyArn, { StringEquals: { 'kms:ViaService': via('s3') } }),
  ]);
  const execution = shop.role(scope, 'ExecutionRole', 'ecs-tasks.amazonaws.com', tasks(), starts, [
    allow(['ecr:GetAuthorizationToken'], '*'),
    allow(pull, arn('ecr', 'repository/shop')),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
  ]);
  const agent = shop.policy(scope, 'AgentPolicy', execution.role, starts, [new iam.PolicyStatement({
    sid: 'PullRuntimeAgent', actions: pull, resources: [`arn:${Aws.PARTITION}:ecr:${Aws.REGION}:${GUARDDUTY_IMAGES}:repository/aws-guardduty-agent-fargate`],
  })]);
  const environment = {
    DATABASE_HOST: shop.cluster.attrEndpointAddress,
    DATABASE_PORT: '5440',
    DATABASE_NAME: 'application',
    DATABASE_USER: 'application',
    BUCKET_NAME: shop.dataBucket.bucketName,
  };
  const taskDefinition = new ecs.CfnTaskDefinition(scope, 'Task', {
    family: named(shop.ids.task),
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
    cpu: '512',
    memory: '1024',
    taskRoleArn: applying.role.roleArn,
    executionRoleArn: execution.role.roleArn,
    containerDefinitions: [{
      name: 'app',
      image: `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/shop@sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8`,
      versionConsistency: 'enabled',
      essential: true,
      user: '1000:1000',
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: {
        capabilities: { drop: ['ALL'] },
        initProcessEnabled: true,
        tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions: ['noexec', 'nosuid', 'nodev'] }],
      },
      portMappings: [{ containerPort: 8443, protocol: 'tcp' }],
      environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': logGroup.logGroupName,
          'awslogs-region': Aws.REGION,
          'awslogs-stream-prefix': 'app',
          'mode': 'non-blocking',
          'max-buffer-size': '25m',
        },
      },
    }],
  });

  return { taskDefinition, taskRole: applying.role, executionRole: execution.role, needs: [applying.role, applying.policy, execution.role, execution.policy, agent] };
}

/** The security group of the tasks, and where they may connect to. */
function serviceGroup(shop, scope) {
  const description = `Tasks of Shop-${shop.ids.service}`;
  shop.serviceGroup = new ec2.SecurityGroup(scope, 'ServiceGroup', { vpc: shop.vpc, description, allowAllOutbound: false });
  shop.serviceGroup.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything');
  const https = ec2.Port.tcp(443);
  shop.serviceGroup.connections.allowTo(shop.databaseGroup, ec2.Port.tcp(5440), 'application to database');
  shop.serviceGroup.connections.allowTo(shop.endpointGroup, https, 'AWS APIs, by interface endpoints');
  shop.serviceGroup.addEgressRule(ec2.Peer.prefixList('pl-6da54004'), https, 'S3, by its gateway endpoint');
  shop.serviceGroup.addEgressRule(ec2.Peer.prefixList('pl-6fa54006'), https, 'DynamoDB, by its gateway endpoint');
}

/** The target group of the tasks. */
function targetGroup(shop, scope) {
  const targets = new elbv2.ApplicationTargetGroup(scope, 'TargetGroup', {
    vpc: shop.vpc,
    targetType: elbv2.TargetType.IP,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1,
    port: 8443,
    deregistrationDelay: Duration.seconds(30),
    healthCheck: {
      enabled: true,
      protocol: elbv2.Protocol.HTTPS,
      path: '/',
      healthyHttpCodes: '200',
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    },
  });
  targets.setAttribute('stickiness.enabled', 'false');
  return targets;
}

/** The service that keeps the tasks running. */
function service(shop, scope, { clusterArn, taskDefinition, needs, loadBalancers }) {
  shop.service = new ecs.CfnService(scope, 'Service', {
    cluster: clusterArn,
    taskDefinition,
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    schedulingStrategy: 'REPLICA',
    desiredCount: 2,
    availabilityZoneRebalancing: 'ENABLED',
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200, deploymentCircuitBreaker: { enable: true, rollback: true } },
    networkConfiguration: {
      awsvpcConfiguration: { assignPublicIp: 'DISABLED', securityGroups: [shop.serviceGroup.securityGroupId], subnets: shop.applicationSubnetIds },
    },
    loadBalancers,
    healthCheckGracePeriodSeconds: 60,
    enableExecuteCommand: false,
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
  });
  shop.service.node.addDependency(...needs, ...shop.endpoints);
  return shop.service;
}

/** The web firewall, with its log. */
function firewall(shop, scope) {
  const managed = (priority, name, overrides) => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides: overrides } },
    visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: name },
  });
  const blocking = (priority, name, statement) => ({
    name, priority, action: { block: {} }, statement, visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: name },
  });
  const webAcl = new wafv2.CfnWebACL(scope, 'Firewall', {
    description: 'Managed rules, rate limit and limit of the body',
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: `Shop-${shop.ids.firewall}` },
    dataProtectionConfig: {
      dataProtections: [
        { field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization', 'cookie', 'x-api-key'] }, action: 'SUBSTITUTION' },
      ],
    },
    rules: [
      managed(30, 'AWSManagedRulesAmazonIpReputationList'),
      blocking(50, 'RateLimit', { rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: 300, limit: 2000 } }),
      blocking(55, 'BodyLimit', {
        sizeConstraintStatement: {
          comparisonOperator: 'GT', size: 8192, fieldToMatch: { body: { oversizeHandling: 'MATCH' } }, textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      }),
      managed(60, 'AWSManagedRulesKnownBadInputsRuleSet'),
      managed(70, 'AWSManagedRulesCommonRuleSet', [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }]),
      managed(80, 'AWSManagedRulesSQLiRuleSet'),
      managed(90, 'AWSManagedRulesLinuxRuleSet'),
      managed(100, 'AWSManagedRulesUnixRuleSet'),
    ],
  });
  const logName = `aws-waf-logs-${named(shop.ids.firewallLogs)}`;
  const logGroup = shop.logGroup(scope, 'FirewallLogs', { logGroupName: `${logName}-${shop.incarnation}`, pattern: `${logName}-*` });
  new wafv2.CfnLoggingConfiguration(scope, 'FirewallLogging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [arn('logs', `log-group:${logGroup.logGroupName}`)],
    redactedFields: ['authorization', 'cookie', 'x-api-key'].map(Name => ({ singleHeader: { Name } })),
  });
  return { webAcl, logGroup };
}

/** The load balancer and its way to the tasks. */
function loadBalancer(shop, scope, { webAclArn, targets }) {
  const group = new ec2.SecurityGroup(scope, 'LoadBalancerGroup', { vpc: shop.vpc, description: 'Load balancer', allowAllOutbound: false });
  group.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything');
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS from clients');
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80), 'HTTP from clients, redirected to HTTPS');
  shop.serviceGroup.connections.allowFrom(group, ec2.Port.tcp(8443), 'HTTPS from the load balancer to its targets');
  const ways = [shop.serviceGroup, shop.databaseGroup, shop.endpointGroup, group].flatMap(g => g.node.children)
    .filter(c => c instanceof ec2.CfnSecurityGroupIngress || c instanceof ec2.CfnSecurityGroupEgress);
  shop.service.node.addDependency(...shop.instances, ...ways);
  const balancer = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc: shop.vpc,
    internetFacing: true,
    securityGroup: group,
    ipAddressType: elbv2.IpAddressType.IPV4,
    deletionProtection: true,
  });
  const prefix = `elb/${named(shop.ids.loadBalancer)}`;
  const attributes = {
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'strictest',
    'routing.http.xff_header_processing.mode': 'append',
    'routing.http.preserve_host_header.enabled': 'false',
    'waf.fail_open.enabled': 'false',
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.bucket': shop.logBucket.bucketName,
    'access_logs.s3.prefix': `${prefix}/access`,
    'connection_logs.s3.enabled': 'true',
    'connection_logs.s3.bucket': shop.logBucket.bucketName,
    'connection_logs.s3.prefix': `${prefix}/connection`,
  };
  Object.entries(attributes).forEach(([key, value]) => balancer.setAttribute(key, value));
  shop.logBucket.addToResourcePolicy(shop.serviceUses('LoadBalancerLogs', 'logdelivery.elasticloadbalancing.amazonaws.com', ['s3:PutObject'],
    fromArn('ArnLike', arn('elasticloadbalancing', 'loadbalancer/*')), [shop.logBucket.arnForObjects(`elb/*/AWSLogs/${Aws.ACCOUNT_ID}/*`)]));
  new wafv2.CfnWebACLAssociation(scope, 'FirewallAssociation', { resourceArn: balancer.loadBalancerArn, webAclArn });
  balancer.node.addDependency(shop.logBucket.policy, ...shop.publicRoutes);

  const [name, hostedZoneId] = ['shop.example.com', 'Z0123456789ABC'];
  const zone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId, zoneName: 'example.com' });
  const certificate = new acm.Certificate(scope, 'Certificate', {
    domainName: name,
    certificateName: name,
    validation: acm.CertificateValidation.fromDns(zone),
    keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
    transparencyLoggingEnabled: true,
  });
  new route53.CfnRecordSet(scope, 'Alias', {
    name: `${name}.`,
    type: 'A',
    hostedZoneId,
    aliasTarget: {
      dnsName: balancer.loadBalancerDnsName, hostedZoneId: balancer.loadBalancerCanonicalHostedZoneId, evaluateTargetHealth: true,
    },
  });
  const listener = new elbv2.ApplicationListener(scope, 'Listener', {
    loadBalancer: balancer,
    port: 443,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [certificate],
    sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
  });
  const headers = {
    strict_transport_security: 'max-age=31536000; includeSubDomains',
    x_content_type_options: 'nosniff',
    x_frame_options: 'DENY',
    content_security_policy: "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  };
  Object.entries(headers).forEach(([header, value]) => listener.setAttribute(`routing.http.response.${header}.header_value`, value));
  listener.setAttribute('routing.http.response.server.enabled', 'false');
  const redirect = new elbv2.ApplicationListener(scope, 'RedirectListener', {
    loadBalancer: balancer,
    port: 80,
    protocol: elbv2.ApplicationProtocol.HTTP,
    open: false,
    defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', host: '#{host}', path: '/#{path}', query: '#{query}', permanent: true }),
  });
  redirect.setAttribute('routing.http.response.server.enabled', 'false');
  const rule = new elbv2.ApplicationListenerRule(scope, 'Rule', {
    listener,
    priority: 1,
    conditions: [elbv2.ListenerCondition.hostHeaders([name])],
    action: elbv2.ListenerAction.forward([targets]),
  });
  shop.service.node.addDependency(rule);
}

module.exports = { dataBucket, database, serviceLogs, cluster, task, serviceGroup, targetGroup, service, firewall, loadBalancer };
