// What the policy of a repository allows to others.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';

/** What pulling an image takes. */
export const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Lets a principal of another account pull. */
export function pulls(puller: iam.IPrincipal): iam.PolicyStatement {
  return new iam.PolicyStatement({ principals: [puller], actions: PULL });
}

/** Binds a statement that the CDK wrote for a service, as for functions of images, to resources of this account, unless it says which. */
export function bindToAccount(statement: iam.PolicyStatement): void {
  const services = statement.principals.map(p => p instanceof iam.ServicePrincipal ? p.service : undefined);
  const [service] = services;
  const isBare = Object.keys(statement.conditions).length === 0;
  if (statement.effect !== iam.Effect.ALLOW || services.length !== 1 || service === undefined || !isBare) { return; }
  const [name] = service.split('.');
  statement.addCondition('ArnLike', { 'aws:SourceArn': `arn:${Aws.PARTITION}:${name}:*:${Aws.ACCOUNT_ID}:*` });
}
