// The template of bench/library.js as somebody writes it by hand: L2 constructs where they render it, L1 where not, and a function for
// what repeats. Names in which the library has construct paths or hashes are literals. `npm run bench` compares the templates first.
const acm = require('aws-cdk-lib/aws-certificatemanager');
const backup = require('aws-cdk-lib/aws-backup');
const cloudtrail = require('aws-cdk-lib/aws-cloudtrail');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const config = require('aws-cdk-lib/aws-config');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const events = require('aws-cdk-lib/aws-events');
const guardduty = require('aws-cdk-lib/aws-guardduty');
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const logs = require('aws-cdk-lib/aws-logs');
const rds = require('aws-cdk-lib/aws-rds');
const route53 = require('aws-cdk-lib/aws-route53');
const s3 = require('aws-cdk-lib/aws-s3');
const sns = require('aws-cdk-lib/aws-sns');
const ssm = require('aws-cdk-lib/aws-ssm');
const wafv2 = require('aws-cdk-lib/aws-wafv2');
const { ArnFormat, Aws, Duration, Fn, RemovalPolicy, Stack } = require('aws-cdk-lib/core');

const RETAIN = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const ADMINISTER = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:Delete*', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*', 'kms:Put*',
  'kms:Revoke*', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
];
const GUARDDUTY_IMAGES = '694911143906';

