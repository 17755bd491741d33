import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { PrivateFargateServiceProps } from './private-fargate-service-props';
import type { ImageLocation } from './private-image';
import { privateSubnets } from './private-subnets';
import type { AttachScaling } from './task-scaling';
import type { SecretReading } from './task-secret';
import { readingsOf } from './task-secret';
import { mountsOf } from './writable-path';
import { isWaived } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { place } from '../core/validate';
import { checkEnvironment } from '../services/ecs/environment';
import * as settings from '../services/ecs/settings';
import { ECS_NO_CREDENTIAL_NAMES } from '../services/ecs/task-controls';
import type { Mounts } from '../services/ecs/task-settings';
import { container, size, task } from '../services/ecs/task-settings';

/** What a service will be made of: resolved and checked, before anything of it is made. */
export interface ServicePlan {
  readonly subnetIds: string[];
  /** How many tasks the service names; undefined where scaling decides. */
  readonly desiredCount?: number;
  readonly gracePeriod: number;
  readonly scaling?: AttachScaling;
  readonly image: ImageLocation;
  readonly task: Partial<ecs.CfnTaskDefinitionProps>;
  readonly container: Partial<ecs.CfnTaskDefinition.ContainerDefinitionProperty>;
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, SecretReading>;
  readonly mounts: Mounts;
}

/** Resolves and checks what a service is given. */
export function planOf(scope: Construct, id: string, props: PrivateFargateServiceProps): ServicePlan {
  const at = place(scope, id);
  settings.checkName(at, 'clusterName', props.clusterName);
  settings.checkName(at, 'family', props.family);
  settings.checkPort(at, props.port);
  if (props.encryptionKey) { settings.checkStorageKey(at, props.encryptionKey.keyId); }
  const count = settings.taskCount(at, props.desiredCount, Disposable.isDisposable(scope));
  const environment = { ...props.environment };
  const secrets = readingsOf(props.secrets);
  const named = ECS_NO_CREDENTIAL_NAMES.id;
  const isNameWaived = isWaived(scope, named) || (props.waivers ?? []).some(w => w.control === named);
  checkEnvironment(at, environment, Object.keys(secrets), isNameWaived);
  return {
    subnetIds: privateSubnets(at, props.vpc, props.vpcSubnets ?? undefined),
    desiredCount: props.scaling ? undefined : count,
    gracePeriod: settings.gracePeriod(at, props.healthCheckGracePeriod),
    scaling: props.scaling?._check(at, count),
    image: props.image._locate(at, scope),
    task: task(at, props),
    container: container(at, props),
    environment,
    secrets,
    mounts: mountsOf(at, props.writablePaths, size(at, props).memoryLimitMiB),
  };
}
