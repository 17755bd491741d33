import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InternetRoute } from '../../src/network/internet-route';
import { newStack, render } from '../support/prove';

test('the route waits for the gateway to be attached', () => {
  const stack = newStack();
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
  new InternetRoute(stack, 'Internet', { vpc, routeTable: new ec2.CfnRouteTable(stack, 'Table', { vpcId: vpc.ref }) });
  const template = render(stack);
  const [attachment] = template.resourcesOf('AWS::EC2::VPCGatewayAttachment');
  const [route] = template.resourcesOf('AWS::EC2::Route');
  expect(attachment.properties.VpcId).toEqual({ Ref: 'Vpc' });
  expect(route.dependsOn).toEqual([attachment.logicalId]);
  expect(route.properties).toMatchObject({ DestinationCidrBlock: '0.0.0.0/0', RouteTableId: { 'Fn::GetAtt': ['Table', 'RouteTableId'] } });
});
