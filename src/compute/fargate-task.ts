import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Aws, Tokenization } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { manageGrants } from './managed-grants';
import { ImageLocation } from './private-image';
import { TaskSecret } from './task-secret';
import { WritableMount } from './writable-path';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { arn, nameStem } from '../core/names';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/ecs/task-controls';

/** What a task is made of, checked and complete. */
export interface FargateTaskOptions {
  readonly image: ImageLocation;
  readonly port: number;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly architecture: string;
  readonly user: string;
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, TaskSecret>;
  readonly mounts: WritableMount[];
  readonly logGroup: logs.ILogGroup;
  readonly command?: string[];
  readonly healthCheckCommand?: string[];
}

/** Name of the only container. */
export const CONTAINER = 'app';

/** A task definition with one locked-down container, a role for the application and one for the agent that starts it. */
export class FargateTask extends Construct {
  public readonly taskDefinition: ecs.CfnTaskDefinition;
  public readonly taskRole: iam.Role;
  public readonly executionRole: iam.Role;

  constructor(scope: Construct, id: string, options: FargateTaskOptions) {
    super(scope, id);
    this.taskRole = this.role('TaskRole', 'What the application in the tasks may do', []);
    this.executionRole = this.role('ExecutionRole', 'Starts the tasks: pulls the image, reads the secrets, writes the logs', starts(options));
    declareFinding(this.executionRole, 'ecr:GetAuthorizationToken has no resource to name; the token opens only the one repository that the policy names',
      'AwsSolutions-IAM5[Resource::*]');
    const onDisk = options.mounts.filter(m => m.sizeMiB === undefined);
    this.taskDefinition = new ecs.CfnTaskDefinition(this, 'Resource', {
      family: nameStem(() => this.taskDefinition, { maxLength: 200 }),
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: options.architecture },
      cpu: Tokenization.stringifyNumber(options.cpu),
      memory: Tokenization.stringifyNumber(options.memoryMiB),
      taskRoleArn: this.taskRole.roleArn,
      executionRoleArn: this.executionRole.roleArn,
      volumes: onDisk.length > 0 ? onDisk.map((_m, i) => ({ name: `Writable${i}` })) : undefined,
      containerDefinitions: [container(options)],
    });
    claim(this.taskDefinition, controls.ECS_READ_ONLY_ROOT, controls.ECS_NOT_ROOT, controls.ECS_NO_CAPABILITIES, controls.ECS_OWN_NETWORK,
      controls.ECS_NO_CREDENTIALS, controls.ECS_NO_CREDENTIAL_NAMES, controls.ECS_LOGS, controls.ECS_EFS, controls.ECS_SEPARATE_ROLES,
      controls.ECS_IMAGE_BY_DIGEST, controls.ECS_VERSION_CONSISTENCY);
    if (Object.keys(options.environment).length > 0) {
      declareFinding(this.taskDefinition, 'the variables are settings: credentials, by value and by name, are refused in the environment and come by secrets',
        'AwsSolutions-ECS2');
    }
  }

  private role(id: string, description: string, statements: iam.PolicyStatement[]): iam.Role {
    const role = serviceRole(this, id, { description, service: 'ecs-tasks.amazonaws.com', sourceArn: arn('ecs', '*'), statements });
    manageGrants(role, description);
    return role;
  }
}

/** What the agent needs to start a task. */
function starts(options: FargateTaskOptions): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [options.image.repositoryArn],
    }),
    new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [options.logGroup.logGroupArn] }),
    ...Object.values(options.secrets).flatMap(s => s._statements()),
  ];
}

function container(options: FargateTaskOptions): ecs.CfnTaskDefinition.ContainerDefinitionProperty {
  const { environment, secrets, command, healthCheckCommand } = options;
  const inMemory = options.mounts.filter(m => m.sizeMiB !== undefined);
  const onDisk = options.mounts.filter(m => m.sizeMiB === undefined);
  return {
    name: CONTAINER,
    image: options.image.uri,
    versionConsistency: 'enabled',
    essential: true,
    command,
    user: options.user,
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: {
      capabilities: { drop: ['ALL'] },
      initProcessEnabled: true,
      // No mode: without one a tmpfs is writable for all, with the sticky bit, which is what a user other than root needs.
      tmpfs: inMemory.length > 0 ? inMemory.map(m => ({ containerPath: m.path, size: m.sizeMiB!, mountOptions: ['noexec', 'nosuid', 'nodev'] })) : undefined,
    },
    mountPoints: onDisk.length > 0 ? onDisk.map((m, i) => ({ sourceVolume: `Writable${i}`, containerPath: m.path, readOnly: false })) : undefined,
    portMappings: [{ containerPort: options.port, protocol: 'tcp' }],
    environment: Object.keys(environment).length > 0 ? Object.entries(environment).map(([name, value]) => ({ name, value })) : undefined,
    secrets: Object.keys(secrets).length > 0 ? Object.entries(secrets).map(([name, secret]) => ({ name, valueFrom: secret._valueFrom })) : undefined,
    healthCheck: healthCheckCommand && { command: ['CMD', ...healthCheckCommand], interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': options.logGroup.logGroupName,
        'awslogs-region': Aws.REGION,
        'awslogs-stream-prefix': CONTAINER,
        // An application of a bank goes on without its logs rather than stopping with them; the buffer bridges an interruption.
        'mode': 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  };
}
