// What the tiers of an application tell each other, and wait for.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { DataTier } from './three-tier-props';
import type { PrivateFargateService } from '../compute/private-fargate-service';
import { fail } from '../core/validate';
import type { EncryptedDatabase } from '../data/encrypted-database';
import type { TlsAlb } from '../edge/tls-alb';
import type { SecureVpc } from '../network/secure-vpc';
import { APPLICATION_DATABASE } from '../services/rds/settings';
import type { EncryptedBucket } from '../storage/encrypted-bucket';

/** The tiers of an application. */
interface Tiers {
  readonly network: SecureVpc;
  readonly loadBalancer: TlsAlb;
  readonly service: PrivateFargateService;
  readonly database: EncryptedDatabase;
  readonly bucket: EncryptedBucket;
}

/** The database that the application uses, and the user that it connects as. */
export function applicationDatabase(data: DataTier | undefined): { readonly name: string; readonly user: string } {
  return { name: data?.databaseName ?? APPLICATION_DATABASE.name, user: data?.databaseUser ?? APPLICATION_DATABASE.user };
}

/** The variables of the application: where its data is, and those that are given, which must have other names. */
export function applicationEnvironment(
  scope: IConstruct, given: Record<string, string>, data: Pick<Tiers, 'database' | 'bucket'>,
  connection: { readonly name: string; readonly user: string },
): Record<string, string> {
  const { hostname, port } = data.database.clusterEndpoint;
  const own: Record<string, string> = {
    DATABASE_HOST: hostname,
    DATABASE_PORT: Tokenization.stringifyNumber(port),
    DATABASE_NAME: connection.name,
    DATABASE_USER: connection.user,
    BUCKET_NAME: data.bucket.bucketName,
  };
  const taken = Object.keys(given).find(name => name in own);
  if (taken) {
    fail(scope, `'environment' has '${taken}', which the application gets by itself: choose another name`);
  }
  return { ...given, ...own };
}

/**
 * What tasks need to start, or the first deployment would be rolled back: endpoints, database, and the rules that let them
 * through.
 */
export function neededByTasks(application: Tiers): CfnResource[] {
  const { service, network, database, loadBalancer } = application;
  const groups = [service.securityGroup, network.endpointSecurityGroup, database.securityGroup, loadBalancer.securityGroup];
  const rules = groups.flatMap(group => group.node.findAll().filter(CfnResource.isCfnResource))
    .filter(r => r.cfnResourceType !== ec2.CfnSecurityGroup.CFN_RESOURCE_TYPE_NAME);
  return [network.s3Endpoint, ...network.interfaceEndpoints, ...database.instances, ...rules];
}
