import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { viaService } from '../core/names';

/**
 * A value that ECS reads when a task starts and that the task definition does not hold.
 *
 * Only the service's execution role may read it, by its exact ARN. The policy of the key is left as it is: it must admit
 * callers through the service, as a `CustomerManagedKey` does with `KeyAccess.secretsManager` or `KeyAccess.ssm`.
 */
export class TaskSecret {
  /**
   * A secret of Secrets Manager. If it is imported and has a key of its own, import it with that key.
   *
   * @param secret the secret
   * @param field a field of its JSON; without one, the whole secret
   */
  public static fromSecretsManager(secret: secretsmanager.ISecret, field?: string): TaskSecret {
    // A secret imported by its name has six characters in its ARN that nobody knows.
    const arn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
    return new TaskSecret(field === undefined ? secret.secretArn : `${secret.secretArn}:${field}::`, () => [
      new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] }),
      ...decrypt(secret.encryptionKey, 'secretsmanager'),
    ]);
  }

  /**
   * A parameter of Systems Manager.
   *
   * @param parameter the parameter
   * @param encryptionKey the key of a SecureString; without one, the AWS managed key `aws/ssm`
   */
  public static fromSsmParameter(parameter: ssm.IParameter, encryptionKey?: kms.IKey): TaskSecret {
    return new TaskSecret(parameter.parameterArn, () => [
      new iam.PolicyStatement({ actions: ['ssm:GetParameters'], resources: [parameter.parameterArn] }),
      ...decrypt(encryptionKey, 'ssm'),
    ]);
  }

  private constructor(private readonly reference: string, private readonly reads: () => iam.PolicyStatement[]) {
  }

  /**
   * What the task definition names.
   *
   * @internal
   */
  public get _valueFrom(): string {
    return this.reference;
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _statements(): iam.PolicyStatement[] {
    return this.reads();
  }
}

function decrypt(key: kms.IKey | undefined, service: string): iam.PolicyStatement[] {
  return key ? [new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': viaService(service) } },
  })] : [];
}
