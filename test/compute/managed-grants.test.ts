import * as s3 from 'aws-cdk-lib/aws-s3';
import { manageGrants } from '../../src/compute/managed-grants';
import { serviceRole } from '../../src/foundation/service-role';
import { newStack, render } from '../support/prove';

function roleWith(grants: number) {
  const stack = newStack();
  const role = serviceRole(stack, 'Role', { description: 'role', service: 'ecs-tasks.amazonaws.com', statements: [] });
  manageGrants(role, 'what it may do');
  const added = Array.from({ length: grants }, (_, i) => s3.Bucket.fromBucketName(stack, `Bucket${i}`, `bucket-${i}`).grantRead(role));
  return { added, template: render(stack) };
}

test('there is no policy without a grant', () => {
  expect(roleWith(0).template.resourcesOf('AWS::IAM::ManagedPolicy')).toEqual([]);
});

test('all grants go to one managed policy of the role, and none to an inline policy', () => {
  const { added, template } = roleWith(2);
  added.forEach(grant => expect(grant.success).toBe(true));
  expect(template.resourcesOf('AWS::IAM::Policy')).toEqual([]);
  const policies = template.resourcesOf('AWS::IAM::ManagedPolicy');
  expect(policies).toHaveLength(1);
  expect(policies[0].properties).toMatchObject({ Description: 'what it may do', Roles: [{ Ref: template.resourcesOf('AWS::IAM::Role')[0].logicalId }] });
  expect(JSON.stringify(policies[0].properties.PolicyDocument)).toMatch(/bucket-0.*bucket-1/);
});
