import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Resource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { checkProxy } from './database-checks';
import { subscribeToEvents } from './database-events';
import { makeInstances } from './database-instances';
import type { DatabaseName } from './database-logs';
import { makeLogGroups } from './database-logs';
import { clusterParameters, instanceParameters } from './database-parameters';
import { databaseSecurityGroup } from './database-security-group';
import { selectDatabaseSubnets, subnetGroup } from './database-subnets';
import { EncryptedDatabaseProps } from './encrypted-database-props';
import { admit, claim, isWaived } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { declareJudged } from '../assurance/judged-findings';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { incarnation, nameStem } from '../core/names';
import { fail, place, requireGranted } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import { SecurityFoundation } from '../foundation/security-foundation';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import * as controls from '../services/rds/controls';
import * as instanceControls from '../services/rds/instance-controls';
import { DB_GROUPS, DB_NO_DATA_API, DB_SUBNETS } from '../services/rds/network-controls';
import { DB_INSTANCE_PARAMETERS, DB_KNOWN_PARAMETERS } from '../services/rds/parameter-controls';
import * as settings from '../services/rds/settings';
import { CONNECT, databaseUser } from '../services/rds/statements';
import * as touch from '../services/rds/touch-controls';
import * as secrets from '../services/secrets/touch-controls';

/**
 * An Aurora PostgreSQL cluster that nothing reaches but the security groups that you let in, over TLS, and that IAM logs in to.
 *
 * Storage, backups, master password and insights are under a customer managed key; no template and no person knows the password.
 * Connections, schema changes and role changes are logged to encrypted log groups. It outlives its stack, and with it the VPC and
 * the subnets that it is in, if a stack of this app makes them. As it has a name, a change that would replace it, which would
 * leave an empty database, fails the deployment instead.
 *
 * Let a client in by `connections.allowDefaultPortFrom(client)`, and its role by `grantConnect(role, 'app')`. In the database,
 * once: `CREATE USER app; GRANT rds_iam TO app; CREATE EXTENSION pgaudit;`.
 *
 * It is an `rds.IDatabaseCluster`.
 *
 * Answers CIS 3.2.1-3.2.4, FSBP RDS.2, RDS.3, RDS.6, RDS.7, RDS.12, RDS.15, RDS.16, RDS.19-RDS.24, RDS.27, RDS.35, RDS.37 and
 * RDS.50, NIST SC-8, SC-28 and CP-9, PCI 1.4.4, 2.2.2, 6.3.3, 8.3.9, 8.6.3, 10.2.1 and 11.5.2.
 */
export class EncryptedDatabase extends rds.DatabaseClusterBase {
  /** The instances' resources. */
  public readonly instances: rds.CfnDBInstance[];

  /** The security group: it lets nobody in until asked, and nothing out. */
  public readonly securityGroup: ec2.SecurityGroup;

  /** Who reaches the database. */
  public readonly connections: ec2.Connections;

  /** The secret in which RDS keeps the master password. Applications log in with IAM instead: `grantConnect`. Always there. */
  public readonly secret?: secretsmanager.ISecret;

  /** The key for storage, backups, master password and insights. */
  public readonly encryptionKey: kms.IKey;

  /** The log groups of the database: its log, and failed IAM log-ins. */
  public readonly logGroups: logs.ILogGroup[];

  /** The port. */
  public readonly port: number;

  /** Whether the Data API is on: never. */
  protected enableDataApi?: boolean = settings.DATA_API;

