// Where our verdict differs from theirs, and why. A row that is not needed any more fails the test, and so does a short reason.

interface Disagreement {
  readonly reason: string;
  /** Control, rule and name of each case. */
  readonly cases: readonly string[];
}

/** We ask for more of the same property. */
const STRICTER: Disagreement[] = [
  {
    reason: 'they take a key of KMS; we want a Bucket Key too, without which every object costs a call of KMS',
    cases: ['S3-01 S3_DEFAULT_ENCRYPTION_KMS: a key of KMS is named'],
  },
  {
    reason: 'any encryption will do for them; this control is of buckets for logs, which only the key of S3 lets log writers use',
    cases: ['S3-18 S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED: a key of KMS'],
  },
  {
    reason: 'they accept an ACL that is not public; we want ACLs without any effect, and the owner to own every object',
    cases: ['S3-04 S3_BUCKET_PUBLIC_READ_ACL: an ACL for the reader of machine images', 'S3-04 AWS-0092: a private ACL'],
  },
  {
    reason: 'they take * for the resource of a denial; we want the bucket and its objects named, which is all that a policy of S3 may be about',
    cases: ['S3-07 S3_BUCKET_SSL_REQUESTS_ONLY: plain text is denied, on every resource'],
  },
  {
    reason: 'they ask for a destination; we want a log bucket whose policy lets S3 write, and logs by the day of the event',
    cases: ['S3-10 S3_BUCKET_LOGGING_ENABLED: logs to a bucket by its name', 'S3-10 AWS-0089: logs to a bucket that an ACL opens'],
  },
  {
    reason: 'a lock that is on without a rule locks no object by itself; we want a default retention of a year or more',
    cases: ['S3-11 S3_BUCKET_DEFAULT_LOCK_ENABLED: the lock is on'],
  },
  {
    reason: 'they ask only whether the principal is a wildcard; who is of another account comes in by a method of the construct, which records it',
    cases: [
      'KMS-13 F76: another account', 'S3-21 F16: another account', 'SNS-05 SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL: a user of another account',
      'EVT-04 EventBusOpenAccess: users of another account', 'ECS-15e CKV_AWS_32: a user of another account',
    ],
  },
  {
    reason: 'they let everybody in whose organization is named; nothing in a template tells whose organization that is, so others come in by a method',
    cases: [
      'EVT-04 EventBusOpenAccess: everybody of an organization',
      'ECS-15d CKV_AWS_32: everybody, if one of their organizations is ours', 'ECS-15e CKV_AWS_32: everybody, if one of their organizations is ours',
    ],
  },
  {
    reason: 'ForAllValues is true of a request that has no organization at all, so that the condition which they accept lets everybody in',
    cases: ['ECS-15d CKV_AWS_32: everybody, if all of their organizations are ours', 'ECS-15e CKV_AWS_32: everybody, if all of their organizations are ours'],
  },
  {
    reason: 'a key for messages at rest does nothing for a request in plain text, which we want denied whether there is a key or not',
    cases: ['SNS-02 SNSTopicSSLPublishOnly: a topic with a key'],
  },
  { reason: 'they want any retention; we want a year at least, as PCI DSS 10.5.1 does', cases: ['LOG-02 CW_LOGGROUP_RETENTION_PERIOD_CHECK: a week'] },
  {
    reason: 'they want a key; we also want the policy of a key of the template to let CloudTrail use it, or the trail delivers nothing',
    cases: ['TRL-03 CKV_AWS_35: a key of the template that has no policy'],
  },
  {
    reason: 'they want any text for the log group; we want an ARN as CloudTrail takes it, and a role that may write there',
    cases: ['TRL-04 CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED: a text for the log group', 'TRL-04 AWS-0162: the ARN of a log group, and no role'],
  },
  {
    reason: 'they are content with any log group; this control wants the one of the stack whose filters feed the alarms, by a role of the stack',
    cases: [
      'TRL-14 CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED: a text for the log group', 'TRL-14 AWS-0162: the ARN of a log group, and no role',
      'TRL-14 cloudtrail_not_integrated_with_cloudwatch: the ARN of a log group, and a role that writes',
    ],
  },
  {
    reason: 'they want the requests to the bucket logged; we also want it versioned and its objects locked against deletion',
    cases: ['TRL-05 AWS-0163: a bucket whose requests are logged'],
  },
  {
    reason: 'a plain selector of every object has the trail record its own deliveries for ever; we want advanced selectors that leave log buckets out',
    cases: ['TRL-07 CLOUDTRAIL_S3_DATAEVENTS_ENABLED: objects of every bucket, by a plain selector'],
  },
  {
    reason: 'they want an action of any kind; we want actions said to be on, and somebody told when the alarm begins, not when it ends',
    cases: [
      'TRL-11 CLOUDWATCH_ALARM_ACTION_CHECK: an action for the alarm', 'TRL-11 CLOUDWATCH_ALARM_ACTION_CHECK: an action for its end only',
      'TRL-13 CLOUDWATCH_ALARM_ACTION_CHECK: an action for its end only',
    ],
  },
  {
    reason: 'they want a flow log of the VPC; we also want records by the minute with the addresses behind gateways in them',
    cases: ['VPC-06 VPCFlowLogsEnabled: a flow log of all traffic'],
  },
  {
    reason: 'the custom resource of the CDK empties the group once, and what is added later stays; we want it emptied every day',
    cases: ['VPC-10 VPCDefaultSecurityGroupClosed: emptied once, by a custom resource'],
  },
  {
    reason: 'they count gateways against a quota of AWS; for us one gateway of a VPN already joins another network to the VPC',
    cases: ['VPC-23 vpc_attached_with_too_many_gateways: three gateways for a VPN'],
  },
  {
    reason: 'they ask whether the route is for everywhere; we want no route at all to a gateway to the Internet in an inner subnet',
    cases: ['VPC-04 NO_UNRESTRICTED_ROUTE_TO_IGW: private addresses by an internet gateway'],
  },
  {
    reason: 'a NAT gateway lets everything out that somebody in the subnet asks for; our inner subnets reach AWS services by endpoints',
    cases: ['VPC-04 VPCNoUnrestrictedRouteToIGW: everything by a NAT gateway'],
  },
  {
    reason: 'a load balancer takes nothing but 443, and 80 where it redirects, by rules with descriptions; their rule is about any group',
    cases: ['ALB-11 SECURITY_GROUP_INGRESS_PORT_RANGE_RULE: one port from a group', 'ALB-11 SECURITY_GROUP_EGRESS_PORT_RANGE_RULE: one port to a group'],
  },
  {
    reason: 'they judge the description of the group here, and that of its rules by another rule; our control asks for both',
    cases: ['VPC-12 AWS-0099: the group says what for, its rule does not'],
  },
  {
    reason: 'their rule is about any group, which may reach a few addresses; a database opens no connection to anywhere',
    cases: [
      'DB-19b EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE: a few addresses', 'DB-19b SECURITY_GROUP_MISSING_EGRESS_RULE: egress to private addresses',
    ],
  },
  {
    reason: 'logs that are on without a bucket are refused at deployment, and without a prefix those of two load balancers mix; we ask for both',
    cases: ['ALB-07 ELBV2_ACCESS_LOGGING_RULE: on, to no bucket', 'ALB-07 CKV_AWS_91: on, to a bucket, without a prefix'],
  },
  {
    reason: 'any association will do for them; we want one with a firewall of the app that has groups of rules, as far as the template tells',
    cases: ['ALB-09 ALBWAFEnabled: associated with a firewall', 'ALB-09 alb_is_not_integrated_with_waf: associated with a firewall that is given'],
  },
  {
    reason: 'each of their rules asks for one thing of a listener; ours wants HTTPS, port 443 and a certificate together',
    cases: [
      'ALB-01 ELBV2_ACM_CERTIFICATE_REQUIRED: a certificate of ACM, and no port', 'ALB-01 ELBV2_LISTENER_PROTOCOL_RULE: HTTPS on port 80',
      'ALB-01 ELBV2_LISTENER_PROTOCOL_RULE: no protocol',
    ],
  },
  {
    reason: 'they want TLS 1.2; we want forward secrecy and authenticated encryption as well, which these policies do without for old clients',
    cases: ['ALB-02 AWS-0047: TLS 1.3 and 1.2', 'ALB-02 CKV_AWS_103: TLS 1.2, with more ciphers'],
  },
  {
    reason: 'the redirection is right; we also want the response not to name the server, which takes a listener attribute',
    cases: ['ALB-03 ALBHttpToHttpsRedirection: redirects to HTTPS'],
  },
  {
    reason: 'HTTPS without a policy is served by one of 2016; we want an accepted policy said, and HTTPS behind the listener',
    cases: ['ALB-18 CKV_AWS_2: HTTPS without a policy'],
  },
  {
    reason: 'they look for the one rule against Log4j; we want all of the groups, each with none of its rules left out',
    cases: ['WAF-07 CKV_AWS_192: the group, with three of its rules left out', 'WAF-07b CKV_AWS_192: the group, with three of its rules left out'],
  },
  {
    reason: 'they mean the name * alone, which ACM refuses anyway; we mean each name with a wildcard in it',
    cases: ['ACM-04 wildcard_in_acm_certificate_domain_name: every host of a domain'],
  },
  {
    reason: 'they accept the key that AWS manages; we want a customer managed key, which has a policy of ours',
    cases: ['DB-01 RDS_STORAGE_ENCRYPTED: encrypted, with the key of AWS', 'ECS-15b CKV_AWS_136: KMS, with the key of AWS'],
  },
  {
    reason: 'they want the log of the engine; we also want the log of failed log-ins by IAM, which is exported apart',
    cases: ['DB-05 RDSLoggingEnabled: the log of PostgreSQL'],
  },
  {
    reason: 'they want it said what becomes of the resource; we want it to stay, whatever becomes of its stack',
    cases: ['GEN-03 I3011: it is said to go'],
  },
  { reason: 'two days are enough for them; we want a week, in which a mistake is found on Monday', cases: ['DB-08 AWS-0077: two days'] },
  {
    reason: 'they want no password in the template; we want RDS to make it and to change it every week, which no reference does',
    cases: [
      'DB-09 RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD: a reference to a secret',
      'DB-09 RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD: no password',
    ],
  },
  {
    reason: 'they look at each instance; we want the cluster in advanced mode, with 15 months of history under a key of ours',
    cases: ['DB-12 AWS-0133: the instance has Performance Insights and a key'],
  },
  {
    reason: 'the interval alone is refused at deployment; enhanced monitoring takes a role that delivers what it measures',
    cases: ['DB-13 RDS_ENHANCED_MONITORING_ENABLED: every second, by no role'],
  },
  { reason: 'they want TLS on the way; we also want IAM and an access point, which say who mounts what', cases: ['ECS-11 CKV_AWS_97: TLS'] },
  {
    reason: 'they want any log driver; we want a container that never waits for its logs: the non-blocking mode, with a buffer',
    cases: ['ECS-06 ECSTaskDefinitionContainerLogging: logs to CloudWatch'],
  },
  {
    reason: 'their rule wants a container on the network of its host to be privileged, and knows users by name; ours is never '
      + 'privileged, drops every capability, and its user is a number other than 0',
    cases: [
      'ECS-02 ECSTaskDefinitionUserForHostMode: privileged on the network of the host, as a named user',
      'ECS-03 ECSTaskDefinitionUserForHostMode: privileged on the network of the host, as a named user',
    ],
  },
  {
    reason: 'they want a role; we want two of them that ECS takes for this account only, by conditions on who comes',
    cases: ['ECS-12 empty_roles_for_ecs_cluster_task_definitions: a role, without a condition on who comes'],
  },
  {
    reason: 'they want any setting of the deployment; we want one that fails to be stopped and rolled back',
    cases: ['ECS-13b ecs_service_without_running_tasks: percentages without a circuit breaker'],
  },
  {
    reason: 'who comes from another account by an ID of its own may be expected, but our roles are taken by one AWS service and nobody else',
    cases: ['IAM-04 cross_account_iam_assume_role_policy_without_external_id_or_mfa: another account, by an ID of its own'],
  },
  {
    reason: 'they keep policies from users only; a group is nothing but users, and our policies are on roles',
    cases: ['IAM-05 F12: on a group'],
  },
  {
    reason: 'they want the roles named that may be passed; we also want the service named that they are passed to',
    cases: [
      'IAM-06 IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE: roles by a beginning', 'IAM-06b IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE: roles by a beginning',
    ],
  },
  {
    reason: 'they refuse policies of AWS; we also refuse one of the account that is not of the app, as somebody else changes it',
    cases: ['IAM-07 IAMNoManagedPolicies: a policy of the account, by its ARN'],
  },
];

