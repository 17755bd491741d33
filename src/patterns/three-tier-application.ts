// The three tiers, wired.
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { RuntimeAgent } from './runtime-agent';
import { ThreeTierApplicationProps } from './three-tier-props';
import { applicationDatabase, applicationEnvironment, neededByTasks } from './three-tier-wiring';
import { declareFindings } from '../assurance/known-findings';
import { waive } from '../assurance/security-waiver';
import { AuditTrail } from '../audit/audit-trail';
import { CisAlarms } from '../audit/cis-alarms';
import { ConfigNotifications } from '../audit/config-notifications';
import { ConfigRecorder } from '../audit/config-recorder';
import { PrivateFargateService } from '../compute/private-fargate-service';
import { MISSING } from '../core/argument-hints';
import { checkNew } from '../core/arguments';
import { place, Place, requireEmails, requireNotEmpty } from '../core/validate';
import { EncryptedDatabase } from '../data/encrypted-database';
import { ThreatDetection } from '../detection/threat-detection';
import { TlsAlb } from '../edge/tls-alb';
import { WebFirewall } from '../edge/web-firewall';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { SecurityFoundation } from '../foundation/security-foundation';
import { EndpointService } from '../network/endpoint-service';
import { SecureVpc } from '../network/secure-vpc';
import type { SecureVpcProps } from '../network/secure-vpc-props';
import { BackupPolicy } from '../recovery/backup-policy';
import { ProtectedResource } from '../recovery/protected-resource';
import { network as checkNetwork } from '../services/ec2/network-settings';
import { INTERNET_FACING } from '../services/elb/settings';
import { EncryptedBucket } from '../storage/encrypted-bucket';

/**
 * A web tier, an application tier and a data tier, defended at every layer.
 *
 * Internet to load balancer on 443 (80 only to be redirected), load balancer to the application's port, application to the
 * database's port, application to AWS services through endpoints; nothing else. Every step is encrypted, logged and watched.
 */
export class ThreeTierApplication extends Construct {
  /** Log key, log bucket and notification topic. */
  public readonly foundation: SecurityFoundation;
  /** The key of the application's data. */
  public readonly dataKey: CustomerManagedKey;
  /** The network. */
  public readonly network: SecureVpc;
  /** The firewall in front of the load balancer. */
  public readonly firewall: WebFirewall;
  /** The load balancer. */
  public readonly loadBalancer: TlsAlb;
  /** The application tier. */
  public readonly service: PrivateFargateService;
  /** The database. */
  public readonly database: EncryptedDatabase;
  /** The application's bucket. */
  public readonly bucket: EncryptedBucket;
  /** The backups of database and bucket. */
  public readonly backup: BackupPolicy;
  /** The key of the audit data; only where account services are made. */
  public readonly auditKey?: CustomerManagedKey;
  /** The audit trail; only where account services are made. */
  public readonly trail?: AuditTrail;
  /** The alarms on the account's own trail; only where account services are adopted with its log group. */
  public readonly alarms?: CisAlarms;
  /** The configuration recorder; only where account services are made. */
  public readonly recorder?: ConfigRecorder;
  /** The notifications of a recorder that exists; only where account services are adopted. */
  public readonly configNotifications?: ConfigNotifications;
  /** GuardDuty and its notifications; not where account services are left alone. */
  public readonly detection?: ThreatDetection;

  constructor(scope: Construct, id: string, props: ThreeTierApplicationProps) {
    checkNew('ThreeTierApplication', scope, id, props);
    checkProps(place(scope, id), props);
    super(scope, id);
    this.foundation = new SecurityFoundation(this, 'Security', { notify: props.notify, disposable: props.disposable });
    waive(this, props.waivers);
    this.dataKey = new CustomerManagedKey(this, 'DataKey', {
      description: 'Data of the application',
      access: [KeyAccess.s3(), KeyAccess.rds(), KeyAccess.secretsManager()],
    });
    const runtimeAgent = new RuntimeAgent(this, 'RuntimeAgent');
    this.network = this.makeNetwork(props, runtimeAgent);
    this.bucket = new EncryptedBucket(this, 'Bucket', { encryptionKey: this.dataKey });
    this.database = this.makeDatabase(props);
    this.service = this.makeService(props);
    this.firewall = new WebFirewall(this, 'Firewall');
    this.loadBalancer = this.makeLoadBalancer(props);
    this.connect(props, runtimeAgent);
    this.backup = new BackupPolicy(this, 'Backup', {
      resources: [ProtectedResource.auroraCluster(this.database, this.dataKey), ProtectedResource.bucket(this.bucket)],
    });
    const services = props.accountServices._attach(this);
    for (const user of [this.service, this.database, this.loadBalancer, this.backup]) {
      // a service that finds no role makes one, and may fail before it is there
      services.serviceRoles?.forEach(role => user.node.addDependency(role));
    }
    this.auditKey = services.auditKey;
    this.trail = services.trail;
    this.alarms = services.alarms;
    this.recorder = services.recorder;
    this.configNotifications = services.configNotifications;
    this.detection = services.detection;
  }

