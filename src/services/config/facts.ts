// What AWS Config records that security hangs on.

/**
 * Types of which a change that is made and undone within a day must be seen: who may do what, what may reach what, what is logged,
 * what is encrypted, and where data are.
 *
 * Source: the resource types that the rules of "Operational Best Practices for CIS AWS Foundations Benchmark" and of AWS FSBP
 * evaluate on a change of their configuration, in the AWS Config developer guide.
 */
export const SECURITY_TYPES = [
  /^AWS::(IAM|KMS|CloudTrail|Config|GuardDuty|SecretsManager|SNS|Organizations|SSO|SecurityHub|AccessAnalyzer|Backup|WAF\w*)::/,
  /^AWS::(NetworkFirewall|Route53Resolver|ACM|ECR|ElasticLoadBalancing\w*|S3|RDS|Lambda|ECS|EKS|DynamoDB|EFS|SQS)::/,
  /^AWS::EC2::(SecurityGroup\w*|NetworkAcl\w*|Subnet\w*|Route\w*|VPC\w*|InternetGateway|\w*Gateway\w*|FlowLog|EIP|Instance|TransitGateway\w*)$/,
  /^AWS::(CloudWatch::Alarm|Events::\w+|Logs::\w+)$/,
];
