// The network of both programs by hand. Each part makes its resources in a scope and leaves on the stack what others need.
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const ssm = require('aws-cdk-lib/aws-ssm');
const { Aws, Fn } = require('aws-cdk-lib/core');
const { GUARDDUTY_IMAGES, RETAIN, allow, arn, fromArn, ofAccount } = require('./stack');

const path = 'Shop/Application/Network';
const [publicCidr, applicationCidr, dataCidr, everywhere] = ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '0.0.0.0/0'];

/** The VPC with its three tiers, and the way of the first one to the internet. */
function subnets(shop, scope) {
  const vpc = new ec2.CfnVPC(scope, 'Vpc', {
    cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true, instanceTenancy: 'default', tags: [{ key: 'Name', value: path }],
  });
  const zones = [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  const tcp = (ruleNumber, cidrBlock, from, to = from) => ({ ruleNumber, cidrBlock, ruleAction: 'allow', protocol: 6, portRange: { from, to } });
  const refuse = (ruleNumber, cidrBlock) => ({ ruleNumber, cidrBlock, ruleAction: 'deny', protocol: -1 });
  const tooBig = ruleNumber => ({ ruleNumber, cidrBlock: everywhere, ruleAction: 'allow', protocol: 1, icmp: { type: 3, code: 4 } });
  const tier = (name, type, seal, cidrs, ingress, egress) => {
    const tags = [{ key: 'Name', value: `${path}/${name}` }];
    const routeTable = new ec2.CfnRouteTable(scope, `${name}RouteTable`, { vpcId: vpc.attrVpcId, tags });
    const acl = new ec2.CfnNetworkAcl(scope, `${name}Acl`, { vpcId: vpc.attrVpcId, tags });
    acl.addMetadata('cdk-hardened:entries', seal);
    ingress.forEach(rule => new ec2.CfnNetworkAclEntry(scope, `${name}In${rule.ruleNumber}`, { networkAclId: acl.attrId, egress: false, ...rule }));
    egress.forEach(rule => new ec2.CfnNetworkAclEntry(scope, `${name}Out${rule.ruleNumber}`, { networkAclId: acl.attrId, egress: true, ...rule }));
    const associations = [];
    const subnets = cidrs.map((cidrBlock, i) => {
      const subnet = new ec2.CfnSubnet(scope, `${name}Subnet${i + 1}`, {
        vpcId: vpc.attrVpcId,
        cidrBlock,
        availabilityZone: zones[i],
        mapPublicIpOnLaunch: false,
        assignIpv6AddressOnCreation: false,
        tags: [
          { key: 'Name', value: `${path}/${name}/Subnet${i + 1}` },
          { key: 'aws-cdk:subnet-name', value: name },
          { key: 'aws-cdk:subnet-type', value: type },
        ],
      });
      const subnetId = subnet.attrSubnetId;
      associations.push(
        new ec2.CfnSubnetRouteTableAssociation(scope, `${name}Routes${i + 1}`, { subnetId, routeTableId: routeTable.attrRouteTableId }),
        new ec2.CfnSubnetNetworkAclAssociation(scope, `${name}Acl${i + 1}`, { subnetId, networkAclId: acl.attrId }),
      );
      return subnet;
    });
    return { routeTable, associations, subnets, subnetIds: subnets.map(s => s.attrSubnetId) };
  };
  const publicTier = tier('Public', 'Public', '36b65979669deea10b0981f694f4efa5b971c44735b24022faf1148dabeb22fe', ['10.0.0.0/19', '10.0.32.0/19'],
    [refuse(50, dataCidr), tcp(100, everywhere, 443), tcp(110, everywhere, 80), tcp(120, applicationCidr, 1024, 65535), tooBig(160)],
    [refuse(50, dataCidr), tcp(100, applicationCidr, 8443), tcp(110, everywhere, 1024, 65535), tooBig(160)]);
  const application = tier('Application', 'Isolated', '631bf6db7d2a9afc0ddc5f2b92cbbd2ee0b674c702a4ecbff8490d58b2a1f3d9', ['10.0.64.0/19', '10.0.96.0/19'],
    [tcp(100, publicCidr, 8443), tcp(110, applicationCidr, 443), tcp(120, dataCidr, 1024, 65535), tcp(130, applicationCidr, 1024, 65535), tcp(140, everywhere, 32768, 65535)],
    [tcp(100, dataCidr, 5440), tcp(110, everywhere, 443), tcp(120, publicCidr, 1024, 65535), tcp(130, applicationCidr, 8443), tcp(140, applicationCidr, 1024, 65535)]);
  const data = tier('Data', 'Isolated', '35d575e162651c4b9c21c76e53a6b8fffbe09d9124ce702f575f3bf75449dd4b', ['10.0.128.0/19', '10.0.160.0/19'],
    [tcp(100, applicationCidr, 5440), tcp(110, dataCidr, 5440), tcp(115, dataCidr, 1024, 65535)],
    [tcp(100, applicationCidr, 1024, 65535), tcp(110, dataCidr, 5440), tcp(115, dataCidr, 1024, 65535)]);

  const gateway = new ec2.CfnInternetGateway(scope, 'Internet', { tags: [{ key: 'Name', value: `${path}/Internet` }] });
  const attachment = new ec2.CfnVPCGatewayAttachment(scope, 'InternetAttachment', { vpcId: vpc.ref, internetGatewayId: gateway.attrInternetGatewayId });
  const route = new ec2.CfnRoute(scope, 'InternetRoute', {
    routeTableId: publicTier.routeTable.attrRouteTableId, destinationCidrBlock: everywhere, gatewayId: gateway.attrInternetGatewayId,
  });
  route.addResourceDependency(attachment);
  [vpc, ...data.subnets].forEach(resource => resource.applyRemovalPolicy(RETAIN)); // the database that stays is in them
  shop.zones = zones;
  shop.publicRoutes = [route, ...publicTier.associations];
  shop.applicationSubnetIds = application.subnetIds;
  shop.dataSubnetIds = data.subnetIds;
  return { vpc, public: publicTier, application, data };
}

/** The endpoints of AWS services, with policies for our identities and our resources. */
function endpoints(shop, scope, { vpc, application, data }) {
  const policyDocument = (...statements) => new iam.PolicyDocument({ statements });
  const anybody = (sid, actions, resources, conditions) => new iam.PolicyStatement({ sid, principals: [new iam.StarPrincipal()], actions, resources, conditions });
  const ours = { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, 'aws:ResourceAccount': Aws.ACCOUNT_ID } };
  const gatewayEndpoint = (id, service, policy) => new ec2.CfnVPCEndpoint(scope, id, {
    vpcId: vpc.ref,
    serviceName: `com.amazonaws.${Aws.REGION}.${service}`,
    vpcEndpointType: 'Gateway',
    routeTableIds: [application.routeTable.attrRouteTableId, data.routeTable.attrRouteTableId],
    policyDocument: policy,
  });
  const s3Endpoint = gatewayEndpoint('S3Endpoint', 's3', policyDocument(
    anybody('OurBuckets', ['s3:*'], ['*'], ours),
    anybody('BucketsOfServices', ['s3:GetObject'], [`arn:${Aws.PARTITION}:s3:::prod-${Aws.REGION}-starport-layer-bucket/*`])));
  gatewayEndpoint('DynamoDbEndpoint', 'dynamodb', policyDocument(anybody('OurTables', ['dynamodb:*'], ['*'], ours)));
  shop.endpointGroup = new ec2.SecurityGroup(scope, 'EndpointGroup', { vpc: shop.vpc, description: 'Interface endpoints of AWS services', allowAllOutbound: false });
  shop.endpointGroup.addIngressRule(ec2.Peer.ipv4(applicationCidr), ec2.Port.tcp(443), 'AWS APIs, from the application tier');
  shop.endpoints = [s3Endpoint];
  for (const service of ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms', 'guardduty-data']) {
    shop.endpoints.push(new ec2.CfnVPCEndpoint(scope, `Endpoint-${service}`, {
      vpcId: vpc.ref,
      serviceName: `com.amazonaws.${shop.region}.${service}`,
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: application.subnetIds,
      securityGroupIds: [shop.endpointGroup.securityGroupId],
      policyDocument: policyDocument(anybody('OurResources', ['*'], ['*'], {
        StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
        StringEqualsIfExists: { 'aws:ResourceAccount': service.startsWith('ecr.') ? [Aws.ACCOUNT_ID, GUARDDUTY_IMAGES] : [Aws.ACCOUNT_ID] },
      })),
    }));
  }
}