  private readonly resource: rds.CfnDBCluster;
  private readonly engineVersion: string;
  private knownEngine?: rds.IClusterEngine;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseProps) {
    checkNew('EncryptedDatabase', scope, id, props);
    const at = place(scope, id);
    const disposable = Disposable.isDisposable(scope);
    settings.checkIdentifier(at, props.clusterIdentifier);
    const hardened = settings.cluster(at, props, disposable);
    const instances = settings.instances(at, props, disposable);
    const parameters = settings.clusterParameters(at, hardened.engineVersion, props.parameters);
    const subnets = selectDatabaseSubnets(at, props.vpc, props.vpcSubnets);
    const topic = topicOf(scope, props);
    super(scope, id);
    const name = this.nameOf(props);
    this.port = hardened.port;
    this.engineVersion = hardened.engineVersion;
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Database ${name.stem}` });
    KeyAccess.rds().allowOn(this.encryptionKey);
    KeyAccess.secretsManager().allowOn(this.encryptionKey);
    this.securityGroup = databaseSecurityGroup(this, 'SecurityGroup', props.vpc);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(this.port) });
    const instanceGroup = instanceParameters(this, 'InstanceParameters', settings.instanceParameters(this.engineVersion));
    this.resource = new rds.CfnDBCluster(this, 'Resource', {
      ...hardened,
      ...settings.encryption(this.encryptionKey.keyArn),
      dbClusterIdentifier: name.identifier,
      dbSubnetGroupName: subnetGroup(this, 'Subnets', props.vpc, subnets).ref,
      vpcSecurityGroupIds: [this.securityGroup.securityGroupId],
      dbClusterParameterGroupName: clusterParameters(this, 'ClusterParameters', parameters).ref,
      dbInstanceParameterGroupName: instanceGroup.ref, // an upgrade to another major version asks for it here too
    });
    this.logGroups = makeLogGroups(this, this.resource, name, props);
    this.instances = makeInstances(this, instances, {
      cluster: this.resource, parameters: instanceGroup, encryptionKey: this.encryptionKey, zone: subnets.zone,
    });
    this.secret = secretsmanager.Secret.fromSecretAttributes(this, 'Secret', {
      secretCompleteArn: this.resource.attrMasterUserSecretSecretArn,
      encryptionKey: this.encryptionKey,
    });
    if (topic) {
      if (!Resource.isOwnedResource(topic)) { admit(this.resource, topic.topicArn); }
      this.instances.forEach(i => claim(i, controls.DB_INSTANCE_EVENTS));
      subscribeToEvents(this, topic, { cluster: this.resource, instances: this.instances, instanceParameters: instanceGroup });
    }
    this.claim();
    waive(this, props.waivers);
  }

  /** The identifier of the cluster. */
  public get clusterIdentifier(): string {
    return this.resource.ref;
  }

  /** The identifier by which policies for log-ins with IAM name the cluster. */
  public get clusterResourceIdentifier(): string {
    return this.resource.attrDbClusterResourceId;
  }

  /** Where to read and write. */
  public get clusterEndpoint(): rds.Endpoint {
    return new rds.Endpoint(this.resource.attrEndpointAddress, this.port);
  }

  /** Where to read, from any of the instances that only read. */
  public get clusterReadEndpoint(): rds.Endpoint {
    return new rds.Endpoint(this.resource.attrReadEndpointAddress, this.port);
  }

  /** The identifiers of the instances. */
  public get instanceIdentifiers(): string[] {
    return this.instances.map(i => i.ref);
  }

  /** Where each instance is reached by itself. */
  public get instanceEndpoints(): rds.Endpoint[] {
    return this.instances.map(i => new rds.Endpoint(i.attrEndpointAddress, this.port));
  }

  /** The engine: Aurora PostgreSQL. Made when somebody asks for it, because the CDK's list of all versions is slow to load. */
  public get engine(): rds.IClusterEngine | undefined {
    this.knownEngine ??= rds.DatabaseClusterEngine.auroraPostgres({
      version: rds.AuroraPostgresEngineVersion.of(this.engineVersion, this.engineVersion),
    });
    return this.knownEngine;
  }

  /**
   * Lets a principal log in to the database with IAM, as one database user.
   *
   * @param grantee whose policy is extended, so it must have one
   * @param dbUser the user, which must have been granted `rds_iam` in the database
   */
  public override grantConnect(grantee: iam.IGrantable, dbUser: string): iam.Grant {
    checkCall('EncryptedDatabase.grantConnect', this, grantee, dbUser);
    settings.checkUser(this, dbUser);
    return requireGranted(this, 'grantConnect', iam.Grant.addToPrincipal({
      grantee,
      actions: CONNECT,
      resourceArns: [databaseUser(this.clusterResourceIdentifier, dbUser)],
    }));
  }

  /** Fails: the Data API, which would reach the database over the internet, is off. Connect over the network, with `grantConnect`. */
  public override grantDataApiAccess(grantee: iam.IGrantable): iam.Grant {
    checkCall('EncryptedDatabase.grantDataApiAccess', this, grantee);
    return fail(this, `'grantDataApiAccess' would let '${grantee.grantPrincipal}' send SQL over the internet, past security groups, `
      + "so the Data API is off: let it in by 'connections.allowDefaultPortFrom' and 'grantConnect'");
  }

  /**
   * Adds a proxy, which is let in to the database. Clients reach it at port 5432, over TLS, and log in with IAM, unless `iamAuth` is
   * false, which needs a waiver of `DB-29`.
   *
   * Give it `secrets`, for example the database's own, or, better, `defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH` and a `role`
   * that `grantConnect` was called with. Its security group is yours: the CDK's lets everything out.
   */
  public override addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    checkCall('EncryptedDatabase.addProxy', this, id, options);
    checkProxy(this, options);
    return super.addProxy(id, { ...options, iamAuth: options.iamAuth ?? settings.PROXY_IAM });
  }

  /** The part of its name that is known when the template is made, and the whole one. */
  private nameOf({ clusterIdentifier }: EncryptedDatabaseProps): DatabaseName {
    if (clusterIdentifier !== undefined) { return { stem: clusterIdentifier, identifier: clusterIdentifier, pattern: clusterIdentifier }; }
    const stem = nameStem(() => this.resource, { maxLength: settings.STEM_LENGTH });
    return { stem, identifier: `${stem}-${incarnation()}`, pattern: `${stem}-*` };
  }

  private claim(): void {
    retain(this.resource);
    claim(this.resource, controls.DB_ENCRYPTED, DB_SUBNETS, DB_GROUPS, controls.DB_IAM_AUTHENTICATION, controls.DB_LOG_EXPORTS,
      controls.DB_LOG_GROUPS, controls.DB_DELETION_PROTECTION, controls.DB_KEEPS_BACKUPS, instanceControls.DB_MINOR_UPGRADES,
      controls.DB_BACKUP_RETENTION, controls.DB_MANAGED_PASSWORD, controls.DB_MASTER_NAME, controls.DB_PORT, controls.DB_INSIGHTS,
      controls.DB_TWO_ZONES, controls.DB_TAGS, controls.DB_EVENTS, controls.DB_SUPPORTED_ENGINE, DB_NO_DATA_API);
    claim(this.resource, instanceControls.DB_EVERY_INSTANCE, instanceControls.DB_NO_ROLES, DB_INSTANCE_PARAMETERS, DB_KNOWN_PARAMETERS,
      touch.DB_COPIES, touch.DB_STAYS, touch.DB_PROXIES, touch.DB_TELLS_OURS, touch.DB_KNOWN, ...secrets.OF_SECRETS, GEN_NOBODY_MANAGES);
    declareJudged(this.resource, "The cluster exports the log that the rule asks for and also 'iam-db-auth-error', which is newer than "
      + "the rule's list.", 'Control-Tower-Guard::rds_cluster_logging_enabled_check');
  }
}

/** Who is told of what happens to the database: nobody only if that is waived. */
function topicOf(scope: Construct, props: EncryptedDatabaseProps): sns.ITopic | undefined {
  if (props.topic) { return props.topic; }
  return isWaived(scope, controls.DB_EVENTS.id, props.waivers) ? undefined : (props.foundation ?? SecurityFoundation.of(scope)).topic;
}
