import { ThreeTierApplication } from '../../src/patterns/three-tier-application';
import type { ThreeTierApplicationProps } from '../../src/patterns/three-tier-props';
import { newStack, render } from '../support/prove';
import { shopProps } from '../support/shop';

const build = (changes: Partial<ThreeTierApplicationProps>) => {
  const stack = newStack();
  new ThreeTierApplication(stack, 'Application', { ...shopProps(), ...changes });
  return render(stack);
};

test('the documented defaults: 10.0.0.0/16 in two zones, two instances on port 5440, two tasks of 512 units and 1024 MiB', () => {
  const template = build({});
  expect(template.resourcesOf('AWS::EC2::VPC')[0].properties.CidrBlock).toBe('10.0.0.0/16');
  expect(template.resourcesOf('AWS::EC2::Subnet')).toHaveLength(6);
  expect(template.resourcesOf('AWS::RDS::DBInstance')).toHaveLength(2);
  expect(template.resourcesOf('AWS::RDS::DBCluster')[0].properties).toMatchObject({ Port: 5440, DatabaseName: 'application' });
  expect(template.resourcesOf('AWS::ECS::Service')[0].properties.DesiredCount).toBe(2);
  expect(template.resourcesOf('AWS::ECS::TaskDefinition')[0].properties).toMatchObject({ Cpu: '512', Memory: '1024' });
});

test('takes other ones', () => {
  const { image } = shopProps().application;
  const template = build({
    network: { cidr: '10.9.0.0/16', azCount: 3 },
    data: { port: 6000, databaseName: 'orders', databaseUser: 'worker' },
    application: { image, port: 9443, cpu: 1024, memoryLimitMiB: 4096, desiredCount: 4, environment: { STAGE: 'a' } },
  });
  expect(template.resourcesOf('AWS::EC2::VPC')[0].properties.CidrBlock).toBe('10.9.0.0/16');
  expect(template.resourcesOf('AWS::EC2::Subnet')).toHaveLength(9);
  expect(template.resourcesOf('AWS::RDS::DBCluster')[0].properties).toMatchObject({ Port: 6000, DatabaseName: 'orders' });
  expect(template.resourcesOf('AWS::ECS::Service')[0].properties.DesiredCount).toBe(4);
  expect(template.resourcesOf('AWS::ECS::TaskDefinition')[0].properties).toMatchObject({ Cpu: '1024', Memory: '4096' });
  expect(JSON.stringify(template.json)).toContain('/worker');
});
