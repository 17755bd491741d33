import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource } from 'aws-cdk-lib/core';
import { RenderedTemplate } from '../../src/core/template';
import { SecureVpc } from '../../src/network/secure-vpc';
import type { SecureVpcProps } from '../../src/network/secure-vpc-props';
import { blockers, Connection, Endpoint } from '../../src/services/ec2/reachability';
import { newStack, render } from '../support/prove';

interface World {
  readonly template: RenderedTemplate;
  readonly client: Endpoint;
  readonly loadBalancer: Endpoint;
  readonly application: Endpoint;
  readonly otherApplication: Endpoint;
  readonly database: Endpoint;
  readonly api: Endpoint;
  readonly s3: Endpoint;
  readonly dynamoDb: Endpoint;
}

/** Three security groups as a three-tier application has them. Addresses: x.x.0-63 public, 64-127 application, 128-191 data. */
function world(props: SecureVpcProps = {}): World {
  const stack = newStack();
  const network = new SecureVpc(stack, 'Network', props);
  const group = (id: string) => new ec2.SecurityGroup(stack, id, { vpc: network, allowAllOutbound: false, description: id });
  const [loadBalancer, application, database] = ['LoadBalancer', 'Application', 'Database'].map(group);
  [443, 80].forEach(port => loadBalancer.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port), 'clients'));
  loadBalancer.connections.allowTo(application, ec2.Port.tcp(network.applicationPort), 'requests');
  application.connections.allowTo(database, ec2.Port.tcp(network.databasePort), 'queries');
  network.allowAwsServices(application);
  const template = render(stack);
  const id = (resource: any) => stack.resolve((resource.node.defaultChild as CfnResource ?? resource).logicalId) as string;
  const prefixList = (service: string) => ({ 'Fn::FindInMap': ['GatewayPrefixLists', { Ref: 'AWS::Region' }, service] });
  return {
    template,
    client: { ip: '203.0.113.7' },
    loadBalancer: { ip: '10.0.1.10', securityGroup: id(loadBalancer) },
    application: { ip: '10.0.70.10', securityGroup: id(application) },
    otherApplication: { ip: '10.0.100.10', securityGroup: id(application) },
    database: { ip: '10.0.130.10', securityGroup: id(database) },
    api: { ip: '10.0.100.20', securityGroup: id(network.endpointSecurityGroup) },
    s3: { ip: '52.216.1.1', gatewayEndpoint: id(network.s3Endpoint), prefixList: prefixList('s3') },
    dynamoDb: { ip: '52.94.1.1', gatewayEndpoint: id(network.dynamoDbEndpoint), prefixList: prefixList('dynamoDb') },
  };
}

const open = world();
const flow = (from: Exclude<keyof World, 'template'>, to: Exclude<keyof World, 'template'>, port: number, sourcePort?: number): Connection =>
  ({ from: open[from], to: open[to], port, sourcePort });

describe('what the application needs passes, with its reply', () => {
  test.each([
    ['client to load balancer, HTTPS', flow('client', 'loadBalancer', 443)],
    ['client to load balancer, redirect', flow('client', 'loadBalancer', 80)],
    ['client with a low source port', flow('client', 'loadBalancer', 443, 1024)],
    ['load balancer to application', flow('loadBalancer', 'application', 8443)],
    ['load balancer to application, source port 1024', flow('loadBalancer', 'application', 8443, 1024)],
    ['load balancer to application, source port 3389', flow('loadBalancer', 'application', 8443, 3389)],
    ['load balancer to application in another zone', flow('loadBalancer', 'otherApplication', 8443)],
    ['application to database', flow('application', 'database', 5440)],
    ['application to database in another zone', flow('otherApplication', 'database', 5440)],
    ['application to an interface endpoint in another zone', flow('application', 'api', 443)],
    ['application to an interface endpoint in its zone', flow('otherApplication', 'api', 443)],
    ['application to S3', flow('application', 's3', 443)],
    ['application to DynamoDB', flow('application', 'dynamoDb', 443)],
  ])('%s', (_name, connection) => expect(blockers(open.template, connection)).toEqual([]));
});

describe('what nobody needs is stopped, and not by one thing alone', () => {
  const kinds = (connection: Connection) => [...new Set(blockers(open.template, connection).map(b => b.replace(/ (of|out|into) .*/, '')))].sort();
  test.each([
    ['client to application', flow('client', 'application', 8443), ['network ACL', 'route', 'security group']],
    ['client to application, remote administration', flow('client', 'application', 22), ['network ACL', 'route', 'security group']],
    ['client to database', flow('client', 'database', 5440), ['network ACL', 'route', 'security group']],
    ['client to load balancer, other port', flow('client', 'loadBalancer', 3389), ['network ACL', 'security group']],
    ['load balancer to database', flow('loadBalancer', 'database', 5440), ['network ACL', 'security group']],
    ['load balancer to application, other port', flow('loadBalancer', 'application', 22), ['network ACL', 'security group']],
    ['load balancer to internet', flow('loadBalancer', 'client', 443), ['network ACL', 'security group']],
    ['application to internet', flow('application', 'client', 443), ['route', 'security group']],
    ['application to database, other port', flow('application', 'database', 22), ['network ACL', 'security group']],
    ['application to load balancer', flow('application', 'loadBalancer', 22), ['network ACL', 'security group']],
    ['database to internet', flow('database', 'client', 443), ['network ACL', 'route', 'security group']],
    ['database to application', flow('database', 'application', 443), ['network ACL', 'security group']],
    ['database to S3', flow('database', 's3', 443), ['network ACL', 'security group']],
    ['load balancer to an interface endpoint', flow('loadBalancer', 'api', 443), ['network ACL', 'security group']],
  ])('%s', (_name, connection, by) => expect(kinds(connection)).toEqual(by));
});

