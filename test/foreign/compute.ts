// Repositories, clusters, services and task definitions.
import { ACCOUNT, arnOf, cases, cdkNag, checkov, Fixture, guard, kics, of, one, policy, ref, STRANGER, trivy, user } from './support';

const REPOSITORY = 'AWS::ECR::Repository';
const TASK = 'AWS::ECS::TaskDefinition';
const repository = (properties: Fixture = {}, others: Fixture = {}) => one(REPOSITORY, properties, others);
const letting = (principal: unknown, more: Fixture = {}) => repository({ RepositoryPolicyText: policy({ Principal: principal, Action: ['ecr:BatchGetImage'], ...more }) });
const registry = (principal: unknown) => repository({}, { Policy: of('AWS::ECR::RegistryPolicy', { PolicyText: policy({ Principal: principal, Action: 'ecr:*' }) }) });
const task = (container: Fixture, properties: Fixture = {}, others: Fixture = {}) => one(TASK, {
  ...properties,
  ContainerDefinitions: [
    { Name: 'web', Image: 'web', ...container },
  ],
}, others);
const efs = (TransitEncryption: string) => task({}, { Volumes: [{ Name: 'files', EFSVolumeConfiguration: { FilesystemId: 'fs-1', TransitEncryption } }] });
const insights = (value: string) => one('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: value }] });
const service = (properties: Fixture) => one('AWS::ECS::Service', properties);
const placed = (AssignPublicIp: string) => service({ NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp, SecurityGroups: ['sg-1'], Subnets: ['subnet-1'] } } });
const runBy = (AssignPublicIp: string) => task({}, {}, {
  Service: {
    ...placed(AssignPublicIp).Judged,
    Properties: { ...placed(AssignPublicIp).Judged.Properties, TaskDefinition: ref('Judged') },
  },
});
const inOrganization = (quantifier: string) => ({ Condition: { [`${quantifier}StringEquals`]: { 'aws:PrincipalOrgID': 'o-12345678' } } });
const logsTo = { LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': ref('Logs'), 'awslogs-stream-prefix': 'web' } } };
const LOGS = { Logs: of('AWS::Logs::LogGroup') };
const trusting = of('AWS::IAM::Role', { AssumeRolePolicyDocument: policy({ Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }) });
const run = (roles: Fixture) => task({}, roles, {
  Role: trusting,
  Agent: trusting,
  Service: of('AWS::ECS::Service', { Cluster: ref('Cluster'), TaskDefinition: ref('Judged') }),
  Cluster: of('AWS::ECS::Cluster'),
});

export const ECR = [
  ...cases(guard('aws_ecr/tests/ecr_repo_scan_on_push_rule_tests.yml', 'ECR_REPO_SCAN_ON_PUSH'), 'ECS-16b', {
    pass: { 'on, as text': repository({ ImageScanningConfiguration: { ScanOnPush: 'true' } }) },
    fail: { 'off, as text': repository({ ImageScanningConfiguration: { ScanOnPush: 'false' } }), 'nothing is said': repository() },
  }),
  ...cases(checkov('test_ECRImageScanning.py', 'CKV_AWS_163'), 'ECS-16b', {
    pass: { on: repository({ ImageScanningConfiguration: { ScanOnPush: true } }) }, fail: { 'nothing is said': repository() },
  }),
  ...cases(checkov('test_ECRImmutableTags.py', 'CKV_AWS_51'), 'ECS-15', {
    pass: { immutable: repository({ ImageTagMutability: 'IMMUTABLE' }) }, fail: { mutable: repository({ ImageTagMutability: 'MUTABLE' }) },
  }),
  ...cases(trivy('ecr/enforce_immutable_repository.yaml', 'AWS-0031'), 'ECS-15', {
    pass: { immutable: repository({ ImageTagMutability: 'IMMUTABLE' }) }, fail: { 'nothing is said': repository() },
  }),
  ...cases(checkov('test_ECRRepositoryEncrypted.py', 'CKV_AWS_136'), 'ECS-15b', {
    pass: { 'KMS, with the key of AWS': repository({ EncryptionConfiguration: { EncryptionType: 'KMS' } }) },
    fail: { 'the key of S3': repository({ EncryptionConfiguration: { EncryptionType: 'AES256' } }), 'nothing is said': repository() },
  }),
  ...cases(trivy('ecr/repository_customer_key.yaml', 'AWS-0033'), 'ECS-15b', {
    pass: { 'a key, by its alias': repository({ EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: 'alias/shop' } }) },
    fail: { 'nothing is said': repository() },
  }),
  ...cases(checkov('test_ECRPolicy.py', 'CKV_AWS_32'), 'ECS-15d ECS-15e', {
    pass: {
      'a user of the account': letting({ AWS: [user(ACCOUNT)] }),
      'a user of another account': letting({ AWS: [user(STRANGER)] }),
      'everybody, if all of their organizations are ours': letting('*', inOrganization('ForAllValues:')),
      'everybody, if one of their organizations is ours': letting('*', inOrganization('ForAnyValue:')),
    },
    fail: {
      'everybody': letting('*'),
      'everybody, by a text': repository({ RepositoryPolicyText: JSON.stringify(policy({ Principal: '*', Action: ['ecr:BatchGetImage'] })) }),
    },
  }),
  ...cases(trivy('ecr/no_public_access.yaml', 'AWS-0032'), 'ECS-15d ECS-15e', {
    pass: { 'a user of the account': letting({ AWS: [user(ACCOUNT)] }) }, fail: { 'everybody, in a list': letting({ AWS: ['*'] }) },
  }),
  ...cases(cdkNag('ECR.test.ts', 'ECROpenAccess'), 'ECS-15h', {
    pass: { 'no policy of the registry': repository() },
    fail: { 'everybody, by the policy of the registry': registry('*') },
  }),
];

