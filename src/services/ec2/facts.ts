// Tables of AWS facts about networks, each with its source.

/** The port of HTTPS (RFC 9110), on which every AWS API answers. */
export const HTTPS_PORT = 443;

/** The port of HTTP (RFC 9110). */
export const HTTP_PORT = 80;

/**
 * TCP ports of remote administration, file shares and databases, which are for nobody on the Internet.
 *
 * Source: AWS Security Hub, EC2.19 ("high risk ports") and EC2.53; those of Oracle, Redshift, Redis, Memcached, Cassandra, MongoDB,
 * Neptune, WinRM and VNC from their manuals.
 */
export const REMOTE_ACCESS = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 1521, 2049, 3000, 3306, 3389, 4333, 5000, 5432, 5439, 5440, 5500, 5601, 5900, 5985,
  5986, 6379, 8080, 8088, 8182, 8888, 9042, 9200, 9300, 11211, 27017,
];

/**
 * Services whose endpoints open shells on hosts and in containers: Session Manager, ECS Exec and Run Command.
 *
 * Source: AWS Systems Manager User Guide, "Improve the security of EC2 instances by using VPC endpoints".
 */
export const SHELL_SERVICES = ['ssmmessages', 'ec2messages'];

/**
 * Services whose interface endpoints take no policy, or have no private name, so that they can't be closed, or not be found.
 *
 * Source: Neptune Analytics user guide, "Considerations when using AWS PrivateLink".
 */
export const ENDPOINTS_WITHOUT = {
  policy: ['neptune-graph', 'neptune-graph-fips'],
  privateName: ['neptune-graph', 'neptune-graph-fips', 'neptune-graph-data'],
};

/**
 * The runbook of Systems Manager that takes all rules out of a default security group.
 *
 * Source: AWS Systems Manager Automation Runbook Reference.
 */
export const DEFAULT_GROUP_RUNBOOK = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

/**
 * Regions whose interface endpoints are called `com.amazonaws.REGION.SERVICE`: those of the standard partition and of GovCloud.
 *
 * Source: `InterfaceVpcEndpointAwsService` of the CDK, which a test compares.
 */
export const ORDINARY_REGION = /^((af|ap|ca|il|me|mx|sa)-|(us|eu)-(east|west|north|south|central|gov)-)/;

/**
 * Fields of a flow log. The default format lacks the addresses behind gateways, TCP flags and direction. A flow log's format never
 * changes: another one replaces it.
 *
 * Source: Amazon VPC User Guide, "Flow log records".
 */
export const FLOW_LOG_FIELDS = [
  'version', 'account-id', 'vpc-id', 'subnet-id', 'interface-id', 'instance-id', 'type', 'srcaddr', 'srcport', 'pkt-srcaddr',
  'dstaddr', 'dstport', 'pkt-dstaddr', 'protocol', 'packets', 'bytes', 'start', 'end', 'tcp-flags', 'action', 'log-status', 'region',
  'az-id', 'flow-direction', 'traffic-path', 'pkt-src-aws-service', 'pkt-dst-aws-service', 'reject-reason', 'encryption-status',
];

/** What the mapping is called that has them, in stacks whose region is known at deployment only. */
export const PREFIX_LIST_MAPPING = 'GatewayPrefixLists';

/** IDs of the prefix lists that AWS keeps for its gateway endpoints in a region. */
export interface PrefixLists {
  readonly s3: string;
  readonly dynamoDb: string;
}

/**
 * They differ by region, and no resource returns them.
 *
 * Sources: for fifteen regions the output of `aws ec2 describe-prefix-lists` in a public repository, which agrees with at least one
 * more public source for each ID (for us-east-1 and eu-west-1 the samples in AWS's documentation), except DynamoDB's in sa-east-1,
 * for which none was found. For eu-north-1 two independent public sources. Regions with less than that, or with sources that differ,
 * are left out on purpose: a wrong ID fails the deployment or, worse, names the list of another service.
 */
export const PREFIX_LISTS: Record<string, PrefixLists> = {
  'ap-northeast-1': { s3: 'pl-61a54008', dynamoDb: 'pl-78a54011' },
  'ap-northeast-2': { s3: 'pl-78a54011', dynamoDb: 'pl-48a54021' },
  'ap-south-1': { s3: 'pl-78a54011', dynamoDb: 'pl-66a7420f' },
  'ap-southeast-1': { s3: 'pl-6fa54006', dynamoDb: 'pl-67a5400e' },
  'ap-southeast-2': { s3: 'pl-6ca54005', dynamoDb: 'pl-62a5400b' },
  'ca-central-1': { s3: 'pl-7da54014', dynamoDb: 'pl-4ea54027' },
  'eu-central-1': { s3: 'pl-6ea54007', dynamoDb: 'pl-66a5400f' },
  'eu-north-1': { s3: 'pl-c3aa4faa', dynamoDb: 'pl-adae4bc4' },
  'eu-west-1': { s3: 'pl-6da54004', dynamoDb: 'pl-6fa54006' },
  'eu-west-2': { s3: 'pl-7ca54015', dynamoDb: 'pl-b3a742da' },
  'eu-west-3': { s3: 'pl-23ad484a', dynamoDb: 'pl-abb451c2' },
  'sa-east-1': { s3: 'pl-6aa54003', dynamoDb: 'pl-60a54009' },
  'us-east-1': { s3: 'pl-63a5400a', dynamoDb: 'pl-02cd2c6b' },
  'us-east-2': { s3: 'pl-7ba54012', dynamoDb: 'pl-4ca54025' },
  'us-west-1': { s3: 'pl-6ba54002', dynamoDb: 'pl-6ea54007' },
  'us-west-2': { s3: 'pl-68a54001', dynamoDb: 'pl-00a54069' },
};