test('a denied block reaches nothing', () => {
  const denying = world({ denyCidrs: ['198.51.100.0/24', '203.0.113.0/24'] });
  expect(blockers(denying.template, { from: denying.client, to: denying.loadBalancer, port: 443 })).toEqual([
    expect.stringMatching(/^network ACL into .*, first packet$/),
  ]);
  expect(blockers(denying.template, { from: { ip: '192.0.2.1' }, to: denying.loadBalancer, port: 443 })).toEqual([]);
});

test('without the redirect, port 80 is closed', () => {
  const strict = world({ publicHttp: false });
  expect(blockers(strict.template, { from: strict.client, to: strict.loadBalancer, port: 80 })).toEqual([expect.stringMatching(/^network ACL into/)]);
});

test('other ports and four zones', () => {
  const other = world({ applicationPort: 9000, databasePort: 6000, azCount: 4 });
  expect(blockers(other.template, { from: other.loadBalancer, to: other.application, port: 9000 })).toEqual([]);
  expect(blockers(other.template, { from: other.loadBalancer, to: other.application, port: 8443 })).not.toEqual([]);
  expect(blockers(other.template, { from: other.application, to: other.database, port: 6000 })).toEqual([]);
});

describe('the evaluator sees a change of', () => {
  /** The template with one change. */
  const changed = (change: (resources: any) => void) => {
    const json = structuredClone(open.template.json);
    change(json.Resources);
    return new RenderedTemplate(json);
  };
  const entry = (resources: any, tier: string, rule: string) => resources[Object.keys(resources).find(k => k.startsWith(`Network${tier}${rule}`) && resources[k].Type === 'AWS::EC2::NetworkAclEntry')!];

  test.each<[string, Connection, (resources: any) => void, string | undefined]>([
    ['the number of a deny', flow('loadBalancer', 'application', 8443), r => {
      Object.assign(entry(r, 'Public', 'Out50').Properties, { CidrBlock: '10.0.64.0/18' });
    }, 'network ACL out of'],
    ['a range that leaves out the reply', flow('loadBalancer', 'application', 8443, 1024), r => {
      entry(r, 'Public', 'In120').Properties.PortRange.From = 32768;
    }, 'network ACL into NetworkPublic'],
    ['the order of rules', flow('client', 'loadBalancer', 443), r => {
      Object.assign(entry(r, 'Public', 'In50').Properties, { CidrBlock: '0.0.0.0/0' });
    }, 'network ACL into NetworkPublic'],
    ['a later deny, which comes too late', flow('client', 'loadBalancer', 443), r => {
      Object.assign(entry(r, 'Public', 'In50').Properties, { CidrBlock: '0.0.0.0/0', RuleNumber: 200 });
    }, undefined],
    ['a gateway endpoint without the route table', flow('application', 's3', 443), r => {
      Object.values<any>(r).filter(x => x.Properties?.VpcEndpointType === 'Gateway').forEach(x => { x.Properties.RouteTableIds = []; });
    }, 'route of'],
    ['the default route', flow('client', 'loadBalancer', 443), r => {
      Object.keys(r).filter(k => r[k].Type === 'AWS::EC2::Route').forEach(k => delete r[k]);
    }, 'route of'],
    ['an egress rule', flow('application', 'database', 5440), r => {
      Object.values<any>(r).filter(x => x.Type === 'AWS::EC2::SecurityGroupEgress' && x.Properties.ToPort === 5440).forEach(x => { x.Properties.ToPort = 5439; });
    }, 'security group out of'],
    ['an ingress rule', flow('application', 'database', 5440), r => {
      Object.keys(r).filter(k => r[k].Type === 'AWS::EC2::SecurityGroupIngress' && r[k].Properties.ToPort === 5440).forEach(k => delete r[k]);
    }, 'security group into'],
    ['a prefix list', flow('application', 's3', 443), r => {
      Object.keys(r).filter(k => r[k].Properties?.DestinationPrefixListId?.['Fn::FindInMap']?.[2] === 's3').forEach(k => delete r[k]);
    }, 'security group out of'],
  ])('%s', (_name, connection, change, by) => {
    const before = blockers(open.template, connection);
    const after = blockers(changed(change), connection);
    expect(before).toEqual([]);
    if (by === undefined) { expect(after).toEqual([]); } else { expect(after.join('\n')).toContain(by); }
  });

  test('a way that opens', () => {
    const template = changed(r => {
      Object.keys(r).filter(k => r[k].Type === 'AWS::EC2::SubnetNetworkAclAssociation').forEach(k => delete r[k]);
    });
    expect(blockers(template, flow('loadBalancer', 'database', 5440)).every(b => b.startsWith('security group'))).toBe(true);
  });

  test('an address that is nowhere', () => {
    expect(() => blockers(open.template, { from: open.client, to: open.s3, port: 443 })).toThrow(/neither/);
    expect(() => blockers(open.template, { from: open.client, to: { ip: '10.0.1.1', securityGroup: 'None' }, port: 443 })).toThrow(/no security group None/);
  });
});
