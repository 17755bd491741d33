import type { Mutation } from './mutation';

/** Mutations that take no protection away, by rule: by type, path from the resource and operator, each a pattern. */
export interface Exclusion {
  readonly types?: RegExp;
  readonly path?: RegExp;
  readonly operator?: RegExp;
  readonly reason: string;
}

const SETTING = /^(drop|flip|weaken)$/;

export const EXCLUSIONS: Exclusion[] = [
  { path: /\/Tags(\/|$)/, operator: SETTING, reason: 'tags are for people and bills' },
  {
    path: /\/(\w*Description|ComplianceSeverity|GroupName|FamilyName|DatabaseName|RuleName|SelectionName|BackupPlanName|LogFilePrefix|S3KeyPrefix|awslogs-stream-prefix|TrailName|ClusterName|DBClusterIdentifier|Family|Id|Sid|Path)$/,
    operator: /^drop$/,
    reason: 'names, descriptions and prefixes are for people; where a name is part of a protection, other properties carry it',
  },
  { types: /^AWS::(Events::Rule|CloudTrail::Trail|WAFv2::WebACL|ECS::TaskDefinition)$/, path: /(Properties|AdvancedEventSelectors\/\d+|Rules\/\d+|ContainerDefinitions\/\d+)\/Name$/, operator: /^drop$/, reason: 'names are for people' },
  {
    path: /\/(VpcId|SubnetId|RouteTableId|ServiceName|InternetGatewayId|LoadBalancerArn|ListenerArn|TargetGroupArn|BackupPlanId|TaskDefinition|FilterPattern|AWSServiceName|Endpoint|Protocol|TopicArn|Priority|Engine|EngineVersion|DBInstanceClass|AliasName|HostedZoneId|DNSName|FixedResponseConfig\/StatusCode|CidrBlock|ServiceToken)$/,
    operator: /^drop$/,
    reason: 'CloudFormation, or the service, refuses the resource without it: nothing is deployed',
  },
  { types: /^AWS::EC2::(Route|SubnetRouteTableAssociation|VPCGatewayAttachment|InternetGateway)$/, reason: 'taking a route, or the way to the internet, away closes a way; what must not be added is the subject of VPC-04' },
  { types: /^AWS::Route53::/, reason: 'a DNS name that leads nowhere is an outage' },
  { types: /^AWS::EC2::SecurityGroup(Ingress)?$/, path: /^$|SecurityGroupIngress/, operator: /^remove-rule$/, reason: 'taking an ingress rule away closes a way in: nothing is let in without a rule' },
  { types: /^AWS::EC2::SecurityGroupEgress$/, operator: /^remove-rule$/, reason: "taking an egress rule away closes a way out: the group's own rule that stands for none stays" },
  { types: /^AWS::EC2::VPCEndpoint$/, path: /RouteTableIds\/\d+$/, operator: /^drop$/, reason: 'a tier without a route to the endpoint has no way to the service at all' },
  { types: /^AWS::EC2::VPCEndpoint$/, operator: /^remove-allow$/, reason: 'an endpoint that passes less is no way out' },
  { types: /^AWS::EC2::VPC$/, path: /InstanceTenancy$/, operator: SETTING, reason: 'it says the default' },
  {
    types: /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
    path: /\/(HealthCheck(Enabled|IntervalSeconds|Path|TimeoutSeconds)|HealthyThresholdCount|UnhealthyThresholdCount|Matcher.*|Port|ProtocolVersion|TargetGroupAttributes.*|TargetType)$/,
    operator: /^(drop|weaken)$/,
    reason: 'how targets are found, checked and drained: too little of it is an outage',
  },
  { types: /^AWS::ElasticLoadBalancingV2::Listener(Rule)?$/, path: /\/(ContentType|MessageBody|Query|Actions.*|Priority|RedirectConfig\/Path)$/, operator: SETTING, reason: 'what is answered, and where a named host is forwarded to, is the function' },
  { types: /^AWS::ElasticLoadBalancingV2::ListenerRule$/, path: /^$/, operator: /^remove-resource$/, reason: 'without the rule every request gets the 403 of the default action' },
  { types: /^AWS::ElasticLoadBalancingV2::LoadBalancer$/, path: /\/(IpAddressType|Type|Scheme)$/, operator: /^drop$/, reason: 'the default is the same: this load balancer is for the internet. That an internal one stays so is ALB-15' },
  {
    types: /^AWS::ECS::(Service|TaskDefinition)$/,
    path: /\/(Cluster|DeploymentController.*|MaximumPercent|EnableECSManagedTags|PropagateTags|HealthCheckGracePeriodSeconds|LaunchType|LoadBalancers.*|SchedulingStrategy|Environment.*|Essential|InitProcessEnabled|ContainerPath|Size|PortMappings.*|Cpu|Memory|CpuArchitecture|RequiresCompatibilities.*|awslogs-region|Tmpfs(\/\d+)?)$/,
    operator: SETTING,
    reason: 'sizes, ports, settings and roll-out of the application: tuning, or an outage if wrong',
  },
  { types: /^AWS::Events::Rule$/, path: /InputTransformer|Targets\/\d+\/Id$/, operator: SETTING, reason: 'the wording of a message: without it the whole event is sent' },
  { types: /^AWS::Events::Rule$/, path: /\/(State|eventSource(\/\d+)?|detail\/\$or|requestParameters|backupPlanId|backupVaultName)$/, operator: /^drop$/, reason: 'the default is the same, or the rule matches more than before' },
  { types: /^AWS::RDS::EventSubscription$/, path: /\/SourceIds(\/0)?$/, operator: /^drop$/, reason: 'without it the subscription is for all sources, which is more' },
  { types: /^AWS::RDS::(DBInstance|DBCluster|DBParameterGroup)$/, path: /\/(DBParameterGroupName|DBInstanceParameterGroupName)$/, operator: /^drop$/, reason: "the instance's group holds engine tuning; what protects is in the cluster's" },
  { types: /^AWS::Logs::(LogGroup|MetricFilter)$/, path: /\/LogGroupName$/, operator: /^drop$/, reason: 'a name for people; and a metric filter without it is refused' },
  { types: /^AWS::KMS::Key$/, path: /\/(KeySpec|KeyUsage)$/, operator: /^drop$/, reason: 'it says the default' },
  { types: /^AWS::Logs::MetricFilter$/, path: /\/DefaultValue$/, operator: SETTING, reason: 'it decides how a quiet metric is drawn; a number above the threshold rings without an event' },
  { types: /^AWS::Backup::BackupPlan$/, path: /\/(StartWindowMinutes|CompletionWindowMinutes|ScheduleExpressionTimezone)$/, operator: SETTING, reason: 'when in the day a backup begins and how long it may take' },
  { types: /^AWS::S3::Bucket$/, path: /\/ExpiredObjectDeleteMarker$|LifecycleConfiguration\/Rules\/1(\/ExpirationInDays)?$/, operator: /^(drop|flip)$/, reason: 'what expires later, or never, is no less protected: S3-06 is about versions and unfinished uploads' },
  { types: /^AWS::S3::Bucket$/, path: /LifecycleConfiguration\/Rules\/\d+\/Status$/, operator: /^drop$/, reason: 'S3 refuses a rule without a status' },
  { types: /^AWS::S3::BucketPolicy$/, path: /Condition\/Bool\/?.*PrincipalIsAWSService|Statement\/1\/Condition\/Bool$/, operator: /^drop-conditions?$/, reason: 'without it the deny is for more requests' },
  {
    types: /^AWS::WAFv2::WebACL$/,
    path: /\/(Priority|TextTransformations.*|RuleActionOverrides.*|EvaluationWindowSec)$/,
    operator: SETTING,
    reason: 'the order among rules that block, and how a body is read before it is measured; an override that is gone makes the group block',
  },
  { types: /^AWS::WAFv2::WebACL$/, path: /SampledRequestsEnabled$/, operator: /^flip$/, reason: 'WAF-03 takes both: samples are on or off, and the headers with credentials are left out of them (WAF-06b)' },
  { types: /^AWS::Config::ConfigurationRecorder$/, path: /RecordingStrategy/, operator: /^drop$/, reason: 'it says again what AllSupported says' },
  { types: /^AWS::CloudTrail::Trail$/, path: /NotStartsWith\/\d+$/, operator: /^drop$/, reason: 'the trail records one bucket more' },
  { types: /^AWS::S3::BucketPolicy$/, path: /Condition(\/StringNotEquals\/aws:PrincipalServiceName)?$/, operator: /^(drop-condition|any-value\(StringNotEquals aws:PrincipalServiceName\))$/, reason: 'without it the deny is for more requests' },
  { types: /^AWS::EC2::FlowLog$/, path: /LogDestinationType$/, operator: SETTING, reason: 'it says the default; a flow log by a log group goes nowhere else' },
];

/** The rule that leaves a mutation out, if one does. */
export function exclusionOf(m: Mutation): Exclusion | undefined {
  const path = m.path.join('/');
  return EXCLUSIONS.find(e => (e.types ?? /^/).test(m.type) && (e.path ?? /^/).test(path) && (e.operator ?? /^/).test(m.operator));
}
