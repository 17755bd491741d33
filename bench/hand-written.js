// The template of bench/library.js as somebody writes it by hand: L2 constructs where they render it, L1 where not, all in one stack, and a
// function for what repeats. `npm run bench` compares the templates first.
const backup = require('aws-cdk-lib/aws-backup');
const ec2 = require('aws-cdk-lib/aws-ec2');
const account = require('./by-hand/account');
const application = require('./by-hand/application');
const network = require('./by-hand/network');
const { Shop } = require('./by-hand/shop');
const { RETAIN, named } = require('./by-hand/stack');

/** The logical IDs that names are made of. */
const IDS = {
  logKey: 'LogKeyE83D0C1B',
  topicKey: 'TopicKeyB2E0C9CB',
  dataKey: 'DataKey17AFBB84',
  clusterKey: 'ClusterKeyCC335371',
  backupKey: 'BackupKey60B97760',
  auditKey: 'AuditKeyB2DBB069',
  dataBucket: 'Bucket83908E77',
  trailBucket: 'TrailBucketA831CE63',
  configBucket: 'ConfigBucket2112C5EC',
  findingsBucket: 'FindingsBucket86B2B157',
  flowLogs: 'FlowLogGroup3E25AA51',
  serviceLogs: 'ServiceLogs24DEC314',
  firewallLogs: 'FirewallLogsC775C0BF',
  trailLogs: 'TrailLogs3B05809D',
  database: 'Database',
  cluster: 'Cluster',
  task: 'Task',
  service: 'Service',
  firewall: 'Firewall',
  loadBalancer: 'LoadBalancerBE9EEC3A',
  vault: 'Vault',
  daily: 'DailyPlan',
  continuous: 'ContinuousPlan',
  trail: 'Trail',
  compliance: 'Compliance',
  deliveryFailure: 'DeliveryFailure',
  backupFailures: 'BackupFailures',
  backupTampering: 'BackupTampering',
  severeFindings: 'SevereFindings',
};

class HandWritten extends Shop {
  constructor(scope) {
    super(scope, IDS);
    this.foundation();
    this.network();
    application.dataBucket(this, this);
    application.database(this, this);
    this.tasks();
    this.edge();
    this.backups();
    account.auditKey(this, this);
    account.trail(this, this);
    account.recorder(this, this);
    account.detection(this, this);
  }

  network() {
    const tiers = network.subnets(this, this);
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'ImportedVpc', {
      vpcId: tiers.vpc.ref,
      availabilityZones: this.zones,
      publicSubnetIds: tiers.public.subnetIds,
      isolatedSubnetNames: ['Application', 'Data'],
      isolatedSubnetIds: [...tiers.application.subnetIds, ...tiers.data.subnetIds],
    });
    network.endpoints(this, this, tiers);
    network.flowLogs(this, this, tiers.vpc);
    network.defaultGroup(this, this, tiers.vpc);
  }

  tasks() {
    const logGroup = application.serviceLogs(this, this);
    const cluster = application.cluster(this, this, logGroup);
    const task = application.task(this, this, logGroup);
    application.serviceGroup(this, this);
    this.targets = application.targetGroup(this, this);
    application.service(this, this, {
      clusterArn: cluster.attrArn,
      taskDefinition: task.taskDefinition.ref,
      needs: task.needs,
      loadBalancers: [{ targetGroupArn: this.targets.targetGroupArn, containerName: 'app', containerPort: 8443 }],
    });
  }

  edge() {
    const { webAcl } = application.firewall(this, this);
    application.loadBalancer(this, this, { webAclArn: webAcl.attrArn, targets: this.targets });
  }

  backups() {
    const key = account.backupKey(this, this);
    const vault = new backup.CfnBackupVault(this, 'Vault', {
      backupVaultName: `${named(IDS.vault)}-${this.incarnation}`,
      encryptionKeyArn: key.keyArn,
      lockConfiguration: { minRetentionDays: 7, maxRetentionDays: 365 },
      accessPolicy: account.vaultPolicy(this),
    });
    vault.applyRemovalPolicy(RETAIN);
    const roleMade = account.backupRole(this, this, { key, vaultArn: vault.attrBackupVaultArn });
    const plan = { vaultName: vault.ref, roleMade };
    const plans = [
      account.plan(this, this, 'Daily', { ...plan, logicalId: IDS.daily, scheduleExpression: 'cron(0 5 * * ? *)' }),
      account.plan(this, this, 'Continuous', { ...plan, logicalId: IDS.continuous, scheduleExpression: 'cron(0 3 * * ? *)', enableContinuousBackup: true }),
    ];
    account.backupNotifications(this, this, { vaultName: vault.ref, planIds: plans.map(p => p.attrBackupPlanId) });
  }
}

module.exports = app => new HandWritten(app);
