// What must hold of the endpoints of AWS services.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { allows, condition, isForEveryone, statements } from '../../core/policies';
import type { Json } from '../../core/values';
import { contains, isTrue, list, same, textOf } from '../../core/values';

const ENDPOINT = ['AWS::EC2::VPCEndpoint'];

const PRINCIPAL = ['aws:PrincipalAccount', 'aws:PrincipalOrgID'];
const RESOURCE = ['aws:ResourceAccount', 'aws:ResourceOrgID'];

/** Whether a condition's value is one value or several, and none a pattern: a pattern of everything would be no condition. */
function isFixed(value: Json): boolean {
  return list(value).length > 0 && !list(value).some(v => typeof v === 'string' && /[*?]/.test(v));
}

function isBound(statement: Json, operator: string, keys: string[]): boolean {
  return keys.some(key => isFixed(condition(statement, operator, key)));
}

/** Whether an ARN is of objects in one bucket: what only CloudFormation knows is taken for a name. */
function isInOneBucket(arn: Json): boolean {
  return /:::[^*?/]+\//.test(textOf(arn));
}

export const VPC_GATEWAY_ENDPOINT: Control = {
  id: 'VPC-08',
  title: 'the gateway endpoint passes only our identities to our data, and reads of named buckets',
  prevents: "data that leaves by an intruder's own credentials, or to a bucket or table of somebody else",
  kind: 'floor',
  types: ENDPOINT,
  property: 'PolicyDocument',
  mend: 'keep the endpoint policy and its conditions',
  cis: ['6.8'],
  nist: ['AC-4(21)', 'SC-7'],
  holds: r => r.properties.VpcEndpointType === 'Gateway' && list(r.properties.RouteTableIds).length > 0
    && statements(r.properties.PolicyDocument).length > 0
    && allows(r.properties.PolicyDocument).every(s =>
      (isBound(s, 'StringEquals', PRINCIPAL) && isBound(s, 'StringEquals', RESOURCE))
      || (same(list(s.Action), ['s3:GetObject']) && list(s.Resource).length > 0 && list(s.Resource).every(isInOneBucket))),
};

export const VPC_PRIVATE_DNS: Control = {
  id: 'VPC-09',
  title: 'the service is reached inside the VPC, by its usual name and in two zones or more',
  prevents: 'calls of AWS APIs over the internet',
  kind: 'floor',
  types: ENDPOINT,
  property: 'PrivateDnsEnabled',
  mend: 'keep private DNS, and a subnet in each zone',
  fsbp: ['EC2.10', 'EC2.55', 'EC2.56', 'EC2.57', 'EC2.58', 'EC2.60'],
  nist: NIST.notPublic,
  holds: r => r.properties.VpcEndpointType === 'Interface' && isTrue(r.properties.PrivateDnsEnabled)
    && list(r.properties.SubnetIds).length >= 2,
};

export const VPC_ENDPOINT_GROUP: Control = {
  id: 'VPC-09b',
  title: 'the endpoint has a security group of its own',
  prevents: 'API calls that time out, as the default security group admits nobody',
  kind: 'floor',
  types: ENDPOINT,
  property: 'SecurityGroupIds',
  mend: 'keep the security group of the endpoints',
  nist: NIST.notPublic,
  holds: r => list(r.properties.SecurityGroupIds).length > 0 && !contains(r.properties.SecurityGroupIds, 'DefaultSecurityGroup'),
};

export const VPC_ENDPOINT_POLICY: Control = {
  id: 'VPC-09c',
  title: 'the interface endpoint passes only our identities to our resources',
  prevents: "data that leaves by an intruder's own credentials, or to a resource of somebody else",
  kind: 'floor',
  types: ENDPOINT,
  property: 'PolicyDocument',
  mend: 'keep the endpoint policy and its conditions',
  nist: ['AC-4(21)', 'SC-7'],
  holds: r => statements(r.properties.PolicyDocument).length > 0
    && allows(r.properties.PolicyDocument).every(s => isForEveryone(s) && isBound(s, 'StringEquals', PRINCIPAL)
      && (isBound(s, 'StringEquals', RESOURCE) || isBound(s, 'StringEqualsIfExists', RESOURCE))),
};