/** The flow logs of the VPC. */
function flowLogs(shop, scope, vpc) {
  const logGroup = shop.logGroup(scope, 'FlowLogGroup', { logicalId: shop.ids.flowLogs });
  const delivery = shop.role(scope, 'FlowLogRole', 'vpc-flow-logs.amazonaws.com', fromArn('ArnLike', arn('ec2', 'vpc-flow-log/*')), 'Delivers the flow logs of a VPC', [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'], logGroup.logGroupArn),
  ]);
  const fields = [
    'version', 'account-id', 'vpc-id', 'subnet-id', 'interface-id', 'instance-id', 'type', 'srcaddr', 'srcport', 'pkt-srcaddr', 'dstaddr', 'dstport',
    'pkt-dstaddr', 'protocol', 'packets', 'bytes', 'start', 'end', 'tcp-flags', 'action', 'log-status', 'region', 'az-id', 'flow-direction', 'traffic-path',
    'pkt-src-aws-service', 'pkt-dst-aws-service', 'reject-reason', 'encryption-status',
  ];
  const flowLog = new ec2.CfnFlowLog(scope, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpc.ref,
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: logGroup.logGroupName,
    deliverLogsPermissionArn: delivery.role.roleArn,
    logFormat: fields.map(field => `\${${field}}`).join(' '),
    maxAggregationInterval: 60,
    tags: [{ key: 'Name', value: `${path}/FlowLogs` }],
  });
  flowLog.node.addDependency(delivery.policy);
}

/** What empties the default security group of the VPC. */
function defaultGroup(shop, scope, vpc) {
  const runbook = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';
  const execution = arn('ssm', 'automation-execution/*');
  const automation = shop.role(scope, 'DefaultGroupRole', 'ssm.amazonaws.com', { StringEquals: ofAccount() }, 'Removes the rules of the default security group of a VPC', [
    allow(['ec2:DescribeSecurityGroups'], '*'),
    allow(['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'], arn('ec2', `security-group/${vpc.attrDefaultSecurityGroup}`)),
    allow(['ssm:StartAutomationExecution'], [
      `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::automation-definition/${runbook}:*`, `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::document/${runbook}`, execution,
    ]),
    allow(['ssm:GetAutomationExecution'], execution),
  ]);
  automation.policy.addStatements(allow(['iam:PassRole'], automation.role.roleArn, { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } }));
  const association = new ssm.CfnAssociation(scope, 'DefaultGroup', {
    name: runbook,
    parameters: { GroupId: [vpc.attrDefaultSecurityGroup], AutomationAssumeRole: [automation.role.roleArn] },
    associationDispatchAssumeRole: automation.role.roleArn,
    scheduleExpression: 'rate(1 day)',
    complianceSeverity: 'HIGH',
  });
  association.node.addDependency(automation.policy);
}

module.exports = { subnets, endpoints, flowLogs, defaultGroup };