const arn = (service, resource) => `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
const via = service => `${service}.${Aws.REGION}.amazonaws.com`;
const allow = (actions, resources, conditions) => new iam.PolicyStatement({ actions, resources: [].concat(resources), conditions });
const ofAccount = () => ({ 'aws:SourceAccount': Aws.ACCOUNT_ID });
const fromArn = (operator, sourceArn) => ({ StringEquals: ofAccount(), [operator]: { 'aws:SourceArn': sourceArn } });

const PATTERNS = [
  ['UnauthorizedCalls', 'CIS 5.1: an API call was refused',
    '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }'],
  ['ConsoleWithoutMfa', 'CIS 5.2: somebody signed in to the console without MFA',
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'],
  ['RootUse', 'CIS 5.3: the root user did something',
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'],
  ['IamPolicyChanges', 'CIS 5.4: an IAM policy was changed',
    '{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy)||($.eventName=DeleteRolePolicy)||($.eventName=DeleteUserPolicy)||($.eventName=PutGroupPolicy)||($.eventName=PutRolePolicy)||($.eventName=PutUserPolicy)||($.eventName=CreatePolicy)||($.eventName=DeletePolicy)||($.eventName=CreatePolicyVersion)||($.eventName=DeletePolicyVersion)||($.eventName=AttachRolePolicy)||($.eventName=DetachRolePolicy)||($.eventName=AttachUserPolicy)||($.eventName=DetachUserPolicy)||($.eventName=AttachGroupPolicy)||($.eventName=DetachGroupPolicy))}'],
  ['TrailChanges', 'CIS 5.5: a trail was changed or stopped',
    '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }'],
  ['FailedConsoleLogins', 'CIS 5.6: a sign-in to the console failed',
    '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }'],
  ['KeyDeletion', 'CIS 5.7: a KMS key was disabled or scheduled for deletion',
    '{($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }'],
  ['BucketPolicyChanges', 'CIS 5.8: the policy, ACL, CORS, lifecycle or replication of a bucket was changed',
    '{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketCors) || ($.eventName = DeleteBucketLifecycle) || ($.eventName = DeleteBucketReplication)) }'],
  ['ConfigChanges', 'CIS 5.9: AWS Config was changed or stopped',
    '{ ($.eventSource = config.amazonaws.com) && (($.eventName=StopConfigurationRecorder)||($.eventName=DeleteDeliveryChannel)||($.eventName=PutDeliveryChannel)||($.eventName=PutConfigurationRecorder)) }'],
  ['SecurityGroupChanges', 'CIS 5.10: a security group was changed',
    '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }'],
  ['NetworkAclChanges', 'CIS 5.11: a network ACL was changed',
    '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }'],
  ['GatewayChanges', 'CIS 5.12: a network gateway was changed',
    '{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }'],
  ['RouteTableChanges', 'CIS 5.13: a route table was changed',
    '{($.eventSource=ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable))}'],
  ['VpcChanges', 'CIS 5.14: a VPC was changed',
    '{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }'],
  ['OrganizationChanges', 'CIS 5.15: AWS Organizations was changed',
    '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = AttachPolicy) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit)) }'],
];

class ShopStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    this.incarnation = Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
    this.foundation();
    this.network();
    this.data();
    this.application();
    this.edge();
    this.backups();
    this.audit();
    this.detection();
  }

  // --- what repeats

  key(id, description, alias, statements = []) {
    const key = new kms.Key(this, id, {
      description,
      alias,
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ sid: 'AccountAdministersKey', principals: [new iam.AccountRootPrincipal()], actions: ADMINISTER, resources: ['*'] }),
          ...statements,
        ],
      }),
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      keySpec: kms.KeySpec.SYMMETRIC_DEFAULT,
      keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT,
      removalPolicy: RETAIN,
    });
    return key;
  }

  accountUses(sid, actions, conditions) {
    return new iam.PolicyStatement({ sid, principals: [new iam.AccountRootPrincipal()], actions, resources: ['*'], conditions });
  }

  useThrough(sid, service) {
    return this.accountUses(`UseThrough${sid}`, USE, { StringEquals: { 'kms:ViaService': via(service), 'kms:CallerAccount': Aws.ACCOUNT_ID } });
  }

  grantThrough(sid, service) {
    return this.accountUses(`GrantThrough${sid}`, ['kms:CreateGrant'], {
      StringEquals: { 'kms:ViaService': via(service), 'kms:CallerAccount': Aws.ACCOUNT_ID },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    });
  }

  serviceUses(sid, service, actions, conditions, resources = ['*']) {
    return new iam.PolicyStatement({ sid, principals: [new iam.ServicePrincipal(service)], actions, resources, conditions });
  }

  logGroup(id, logGroupName, pattern) {
    this.logKey.addToResourcePolicy(this.serviceUses(undefined, `logs.${Aws.REGION}.${Aws.URL_SUFFIX}`, ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', `log-group:${pattern}`) } }));
    return new logs.LogGroup(this, id, {
      logGroupName,
      encryptionKey: this.logKey,
      retention: logs.RetentionDays.ONE_YEAR,
      deletionProtectionEnabled: true,
      removalPolicy: RETAIN,
    });
  }

  bucket(id, options) {
    const { encryptionKey } = options;
    const bucket = new s3.Bucket(this, id, {
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey ? true : undefined,
      blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: options.lockFor ? true : undefined,
      objectLockDefaultRetention: options.lockFor && s3.ObjectLockRetention.governance(options.lockFor),
      lifecycleRules: [
        { id: 'AbortUploadsAndExpireVersions', abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: Duration.days(options.keepVersions) },
        options.expires ? { id: 'Expire', expiration: Duration.days(options.expires) } : { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RETAIN,
    });
    const deny = (sid, actions, resources, conditions) => bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid, effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions, resources, conditions,
    }));
    const objects = [bucket.arnForObjects('*')];
    const all = [bucket.bucketArn, ...objects];
    deny('DenyInsecureTransport', ['s3:*'], all, { Bool: { 'aws:SecureTransport': 'false' } });
    deny('DenyTlsBefore12', ['s3:*'], all, { NumericLessThan: { 's3:TlsVersion': '1.2' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } });
    if (encryptionKey) {
      const sse = 's3:x-amz-server-side-encryption';
      const put = ['s3:PutObject'];
      deny('DenyOtherEncryption', put, objects, {
        Null: { [sse]: 'false' },
        StringNotEquals: { [sse]: 'aws:kms', ...options.plainWriter && { 'aws:PrincipalServiceName': options.plainWriter } },
      });
      deny('DenyOtherKey', put, objects, { Null: { [`${sse}-aws-kms-key-id`]: 'false' }, StringNotEquals: { [`${sse}-aws-kms-key-id`]: encryptionKey.keyArn } });
      deny('DenyAwsManagedKey', put, objects, { Null: { [`${sse}-aws-kms-key-id`]: 'true' }, StringEquals: { [sse]: 'aws:kms' } });
      deny('DenyCustomerProvidedKey', put, objects, { Null: { [`${sse}-customer-algorithm`]: 'false' } });
    }
    if (options.denyDeletions) { deny('DenyDeletions', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], objects); }
    bucket.policy.applyRemovalPolicy(RETAIN);
    if (options.logs) {
      // Not by the L2, which would grant by an ACL.
      bucket.node.defaultChild.loggingConfiguration = {
        destinationBucketName: this.logBucket.bucketName,
        logFilePrefix: `s3/${options.logs.prefix}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
      };
      this.logBucket.addToResourcePolicy(this.serviceUses(`S3AccessLogs${options.logs.sid}`, 'logging.s3.amazonaws.com', ['s3:PutObject'],
        { StringEquals: ofAccount(), ArnLike: { 'aws:SourceArn': [bucket.bucketArn] } }, [this.logBucket.arnForObjects('s3/*')]));
    }
    return bucket;
  }

  role(id, service, conditions, description, statements) {
    const role = new iam.Role(this, id, { description, assumedBy: new iam.ServicePrincipal(service, { conditions }) });
    const policy = statements && this.policy(`${id}Policy`, role, description, statements);
    return { role, policy };
  }

  policy(id, role, description, statements) {
    return new iam.ManagedPolicy(this, id, { description, roles: [role], statements });
  }

  /** What a retained resource goes on using. */
  keep({ role, policy }) {
    [role, policy].forEach(made => made.node.defaultChild.applyRemovalPolicy(RETAIN));
  }

  notification(id, name, description, eventPattern, inputPathsMap, message) {
    const { role } = this.role(`${id}Role`, 'events.amazonaws.com', fromArn('ArnEquals', arn('events', `rule/${name}`)), `Notifies: ${description}`, [
      allow(['sns:Publish'], this.topic.topicArn),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], this.topicKey.keyArn, { StringEquals: { 'kms:ViaService': via('sns') } }),
    ]);
    new events.CfnRule(this, id, {
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

  // --- the parts

  foundation() {
    this.logKey = this.key('LogKey', 'Log groups', 'Shop/Application/Security/LogKey/7090BF8C', [this.useThrough('Logs', 'logs')]);
    this.topicKey = this.key('TopicKey', 'Notifications of security events', 'Shop/Application/Security/Topic/Key/390B95DD', [
      this.serviceUses('AlarmsPublish', 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], fromArn('ArnLike', arn('cloudwatch', 'alarm:*'))),
      this.useThrough('Sns', 'sns'),
      this.serviceUses('EventsRdsPublish', 'events.rds.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], fromArn('ArnLike', arn('rds', '*'))),
    ]);
    this.dataKey = this.key('DataKey', 'Data of the application', 'Shop/Application/DataKey/F54336A3', [
      this.useThrough('S3', 's3'),
      this.useThrough('Rds', 'rds'),
      this.grantThrough('Rds', 'rds'),
      this.useThrough('Secretsmanager', 'secretsmanager'),
      this.grantThrough('Secretsmanager', 'secretsmanager'),
    ]);

    this.logBucket = this.bucket('LogBucket', { keepVersions: 30, expires: 365, denyDeletions: true });

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

  network() {
    const path = 'Shop/Application/Network';
    const vpc = new ec2.CfnVPC(this, 'Vpc', {
      cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true, instanceTenancy: 'default', tags: [{ key: 'Name', value: path }],
    });
    const [publicCidr, applicationCidr, dataCidr, everywhere] = ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '0.0.0.0/0'];
    const zones = [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
    const tcp = (ruleNumber, cidrBlock, from, to = from) => ({ ruleNumber, cidrBlock, ruleAction: 'allow', protocol: 6, portRange: { from, to } });
    const refuse = (ruleNumber, cidrBlock) => ({ ruleNumber, cidrBlock, ruleAction: 'deny', protocol: -1 });
    const tooBig = ruleNumber => ({ ruleNumber, cidrBlock: everywhere, ruleAction: 'allow', protocol: 1, icmp: { type: 3, code: 4 } });
    const tier = (name, type, cidrs, ingress, egress) => {
      const tags = [{ key: 'Name', value: `${path}/${name}` }];
      const routeTable = new ec2.CfnRouteTable(this, `${name}RouteTable`, { vpcId: vpc.attrVpcId, tags });
      const acl = new ec2.CfnNetworkAcl(this, `${name}Acl`, { vpcId: vpc.attrVpcId, tags });
      ingress.forEach(rule => new ec2.CfnNetworkAclEntry(this, `${name}In${rule.ruleNumber}`, { networkAclId: acl.attrId, egress: false, ...rule }));
      egress.forEach(rule => new ec2.CfnNetworkAclEntry(this, `${name}Out${rule.ruleNumber}`, { networkAclId: acl.attrId, egress: true, ...rule }));
      const associations = [];
      const subnets = cidrs.map((cidrBlock, i) => {
        const subnet = new ec2.CfnSubnet(this, `${name}Subnet${i + 1}`, {
          vpcId: vpc.attrVpcId,
          cidrBlock,
          availabilityZone: zones[i],
          mapPublicIpOnLaunch: false,
          assignIpv6AddressOnCreation: false,
          tags: [
            { key: 'Name', value: `${path}/${name}/Subnet${i + 1}` },
            { key: 'aws-cdk:subnet-name', value: name },
            { key: 'aws-cdk:subnet-type', value: type },
          ],
        });
        const subnetId = subnet.attrSubnetId;
        associations.push(
          new ec2.CfnSubnetRouteTableAssociation(this, `${name}Routes${i + 1}`, { subnetId, routeTableId: routeTable.attrRouteTableId }),
          new ec2.CfnSubnetNetworkAclAssociation(this, `${name}Acl${i + 1}`, { subnetId, networkAclId: acl.attrId }),
        );
        return subnet;
      });
      return { routeTable, associations, subnets, subnetIds: subnets.map(s => s.attrSubnetId) };
    };
    const publicTier = tier('Public', 'Public', ['10.0.0.0/19', '10.0.32.0/19'],
      [refuse(50, dataCidr), tcp(100, everywhere, 443), tcp(110, everywhere, 80), tcp(120, applicationCidr, 1024, 65535), tooBig(160)],
      [refuse(50, dataCidr), tcp(100, applicationCidr, 8443), tcp(110, everywhere, 1024, 65535), tooBig(160)]);
    const application = tier('Application', 'Isolated', ['10.0.64.0/19', '10.0.96.0/19'],
      [tcp(100, publicCidr, 8443), tcp(110, applicationCidr, 443), tcp(120, dataCidr, 1024, 65535), tcp(130, applicationCidr, 1024, 65535), tcp(140, everywhere, 32768, 65535)],
      [tcp(100, dataCidr, 5440), tcp(110, everywhere, 443), tcp(120, publicCidr, 1024, 65535), tcp(130, applicationCidr, 8443), tcp(140, applicationCidr, 1024, 65535)]);
    const data = tier('Data', 'Isolated', ['10.0.128.0/19', '10.0.160.0/19'],
      [tcp(100, applicationCidr, 5440), tcp(110, dataCidr, 5440), tcp(115, dataCidr, 1024, 65535)],
      [tcp(100, applicationCidr, 1024, 65535), tcp(110, dataCidr, 5440), tcp(115, dataCidr, 1024, 65535)]);

    const gateway = new ec2.CfnInternetGateway(this, 'Internet', { tags: [{ key: 'Name', value: `${path}/Internet` }] });
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'InternetAttachment', { vpcId: vpc.ref, internetGatewayId: gateway.attrInternetGatewayId });
    const route = new ec2.CfnRoute(this, 'InternetRoute', {
      routeTableId: publicTier.routeTable.attrRouteTableId, destinationCidrBlock: everywhere, gatewayId: gateway.attrInternetGatewayId,
    });
    route.addResourceDependency(attachment);
    this.publicRoutes = [route, ...publicTier.associations];
    this.applicationSubnetIds = application.subnetIds;
    this.dataSubnetIds = data.subnetIds;
    [vpc, ...data.subnets].forEach(resource => resource.applyRemovalPolicy(RETAIN)); // the database that stays is in them
    this.zones = zones;
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'ImportedVpc', {
      vpcId: vpc.ref,
      availabilityZones: zones,
      publicSubnetIds: publicTier.subnetIds,
      isolatedSubnetNames: ['Application', 'Data'],
      isolatedSubnetIds: [...application.subnetIds, ...data.subnetIds],
    });

    const policyDocument = (...statements) => new iam.PolicyDocument({ statements });
    const anybody = (sid, actions, resources, conditions) => new iam.PolicyStatement({ sid, principals: [new iam.StarPrincipal()], actions, resources, conditions });
    const ours = { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, 'aws:ResourceAccount': Aws.ACCOUNT_ID } };
    const gatewayEndpoint = (id, service, policy) => new ec2.CfnVPCEndpoint(this, id, {
      vpcId: vpc.ref,
      serviceName: `com.amazonaws.${Aws.REGION}.${service}`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [application.routeTable.attrRouteTableId, data.routeTable.attrRouteTableId],
      policyDocument: policy,
    });
    const s3Endpoint = gatewayEndpoint('S3Endpoint', 's3', policyDocument(
      anybody('OurBuckets', ['s3:*'], ['*'], ours),
      anybody('BucketsOfServices', ['s3:GetObject'], [`arn:${Aws.PARTITION}:s3:::prod-${Aws.REGION}-starport-layer-bucket/*`])));
    gatewayEndpoint('DynamoDbEndpoint', 'dynamodb', policyDocument(anybody('OurTables', ['dynamodb:*'], ['*'], ours)));
    this.endpointGroup = new ec2.SecurityGroup(this, 'EndpointGroup', { vpc: this.vpc, description: 'Interface endpoints of AWS services', allowAllOutbound: false });
    this.endpointGroup.addIngressRule(ec2.Peer.ipv4(applicationCidr), ec2.Port.tcp(443), 'AWS APIs, from the application tier');
    this.endpoints = [s3Endpoint];
    for (const service of ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms', 'guardduty-data']) {
      this.endpoints.push(new ec2.CfnVPCEndpoint(this, `Endpoint-${service}`, {
        vpcId: vpc.ref,
        serviceName: `com.amazonaws.${this.region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: application.subnetIds,
        securityGroupIds: [this.endpointGroup.securityGroupId],
        policyDocument: policyDocument(anybody('OurResources', ['*'], ['*'], {
          StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
          StringEqualsIfExists: { 'aws:ResourceAccount': service.startsWith('ecr.') ? [Aws.ACCOUNT_ID, GUARDDUTY_IMAGES] : [Aws.ACCOUNT_ID] },
        })),
      }));
    }

    const flowLogs = 'shop-application-network-flowlogs-loggroup-54eb145c';
    const logGroup = this.logGroup('FlowLogGroup', `${flowLogs}-${this.incarnation}`, `${flowLogs}-*`);
    const delivery = this.role('FlowLogRole', 'vpc-flow-logs.amazonaws.com', fromArn('ArnLike', arn('ec2', 'vpc-flow-log/*')), 'Delivers the flow logs of a VPC', [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'], logGroup.logGroupArn),
    ]);
    const fields = [
      'version', 'account-id', 'vpc-id', 'subnet-id', 'interface-id', 'instance-id', 'type', 'srcaddr', 'srcport', 'pkt-srcaddr', 'dstaddr', 'dstport',
      'pkt-dstaddr', 'protocol', 'packets', 'bytes', 'start', 'end', 'tcp-flags', 'action', 'log-status', 'region', 'az-id', 'flow-direction', 'traffic-path',
      'pkt-src-aws-service', 'pkt-dst-aws-service', 'reject-reason', 'encryption-status',
    ];
    const flowLog = new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceType: 'VPC',
      resourceId: vpc.ref,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: logGroup.logGroupName,
      deliverLogsPermissionArn: delivery.role.roleArn,
      logFormat: fields.map(field => `\${${field}}`).join(' '),
      maxAggregationInterval: 60,
      tags: [{ key: 'Name', value: `${path}/FlowLogs` }],
    });
    flowLog.node.addDependency(delivery.policy);

    const runbook = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';
    const execution = arn('ssm', 'automation-execution/*');
    const automation = this.role('DefaultGroupRole', 'ssm.amazonaws.com', { StringEquals: ofAccount() }, 'Removes the rules of the default security group of a VPC', [
      allow(['ec2:DescribeSecurityGroups'], '*'),
      allow(['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'], arn('ec2', `security-group/${vpc.attrDefaultSecurityGroup}`)),
      allow(['ssm:StartAutomationExecution'], [
        `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::automation-definition/${runbook}:*`, `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::document/${runbook}`, execution,
      ]),
      allow(['ssm:GetAutomationExecution'], execution),
    ]);
    automation.policy.addStatements(allow(['iam:PassRole'], automation.role.roleArn, { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } }));
    const association = new ssm.CfnAssociation(this, 'DefaultGroup', {
      name: runbook,
      parameters: { GroupId: [vpc.attrDefaultSecurityGroup], AutomationAssumeRole: [automation.role.roleArn] },
      associationDispatchAssumeRole: automation.role.roleArn,
      scheduleExpression: 'rate(1 day)',
      complianceSeverity: 'HIGH',
    });
    association.node.addDependency(automation.policy);
  }

  data() {
    this.dataBucket = this.bucket('Bucket', { encryptionKey: this.dataKey, keepVersions: 90, logs: { prefix: 'c83da653781654919ba8a099067df1dd18542727a9', sid: 'c8bfa265badf89ed' } });
    this.dataBucket.node.defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };

    const family = 'aurora-postgresql17';
    const instanceParameters = new rds.CfnDBParameterGroup(this, 'InstanceParameters', { description: 'As the cluster', family });
    const clusterParameters = new rds.CfnDBClusterParameterGroup(this, 'ClusterParameters', {
      description: 'TLS only, audited',
      family,
      parameters: {
        'rds.force_ssl': '1',
        'ssl_min_protocol_version': 'TLSv1.2',
        'shared_preload_libraries': 'pgaudit,pg_stat_statements',
        'pgaudit.log': 'ddl,role',
        'log_connections': '1',
        'log_disconnections': '1',
        'log_statement': 'ddl',
      },
    });
    const subnets = new rds.CfnDBSubnetGroup(this, 'DatabaseSubnets', { dbSubnetGroupDescription: 'Subnets of the database', subnetIds: this.dataSubnetIds });
    this.databaseGroup = new ec2.SecurityGroup(this, 'DatabaseGroup', { vpc: this.vpc, description: 'Database Shop/Application/Database', allowAllOutbound: false });
    const stem = 'shop-application-database-a3d08621';
    const name = `${stem}-${this.incarnation}`;
    const exported = ['postgresql', 'iam-db-auth-error'];
    const logGroups = exported.map(log => this.logGroup(`Database-${log}`, `/aws/rds/cluster/${name}/${log}`, `/aws/rds/cluster/${stem}-*/${log}`));
    const keyArn = this.dataKey.keyArn;
    this.cluster = new rds.CfnDBCluster(this, 'Database', {
      dbClusterIdentifier: name,
      engine: 'aurora-postgresql',
      engineVersion: '17',
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      autoMinorVersionUpgrade: true,
      databaseName: 'application',
      port: 5440,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroupIds: [this.databaseGroup.securityGroupId],
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
    this.cluster.node.addDependency(...logGroups);
    const monitoring = this.role('MonitoringRole', 'monitoring.rds.amazonaws.com', fromArn('ArnLike', arn('rds', 'db:*')), 'Enhanced monitoring of the database', [
      allow(['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
        [arn('logs', 'log-group:RDSOSMetrics'), arn('logs', 'log-group:RDSOSMetrics:*')]),
    ]);
    this.keep(monitoring);
    const instances = this.zones.map((availabilityZone, i) => {
      const instance = new rds.CfnDBInstance(this, `DatabaseInstance${i + 1}`, {
        dbClusterIdentifier: this.cluster.ref,
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
    [instanceParameters, clusterParameters, subnets, this.databaseGroup, this.cluster, ...instances].forEach(resource => resource.applyRemovalPolicy(RETAIN));
    this.instances = instances;
    const subscribe = (id, sourceType, eventCategories, sourceIds) => new rds.CfnEventSubscription(this, id, {
      enabled: true, snsTopicArn: this.topic.topicArn, sourceType, eventCategories, sourceIds,
    }).node.addDependency(this.topicPolicy);
    subscribe('ClusterEvents', 'db-cluster', ['maintenance', 'failure'], [this.cluster.ref]);
    subscribe('InstanceEvents', 'db-instance', ['maintenance', 'configuration change', 'failure'], instances.map(i => i.ref));
    subscribe('ParameterEvents', 'db-parameter-group', ['configuration change'], [instanceParameters.ref]);
    subscribe('SecurityGroupEvents', 'db-security-group', ['configuration change', 'failure']);
  }

  application() {
    const logName = 'shop-application-service-logs-dea644cf';
    const logGroup = this.logGroup('ServiceLogs', `${logName}-${this.incarnation}`, `${logName}-*`);
    const clusterName = 'shop-application-service-cluster-1721fb3a';
    const context = { 'kms:EncryptionContext:aws:ecs:clusterAccount': Aws.ACCOUNT_ID, 'kms:EncryptionContext:aws:ecs:clusterName': clusterName };
    const key = this.key('ClusterKey', 'Disks of Fargate tasks', 'Shop/Application/Service/Cluster/Key/C606FAC0', [
      this.serviceUses('FargateEncryptsStorage', 'fargate.amazonaws.com', ['kms:GenerateDataKeyWithoutPlaintext'], { StringEquals: context }),
      this.serviceUses('FargateGrantsStorage', 'fargate.amazonaws.com', ['kms:CreateGrant'],
        { 'StringEquals': context, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
    ]);
    const cluster = new ecs.CfnCluster(this, 'Cluster', {
      clusterName,
      clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
      configuration: {
        executeCommandConfiguration: {
          kmsKeyId: key.keyArn,
          logging: 'OVERRIDE',
          logConfiguration: {
            cloudWatchEncryptionEnabled: true,
            cloudWatchLogGroupName: logGroup.logGroupName,
            s3BucketName: this.logBucket.bucketName,
            s3EncryptionEnabled: true,
            s3KeyPrefix: `ecs-exec/${clusterName}`,
          },
        },
        managedStorageConfiguration: { kmsKeyId: key.keyId, fargateEphemeralStorageKmsKeyId: key.keyId },
      },
    });

    const tasks = () => fromArn('ArnLike', arn('ecs', '*'));
    const [applies, starts] = ['What the application in the tasks may do', 'Starts the tasks: pulls the image, reads the secrets, writes the logs'];
    const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
    const task = this.role('TaskRole', 'ecs-tasks.amazonaws.com', tasks(), applies, [
      allow(['rds-db:connect'], arn('rds-db', `dbuser:${this.cluster.attrDbClusterResourceId}/application`)),
      allow(['s3:ListBucket'], this.dataBucket.bucketArn),
      allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], this.dataBucket.arnForObjects('*')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], this.dataKey.keyArn, { StringEquals: { 'kms:ViaService': via('s3') } }),
    ]);
    const execution = this.role('ExecutionRole', 'ecs-tasks.amazonaws.com', tasks(), starts, [
      allow(['ecr:GetAuthorizationToken'], '*'),
      allow(pull, arn('ecr', 'repository/shop')),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
    ]);
    const agent = this.policy('AgentPolicy', execution.role, starts, [new iam.PolicyStatement({
      sid: 'PullRuntimeAgent', actions: pull, resources: [`arn:${Aws.PARTITION}:ecr:${Aws.REGION}:${GUARDDUTY_IMAGES}:repository/aws-guardduty-agent-fargate`],
    })]);
    const environment = {
      DATABASE_HOST: this.cluster.attrEndpointAddress,
      DATABASE_PORT: '5440',
      DATABASE_NAME: 'application',
      DATABASE_USER: 'application',
      BUCKET_NAME: this.dataBucket.bucketName,
    };
    const taskDefinition = new ecs.CfnTaskDefinition(this, 'Task', {
      family: 'shop-application-service-task-b3aa908e',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      cpu: '512',
      memory: '1024',
      taskRoleArn: task.role.roleArn,
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

    this.serviceGroup = new ec2.SecurityGroup(this, 'ServiceGroup', { vpc: this.vpc, description: 'Tasks of Shop/Application/Service', allowAllOutbound: false });
    this.serviceGroup.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything');
    const https = ec2.Port.tcp(443);
    this.serviceGroup.connections.allowTo(this.databaseGroup, ec2.Port.tcp(5440), 'application to database');
    this.serviceGroup.connections.allowTo(this.endpointGroup, https, 'AWS APIs, by interface endpoints');
    this.serviceGroup.addEgressRule(ec2.Peer.prefixList('pl-6da54004'), https, 'S3, by its gateway endpoint');
    this.serviceGroup.addEgressRule(ec2.Peer.prefixList('pl-6fa54006'), https, 'DynamoDB, by its gateway endpoint');

    this.targetGroup = new elbv2.ApplicationTargetGroup(this, 'TargetGroup', {
      vpc: this.vpc,
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
    this.targetGroup.setAttribute('stickiness.enabled', 'false');
    this.service = new ecs.CfnService(this, 'Service', {
      cluster: cluster.attrArn,
      taskDefinition: taskDefinition.ref,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      schedulingStrategy: 'REPLICA',
      desiredCount: 2,
      availabilityZoneRebalancing: 'ENABLED',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200, deploymentCircuitBreaker: { enable: true, rollback: true } },
      networkConfiguration: {
        awsvpcConfiguration: { assignPublicIp: 'DISABLED', securityGroups: [this.serviceGroup.securityGroupId], subnets: this.applicationSubnetIds },
      },
      loadBalancers: [{ targetGroupArn: this.targetGroup.targetGroupArn, containerName: 'app', containerPort: 8443 }],
      healthCheckGracePeriodSeconds: 60,
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
    });
    this.service.node.addDependency(task.role, task.policy, execution.role, execution.policy, agent, ...this.endpoints);
  }

  edge() {
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
    const webAcl = new wafv2.CfnWebACL(this, 'Firewall', {
      description: 'Managed rules, rate limit and limit of the body',
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: 'Shop-Application-Firewall-B2337E71' },
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
    const logName = 'aws-waf-logs-shop-application-firewall-logs-95b22bc1';
    const logGroup = this.logGroup('FirewallLogs', `${logName}-${this.incarnation}`, `${logName}-*`);
    new wafv2.CfnLoggingConfiguration(this, 'FirewallLogging', {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [arn('logs', `log-group:${logGroup.logGroupName}`)],
      redactedFields: ['authorization', 'cookie', 'x-api-key'].map(Name => ({ singleHeader: { Name } })),
    });

    const group = new ec2.SecurityGroup(this, 'LoadBalancerGroup', { vpc: this.vpc, description: 'Load balancer', allowAllOutbound: false });
    group.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything');
    group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS from clients');
    group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80), 'HTTP from clients, redirected to HTTPS');
    this.serviceGroup.connections.allowFrom(group, ec2.Port.tcp(8443), 'HTTPS from the load balancer to its targets');
    const ways = [this.serviceGroup, this.databaseGroup, this.endpointGroup, group].flatMap(g => g.node.children)
      .filter(c => c instanceof ec2.CfnSecurityGroupIngress || c instanceof ec2.CfnSecurityGroupEgress);
    this.service.node.addDependency(...this.instances, ...ways);
    const loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: this.vpc,
      internetFacing: true,
      securityGroup: group,
      ipAddressType: elbv2.IpAddressType.IPV4,
      deletionProtection: true,
    });
    const prefix = 'elb/c882b515019609b55b69203da57400ba0f99dd0f42';
    const attributes = {
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'strictest',
      'routing.http.xff_header_processing.mode': 'append',
      'routing.http.preserve_host_header.enabled': 'false',
      'waf.fail_open.enabled': 'false',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': this.logBucket.bucketName,
      'access_logs.s3.prefix': `${prefix}/access`,
      'connection_logs.s3.enabled': 'true',
      'connection_logs.s3.bucket': this.logBucket.bucketName,
      'connection_logs.s3.prefix': `${prefix}/connection`,
    };
    Object.entries(attributes).forEach(([key, value]) => loadBalancer.setAttribute(key, value));
    this.logBucket.addToResourcePolicy(this.serviceUses('LoadBalancerLogs', 'logdelivery.elasticloadbalancing.amazonaws.com', ['s3:PutObject'],
      fromArn('ArnLike', arn('elasticloadbalancing', 'loadbalancer/*')), [this.logBucket.arnForObjects(`elb/*/AWSLogs/${Aws.ACCOUNT_ID}/*`)]));
    const association = new wafv2.CfnWebACLAssociation(this, 'FirewallAssociation', { resourceArn: loadBalancer.loadBalancerArn, webAclArn: webAcl.attrArn });
    association.node.addDependency(this.logBucket.policy);
    loadBalancer.node.addDependency(this.logBucket.policy, ...this.publicRoutes);

    const [name, hostedZoneId] = ['shop.example.com', 'Z0123456789ABC'];
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: 'example.com' });
    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: name,
      certificateName: 'Shop/Application/LoadBalancer/Domain/Resource',
      validation: acm.CertificateValidation.fromDns(zone),
      keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
      transparencyLoggingEnabled: true,
    });
    new route53.CfnRecordSet(this, 'Alias', {
      name: `${name}.`,
      type: 'A',
      hostedZoneId,
      aliasTarget: {
        dnsName: loadBalancer.loadBalancerDnsName, hostedZoneId: loadBalancer.loadBalancerCanonicalHostedZoneId, evaluateTargetHealth: true,
      },
    });
    const listener = new elbv2.ApplicationListener(this, 'Listener', {
      loadBalancer,
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
    const redirect = new elbv2.ApplicationListener(this, 'RedirectListener', {
      loadBalancer,
      port: 80,
      protocol: elbv2.ApplicationProtocol.HTTP,
      open: false,
      defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', host: '#{host}', path: '/#{path}', query: '#{query}', permanent: true }),
    });
    redirect.setAttribute('routing.http.response.server.enabled', 'false');
    const rule = new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener,
      priority: 1,
      conditions: [elbv2.ListenerCondition.hostHeaders([name])],
      action: elbv2.ListenerAction.forward([this.targetGroup]),
    });
    this.service.node.addDependency(rule);
  }

  backups() {
    const through = { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': via('backup') };
    const key = this.key('BackupKey', 'Backups', 'Shop/Application/Backup/Vault/Key/24837335', [
      this.accountUses('UseThroughBackup', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'], { StringEquals: through }),
      this.accountUses('GrantThroughBackup', ['kms:CreateGrant'], {
        'StringEquals': through,
        'Bool': { 'kms:GrantIsForAWSResource': 'true' },
        'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
      }),
    ]);
    const exempt = [
      `arn:${Aws.PARTITION}:iam::${this.account}:role/cdk-hnb659fds-cfn-exec-role-${this.account}-${this.region}`,
      `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
    ];
    const deny = (sid, actions) => new iam.PolicyStatement({
      sid, effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions, resources: ['*'], conditions: { ArnNotLike: { 'aws:PrincipalArn': exempt } },
    });
    const vault = new backup.CfnBackupVault(this, 'Vault', {
      backupVaultName: `shop-applicati-backup-vault-12f312bd-${this.incarnation}`,
      encryptionKeyArn: key.keyArn,
      lockConfiguration: { minRetentionDays: 7, maxRetentionDays: 365 },
      accessPolicy: new iam.PolicyDocument({
        statements: [
          deny('DenyDeletions', ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:PutBackupVaultAccessPolicy']),
          deny('DenyWeakening', [
            'backup:DisassociateRecoveryPoint', 'backup:DisassociateRecoveryPointFromParent', 'backup:DeleteBackupVault', 'backup:DeleteBackupVaultAccessPolicy',
            'backup:DeleteBackupVaultLockConfiguration', 'backup:PutBackupVaultLockConfiguration', 'backup:DeleteBackupVaultNotifications',
          ]),
        ],
      }),
    });
    vault.applyRemovalPolicy(RETAIN);

    const clusterArn = this.formatArn({ service: 'rds', resource: 'cluster', resourceName: this.cluster.ref, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const bucketArn = this.dataBucket.bucketArn;
    const snapshots = arn('rds', 'cluster-snapshot:awsbackup:*');
    const forService = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
    const { role, policy } = this.role('BackupRole', 'backup.amazonaws.com', { StringEquals: ofAccount() }, 'Backs up to one vault', [
      allow(['backup:DescribeBackupVault'], vault.attrBackupVaultArn),
      allow(['backup:TagResource'], arn('backup', 'recovery-point:*')),
      allow(['tag:GetResources'], '*'),
      allow(['kms:DescribeKey'], key.keyArn),
      allow(['kms:CreateGrant'], key.keyArn, forService),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn, { StringEquals: { 'kms:ViaService': via('backup') } }),
      allow(['rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterAutomatedBackups', 'rds:ListTagsForResource'], arn('rds', '*')),
      allow(['rds:ModifyDBCluster'], clusterArn),
      allow(['rds:CreateDBClusterSnapshot'], [clusterArn, snapshots]),
      allow(['rds:AddTagsToResource', 'rds:CopyDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot'], snapshots),
      allow(['rds:DeleteDBClusterAutomatedBackup'], arn('rds', 'cluster-auto-backup:*')),
      allow(['kms:DescribeKey'], this.dataKey.keyArn),
      allow(['kms:CreateGrant'], this.dataKey.keyArn, forService),
      allow([
        's3:GetBucketTagging', 's3:GetInventoryConfiguration', 's3:PutInventoryConfiguration', 's3:ListBucketVersions', 's3:ListBucket', 's3:GetBucketVersioning',
        's3:GetBucketLocation', 's3:GetBucketAcl', 's3:GetBucketNotification', 's3:PutBucketNotification',
      ], bucketArn),
      allow(['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], `${bucketArn}/*`),
      allow([
        'events:PutRule', 'events:DeleteRule', 'events:DescribeRule', 'events:EnableRule', 'events:DisableRule', 'events:PutTargets', 'events:RemoveTargets',
        'events:ListTargetsByRule',
      ], arn('events', 'rule/AwsBackupManagedRule*')),
      allow(['events:ListRules', 's3:ListAllMyBuckets', 'cloudwatch:GetMetricData'], '*'),
      allow(['kms:Decrypt'], this.dataKey.keyArn, { StringEquals: { 'kms:ViaService': via('s3') } }),
    ]);
    const plan = (name, scheduleExpression, enableContinuousBackup) => {
      const made = new backup.CfnBackupPlan(this, `${name}Plan`, {
        backupPlan: {
          backupPlanName: `Shop-Application-Backup-55F846E8-${name}`,
          backupPlanRule: [{
            ruleName: name,
            targetBackupVault: vault.ref,
            scheduleExpression,
            scheduleExpressionTimezone: 'Etc/UTC',
            startWindowMinutes: 60,
            completionWindowMinutes: 720,
            enableContinuousBackup,
            lifecycle: { deleteAfterDays: 35 },
          }],
        },
      });
      const selection = new backup.CfnBackupSelection(this, `${name}Selection`, {
        backupPlanId: made.attrBackupPlanId,
        backupSelection: { selectionName: 'Resources', iamRoleArn: role.roleArn, resources: [clusterArn, bucketArn] },
      });
      selection.node.addDependency(policy);
      return made.attrBackupPlanId;
    };
    const planIds = [plan('Daily', 'cron(0 5 * * ? *)'), plan('Continuous', 'cron(0 3 * * ? *)', true)];

    const ended = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];
    this.notification('BackupFailures', 'Shop-Application-Backup-Notifications-Failures-6681A108',
      'Backups, copies and restores that failed, and recovery points that are incomplete or could not be removed',
      {
        'source': ['aws.backup'],
        'detail-type': ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change', 'Recovery Point State Change'],
        'detail': { $or: [{ state: ended }, { status: ended }] },
      },
      { what: '$.detail-type', type: '$.detail.resourceType', state: '$.detail.state', status: '$.detail.status', account: '$.account', region: '$.region' },
      '<what> to <state><status>, resource of type <type>, in account <account>, region <region>. Open AWS Backup to see why.');
    this.notification('BackupTampering', 'Shop-Application-Backup-Notifications-Tampering-B05C0357', 'Calls that delete backups or weaken their protection',
      {
        'source': ['aws.backup'],
        'detail-type': ['AWS API Call via CloudTrail'],
        'detail': {
          $or: [{ backupVaultName: [vault.ref] }, { backupPlanId: planIds }].map(requestParameters => ({
            eventSource: ['backup.amazonaws.com'],
            eventName: [
              'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault',
              'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration',
              'DeleteBackupVaultNotifications', 'UpdateBackupPlan', 'DeleteBackupPlan', 'DeleteBackupSelection',
            ],
            requestParameters,
          })),
        },
      },
      { call: '$.detail.eventName', event: '$.detail.eventID', error: '$.detail.errorCode', account: '$.account', region: '$.region' },
      'Somebody called <call> of AWS Backup in account <account>, region <region>. Error, if it was refused: <error>. Find event <event> in CloudTrail.');
  }

  audit() {
    const trailName = `shop-application-trail-6c83e81a-${this.incarnation}`;
    const trailArn = arn('cloudtrail', `trail/${trailName}`);
    this.auditKey = this.key('AuditKey', 'Audit trail and configuration history', 'Shop/Application/AuditKey/8931CF99', [
      this.serviceUses('CloudTrailEncrypts', 'cloudtrail.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
        ArnEquals: { 'aws:SourceArn': trailArn },
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${Aws.PARTITION}:cloudtrail:*:${Aws.ACCOUNT_ID}:trail/*` },
      }),
      this.serviceUses('CloudTrailUsesBucketKey', 'cloudtrail.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
        ArnEquals: { 'aws:SourceArn': trailArn }, ArnLike: { 'kms:EncryptionContext:aws:s3:arn': `arn:${Aws.PARTITION}:s3:::*` },
      }),
      this.serviceUses('CloudTrailDescribes', 'cloudtrail.amazonaws.com', ['kms:DescribeKey'], { ArnEquals: { 'aws:SourceArn': trailArn } }),
      this.useThrough('S3', 's3'),
      this.serviceUses('ConfigDelivers', 'config.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], fromArn('ArnLike', arn('config', '*'))),
    ]);

    const bucket = this.bucket('TrailBucket', {
      encryptionKey: this.auditKey, plainWriter: 'cloudtrail.amazonaws.com', keepVersions: 365, denyDeletions: true, lockFor: Duration.days(365),
      logs: { prefix: 'c8c803de21247e8263c771e6f4de668ed86e48a1bc', sid: 'c89ddb21f9776298' },
    });
    bucket.addToResourcePolicy(this.serviceUses('CloudTrailReadsAcl', 'cloudtrail.amazonaws.com', ['s3:GetBucketAcl'],
      { StringEquals: { 'aws:SourceArn': trailArn } }, [bucket.bucketArn]));
    bucket.addToResourcePolicy(this.serviceUses('CloudTrailWrites', 'cloudtrail.amazonaws.com', ['s3:PutObject'],
      { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } }, [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)]));
    const logName = 'shop-application-trail-loggroup-5472fa60';
    const logGroup = this.logGroup('TrailLogs', `${logName}-${this.incarnation}`, `${logName}-*`);
    const delivery = this.role('TrailRole', 'cloudtrail.amazonaws.com', fromArn('ArnEquals', trailArn), 'CloudTrail delivers events to CloudWatch Logs', [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'],
        arn('logs', `log-group:${logGroup.logGroupName}:log-stream:${Aws.ACCOUNT_ID}_CloudTrail_${Aws.REGION}*`)),
    ]);
    const trail = new cloudtrail.CfnTrail(this, 'Trail', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: this.auditKey.keyArn,
      s3BucketName: bucket.bucketName,
      cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
      cloudWatchLogsRoleArn: delivery.role.roleArn,
      insightSelectors: [{ insightType: 'ApiCallRateInsight' }, { insightType: 'ApiErrorRateInsight' }],
      advancedEventSelectors: [
        { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
        {
          name: 'S3',
          fieldSelectors: [
            { field: 'eventCategory', equalTo: ['Data'] },
            { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
            { field: 'resources.ARN', notStartsWith: [`${bucket.bucketArn}/`, `${this.logBucket.bucketArn}/`] },
          ],
        },
      ],
    });
    trail.node.addDependency(bucket.policy, delivery.policy);
    this.keep(delivery);
    trail.applyRemovalPolicy(RETAIN);

    const metricNamespace = 'CISBenchmark';
    for (const [metricName, alarmDescription, filterPattern] of PATTERNS) {
      new logs.CfnMetricFilter(this, `${metricName}Filter`, {
        logGroupName: logGroup.logGroupName,
        filterPattern,
        metricTransformations: [{ metricNamespace, metricName, metricValue: '1', defaultValue: 0 }],
      });
      new cloudwatch.CfnAlarm(this, metricName, {
        alarmDescription,
        namespace: metricNamespace,
        metricName,
        statistic: 'Sum',
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
        actionsEnabled: true,
        alarmActions: [this.topic.topicArn],
      });
    }

    const history = this.bucket('ConfigBucket', {
      encryptionKey: this.auditKey, keepVersions: 365, denyDeletions: true, logs: { prefix: 'c84a7db3fb0e89ebbf54c4dbafde68cd6bf75f47f9', sid: 'c806c1fd3d28e9f8' },
    });
    const recorders = arn('config', '*');
    history.addToResourcePolicy(this.serviceUses('ConfigReadsBucket', 'config.amazonaws.com', ['s3:GetBucketAcl', 's3:ListBucket'],
      fromArn('ArnLike', recorders), [history.bucketArn]));
    history.addToResourcePolicy(this.serviceUses('ConfigWrites', 'config.amazonaws.com', ['s3:PutObject'], {
      StringEquals: { ...ofAccount(), 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike: { 'aws:SourceArn': recorders },
    }, [history.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/Config/*`)]));
    const serviceRole = new iam.CfnServiceLinkedRole(this, 'ConfigRole', { awsServiceName: 'config.amazonaws.com' });
    const recorder = new config.CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true, recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } },
      recordingMode: { recordingFrequency: 'CONTINUOUS' },
    });
    recorder.addResourceDependency(serviceRole);
    const channel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
      s3BucketName: history.bucketName,
      s3KmsKeyArn: this.auditKey.keyArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    channel.node.addDependency(history.policy);
    [serviceRole, recorder, channel].forEach(resource => resource.applyRemovalPolicy(RETAIN));
    this.notification('Compliance', 'Shop-Application-Recorder-Notifications-Compliance-0EDAF2A9', 'A resource breaks a rule of AWS Config',
      {
        'source': ['aws.config'],
        'detail-type': ['Config Rules Compliance Change'],
        'detail': { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
      },
      { rule: '$.detail.configRuleName', type: '$.detail.resourceType', resource: '$.detail.resourceId', account: '$.detail.awsAccountId', region: '$.detail.awsRegion' },
      'AWS Config: <type> <resource> in account <account>, <region>, breaks the rule <rule>');
    this.notification('DeliveryFailure', 'Shop-Application-Recorder-Notifications-DeliveryFailure-81F35B1C', 'AWS Config could not deliver a snapshot or a history', {
      'source': ['aws.config'],
      'detail-type': ['Config Configuration Snapshot Delivery Status', 'Config Configuration History Delivery Status'],
      'detail': { messageType: [{ suffix: 'DeliveryFailed' }] },
    });
  }

  detection() {
    const enabled = (name, additionalConfiguration) => ({ name, status: 'ENABLED', additionalConfiguration });
    const detector = new guardduty.CfnDetector(this, 'Detector', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: [
        enabled('S3_DATA_EVENTS'), enabled('EKS_AUDIT_LOGS'), enabled('EBS_MALWARE_PROTECTION'), enabled('RDS_LOGIN_EVENTS'), enabled('LAMBDA_NETWORK_LOGS'),
        enabled('RUNTIME_MONITORING', [enabled('EKS_ADDON_MANAGEMENT'), enabled('ECS_FARGATE_AGENT_MANAGEMENT'), enabled('EC2_AGENT_MANAGEMENT')]),
      ],
    });
    detector.applyRemovalPolicy(RETAIN);
    this.notification('SevereFindings', 'Shop-Application-Detection-SevereFindings-Notification-7B3818F0', 'GuardDuty findings of severity 7 and more',
      { 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { severity: [{ numeric: ['>=', 7] }] } },
      { severity: '$.detail.severity', type: '$.detail.type', account: '$.account', region: '$.region', finding: '$.detail.id' },
      'GuardDuty finding of severity <severity>: <type>, in account <account>, region <region>. Open finding <finding> in GuardDuty.');

    const detectorArn = arn('guardduty', `detector/${detector.attrId}`);
    this.auditKey.addToResourcePolicy(this.serviceUses('GuardDutyExports', 'guardduty.amazonaws.com', ['kms:GenerateDataKey'], fromArn('ArnEquals', detectorArn)));
    this.auditKey.addToResourcePolicy(this.serviceUses(undefined, 'guardduty.amazonaws.com', ['kms:Decrypt'], fromArn('ArnLike', detectorArn)));
    const bucket = this.bucket('FindingsBucket', {
      encryptionKey: this.auditKey, keepVersions: 30, expires: 365, denyDeletions: true, logs: { prefix: 'c83b0790e624c2fdfabe7e70cad185dcc94b4d0b4e', sid: 'c80c3ab4a2b08761' },
    });
    bucket.addToResourcePolicy(this.serviceUses('GuardDutyReadsLocation', 'guardduty.amazonaws.com', ['s3:GetBucketLocation'],
      fromArn('ArnLike', detectorArn), [bucket.bucketArn]));
    bucket.addToResourcePolicy(this.serviceUses('GuardDutyWrites', 'guardduty.amazonaws.com', ['s3:PutObject'], fromArn('ArnLike', detectorArn), [bucket.arnForObjects('*')]));
    const destination = new guardduty.CfnPublishingDestination(this, 'FindingsDestination', {
      detectorId: detector.attrId,
      destinationType: 'S3',
      destinationProperties: { destinationArn: bucket.bucketArn, kmsKeyArn: this.auditKey.keyArn },
    });
    destination.node.addDependency(bucket.policy);
  }
}

module.exports = app => new ShopStack(app, 'Shop', {
  env: { account: '111122223333', region: 'eu-west-1' },
  description: 'A three-tier application, defended in depth',
  terminationProtection: true,
});
