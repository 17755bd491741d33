// The filters of the CIS benchmark and of Security Hub.
/** A filter of the CIS AWS Foundations Benchmark, section 5, over the events of a trail. Scanners compare the texts letter by letter. */
export interface CisPattern {
  /** Name of the metric and of the constructs. */
  readonly name: string;
  /** The recommendation in v7.0.0; in v5.0.0 it is one section earlier, `4.x`. */
  readonly number: string;
  /** Security Hub's control, if it has one. */
  readonly fsbp?: string;
  /** What has happened when it matches. */
  readonly happened: string;
  /** The text of the benchmark; where Security Hub accepts only a stricter one that the benchmark's readers accept too, that one. */
  readonly pattern: string;
  /** The text that Security Hub wants, where it accepts no other. */
  readonly securityHub?: string;
}

/** The fifteen filters, in the order of the benchmark. */
export const CIS_PATTERNS: CisPattern[] = [
  {
    name: 'UnauthorizedCalls',
    number: '5.1',
    fsbp: 'CloudWatch.2',
    happened: 'an API call was refused',
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
    securityHub: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
  },
  {
    name: 'ConsoleWithoutMfa',
    number: '5.2',
    fsbp: 'CloudWatch.3',
    happened: 'somebody signed in to the console without MFA',
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
    securityHub: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  },
  {
    name: 'RootUse',
    number: '5.3',
    fsbp: 'CloudWatch.1',
    happened: 'the root user did something',
    pattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  },
  {
    name: 'IamPolicyChanges',
    number: '5.4',
    fsbp: 'CloudWatch.4',
    happened: 'an IAM policy was changed',
    pattern: '{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy)||($.eventName=DeleteRolePolicy)||($.eventName=DeleteUserPolicy)||($.eventName=PutGroupPolicy)||($.eventName=PutRolePolicy)||($.eventName=PutUserPolicy)||($.eventName=CreatePolicy)||($.eventName=DeletePolicy)||($.eventName=CreatePolicyVersion)||($.eventName=DeletePolicyVersion)||($.eventName=AttachRolePolicy)||($.eventName=DetachRolePolicy)||($.eventName=AttachUserPolicy)||($.eventName=DetachUserPolicy)||($.eventName=AttachGroupPolicy)||($.eventName=DetachGroupPolicy))}',
  },
  {
    name: 'TrailChanges',
    number: '5.5',
    fsbp: 'CloudWatch.5',
    happened: 'a trail was changed or stopped',
    pattern: '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }',
  },
  {
    name: 'FailedConsoleLogins',
    number: '5.6',
    fsbp: 'CloudWatch.6',
    happened: 'a sign-in to the console failed',
    pattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
  },
  {
    name: 'KeyDeletion',
    number: '5.7',
    fsbp: 'CloudWatch.7',
    happened: 'a KMS key was disabled or scheduled for deletion',
    pattern: '{($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }',
  },
  {
    name: 'BucketPolicyChanges',
    number: '5.8',
    fsbp: 'CloudWatch.8',
    happened: 'the policy, ACL, CORS, lifecycle or replication of a bucket was changed',
    pattern: '{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketCors) || ($.eventName = DeleteBucketLifecycle) || ($.eventName = DeleteBucketReplication)) }',
  },
  {
    name: 'ConfigChanges',
    number: '5.9',
    fsbp: 'CloudWatch.9',
    happened: 'AWS Config was changed or stopped',
    pattern: '{ ($.eventSource = config.amazonaws.com) && (($.eventName=StopConfigurationRecorder)||($.eventName=DeleteDeliveryChannel)||($.eventName=PutDeliveryChannel)||($.eventName=PutConfigurationRecorder)) }',
  },
  {
    name: 'SecurityGroupChanges',
    number: '5.10',
    fsbp: 'CloudWatch.10',
    happened: 'a security group was changed',
    pattern: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }',
    securityHub: '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }',
  },
  {
    name: 'NetworkAclChanges',
    number: '5.11',
    fsbp: 'CloudWatch.11',
    happened: 'a network ACL was changed',
    pattern: '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }',
  },
  {
    name: 'GatewayChanges',
    number: '5.12',
    fsbp: 'CloudWatch.12',
    happened: 'a network gateway was changed',
    pattern: '{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }',
  },
  {
    name: 'RouteTableChanges',
    number: '5.13',
    fsbp: 'CloudWatch.13',
    happened: 'a route table was changed',
    pattern: '{($.eventSource=ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable))}',
  },
  {
    name: 'VpcChanges',
    number: '5.14',
    fsbp: 'CloudWatch.14',
    happened: 'a VPC was changed',
    pattern: '{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }',
  },
  {
    name: 'OrganizationChanges',
    number: '5.15',
    happened: 'AWS Organizations was changed',
    pattern: '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = AttachPolicy) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit)) }',
  },
];
