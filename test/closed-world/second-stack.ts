// What a second stack of the app adds to the application.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { secondService } from './compute';
import { secretPolicy } from './data';
import { archivesAll } from './detection';
import { plainListener } from './edge';
import { Cases, casesOf } from './harness';
import { accessPoint } from './new-resource';
import { addedBeside as beside, document, foreignArn, l1, may, statement } from './touch';

const METRICS = { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: 'Other' };

const CASES: Cases = {
  'database: admits everybody': {
    'by a rule': beside((scope, { application: { database } }) => new ec2.CfnSecurityGroupIngress(scope, 'Everybody',
      { groupId: database.securityGroup.securityGroupId, ipProtocol: 'tcp', fromPort: 5440, toPort: 5440, cidrIp: '0.0.0.0/0', description: 'everybody' })),
    'by two halves': beside((scope, { application: { database } }) => ['0.0.0.0/1', '128.0.0.0/1'].forEach(cidrIp => new ec2.CfnSecurityGroupIngress(scope, cidrIp,
      { groupId: database.securityGroup.securityGroupId, ipProtocol: 'tcp', fromPort: 5440, toPort: 5440, cidrIp, description: 'everybody' }))),
    'by the L2 of the CDK': beside((scope, { application: { database } }) =>
      ec2.SecurityGroup.fromSecurityGroupId(scope, 'Database', database.securityGroup.securityGroupId).addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(5440))),
  },
  'tasks: may connect to anywhere': {
    'by a rule': beside((scope, { application: { service } }) => new ec2.CfnSecurityGroupEgress(scope, 'Anywhere',
      { groupId: service.securityGroup.securityGroupId, ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'anywhere' })),
    'by the L2 of the CDK': beside((scope, { application: { service } }) =>
      ec2.SecurityGroup.fromSecurityGroupId(scope, 'Tasks', service.securityGroup.securityGroupId, { allowAllOutbound: false })
        .addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.allTraffic())),
  },
  'network ACL of the data tier: allows everything in': {
    'by an entry': beside((scope, stack) => new ec2.CfnNetworkAclEntry(scope, 'Everything', {
      networkAclId: l1<ec2.CfnNetworkAcl>(stack, 'Network/Data/NetworkAcl').attrId,
      ruleNumber: 1,
      protocol: -1,
      ruleAction: 'allow',
      egress: false,
      cidrBlock: '0.0.0.0/0',
    })),
    'by the L2 of the CDK': beside((scope, stack) => {
      const acl = ec2.NetworkAcl.fromNetworkAclId(scope, 'Acl', l1<ec2.CfnNetworkAcl>(stack, 'Network/Data/NetworkAcl').attrId);
      acl.addEntry('Everything', { cidr: ec2.AclCidr.anyIpv4(), ruleNumber: 1, traffic: ec2.AclTraffic.allTraffic(), direction: ec2.TrafficDirection.INGRESS });
    }),
  },
  'a listener without TLS forwards on 8080': { 'by an L1': beside(plainListener) },
  'another web ACL before the load balancer': {
    'by an association': beside((scope, { application: { loadBalancer } }) => {
      const acl = new wafv2.CfnWebACL(scope, 'OtherAcl', { scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig: METRICS, rules: [] });
      new wafv2.CfnWebACLAssociation(scope, 'OtherAssociation', { resourceArn: loadBalancer.loadBalancerArn, webAclArn: acl.attrArn });
    }),
    'by an association of an existing one': beside((scope, { application: { loadBalancer } }) => new wafv2.CfnWebACLAssociation(scope, 'OtherAssociation', {
      resourceArn: loadBalancer.loadBalancerArn,
      webAclArn: `arn:aws:wafv2:${scope.region}:${scope.account}:regional/webacl/other/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`,
    })),
  },
  'a policy of the backup role allows everything': {
    'by an AWS::IAM::Policy': beside((scope, { application: { backup } }) =>
      new iam.CfnPolicy(scope, 'Everything', { policyName: 'Everything', policyDocument: document(may('*', '*')), roles: [backup.role.roleName] })),
    'by an AWS::IAM::ManagedPolicy': beside((scope, { application: { backup } }) =>
      new iam.CfnManagedPolicy(scope, 'Everything', { policyDocument: document(may('*', '*')), roles: [backup.role.roleName] })),
    'by the role as the CDK finds it by its ARN': beside((scope, { application: { backup } }) =>
      iam.Role.fromRoleArn(scope, 'BackupRole', backup.role.roleArn).addToPrincipalPolicy(statement(may('*', '*')))),
  },
  'a queue of another account is subscribed to the topic': {
    'by an L1': beside((scope, { application: { foundation: { topic } } }) =>
      new sns.CfnSubscription(scope, 'Queue', { topicArn: topic.topicArn, protocol: 'sqs', endpoint: foreignArn('sqs', 'alarms') })),
    'by the L2 of the CDK': beside((scope, { application: { foundation: { topic } } }) =>
      sns.Topic.fromTopicArn(scope, 'Topic', topic.topicArn)
        .addSubscription(new subscriptions.SqsSubscription(sqs.Queue.fromQueueArn(scope, 'Queue', foreignArn('sqs', 'alarms'))))),
  },
  'an access point of the data bucket for another account': { 'by an L1': beside(accessPoint) },
  'GuardDuty: a filter archives findings of every severity': { 'by an L1': beside(archivesAll) },
  'a policy of the master secret lets another account read it': { 'by an L1': beside(secretPolicy) },
  'a service runs the tasks with public addresses': {
    'by an L1': beside((scope, stack) => {
      const { network, service } = stack.application;
      secondService(scope, stack, {
        networkConfiguration: {
          awsvpcConfiguration: {
            assignPublicIp: 'ENABLED',
            subnets: network.selectSubnets(network.loadBalancerSubnets).subnetIds,
            securityGroups: [service.securityGroup.securityGroupId],
          },
        },
      });
    }),
    'by an L1, in the subnets of the application': beside((scope, stack) => {
      const { network, service } = stack.application;
      secondService(scope, stack, {
        networkConfiguration: {
          awsvpcConfiguration: {
            assignPublicIp: 'ENABLED',
            subnets: network.selectSubnets(network.applicationSubnets).subnetIds,
            securityGroups: [service.securityGroup.securityGroupId],
          },
        },
      });
    }),
  },
};

export const SECOND_STACK = casesOf('second stack', CASES);
