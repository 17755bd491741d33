import * as controls from '../../../src/services/ecs/task-controls';
import { provePredicate } from '../../support/predicate';

const DIGEST = `sha256:${'0'.repeat(64)}`;

function role() {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:*' } },
        }],
      },
    },
  };
}

const TASK = {
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      NetworkMode: 'awsvpc',
      RuntimePlatform: { OperatingSystemFamily: 'LINUX' },
      TaskRoleArn: { 'Fn::GetAtt': ['TaskRole', 'Arn'] },
      ExecutionRoleArn: { 'Fn::GetAtt': ['ExecutionRole', 'Arn'] },
      Volumes: [
        { Name: 'Files', EFSVolumeConfiguration: { FileSystemId: 'fs-1', TransitEncryption: 'ENABLED', AuthorizationConfig: { IAM: 'ENABLED', AccessPointId: 'fsap-1' } } },
        { Name: 'Scratch' },
      ],
      ContainerDefinitions: [{
        Name: 'app',
        Image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/app@${DIGEST}`,
        VersionConsistency: 'enabled',
        ReadonlyRootFilesystem: true,
        User: '1000:1000',
        Privileged: false,
        LinuxParameters: { Capabilities: { Drop: ['ALL'] }, Tmpfs: [{ ContainerPath: '/tmp', Size: 64, MountOptions: ['noexec', 'nosuid', 'nodev'] }] },
        Environment: [{ Name: 'LOG_LEVEL', Value: 'info' }],
        LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': { Ref: 'Logs' }, 'mode': 'non-blocking', 'max-buffer-size': '25m' } },
      }],
    },
  },
  TaskRole: role(),
  ExecutionRole: role(),
};
const task = (r: any) => r.Task.Properties;
const container = (r: any) => task(r).ContainerDefinitions[0];
const none = { 'there is no container': (r: any) => { delete task(r).ContainerDefinitions; } };
const sidecar = (change: object) => (r: any) => { task(r).ContainerDefinitions.push({ ...container(r), Name: 'sidecar', ...change }); };

provePredicate(controls.ECS_READ_ONLY_ROOT, TASK, {
  ...none,
  'it can be written': r => { container(r).ReadonlyRootFilesystem = false; },
  'it is not said': r => { delete container(r).ReadonlyRootFilesystem; },
  'a sidecar can write': sidecar({ ReadonlyRootFilesystem: false }),
  'programs run from memory': r => { container(r).LinuxParameters.Tmpfs[0].MountOptions.shift(); },
  'memory is mounted as it comes': r => { delete container(r).LinuxParameters.Tmpfs[0].MountOptions; },
});
provePredicate(controls.ECS_NOT_ROOT, TASK, {
  ...none,
  'it is root': r => { container(r).User = 'root'; },
  'it is 0': r => { container(r).User = '0'; },
  'the group is root': r => { container(r).User = '1000:0'; },
  'it is a name': r => { container(r).User = 'app'; },
  'it is known at deployment only': r => { container(r).User = { Ref: 'User' }; },
  'it is not said': r => { delete container(r).User; },
  'a sidecar is root': sidecar({ User: undefined }),
  'the operating system is not said': r => { delete task(r).RuntimePlatform; },
});
provePredicate(controls.ECS_NO_CAPABILITIES, TASK, {
  ...none,
  'it is privileged': r => { container(r).Privileged = true; },
  'privileges are not said': r => { delete container(r).Privileged; },
  'some capabilities stay': r => { container(r).LinuxParameters.Capabilities.Drop = ['NET_RAW']; },
  'one is added': r => { container(r).LinuxParameters.Capabilities.Add = ['SYS_PTRACE']; },
  'capabilities are not said': r => { delete container(r).LinuxParameters; },
});
provePredicate(controls.ECS_OWN_NETWORK, TASK, {
  'it is the network of the host': r => { task(r).NetworkMode = 'host'; },
  'it is not said': r => { delete task(r).NetworkMode; },
  'processes are those of the host': r => { task(r).PidMode = 'host'; },
});
provePredicate(controls.ECS_NO_CREDENTIALS, TASK, {
  ...none,
  'one is an access key': r => { container(r).Environment.push({ Name: 'X', Value: 'AKIAIOSFODNN7EXAMPLE' }); },
  'one is called like AWS calls it': r => { container(r).Environment.push({ Name: 'AWS_SECRET_ACCESS_KEY', Value: { Ref: 'Parameter' } }); },
  'one resolves a secret': r => { container(r).Environment.push({ Name: 'X', Value: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'S' }, '}}']] } }); },
  'one of a sidecar is': sidecar({ Environment: [{ Name: 'X', Value: 'postgres://u:p@h/d' }] }),
});
provePredicate(controls.ECS_NO_CREDENTIAL_NAMES, TASK, {
  ...none,
  'one is called a password': r => { container(r).Environment.push({ Name: 'DB_PASSWORD', Value: 'x' }); },
  'one of a sidecar is called a token': sidecar({ Environment: [{ Name: 'TOKEN', Value: 'x' }] }),
});
provePredicate(controls.ECS_LOGS, TASK, {
  ...none,
  'it has another driver': r => { container(r).LogConfiguration.LogDriver = 'json-file'; },
  'there is no log group': r => { delete container(r).LogConfiguration.Options['awslogs-group']; },
  'it waits for the logs': r => { container(r).LogConfiguration.Options.mode = 'blocking'; },
  'it does not say whether it waits': r => { delete container(r).LogConfiguration.Options.mode; },
  'there is no buffer': r => { delete container(r).LogConfiguration.Options['max-buffer-size']; },
  'a sidecar is silent': sidecar({ LogConfiguration: undefined }),
});
const efs = (r: any) => task(r).Volumes[0].EFSVolumeConfiguration;
provePredicate(controls.ECS_EFS, TASK, {
  'it is mounted in plain text': r => { efs(r).TransitEncryption = 'DISABLED'; },
  'encryption is not said': r => { delete efs(r).TransitEncryption; },
  'IAM does not authorize': r => { efs(r).AuthorizationConfig.IAM = 'DISABLED'; },
  'there is no access point': r => { delete efs(r).AuthorizationConfig.AccessPointId; },
});
const trust = (r: any, name = 'TaskRole') => r[name].Properties.AssumeRolePolicyDocument.Statement[0];
provePredicate(controls.ECS_SEPARATE_ROLES, TASK, {
  'there is no role of the task': r => { delete task(r).TaskRoleArn; },
  'there is no role of the agent': r => { delete task(r).ExecutionRoleArn; },
  'they are the same': r => { task(r).TaskRoleArn = task(r).ExecutionRoleArn; },
  'a role is of another template': r => { delete r.TaskRole; },
  'another service takes it': r => { trust(r).Principal.Service = ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com']; },
  'an account takes it': r => { trust(r).Principal.AWS = '111122223333'; },
  'ECS takes it for any account': r => { delete trust(r).Condition.StringEquals; },
  'ECS takes it for any source': r => { delete trust(r, 'ExecutionRole').Condition.ArnLike; },
});
provePredicate(controls.ECS_IMAGE_BY_DIGEST, TASK, {
  ...none,
  'it is named by its tag': r => { container(r).Image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:v1'; },
  'the digest is cut short': r => { container(r).Image = `app@${DIGEST.slice(0, -1)}`; },
  'it is known at deployment only': r => { container(r).Image = { Ref: 'Image' }; },
  'the tag is known at deployment only': r => { container(r).Image = { 'Fn::Join': ['', ['app:', { Ref: 'Tag' }]] }; },
});
provePredicate(controls.ECS_IMAGE_BY_DIGEST, { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: { 'Fn::Join': ['', ['app@', { Ref: 'Digest' }]] } }] } } }, {
  'something follows': r => { container(r).Image['Fn::Join'][1].push(':v1'); },
});
provePredicate(controls.ECS_VERSION_CONSISTENCY, TASK, {
  ...none,
  'it is off': r => { container(r).VersionConsistency = 'disabled'; },
  'it is not said': r => { delete container(r).VersionConsistency; },
});
