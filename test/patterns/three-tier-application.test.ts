import { Stack } from 'aws-cdk-lib/core';
import { ThreeTierApplication } from '../../src/patterns/three-tier-application';
import { claimed, newStack, proveControls, render } from '../support/prove';
import { shopProps } from '../support/shop';

const build = (stack: Stack) => { new ThreeTierApplication(stack, 'Application', shopProps()); };

// The rules of these groups are resources of their own here; the layers prove them alone.
proveControls(build, { absences: ['DB-19', 'ECS-11', 'VPC-11', 'VPC-11b', 'VPC-13', 'VPC-17'] });

test('works in a stack of your own, beside other things', () => {
  const stack = newStack();
  build(stack);
  expect(claimed(stack).length).toBeGreaterThan(100);
});

test('the flows are these, and nothing else', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const rules = (type: string) => template.resourcesOf(type)
    .map(r => `${r.properties.Description} | ${r.properties.IpProtocol} ${r.properties.FromPort}-${r.properties.ToPort}`).sort();
  expect(rules('AWS::EC2::SecurityGroupEgress')).toMatchInlineSnapshot(`
[
  "AWS APIs, by interface endpoints | tcp 443-443",
  "DynamoDB, by its gateway endpoint | tcp 443-443",
  "HTTPS from the load balancer to its targets | tcp 8443-8443",
  "S3, by its gateway endpoint | tcp 443-443",
  "application to database | tcp 5440-5440",
]
`);
  expect(rules('AWS::EC2::SecurityGroupIngress')).toMatchInlineSnapshot(`
[
  "AWS APIs, by interface endpoints | tcp 443-443",
  "HTTPS from the load balancer to its targets | tcp 8443-8443",
  "application to database | tcp 5440-5440",
]
`);
  const inline = template.resourcesOf('AWS::EC2::SecurityGroup')
    .flatMap(g => ['SecurityGroupIngress', 'SecurityGroupEgress'].flatMap(k => (g.properties[k] ?? []).map((r: any) => `${k.slice(13)} | ${r.Description} | ${r.CidrIp} ${r.IpProtocol} ${r.FromPort}-${r.ToPort}`)))
    .sort();
  expect(inline).toMatchInlineSnapshot(`
[
  "Egress | Disallow all traffic | 255.255.255.255/32 icmp 252-86",
  "Egress | Disallow all traffic | 255.255.255.255/32 icmp 252-86",
  "Egress | Nowhere: keeps EC2 from opening everything | 127.0.0.1/32 tcp 443-443",
  "Egress | Nowhere: keeps EC2 from opening everything | 127.0.0.1/32 tcp 443-443",
  "Ingress | AWS APIs, from the application tier | 10.0.64.0/18 tcp 443-443",
  "Ingress | HTTP from clients, redirected to HTTPS | 0.0.0.0/0 tcp 80-80",
  "Ingress | HTTPS from clients | 0.0.0.0/0 tcp 443-443",
]
`);
});

test('tasks start when endpoints, database and rules are there', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const [{ dependsOn }] = template.resourcesOf('AWS::ECS::Service');
  const interfaces = template.resourcesOf('AWS::EC2::VPCEndpoint').filter(e => e.properties.VpcEndpointType === 'Interface');
  const needed = [...interfaces, ...['AWS::RDS::DBInstance', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].flatMap(type => template.resourcesOf(type))];
  expect(needed).toHaveLength(6 + 2 + 3 + 5);
  expect(dependsOn).toEqual(expect.arrayContaining(needed.map(r => r.logicalId)));
});

test('the application is told where its data is, and gets no password', () => {
  const stack = newStack();
  build(stack);
  const [task] = render(stack).resourcesOf('AWS::ECS::TaskDefinition');
  const [container] = task.properties.ContainerDefinitions;
  expect(container.Environment.map((e: any) => e.Name).sort()).toEqual(['BUCKET_NAME', 'DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_PORT', 'DATABASE_USER']);
  expect(container.Secrets ?? []).toEqual([]);
});
