// What the agent that starts tasks may do.
import * as iam from 'aws-cdk-lib/aws-iam';
import { viaService } from '../../core/names';

/** Pulls one repository's images and writes one log group. */
export function startsTasks(repositoryArn: string, logGroupArn: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [repositoryArn],
    }),
    new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] }),
  ];
}

/** Reads a secret, through Secrets Manager if it has a key. */
export function readsSecret(secretArn: string, keyArn: string | undefined): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }),
    ...decrypts(keyArn, 'secretsmanager'),
  ];
}

/** Reads a parameter, through Systems Manager if it has a key. */
export function readsParameter(parameterArn: string, keyArn: string | undefined): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({ actions: ['ssm:GetParameters'], resources: [parameterArn] }), ...decrypts(keyArn, 'ssm')];
}

function decrypts(keyArn: string | undefined, service: string): iam.PolicyStatement[] {
  return keyArn === undefined ? [] : [new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': viaService(service) } },
  })];
}
