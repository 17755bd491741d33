import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Resource, Token } from 'aws-cdk-lib/core';
import type { aws_ecs } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ImageLocation } from './private-image';
import type { SecretReading } from './task-secret';
import { admit, claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding } from '../assurance/known-findings';
import { arn, nameStem } from '../core/names';
import { serviceRole } from '../foundation/service-role';
import { WRITABLE } from '../services/ecs/rendered';
import { NAME_LENGTH } from '../services/ecs/settings';
import { startsTasks } from '../services/ecs/statements';
import * as controls from '../services/ecs/task-controls';
import type { Mounts } from '../services/ecs/task-settings';
import { isUsual, lockedDown, unlessEmpty } from '../services/ecs/task-settings';
import * as added from '../services/ecs/task-touch-controls';
import * as touch from '../services/ecs/touch-controls';
import { OF_SECRETS } from '../services/secrets/touch-controls';

/** What a task is made of, checked and complete. */
export interface FargateTaskOptions {
  readonly family?: string;
  readonly image: ImageLocation;
  readonly port: number;
  /** The task definition, and what its container does as its caller chose. */
  readonly task: Partial<ecs.CfnTaskDefinitionProps>;
  readonly container: Partial<ecs.CfnTaskDefinition.ContainerDefinitionProperty>;
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, SecretReading>;
  readonly mounts: Mounts;
  readonly logGroup: logs.ILogGroup;
}

const TOKEN_FOR_ALL = 'ecr:GetAuthorizationToken has no resource to name; the token opens only the one repository that the policy names';
const PLAIN_VARIABLES = 'the variables are settings: credentials, by value and by name, are refused in the environment and come by secrets';

/** A task definition with one locked-down container, a role for the application and one for the agent that starts it. */
export class FargateTask extends Resource implements ecs.IFargateTaskDefinition {
  public readonly taskRole: iam.Role;
  public readonly executionRole: iam.Role;
  private readonly definition: ecs.CfnTaskDefinition;

  constructor(scope: Construct, id: string, options: FargateTaskOptions) {
    super(scope, id);
    const secrets = Object.entries(options.secrets);
    this.taskRole = this.role('TaskRole', 'What the application in the tasks may do', []);
    this.executionRole = this.role('ExecutionRole', 'Starts the tasks: pulls the image, reads the secrets, writes the logs', [
      ...startsTasks(options.image.repositoryArn, options.logGroup.logGroupArn), ...secrets.flatMap(([, reading]) => reading.statements),
    ]);
    declareFinding(this.executionRole, TOKEN_FOR_ALL, 'AwsSolutions-IAM5[Resource::*]');
    this.definition = new ecs.CfnTaskDefinition(this, 'Resource', {
      ...options.task,
      family: options.family ?? nameStem(() => this.definition, { maxLength: NAME_LENGTH }),
      taskRoleArn: this.taskRole.roleArn,
      executionRoleArn: this.executionRole.roleArn,
      volumes: unlessEmpty(options.mounts.volumes),
      containerDefinitions: [lockedDown(options.container, {
        image: options.image.uri,
        port: options.port,
        environment: options.environment,
        secrets: Object.fromEntries(secrets.map(([name, { valueFrom }]) => [name, valueFrom])),
        logGroupName: options.logGroup.logGroupName,
        mounts: options.mounts,
      })],
    });
    claim(this.definition, controls.ECS_READ_ONLY_ROOT, controls.ECS_NOT_ROOT, controls.ECS_NO_CAPABILITIES, controls.ECS_OWN_NETWORK,
      controls.ECS_NO_CREDENTIALS, controls.ECS_NO_CREDENTIAL_NAMES, controls.ECS_LOGS, controls.ECS_EFS, controls.ECS_SEPARATE_ROLES,
      controls.ECS_IMAGE_BY_DIGEST, controls.ECS_VERSION_CONSISTENCY);
    claim(this.definition, added.ECS_KNOWN_IMAGES, added.ECS_WRITES_WHERE_SAID, added.ECS_OWN_VALUES, added.ECS_OWN_LOGS,
      added.ECS_PLAIN_KERNEL, touch.ECS_RUN_PRIVATELY, touch.ECS_RUN_WITHOUT_SHELLS, touch.ECS_RUN_AS_OURS, touch.ECS_VOLUMES_CMK,
      ...OF_SECRETS);
    declareJudged(this.definition, 'On Fargate the memory of the task is the hard limit, and the task has one container, which may use all '
      + 'of it.', 'Control-Tower-Guard::ecs_task_definition_memory_hard_limit_check');
    this.tell(options);
    if (Object.keys(options.environment).length > 0) {
      declareFinding(this.definition, PLAIN_VARIABLES, 'AwsSolutions-ECS2');
    }
  }

  public get taskDefinitionArn(): string {
    return this.definition.ref;
  }

  public get taskDefinitionRef(): aws_ecs.TaskDefinitionReference {
    return { taskDefinitionArn: this.taskDefinitionArn };
  }

  public get compatibility(): ecs.Compatibility {
    return ecs.Compatibility.FARGATE;
  }

  public get networkMode(): ecs.NetworkMode {
    return ecs.NetworkMode.AWS_VPC;
  }

  public get isFargateCompatible(): boolean {
    return true;
  }

  public get isEc2Compatible(): boolean {
    return false;
  }

  public get isExternalCompatible(): boolean {
    return false;
  }

  public get isManagedInstancesCompatible(): boolean {
    return false;
  }

  /** Writes down what is not as usual: where the application writes, and what comes from other accounts. */
  private tell({ image, mounts, secrets }: FargateTaskOptions): void {
    const paths = [...mounts.tmpfs.map(m => m.containerPath), ...mounts.mountPoints.map(m => m.containerPath)];
    if (!isUsual(paths)) { this.definition.addMetadata(WRITABLE, paths); }
    const sources = Object.values(secrets).map(s => s.valueFrom).filter(from => isElsewhere(from, this.stack.account));
    const strangers = [...image.stranger === undefined ? [] : [image.stranger], ...sources];
    if (strangers.length > 0) { admit(this.definition, ...strangers); }
  }

  private role(id: string, description: string, statements: iam.PolicyStatement[]): iam.Role {
    return serviceRole(this, id, { description, service: 'ecs-tasks.amazonaws.com', sourceArn: arn('ecs', '*'), statements });
  }
}

/** Whether an ARN is of another account than this one, as far as both are known. */
function isElsewhere(from: string, account: string): boolean {
  const other = from.split(':')[4];
  return /^\d{12}$/.test(other ?? '') && !Token.isUnresolved(account) && other !== account;
}
