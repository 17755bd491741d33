import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { checkCall } from '../core/arguments';
import { readsParameter, readsSecret } from '../services/ecs/statements';

/** How a task gets a secret. */
export interface SecretReading {
  /** What the task definition names. */
  readonly valueFrom: string;
  /** What reading it takes. */
  readonly statements: iam.PolicyStatement[];
}

// Not `ecs.Secret`, which hides the key: its `grantRead` asks the key to admit `ViaServicePrincipal`, a principal that has no policy, so
// that an imported key, whose policy can't be changed, gets nothing written on either side, without a word.

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
    checkCall('TaskSecret.fromSecretsManager', undefined, secret, field);
    return new TaskSecret(() => {
      // A secret imported by its name has six characters in its ARN that nobody knows.
      const arn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
      return {
        valueFrom: field === undefined ? secret.secretArn : `${secret.secretArn}:${field}::`,
        statements: readsSecret(arn, secret.encryptionKey?.keyArn),
      };
    });
  }

  /**
   * A parameter of Systems Manager.
   *
   * @param parameter the parameter
   * @param encryptionKey the key of a SecureString; without one, the AWS managed key `aws/ssm`
   */
  public static fromSsmParameter(parameter: ssm.IParameter, encryptionKey?: kms.IKey): TaskSecret {
    checkCall('TaskSecret.fromSsmParameter', undefined, parameter, encryptionKey);
    return new TaskSecret(() => (
      { valueFrom: parameter.parameterArn, statements: readsParameter(parameter.parameterArn, encryptionKey?.keyArn) }));
  }

  private constructor(private readonly read: () => SecretReading) {
  }

  /**
   * How it is read.
   *
   * @internal
   */
  public _read(): SecretReading {
    return this.read();
  }
}

/** How secrets are read, by the name of the variable. */
export function readingsOf(secrets: Record<string, TaskSecret> | undefined): Record<string, SecretReading> {
  return Object.fromEntries(Object.entries(secrets ?? {}).map(([name, secret]) => [name, secret._read()]));
}
