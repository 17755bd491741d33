import { CfnResource, IResource, Stack } from 'aws-cdk-lib/core';
import { RenderedTemplate } from '../../src/core/template';
import { blockers, Endpoint } from '../../src/services/ec2/reachability';
import { newApp, shop, ENV } from '../support/shop';

// Route tables, network ACLs and security groups of the whole stack, evaluated together. x.x.0-63 is public, 64-127 application, 128-191 data.
const app = newApp();
const stack = shop(app, 'Shop', { env: ENV });
const { loadBalancer, service, database, network } = stack.application;
const template = new RenderedTemplate(app.synth().getStackByName('Shop').template);
const resourceOf = (resource: IResource | CfnResource) => CfnResource.isCfnResource(resource) ? resource : resource.node.defaultChild as CfnResource;
const id = (resource: IResource | CfnResource) => Stack.of(stack).resolve(resourceOf(resource).logicalId) as string;

const HOSTS: Record<string, Endpoint> = {
  internet: { ip: '203.0.113.7' },
  loadBalancer: { ip: '10.0.1.10', securityGroup: id(loadBalancer.securityGroup) },
  application: { ip: '10.0.70.10', securityGroup: id(service.securityGroup) },
  otherTask: { ip: '10.0.100.10', securityGroup: id(service.securityGroup) },
  database: { ip: '10.0.130.10', securityGroup: id(database.securityGroup) },
  endpoint: { ip: '10.0.100.20', securityGroup: id(network.endpointSecurityGroup) },
  s3: { ip: '52.218.1.1', gatewayEndpoint: id(network.s3Endpoint), prefixList: 'pl-6da54004' as any },
  dynamoDb: { ip: '52.94.1.1', gatewayEndpoint: id(network.dynamoDbEndpoint), prefixList: 'pl-6fa54006' as any },
};
const PORTS = [22, 80, 443, 1433, 3306, 3389, 5432, 5440, 8080, 8443, 50000];

const INTENDED = [
  'internet > loadBalancer:443', 'internet > loadBalancer:80', 'loadBalancer > application:8443', 'loadBalancer > otherTask:8443',
  'application > database:5440', 'otherTask > database:5440', 'application > endpoint:443', 'otherTask > endpoint:443',
  'application > s3:443', 'otherTask > s3:443', 'application > dynamoDb:443', 'otherTask > dynamoDb:443',
];

test('exactly the intended flows pass, return traffic included', () => {
  const names = Object.keys(HOSTS);
  const outside = (name: string) => !HOSTS[name].ip.startsWith('10.0.');
  const passing = names.flatMap(from => names.filter(to => to !== from && !(outside(from) && outside(to))).flatMap(to => PORTS
    .filter(port => blockers(template, { from: HOSTS[from], to: HOSTS[to], port }).length === 0).map(port => `${from} > ${to}:${port}`)));
  expect(passing.sort()).toEqual([...INTENDED].sort());
});
