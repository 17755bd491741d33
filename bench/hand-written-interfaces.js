// The template of bench/library.js as somebody writes it by hand who wants what the library's constructs are: each part is a construct that
// is passed where the CDK takes its interface, an L2 where there is one that can be made so. `npm run bench` compares the templates first.
const backup = require('aws-cdk-lib/aws-backup');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const elbv2 = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const rds = require('aws-cdk-lib/aws-rds');
const secretsmanager = require('aws-cdk-lib/aws-secretsmanager');
const { Duration, Lazy, RemovalPolicy, Resource } = require('aws-cdk-lib/core');
const account = require('./by-hand/account');
const application = require('./by-hand/application');
const network = require('./by-hand/network');
const { Shop } = require('./by-hand/shop');
const { named } = require('./by-hand/stack');

/** The logical IDs that names are made of. */
const IDS = {
  logKey: 'LogKeyE83D0C1B',
  topicKey: 'TopicKeyB2E0C9CB',
  dataKey: 'DataKey17AFBB84',
  clusterKey: 'ServiceClusterClusterKey8D85E7BB',
  backupKey: 'BackupKey60B97760',
  auditKey: 'AuditKeyB2DBB069',
  dataBucket: 'Bucket83908E77',
  trailBucket: 'TrailTrailBucket619C0C04',
  configBucket: 'RecorderConfigBucketDE53524B',
  findingsBucket: 'DetectionFindingsBucket42CA98B7',
  flowLogs: 'NetworkFlowLogGroup4F8CEEEF',
  serviceLogs: 'ServiceServiceLogs710B4769',
  firewallLogs: 'FirewallFirewallLogs48A27A41',
  trailLogs: 'TrailTrailLogs4C4AFD55',
  database: 'Database3B28CBDB',
  cluster: 'ServiceCluster2E988025',
  task: 'ServiceTask6017F0B4',
  service: 'ServiceD69D759B',
  firewall: 'FirewallB483A6E8',
  loadBalancer: 'LoadBalancerBE9EEC3A',
  vault: 'Vault23237E5B',
  daily: 'DailyDailyPlanB8F9C317',
  continuous: 'ContinuousContinuousPlanCDF1B265',
  trail: 'Trail8987F129',
  compliance: 'RecorderCompliance9F98CA3F',
  deliveryFailure: 'RecorderDeliveryFailure8248EE56',
  backupFailures: 'BackupFailures',
  backupTampering: 'BackupTampering',
  severeFindings: 'DetectionSevereFindings2D8EBCDA',
};

/** An `ec2.IVpc`. */
class Network extends Resource {
  constructor(shop, id) {
    super(shop, id);
    const tiers = network.subnets(shop, this);
    const { application: middle, data } = tiers;
    const routeTables = ({ routeTable, subnetIds }) => subnetIds.map(() => routeTable.attrRouteTableId);
    const cidrs = ({ subnets }) => subnets.map(subnet => subnet.cidrBlock);
    this.imported = ec2.Vpc.fromVpcAttributes(this, 'Imported', {
      vpcId: tiers.vpc.ref,
      vpcCidrBlock: '10.0.0.0/16',
      availabilityZones: shop.zones,
      publicSubnetNames: ['Public'],
      publicSubnetIds: tiers.public.subnetIds,
      publicSubnetRouteTableIds: routeTables(tiers.public),
      publicSubnetIpv4CidrBlocks: cidrs(tiers.public),
      isolatedSubnetNames: ['Application', 'Data'],
      isolatedSubnetIds: [...middle.subnetIds, ...data.subnetIds],
      isolatedSubnetRouteTableIds: [...routeTables(middle), ...routeTables(data)],
      isolatedSubnetIpv4CidrBlocks: [...cidrs(middle), ...cidrs(data)],
    });
    shop.vpc = this;
    network.endpoints(shop, this, tiers);
    network.flowLogs(shop, this, tiers.vpc);
    network.defaultGroup(shop, this, tiers.vpc);
    // What waits for the connectivity of imported subnets waits for nothing, unless it is told.
    this.imported.publicSubnets.forEach(subnet => subnet.internetConnectivityEstablished.add(...shop.publicRoutes));
    this.imported.internetConnectivityEstablished.add(...shop.publicRoutes);
  }

