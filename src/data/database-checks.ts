// What a database is given wrongly by those whom no compiler tells.
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { EncryptedDatabaseProps } from './encrypted-database-props';
import type { Place } from '../core/validate';
import { fail, requireKind, requireKindIfGiven } from '../core/validate';

const VPC = ['vpcId', 'selectSubnets'];
const KEY = ['keyArn', 'keyId'];

/** Refuses what is missing, or is something else. */
export function checkKinds(at: Place, props: EncryptedDatabaseProps | undefined): void {
  requireKind(at, 'vpc', props?.vpc, VPC, 'an ec2.IVpc, for example a SecureVpc');
  requireKindIfGiven(at, 'vpcSubnets', props?.vpcSubnets, [], "an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }");
  requireKindIfGiven(at, 'encryptionKey', props?.encryptionKey, KEY, 'a kms.IKey, for example a CustomerManagedKey');
  requireKindIfGiven(at, 'logKey', props?.logKey, KEY, 'a kms.IKey, for example a CustomerManagedKey');
  requireKindIfGiven(at, 'topic', props?.topic, ['topicArn', 'addToResourcePolicy'], 'an sns.ITopic, for example a NotificationTopic');
}

/** Refuses a proxy that would take connections without TLS, which the database itself refuses. */
export function checkProxy(at: Place, options: rds.DatabaseProxyOptions | undefined): void {
  requireKind(at, 'vpc', options?.vpc, VPC, "an ec2.IVpc: the database's own");
  if (options?.requireTLS === false) {
    fail(at, "'requireTLS' is false: the proxy would take SQL and passwords in cleartext, which the database refuses, so leave it out");
  }
}
