import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { arn } from '../core/names';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import type { SecurityFoundation } from '../foundation/security-foundation';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/ec2/controls';

/** What flow logs depend on. */
export interface FlowLogsOptions {
  readonly vpc: ec2.CfnVPC;
  readonly retention?: logs.RetentionDays;
  readonly encryptionKey?: kms.IKey;
  readonly foundation?: SecurityFoundation;
}

/** The default format lacks the addresses behind gateways, TCP flags and direction. A flow log's format never changes: another one replaces it. */
const FIELDS = [
  'version', 'account-id', 'vpc-id', 'subnet-id', 'interface-id', 'instance-id', 'type', 'srcaddr', 'srcport', 'pkt-srcaddr', 'dstaddr', 'dstport',
  'pkt-dstaddr', 'protocol', 'packets', 'bytes', 'start', 'end', 'tcp-flags', 'action', 'log-status', 'region', 'az-id', 'flow-direction', 'traffic-path',
  'pkt-src-aws-service', 'pkt-dst-aws-service', 'reject-reason', 'encryption-status',
];

/** A record of all traffic of a VPC, by the minute, in an encrypted log group. */
export class FlowLogs extends Construct {
  public readonly logGroup: logs.LogGroup;
  public readonly flowLog: ec2.CfnFlowLog;

  constructor(scope: Construct, id: string, options: FlowLogsOptions) {
    super(scope, id);
    this.logGroup = new EncryptedLogGroup(this, 'LogGroup', {
      retention: options.retention,
      encryptionKey: options.encryptionKey,
      foundation: options.foundation,
    }).logGroup;
    const role = serviceRole(this, 'Role', {
      description: 'Delivers the flow logs of a VPC',
      service: 'vpc-flow-logs.amazonaws.com',
      sourceArn: arn('ec2', 'vpc-flow-log/*'),
      // Without CreateLogGroup, which would make a deleted group anew: unencrypted, and kept for ever.
      statements: [new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
        resources: [this.logGroup.logGroupArn],
      })],
    });
    this.flowLog = new ec2.CfnFlowLog(this, 'Resource', {
      resourceType: 'VPC',
      resourceId: options.vpc.ref,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: this.logGroup.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
      logFormat: FIELDS.map(field => `\${${field}}`).join(' '),
      maxAggregationInterval: 60,
      tags: [{ key: 'Name', value: this.node.path }],
    });
    this.flowLog.node.addDependency(role.node.findChild('Policy')); // nothing else ties them
    claim(this.flowLog, controls.VPC_FLOW_LOG, controls.VPC_FLOW_LOG_ENCRYPTED);
  }
}