  get vpcId() { return this.imported.vpcId; }
  get vpcArn() { return this.imported.vpcArn; }
  get vpcRef() { return this.imported.vpcRef; }
  get vpcCidrBlock() { return this.imported.vpcCidrBlock; }
  get availabilityZones() { return this.imported.availabilityZones; }
  get publicSubnets() { return this.imported.publicSubnets; }
  get privateSubnets() { return this.imported.privateSubnets; }
  get isolatedSubnets() { return this.imported.isolatedSubnets; }
  get internetConnectivityEstablished() { return this.imported.internetConnectivityEstablished; }
  selectSubnets(selection) { return this.imported.selectSubnets(selection); }
  addGatewayEndpoint(id, options) { return this.imported.addGatewayEndpoint(id, options); }
  addInterfaceEndpoint(id, options) { return this.imported.addInterfaceEndpoint(id, options); }
  addFlowLog(id, options) { return this.imported.addFlowLog(id, options); }
  enableVpnGateway(options) { this.imported.enableVpnGateway(options); }
  addVpnConnection(id, options) { return this.imported.addVpnConnection(id, options); }
  addClientVpnEndpoint(id, options) { return this.imported.addClientVpnEndpoint(id, options); }
}

/** An `rds.IDatabaseCluster`. */
class Database extends rds.DatabaseClusterBase {
  constructor(shop, id) {
    super(shop, id);
    const { cluster, instances, logGroups } = application.database(shop, this);
    this.resource = cluster;
    this.instances = instances;
    this.logGroups = logGroups;
    this.connections = new ec2.Connections({ securityGroups: [shop.databaseGroup], defaultPort: ec2.Port.tcp(5440) });
    this.secret = secretsmanager.Secret.fromSecretAttributes(this, 'Secret', {
      secretCompleteArn: cluster.attrMasterUserSecretSecretArn, encryptionKey: shop.dataKey,
    });
  }

  get clusterIdentifier() { return this.resource.ref; }
  get clusterResourceIdentifier() { return this.resource.attrDbClusterResourceId; }
  get clusterEndpoint() { return new rds.Endpoint(this.resource.attrEndpointAddress, 5440); }
  get clusterReadEndpoint() { return new rds.Endpoint(this.resource.attrReadEndpointAddress, 5440); }
  get instanceIdentifiers() { return this.instances.map(i => i.ref); }
  get instanceEndpoints() { return this.instances.map(i => new rds.Endpoint(i.attrEndpointAddress, 5440)); }
  get engine() { return rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.of('17', '17') }); }
}

/** An `ecs.ICluster`. */
class Cluster extends Resource {
  constructor(scope, id, shop, logGroup) {
    super(scope, id);
    this.vpc = shop.vpc;
    this.connections = new ec2.Connections();
    this.resource = application.cluster(shop, this, logGroup);
  }

  get clusterName() { return this.getResourceNameAttribute(this.resource.ref); }
  get clusterArn() { return this.getResourceArnAttribute(this.resource.attrArn, { service: 'ecs', resource: 'cluster', resourceName: this.physicalName }); }
  get clusterRef() { return { clusterName: this.clusterName, clusterArn: this.clusterArn }; }
  get hasEc2Capacity() { return false; }
}

/** An `ecs.IFargateTaskDefinition`. */
class Task extends Resource {
  constructor(scope, id, shop, logGroup) {
    super(scope, id);
    const { taskDefinition, ...rest } = application.task(shop, this, logGroup);
    this.resource = taskDefinition;
    Object.assign(this, rest);
  }

  get taskDefinitionArn() { return this.resource.ref; }
  get taskDefinitionRef() { return { taskDefinitionArn: this.taskDefinitionArn }; }
  get compatibility() { return ecs.Compatibility.FARGATE; }
  get networkMode() { return ecs.NetworkMode.AWS_VPC; }
  get isFargateCompatible() { return true; }
  get isEc2Compatible() { return false; }
  get isExternalCompatible() { return false; }
  get isManagedInstancesCompatible() { return false; }
}

/** An `ecs.IFargateService`, and a target of a load balancer. */
class Service extends Resource {
  constructor(shop, id) {
    super(shop, id);
    this.loadBalancers = [];
    this.logGroup = application.serviceLogs(shop, this);
    this.cluster = new Cluster(this, 'Cluster', shop, this.logGroup);
    this.taskDefinition = new Task(this, 'Task', shop, this.logGroup);
    this.taskRole = this.taskDefinition.taskRole;
    this.executionRole = this.taskDefinition.executionRole;
    this.grantPrincipal = this.taskRole;
    application.serviceGroup(shop, this);
    this.connections = new ec2.Connections({ securityGroups: [shop.serviceGroup], defaultPort: ec2.Port.tcp(8443) });
    this.resource = application.service(shop, this, {
      clusterArn: this.cluster.clusterArn,
      taskDefinition: this.taskDefinition.taskDefinitionArn,
      needs: this.taskDefinition.needs,
      loadBalancers: Lazy.any({ produce: () => this.loadBalancers }, { omitEmptyArray: true }),
    });
  }

