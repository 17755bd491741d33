// Resources that are added beside those of the application, and widen what these let in.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ram from 'aws-cdk-lib/aws-ram';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Stack } from 'aws-cdk-lib/core';
import { Cases, casesOf } from './harness';
import { added, allow, document, everybodyOf, FOREIGN, may, ownArn, REGION, statement } from './touch';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

/** An access point of the data bucket that another account reads through. */
export function accessPoint(scope: Stack, { application: { bucket } }: ThreeTierSecureStack): void {
  new s3.CfnAccessPoint(scope, 'AccessPoint', {
    bucket: bucket.bucketName,
    name: 'shared',
    policy: document(allow(everybodyOf(FOREIGN), 's3:GetObject', ownArn('s3', 'accesspoint/shared/object/*'))),
  });
}

/** An access point that belongs to another account, whose policy is none of the stack's business. */
function accessPointThere(scope: Stack, { application: { bucket } }: ThreeTierSecureStack): void {
  new s3.CfnAccessPoint(scope, 'AccessPoint', { bucket: bucket.bucketName, bucketAccountId: FOREIGN, name: 'shared' });
}

const EVERYTHING = document(may('*', '*'));

const CASES: Cases = {
  'an access point of the data bucket for another account': {
    'in the stack': added(accessPoint)['in the stack'],
    'in the stack, of another owner': added(accessPointThere)['in the stack'],
  },
  'a policy of the task role allows everything (AWS::IAM::Policy)': added((scope, { application: { service } }) =>
    new iam.CfnPolicy(scope, 'Everything', { policyName: 'Everything', policyDocument: EVERYTHING, roles: [service.taskRole.roleName] })),
  'a policy of the task role allows everything (AWS::IAM::ManagedPolicy)': {
    ...added((scope, { application: { service } }) =>
      new iam.CfnManagedPolicy(scope, 'Everything', { policyDocument: EVERYTHING, roles: [service.taskRole.roleName] })),
    'by the L2 of the CDK': (_, stack) => new iam.ManagedPolicy(stack, 'Everything', { statements: [statement(may('*', '*'))], roles: [stack.application.service.taskRole] }),
    'from the side of the role': (_, stack) => stack.application.service.taskRole.addManagedPolicy(
      new iam.ManagedPolicy(stack, 'Everything', { statements: [statement(may('*', '*'))] })),
  },
  'a second policy of the topic': added((scope, { application: { foundation: { topic } } }) =>
    new sns.CfnTopicPolicy(scope, 'SecondPolicy', { topics: [topic.topicArn], policyDocument: document(allow('*', 'sns:Publish', topic.topicArn)) })),
  'the application subnets are shared with another account': added((scope, { application: { network } }) => new ram.CfnResourceShare(scope, 'Share', {
    name: 'subnets',
    allowExternalPrincipals: true,
    principals: [FOREIGN],
    resourceArns: network.selectSubnets(network.applicationSubnets).subnetIds.map(id => ownArn('ec2', `subnet/${id}`)),
  })),
  'an endpoint for shells under the security group of the tasks': {
    ...added((scope, { application: { network, service } }) => new ec2.CfnVPCEndpoint(scope, 'Shells', {
      vpcId: network.vpcId,
      serviceName: `com.amazonaws.${REGION}.ssmmessages`,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: network.selectSubnets(network.applicationSubnets).subnetIds,
      securityGroupIds: [service.securityGroup.securityGroupId],
    })),
    addInterfaceEndpoint: (_, { application: { network, service } }) => network.addInterfaceEndpoint('Shells',
      { service: ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES, securityGroups: [service.securityGroup] }),
  },
};

export const NEW_RESOURCE = casesOf('new resource', CASES);
