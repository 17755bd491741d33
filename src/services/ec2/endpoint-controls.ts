// What must hold of the endpoints of AWS services.
import { passesOurs, passesOursOrReads } from './endpoint-policies';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { areInner } from '../../core/network';
import { openNothing } from '../../core/security-groups';
import { contains, isOneOf, isTrue, list } from '../../core/values';

const ENDPOINT = ['AWS::EC2::VPCEndpoint'];

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
  holds: (r, t) => isOneOf(r.properties.VpcEndpointType, 'Gateway') && list(r.properties.RouteTableIds).length > 0
    && passesOursOrReads(r, t),
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
  holds: r => isOneOf(r.properties.VpcEndpointType, 'Interface') && isTrue(r.properties.PrivateDnsEnabled)
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
  holds: passesOurs,
};

export const VPC_ENDPOINT_GROUPS: Control = {
  id: 'VPC-09d',
  title: 'the security groups of the endpoint are of the app, and no further one opens anything',
  prevents: 'a second security group that opens what the first one does not',
  kind: 'default',
  types: ENDPOINT,
  property: 'SecurityGroupIds',
  mend: 'keep the security group of the endpoints',
  nist: NIST.notPublic,
  pci: ['1.3.1'],
  holds: (r, t) => openNothing(r.properties.SecurityGroupIds, t),
};

export const VPC_ENDPOINT_INSIDE: Control = {
  id: 'VPC-09e',
  title: 'the endpoint is in subnets of one tier that the Internet does not reach',
  prevents: 'a way to AWS services for what answers the Internet',
  kind: 'default',
  types: ENDPOINT,
  property: 'SubnetIds',
  mend: 'keep the subnets of the application',
  nist: NIST.network,
  pci: ['1.4.4'],
  holds: (r, t) => areInner(r.properties.SubnetIds, r.properties.SecurityGroupIds, t),
};