/** What is left out, or can't be read, is not taken for right. */
const UNSAID: Disagreement[] = [
  {
    reason: 'they rely on the default of what is left out; we want both settings of public addresses said, for IPv4 and IPv6',
    cases: ['VPC-03 SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED: off', 'VPC-03 SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED: nothing is said'],
  },
  {
    reason: 'they rely on the default of RDS, which is on; the guard rules of AWS and we want it said',
    cases: ['DB-07 RDSAutomaticMinorVersionUpgradeEnabled: nothing is said'],
  },
  {
    reason: 'a policy that allows nothing lets nobody do harm, but it is none of a role that works: we take an empty one for one that was lost',
    cases: ['IAM-02 IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS: nothing but a denial', 'IAM-04 CKV_AWS_60: everybody is denied'],
  },
  {
    reason: 'they read a trust policy that is a text; the CDK never writes one, and what is no document holds nothing here',
    cases: ['IAM-04 CKV_AWS_60: a service, by a text'],
  },
];

/** They ask for something else, or are mistaken. */
const OTHERWISE: Disagreement[] = [
  {
    reason: 'this control is about principals of other accounts; that nobody is named by * is asked by KMS-08, a floor of the same keys',
    cases: [
      'KMS-13 KMS_NO_WILDCARD_PRINCIPAL: everybody uses it', 'KMS-13 CKV_AWS_33: everybody, by * under AWS', 'KMS-13 CKV_AWS_33: everybody, by *',
      'KMS-13 F76: everybody, in a list',
    ],
  },
  {
    reason: 'this control is about principals of other accounts; that everybody is let in to nothing is asked by S3-19, a floor of the same buckets',
    cases: [
      'S3-21 S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL: everybody, by a condition on the referer', 'S3-21 F16: everybody, under AWS',
      'S3-21 S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL: all but two are let in',
    ],
  },
  {
    reason: 'they take a waiting period for a sign that the key is about to go; it only says how long a deletion can be called off',
    cases: ['KMS-03 cmk_is_unusable: no waiting period is said', 'KMS-03 cmk_is_unusable: a deletion waits for a week'],
  },
  {
    reason: 'they know the numbers of days that there are; another number is refused at deployment, so that no log group is kept too short by it',
    cases: ['LOG-02 CW_LOGGROUP_RETENTION_PERIOD_CHECK: no number of days that there is'],
  },
  {
    reason: 'this control lets a website be one, on 80 and 443; that nobody but named sources comes in is asked by VPC-11c, which fails here too',
    cases: ['VPC-11 EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE: everybody, to HTTP'],
  },
  {
    reason: 'they look for port 22 in a range that has no ports, and EC2 refuses it; we don\'t take a range that can\'t be read for closed',
    cases: ['VPC-11 CKV_AWS_24: a range that ends before it begins'],
  },
  {
    reason: 'they pass what is no application load balancer; ours is always one, and its attribute is asked for whatever the type says',
    cases: ['ALB-04 AWS-0052: of another kind'],
  },
  {
    reason: 'this control is about names; a variable that ends in ID points to something, and ECS-05, a floor, knows this one for a credential',
    cases: ['ECS-05b AWS-0036: an access key'],
  },
  {
    reason: 'they refuse every variable in the template; we refuse credentials, by their values and names, and let settings be settings',
    cases: [
      'ECS-05 ECSTaskDefinitionNoEnvironmentVariables: a variable that is no secret', 'ECS-05b ECSTaskDefinitionNoEnvironmentVariables: a variable that is no secret',
    ],
  },
];

export const DISAGREEMENTS: Disagreement[] = [...STRICTER, ...UNSAID, ...OTHERWISE];