  private makeNetwork(props: ThreeTierApplicationProps, runtimeAgent: RuntimeAgent): SecureVpc {
    return new SecureVpc(this, 'Network', {
      endpointServices: [
        EndpointService.ecrApi(), EndpointService.ecrDocker(), EndpointService.logs(), EndpointService.secretsManager(),
        EndpointService.kms(), EndpointService.guardDutyData(),
      ],
      imageAccounts: runtimeAgent.account === undefined ? undefined : [runtimeAgent.account],
      ...networkOf(props),
    });
  }

  private makeDatabase(props: ThreeTierApplicationProps): EncryptedDatabase {
    return new EncryptedDatabase(this, 'Database', {
      vpc: this.network,
      vpcSubnets: this.network.dataSubnets,
      port: this.network.databasePort,
      databaseName: applicationDatabase(props.data).name,
      encryptionKey: this.dataKey,
    });
  }

  private makeService(props: ThreeTierApplicationProps): PrivateFargateService {
    const { application } = props;
    return new PrivateFargateService(this, 'Service', {
      vpc: this.network,
      vpcSubnets: this.network.applicationSubnets,
      image: application.image,
      port: application.port,
      cpu: application.cpu,
      memoryLimitMiB: application.memoryLimitMiB,
      desiredCount: application.desiredCount,
      secrets: application.secrets,
      environment: applicationEnvironment(this, application.environment ?? {}, this, applicationDatabase(props.data)),
    });
  }

  private makeLoadBalancer(props: ThreeTierApplicationProps): TlsAlb {
    return new TlsAlb(this, 'LoadBalancer', {
      vpc: this.network,
      vpcSubnets: this.network.loadBalancerSubnets,
      internetFacing: INTERNET_FACING,
      domain: props.domain,
      certificate: props.certificate,
      hostNames: props.hostNames,
      firewall: this.firewall,
    });
  }

  /** The flows, and nothing else. */
  private connect(props: ThreeTierApplicationProps, runtimeAgent: RuntimeAgent): void {
    const { service } = this;
    this.loadBalancer.addTarget('Application', {
      targets: [service], port: props.application.port, healthCheckPath: props.application.healthCheckPath,
    });
    service.connections.allowTo(this.database, this.database.connections.defaultPort!, 'application to database');
    this.network.allowAwsServices(service);
    service.addDependency(...neededByTasks(this));
    runtimeAgent.allowPull(service.executionRole);
    this.database.grantConnect(service, applicationDatabase(props.data).user);
    this.bucket.grantObjects(service);
    const bucketId = () => Stack.of(this).resolve((this.bucket.node.defaultChild as CfnResource).logicalId);
    declareFindings(service.taskRole, 'The application reads and writes the objects of its own bucket, and names them itself; the bucket '
      + 'and the actions are named.', () => [`AwsSolutions-IAM5[Resource::<${bucketId()}.Arn>/*]`]);
  }
}

/** What the network calls what is given here. */
const NETWORK_NAMES = {
  applicationPort: 'application.port',
  databasePort: 'data.port',
  ...Object.fromEntries(['cidr', 'azCount', 'denyCidrs', 's3PrefixListId', 'dynamoDbPrefixListId'].map(name => [name, `network.${name}`])),
};

function checkProps(at: Place, props: ThreeTierApplicationProps): void {
  requireNotEmpty(at, 'notify', props.notify, MISSING['ThreeTierApplicationProps.notify']);
  requireEmails(at, 'notify', props.notify);
  checkNetwork({ node: at.node, names: NETWORK_NAMES }, networkOf(props));
}

/** What the application and its data ask of the network. */
function networkOf({ application, data, network }: ThreeTierApplicationProps): SecureVpcProps {
  return {
    cidr: network?.cidr,
    azCount: network?.azCount,
    denyCidrs: network?.denyCidrs,
    s3PrefixListId: network?.s3PrefixListId,
    dynamoDbPrefixListId: network?.dynamoDbPrefixListId,
    applicationPort: application.port,
    databasePort: data?.port,
  };
}
