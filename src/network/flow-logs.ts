import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import type { SecurityFoundation } from '../foundation/security-foundation';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/ec2/controls';
import * as settings from '../services/ec2/settings';
import { flowLogRole } from '../services/ec2/statements';

/** What flow logs depend on. */
export interface FlowLogsOptions {
  readonly vpc: ec2.CfnVPC;
  readonly retention?: logs.RetentionDays;
  readonly encryptionKey?: kms.IKey;
  readonly foundation?: SecurityFoundation;
}

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
    });
    const role = serviceRole(this, 'Role', { ...flowLogRole(this.logGroup.logGroupArn), description: 'Delivers the flow logs of a VPC' });
    this.flowLog = new ec2.CfnFlowLog(this, 'Resource', {
      ...settings.flowLog(),
      resourceId: options.vpc.ref,
      logGroupName: this.logGroup.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
      tags: settings.nameTag(this.node.path),
    });
    this.flowLog.node.addDependency(role.node.findChild('Policy')); // nothing else ties them
    claim(this.flowLog, controls.VPC_FLOW_LOG, controls.VPC_FLOW_LOG_ENCRYPTED);
    declareJudged(this.flowLog, "'encryption-status' is a field of version 10 of flow logs, in AWS's documentation of VPC encryption "
      + "controls; the rule's list of fields is older.", 'cdk-preflight::pf-ec2-flow-log-format-fields');
  }
}
