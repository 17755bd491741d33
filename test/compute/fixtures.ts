import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { App, Stack, StackProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { PrivateFargateService } from '../../src/compute/private-fargate-service';
import { PrivateFargateServiceProps } from '../../src/compute/private-fargate-service-props';
import { PrivateImage } from '../../src/compute/private-image';
import { RenderedTemplate } from '../../src/core/template';

export const DIGEST = `sha256:${'a1'.repeat(32)}`;

/** A VPC with isolated subnets in two Availability Zones, and public ones. */
export function newVpc(scope: Construct): ec2.Vpc {
  return new ec2.Vpc(scope, 'Vpc', {
    restrictDefaultSecurityGroup: false,
    natGateways: 0,
    maxAzs: 2,
    subnetConfiguration: [{ name: 'App', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, { name: 'Edge', subnetType: ec2.SubnetType.PUBLIC }],
  });
}

/** A service with the least that it needs, and whatever a test is about. */
export function newService(stack: Stack, props: Partial<PrivateFargateServiceProps> = {}): PrivateFargateService {
  return new PrivateFargateService(stack, 'App', { vpc: props.vpc ?? newVpc(stack), image: PrivateImage.of('team/app', DIGEST), port: 8443, ...props });
}

/** What the only resource of a type has, as it is rendered. */
export function only(template: RenderedTemplate, type: string): any {
  const found = template.resourcesOf(type);
  expect(found).toHaveLength(1);
  return found[0].properties;
}

/** What the only container has, as it is rendered. */
export function containerOf(template: RenderedTemplate): any {
  return only(template, 'AWS::ECS::TaskDefinition').ContainerDefinitions[0];
}

/** A second stack of a stack's app. */
export function beside(stack: Stack, id: string, props: StackProps = {}): Stack {
  return new Stack(stack.node.root as App, id, props);
}
