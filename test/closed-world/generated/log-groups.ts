// What can be done to log groups.
import * as logs from 'aws-cdk-lib/aws-logs';
import { apart, Kind, within } from './kind';
import { manager } from './managers';
import { allow, document, everybodyOf, FOREIGN, foreignArn } from '../touch';

const LOG_GROUP = 'AWS::Logs::LogGroup';

export const LOG_GROUPS: Kind[] = [
  apart<logs.CfnLogGroup>(LOG_GROUP, 'a subscription to another account', 'everything that is logged leaves the account', t => new logs.CfnSubscriptionFilter(t.scope, 'Shipped',
    { logGroupName: t.resource.ref, filterPattern: '', destinationArn: foreignArn('logs', 'destination:collector') })),
  apart<logs.CfnLogGroup>(LOG_GROUP, 'a resource policy for another account', 'strangers read and write the logs', t => new logs.CfnResourcePolicy(t.scope, 'LogsPolicy',
    { policyName: 'Shared', policyDocument: t.scope.toJsonString(document(allow(everybodyOf(FOREIGN), ['logs:PutLogEvents', 'logs:PutSubscriptionFilter'], t.resource.attrArn))) })),
  apart<logs.CfnLogGroup>(LOG_GROUP, 'a resource policy for everybody', 'everybody writes into the logs', t => new logs.CfnResourcePolicy(t.scope, 'LogsPolicy',
    { policyName: 'Shared', policyDocument: t.scope.toJsonString(document(allow('*', 'logs:PutLogEvents', t.resource.attrArn))) })),
  within<logs.CfnLogGroup>(LOG_GROUP, 'a policy of its own for another account', 'strangers read and write the logs',
    t => t.resource.addPropertyOverride('ResourcePolicyDocument', document(allow(everybodyOf(FOREIGN), 'logs:PutLogEvents', '*')))),
  apart<logs.CfnLogGroup>(LOG_GROUP, 'all log groups are shipped to another account', 'everything that is logged in the account leaves it', t => new logs.CfnAccountPolicy(t.scope, 'AccountPolicy', {
    policyName: 'Ship',
    policyType: 'SUBSCRIPTION_FILTER_POLICY',
    scope: 'ALL',
    policyDocument: JSON.stringify({ DestinationArn: foreignArn('logs', 'destination:collector'), FilterPattern: '', Distribution: 'Random' }),
  })),
  apart<logs.CfnLogGroup>(LOG_GROUP, 'a function may delete it and shorten what it keeps', 'whoever has the function has the evidence',
    t => manager(t, ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteSubscriptionFilter'], t.resource.attrArn)),
];