export const ECS = [
  ...cases(checkov('test_ECSClusterContainerInsights.py', 'CKV_AWS_65'), 'ECS-08', {
    pass: { on: insights('enabled') }, fail: { 'off': insights('disabled'), 'nothing is said': one('AWS::ECS::Cluster') },
  }),
  ...cases(cdkNag('ECS.test.ts', 'ECSClusterCloudWatchContainerInsights'), 'ECS-08', {
    pass: { 'on, to each task': insights('enhanced') }, fail: { 'off': insights('disabled'), 'nothing is said': one('AWS::ECS::Cluster') },
  }),
  ...cases(checkov('test_ECSTaskDefinitionEFSVolumeEncryption.py', 'CKV_AWS_97'), 'ECS-11', {
    pass: { TLS: efs('ENABLED') }, fail: { 'no TLS': efs('DISABLED') },
  }),
  ...cases(trivy('ecs/no_plaintext_secrets.yaml', 'AWS-0036'), 'ECS-05 ECS-05b', {
    pass: { 'no variable': task({}) },
    fail: { 'an access key': task({ Environment: [{ Name: 'AWS_ACCESS_KEY_ID', Value: 'AIPAEXAMPLEEXAMPLE12' }] }) },
  }),
  ...cases(cdkNag('ECS.test.ts', 'ECSTaskDefinitionNoEnvironmentVariables'), 'ECS-05 ECS-05b', {
    fail: { 'a variable that is no secret': task({ Environment: [{ Name: 'COLOUR', Value: 'blue' }] }) },
  }),
  ...cases(cdkNag('ECS.test.ts', 'ECSTaskDefinitionContainerLogging'), 'ECS-06 ECS-06b', {
    pass: { 'logs to CloudWatch': task(logsTo, {}, LOGS) },
    fail: { 'no logs': task({}) },
  }),
  ...cases(guard('amazon_ecs/tests/ecs_task_definition_user_for_host_mode_check_tests.yml', 'ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK'), 'ECS-02', {
    fail: { 'root on the network of the host': task({ User: 'root', Privileged: 'true' }, { NetworkMode: 'host' }) },
  }),
  ...cases(cdkNag('ECS.test.ts', 'ECSTaskDefinitionUserForHostMode'), 'ECS-02 ECS-03', {
    pass: { 'privileged on the network of the host, as a named user': task({ User: 'not-root', Privileged: true }, { NetworkMode: 'host' }) },
    fail: {
      'root, by its number': task({ User: '0', Privileged: true }, { NetworkMode: 'host' }),
      'root, by its number and group': task({ User: '0:root', Privileged: true }, { NetworkMode: 'host' }),
    },
  }),
  ...cases(kics('ecs_task_definition_network_mode_not_recommended/query.rego', 'ecs_task_definition_network_mode_not_recommended'), 'ECS-04', {
    pass: { 'an interface of its own': task({}, { NetworkMode: 'awsvpc' }) },
    fail: { 'the network of the host': task({}, { NetworkMode: 'host' }), 'nothing is said': task({}) },
  }),
  ...cases(kics('empty_roles_for_ecs_cluster_task_definitions/query.rego', 'empty_roles_for_ecs_cluster_task_definitions'), 'ECS-12', {
    pass: { 'a role, without a condition on who comes': run({ TaskRoleArn: arnOf('Role'), ExecutionRoleArn: arnOf('Agent') }) },
    fail: { 'no role for the application': run({ ExecutionRoleArn: arnOf('Agent') }) },
  }),
  ...cases(kics('ecs_services_assigned_with_public_ip_address/query.rego', 'ecs_services_assigned_with_public_ip_address'), 'ECS-04b', {
    pass: { off: placed('DISABLED') }, fail: { on: placed('ENABLED') },
  }),
  ...cases(kics('ecs_services_assigned_with_public_ip_address/query.rego', 'ecs_services_assigned_with_public_ip_address'), 'ECS-19', {
    pass: { 'off, in the service that runs it': runBy('DISABLED') }, fail: { 'on, in the service that runs it': runBy('ENABLED') },
  }),
  ...cases(kics('ecs_service_without_running_tasks/query.rego', 'ecs_service_without_running_tasks'), 'ECS-13b', {
    pass: {
      'percentages without a circuit breaker': service({ DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 } }),
      'a circuit breaker that rolls back': service({ DeploymentConfiguration: { MinimumHealthyPercent: 100, DeploymentCircuitBreaker: { Enable: true, Rollback: true } } }),
    },
    fail: { 'nothing is said': service({ DesiredCount: 0 }), 'nothing of it is said': service({ DeploymentConfiguration: {} }) },
  }),
];
