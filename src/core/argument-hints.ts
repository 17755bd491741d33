// What to give where something is missing or of another kind: by the name of the type, and by the prop where that says more.

/** What a caller has to give. */
export interface Wanted {
  /** As in `give a kms.IKey`. */
  readonly text: string;
  /** What tells it from others. Several copies of the CDK, and other languages, leave nothing else to go by. */
  readonly members?: readonly string[];
}

const KEY = { text: 'a kms.IKey, for example a CustomerManagedKey', members: ['keyArn', 'keyId'] };
const BUCKET = ['bucketArn', 'addToResourcePolicy'];

/** By the type's name, followed by that of the prop where it says more. What is not here is called by its name. */
export const WANTED: Readonly<Record<string, Wanted>> = {
  'AccountServices': { text: "'AccountServices.create()', 'adopt(…)' or 'leave()'", members: ['_attach'] },
  'AlbTargetProps': { text: 'an object, for example { targets: [service] }' },
  'CisPatternSet': { text: 'a CisPatternSet, for example CisPatternSet.BOTH', members: ['_patterns'] },
  'CustomAlarm': { text: 'an object with name, description and filterPattern' },
  'DataEvents': { text: "a DataEvents, for example 'DataEvents.s3Objects()'", members: ['_selector'] },
  'Disposable': { text: "'Disposable.because(reason)'", members: ['applyTo'] },
  'Duration': { text: "a Duration, for example 'Duration.days(30)'", members: ['toDays'] },
  'EndpointService': { text: "an EndpointService, for example 'EndpointService.kms()'", members: ['name'] },
  'FindingsExport': { text: "a FindingsExport, for example 'FindingsExport.toOwnBucket()'", members: ['_way'] },
  'IDependable': { text: 'a construct' },
  'KeyAccess': { text: "a KeyAccess, for example 'KeyAccess.s3()'", members: ['allowOn'] },
  'LoadBalancerDomain': { text: "its 'domainName' and its 'hostedZone'" },
  'PrivateImage': { text: 'PrivateImage.of(repositoryName, digest) or fromRepository(repository, digest)', members: ['_locate'] },
  'ProtectedResource': { text: "a ProtectedResource, for example 'ProtectedResource.bucket(bucket)'", members: ['_protection'] },
  'SecurityFoundation': {
    text: "a SecurityFoundation, for example 'SecurityFoundation.of(stack)'",
    members: ['logBucket', 'logKey', 'topic'],
  },
  'SecurityWaiver': { text: "a SecurityWaiver, for example { control: 'ALB-06', reason: 'why it is safe to do without' }" },
  'ServiceLinkedRole': { text: 'ServiceLinkedRole.CREATE or ServiceLinkedRole.EXISTING', members: ['_attachTo'] },
  'TaskScaling': { text: 'TaskScaling.onCpuUtilization({ maxCapacity })', members: ['_check'] },
  'TaskSecret': { text: 'TaskSecret.fromSecretsManager(secret, field) or fromSsmParameter(parameter)', members: ['_read'] },
  'ThreatFeature': { text: 'a ThreatFeature, for example ThreatFeature.S3_DATA_EVENTS', members: ['_feature'] },
  'VaultLock': { text: "a VaultLock, for example 'VaultLock.governance()'", members: ['_lock'] },
  'WebFirewall': { text: 'a WebFirewall', members: ['webAclArn', 'protect'] },
  'WebFirewallScope': { text: 'WebFirewallScope.REGIONAL or WebFirewallScope.CLOUDFRONT', members: ['_facts'] },
  'WritablePath': { text: 'WritablePath.inMemory(path) or onDisk(path)', members: ['_mountIn'] },
  'PermissionsBoundary': { text: 'a PermissionsBoundary', members: ['_bind'] },
  'acm.ICertificate': { text: 'an acm.ICertificate, for example by Certificate.fromCertificateArn', members: ['certificateArn', 'env'] },
  'cloudtrail.InsightType': { text: 'a cloudtrail.InsightType', members: ['value'] },
  'ec2.IConnectable': { text: 'what has security groups, for example an ec2.SecurityGroup', members: ['connections'] },
  'ec2.IVpc': { text: 'an ec2.IVpc, for example a SecureVpc', members: ['vpcId', 'selectSubnets'] },
  'ec2.SubnetSelection': {
    text: "an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }, or { subnets: [...] } with the subnets",
  },
  'ecr.IRepository': { text: 'an ecr.IRepository, for example a PrivateRepository', members: ['repositoryArn', 'repositoryUriForDigest'] },
  'ecs.CpuArchitecture': { text: 'ecs.CpuArchitecture.X86_64 or ARM64', members: ['_cpuArchitecture'] },
  'elbv2.IApplicationLoadBalancer': {
    text: 'an elbv2.IApplicationLoadBalancer, for example a TlsAlb',
    members: ['loadBalancerArn', 'node'],
  },
  'elbv2.IApplicationLoadBalancerTarget': {
    text: 'an elbv2.IApplicationLoadBalancerTarget, for example a PrivateFargateService or an Auto Scaling group',
    members: ['attachToApplicationTargetGroup'],
  },
  'events.Schedule': {
    text: "an events.Schedule, for example events.Schedule.cron({ hour: '3', minute: '0' })",
    members: ['expressionString'],
  },
  'guardduty.IDetectorRef': {
    text: "a detector, for example 'ThreatDetection.fromDetectorId(scope, id, detectorId)'",
    members: ['detectorRef'],
  },
  'iam.IGrantable': { text: 'what has permissions, for example a role', members: ['grantPrincipal'] },
  'iam.IPrincipal': { text: "an iam.IPrincipal, for example a role or 'new iam.ArnPrincipal(ARN)'", members: ['policyFragment'] },
  'iam.PolicyStatement': { text: 'an iam.PolicyStatement', members: ['toStatementJson'] },
  'kms.IKey': KEY,
  'rds.IDatabaseCluster': { text: 'an rds.IDatabaseCluster, for example an EncryptedDatabase', members: ['clusterArn'] },
  'route53.HostedZoneAttributes': { text: 'a route53.HostedZoneAttributes', members: ['hostedZoneId', 'zoneName'] },
  'route53.IHostedZone': { text: 'a route53.IHostedZone', members: ['hostedZoneId', 'zoneName'] },
  's3.IBucket': { text: 'an s3.IBucket, for example an EncryptedBucket', members: BUCKET },
  's3.IBucket logBucket': { text: 'an s3.IBucket, for example a LogBucket', members: BUCKET },
  'sns.ITopic': { text: 'an sns.ITopic, for example a NotificationTopic', members: ['topicArn', 'addToResourcePolicy'] },
};