  get serviceArn() {
    return this.getResourceArnAttribute(this.resource.ref, { service: 'ecs', resource: 'service', resourceName: `${this.cluster.clusterName}/${this.physicalName}` });
  }

  get serviceName() { return this.getResourceNameAttribute(this.resource.attrName); }
  get serviceRef() { return { serviceArn: this.serviceArn }; }

  attachToApplicationTargetGroup(targetGroup) {
    this.loadBalancers.push({ targetGroupArn: targetGroup.targetGroupArn, containerName: 'app', containerPort: 8443 });
    this.resource.node.addDependency(targetGroup.loadBalancerAttached);
    return { targetType: elbv2.TargetType.IP };
  }

  metric(metricName, props) {
    const dimensionsMap = { ClusterName: this.cluster.clusterName, ServiceName: this.serviceName };
    return new cloudwatch.Metric({ namespace: 'AWS/ECS', metricName, dimensionsMap }).with(props ?? {}).attachTo(this);
  }
}

/** A `wafv2.IWebACLRef`. */
class Firewall extends Resource {
  constructor(shop, id) {
    super(shop, id);
    const { webAcl, logGroup } = application.firewall(shop, this);
    this.webAclRef = webAcl.webAclRef;
    this.webAclArn = this.webAclRef.webAclArn;
    this.logGroup = logGroup;
  }
}

/** A `backup.IBackupPlan`. */
class Plan extends Resource {
  constructor(shop, id, options) {
    super(shop, id);
    const plan = account.plan(shop, this, id, options);
    this.backupPlanId = plan.attrBackupPlanId;
    this.backupPlanArn = plan.attrBackupPlanArn;
  }

  get backupPlanRef() { return { backupPlanId: this.backupPlanId, backupPlanArn: this.backupPlanArn }; }
}

/** An `ITrailRef`. */
class Trail extends Resource {
  constructor(shop, id) {
    super(shop, id);
    const { trail, bucket, logGroup } = account.trail(shop, this);
    this.bucket = bucket;
    this.logGroup = logGroup;
    this.trailRef = trail.trailRef;
    this.trailName = this.getResourceNameAttribute(trail.ref);
    this.trailArn = this.getResourceArnAttribute(trail.attrArn, { service: 'cloudtrail', resource: 'trail', resourceName: this.physicalName });
  }
}

/** An `IConfigurationRecorderRef`. */
class Recorder extends Resource {
  constructor(shop, id) {
    super(shop, id);
    const { recorder, bucket } = account.recorder(shop, this);
    this.bucket = bucket;
    this.configurationRecorderRef = recorder.configurationRecorderRef;
  }
}

/** An `IDetectorRef`. */
class Detection extends Resource {
  constructor(shop, id) {
    super(shop, id);
    const { detector, bucket } = account.detection(shop, this);
    this.bucket = bucket;
    this.detectorRef = detector.detectorRef;
  }
}

class Interfaces extends Shop {
  constructor(scope) {
    super(scope, IDS);
    this.foundation();
    new Network(this, 'Network');
    application.dataBucket(this, this);
    new Database(this, 'Database');
    const service = new Service(this, 'Service');
    const targets = application.targetGroup(this, this);
    targets.addTarget(service);
    const firewall = new Firewall(this, 'Firewall');
    application.loadBalancer(this, this, { webAclArn: firewall.webAclArn, targets });
    this.backups();
    account.auditKey(this, this);
    new Trail(this, 'Trail');
    new Recorder(this, 'Recorder');
    new Detection(this, 'Detection');
  }

  backups() {
    const key = account.backupKey(this, this);
    const vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: `${named(IDS.vault)}-${this.incarnation}`,
      encryptionKey: key,
      lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(365) },
      accessPolicy: account.vaultPolicy(this),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const vaultName = vault.node.defaultChild.ref;
    const roleMade = account.backupRole(this, this, { key, vaultArn: vault.backupVaultArn });
    const plan = { vaultName, roleMade };
    const plans = [
      new Plan(this, 'Daily', { ...plan, logicalId: IDS.daily, scheduleExpression: 'cron(0 5 * * ? *)' }),
      new Plan(this, 'Continuous', { ...plan, logicalId: IDS.continuous, scheduleExpression: 'cron(0 3 * * ? *)', enableContinuousBackup: true }),
    ];
    account.backupNotifications(this, this, { vaultName, planIds: plans.map(p => p.backupPlanId) });
  }
}

module.exports = app => new Interfaces(app);