/** What the error says of a prop that is missing, by the struct or the method that has it. */
export const MISSING: Readonly<Record<string, string>> = {
  'AccountServicesAdoptOptions.detectorId': 'give what `aws guardduty list-detectors` prints, or another detector would be made',
  'ApplicationTier.port': 'give the port on which the container serves HTTPS, from 1024',
  'BackupPolicyProps.resources': 'name what to back up, for example ProtectedResource.bucket(bucket)',
  'ComplianceLockOptions.changeableFor': 'say for how long the lock can still be lifted, from 3 days on',
  'CustomerManagedKeyProps.description': 'say what the key encrypts',
  'Disposable.because.reason': 'say in at least 20 characters why losing everything in the disposable scope does no harm',
  'LoadBalancerDomain.domainName': "give the name of the application, for example 'shop.example.com'",
  'NotificationTopicProps.emails': "name at least one address to notify, or waive 'SNS-04' and say who else subscribes",
  'PrivateFargateServiceProps.port': 'give the port that the application listens on, from 1024',
  'PrivateImage.of.digest': "give the image's digest, 'sha256:' and 64 hexadecimal digits, as 'docker push' prints it",
  'PrivateImage.of.repositoryName': 'give the name of a repository of this account, without its registry, tag or digest',
  'PrivateImage.tagged.repositoryName': 'give the name of a repository of this account, without its registry, tag or digest',
  'PrivateImage.tagged.tag': "give the image's tag, for example 'v1.2'",
  'PrivateImage.uri.uri': 'give ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME@sha256:DIGEST',
  'ProtectedResource.fromArn.resourceArn': 'give the ARN of what to back up',
  'ProtectedResource.tagged.key': 'give the key of the tag',
  'ProtectedResource.tagged.value': 'give the value of the tag',
  'SecureVpc.addGatewayEndpoint.options': "give its 'service', for example ec2.GatewayVpcEndpointAwsService.S3_EXPRESS",
  'SecureVpc.addInterfaceEndpoint.options': "give its 'service', for example ec2.InterfaceVpcEndpointAwsService.SQS",
  'SecurityWaiver.reason': 'say in at least 20 characters why it is safe to do without',
  'ThreeTierApplicationProps.application': 'give its image and port',
  'ThreeTierApplicationProps.notify': 'name at least one address that is told of alarms and findings',
  'ThreeTierSecureStackProps.application': 'give its image and port',
  'ThreeTierSecureStackProps.notify': 'name at least one address that is told of alarms and findings',
};
