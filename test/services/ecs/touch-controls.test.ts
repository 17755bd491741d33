import * as services from '../../../src/services/ecs/controls';
import * as touch from '../../../src/services/ecs/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const ref = (Ref: string) => ({ Ref });
const group = (...SecurityGroupIngress: object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { VpcId: ref('Vpc'), SecurityGroupEgress: [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }], SecurityGroupIngress },
});
const subnet = (name: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), Tags: [{ Key: 'aws-cdk:subnet-name', Value: name }] } });
const network = (changes: object = {}) => ({ AssignPublicIp: 'DISABLED', Subnets: [ref('A'), ref('B')], SecurityGroups: [ref('Group')], ...changes });
const service = (changes: object = {}, of: object = {}) => ({
  Type: 'AWS::ECS::Service',
  Properties: { Cluster: ref('Cluster'), TaskDefinition: ref('Task'), LaunchType: 'FARGATE', NetworkConfiguration: { AwsvpcConfiguration: network(of) }, ...changes },
});
const parameters = (changes: object = {}, of: object = {}) => ({
  TaskDefinitionArn: ref('Task'), LaunchType: 'FARGATE', NetworkConfiguration: { AwsVpcConfiguration: network(of) }, ...changes,
});
const rule = (changes: object = {}, of: object = {}, target: object = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'x', Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, EcsParameters: parameters(changes, of), ...target }] },
});
const schedule = (changes: object = {}, of: object = {}) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: { Target: { Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, EcsParameters: parameters(changes, of) } },
});
const pipe = (changes: object = {}, of: object = {}) => ({
  Type: 'AWS::Pipes::Pipe',
  Properties: { Target: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, TargetParameters: { EcsTaskParameters: parameters(changes, of) } },
});
const machine = (parts: (string | object)[]) => ({ Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: { 'Fn::Join': ['', parts] } } });
const runTask = (address: string, ...more: string[]) => machine([
  '{"States":{"Run":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync","Parameters":{"TaskDefinition":"', ref('Task'), '","LaunchType":"FARGATE","Cluster":"',
  { 'Fn::GetAtt': ['Cluster', 'Arn'] }, `","NetworkConfiguration":{"AwsvpcConfiguration":{${address}"Subnets":["`, ref('A'), '","', ref('B'), '"],"SecurityGroups":["', ref('Group'), '"]}}',
  ...more, '}}}}',
]);
const RIGHT = {
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: {} },
  Service: service(),
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { Configuration: { ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: ref('Key') } } } },
  Plain: { Type: 'AWS::ECS::Cluster', Properties: {} },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  A: subnet('Application'),
  B: subnet('Application'),
  Public: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), MapPublicIpOnLaunch: true } },
  Group: group(),
  Own: group(),
  Open: group({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }),
};
/** What may run the tasks, whatever the control. */
const LEGITIMATE: Record<string, (r: any) => void> = {
  'a second service under a group of its own': r => { r.More = service({}, { SecurityGroups: [ref('Own')] }); },
  'a rule': r => { r.More = rule(); },
  'a schedule, with another command': r => {
    r.More = schedule();
    r.More.Properties.Target.Input = '{"containerOverrides":[{"name":"app","command":["nightly"]}]}';
  },
  'a pipe': r => { r.More = pipe(); },
  'a state machine': r => { r.More = runTask('"AssignPublicIp":"DISABLED",'); },
  'a state machine as the CDK writes it': r => { r.More = runTask(''); },
  'a state machine with substitutions': r => {
    r.More = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: '{"States":{"Run":{"Parameters":{"TaskDefinition":"${task}","Cluster":"${cluster}","NetworkConfiguration":{"AwsvpcConfiguration":'
          + '{"AssignPublicIp":"DISABLED","Subnets":["${a}","${b}"],"SecurityGroups":["${group}"]}}}}}}',
        DefinitionSubstitutions: { task: ref('Task'), cluster: ref('Cluster'), a: ref('A'), b: ref('B'), group: ref('Group') },
      },
    };
  },
  'a rule that looks for events of the tasks': r => {
    r.More = { Type: 'AWS::Events::Rule', Properties: { EventPattern: { detail: { taskDefinitionArn: [ref('Task')] } }, Targets: [{ Arn: 'x' }] } };
  },
  'a function that knows the tasks': r => { r.More = { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { TASK: ref('Task') } } } }; },
  'a service of other tasks': r => { r.More = service({ TaskDefinition: ref('Other'), EnableExecuteCommand: true, Cluster: 'x' }, { AssignPublicIp: 'ENABLED' }); },
};
const ADDRESS = { AssignPublicIp: 'ENABLED' };
proveBreaks(touch.ECS_RUN_PRIVATELY, RIGHT, LEGITIMATE, {
  'a second service': [r => { r.More = service({}, ADDRESS); }, 'More'],
  'the service itself': [r => { r.Service = service({}, ADDRESS); }, 'Service'],
  'the deployment says whether': [r => { r.More = service({}, { AssignPublicIp: { 'Fn::Unknown': 'Address' } }); }, 'More'],
  'nothing is said in a public subnet': [r => { r.More = service({}, { AssignPublicIp: undefined, Subnets: [ref('Public')] }); }, 'More'],
  'nothing is said of the network': [r => { r.More = service({ NetworkConfiguration: undefined }); }, 'More'],
  'a rule': [r => { r.More = rule({}, ADDRESS); }, 'More'],
  'a schedule': [r => { r.More = schedule({}, ADDRESS); }, 'More'],
  'a pipe': [r => { r.More = pipe({}, ADDRESS); }, 'More'],
  'a state machine': [r => { r.More = runTask('"AssignPublicIp":"ENABLED",'); }, 'More'],
  'a state machine that works it out': [r => { r.More = runTask('"AssignPublicIp.$":"$.address",'); }, 'More'],
  'a state machine that nobody can read': [r => { r.More = machine(['not JSON ', ref('Task')]); }, 'More'],
  'a task set': [r => { r.More = { ...service({}, ADDRESS), Type: 'AWS::ECS::TaskSet' }; }, 'More'],
  'an express service': [r => { r.More = { Type: 'AWS::ECS::ExpressGatewayService', Properties: { TaskDefinitionArn: ref('Task') } }; }, 'More'],
  'a custom resource': [r => { r.More = { Type: 'Custom::AWS', Properties: { Create: runTask('"AssignPublicIp":"ENABLED",').Properties.DefinitionString } }; }, 'More'],
});
proveBreaks(touch.ECS_RUN_WITHOUT_SHELLS, RIGHT, LEGITIMATE, {
  'a second service': [r => { r.More = service({ EnableExecuteCommand: true }); }, 'More'],
  'the deployment says whether': [r => { r.More = service({ EnableExecuteCommand: { 'Fn::Unknown': 'Shells' } }); }, 'More'],
  'a rule': [r => { r.More = rule({ EnableExecuteCommand: true }); }, 'More'],
  'a schedule': [r => { r.More = schedule({ EnableExecuteCommand: 'true' }); }, 'More'],
  'a pipe': [r => { r.More = pipe({ EnableExecuteCommand: true }); }, 'More'],
  'a state machine': [r => { r.More = runTask('', ',"EnableExecuteCommand":true'); }, 'More'],
});
proveBreaks(touch.ECS_RUN_AS_OURS, RIGHT, LEGITIMATE, {
  'in a public subnet': [r => { r.More = service({}, { Subnets: [ref('Public')] }); }, 'More'],
  'under an open group': [r => { r.More = service({}, { SecurityGroups: [ref('Open')] }); }, 'More'],
  'under a group that nobody knows': [r => { r.More = rule({}, { SecurityGroups: ['sg-1'] }); }, 'More'],
  'under no group': [r => { r.More = schedule({}, { SecurityGroups: undefined }); }, 'More'],
  'in a cluster without keys': [r => { r.More = service({ Cluster: ref('Plain') }); }, 'More'],
  'in the default cluster': [r => { r.More = service({ Cluster: undefined }); }, 'More'],
  'in a cluster of somebody': [r => { r.More = rule({}, {}, { Arn: `arn:aws:ecs:eu-west-1:${OWN}:cluster/other` }); }, 'More'],
  'on hosts': [r => { r.More = service({ LaunchType: 'EXTERNAL' }); }, 'More'],
  'on an old platform': [r => { r.More = service({ PlatformVersion: '1.3.0' }); }, 'More'],
  'with another role, in the input of a rule': [r => { r.More = rule({}, {}, { Input: '{"taskRoleArn":"arn:aws:iam::1:role/Admin"}' }); }, 'More'],
  'with another role, by a pipe': [r => { r.More = pipe({ Overrides: { TaskRoleArn: 'arn:aws:iam::1:role/Admin' } }); }, 'More'],
  'with another role, by a state machine': [r => { r.More = runTask('', ',"Overrides":{"ExecutionRoleArn":"x"}'); }, 'More'],
});
const disk = (changes: object = {}) => service({ VolumeConfigurations: [{ Name: 'data', ManagedEBSVolume: { Encrypted: true, KmsKeyId: ref('Key'), ...changes } }] });
proveBreaks(touch.ECS_VOLUMES_CMK, RIGHT, { 'a volume under a key': r => { r.Service = disk(); } }, {
  'it is not encrypted': [r => { r.Service = disk({ Encrypted: false }); }, 'Service'],
  'it is not said': [r => { r.More = disk({ Encrypted: undefined }); }, 'More'],
  'it has no key': [r => { r.Service = disk({ KmsKeyId: undefined }); }, 'Service'],
  'the key is of another account': [r => { r.Service = disk({ KmsKeyId: `arn:aws:kms:eu-west-1:${FOREIGN}:key/1` }); }, 'Service'],
  'of a task set': [r => { r.More = { ...disk({ Encrypted: false }), Type: 'AWS::ECS::TaskSet' }; }, 'More'],
});

const targets = (name: string): any => ({ ContainerName: 'app', ContainerPort: 8443, TargetGroupArn: ref(name) });
const targetGroup = (Protocol: string) => ({ Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol } });
const REACHED = {
  Service: service({ LoadBalancers: [targets('Targets')], DeploymentController: { Type: 'ECS' } }),
  Targets: targetGroup('HTTPS'),
  Green: targetGroup('HTTPS'),
  Plain: targetGroup('HTTP'),
  Names: { Type: 'AWS::ServiceDiscovery::Service', Properties: {} },
};
proveBreaks(touch.ECS_REACHED_BY_OURS, REACHED, {
  'a second target group': r => { r.Service.Properties.LoadBalancers.push(targets('Green')); },
  'another one for deployments': r => { r.Service.Properties.LoadBalancers[0].AdvancedConfiguration = { AlternateTargetGroupArn: ref('Green') }; },
  'a name of the VPC': r => { r.Service.Properties.ServiceRegistries = [{ RegistryArn: { 'Fn::GetAtt': ['Names', 'Arn'] } }]; },
  'Service Connect by TLS': r => { r.Service.Properties.ServiceConnectConfiguration = { Enabled: true, Services: [{ PortName: 'app', Tls: { Role: 'x' } }] }; },
}, {
  'a target group in plain text': [r => { r.Service.Properties.LoadBalancers.push(targets('Plain')); }, 'Service'],
  'a target group that nobody knows': [r => { r.Service.Properties.LoadBalancers[0].TargetGroupArn = 'arn:aws:x'; }, 'Service'],
  'a classic load balancer': [r => { r.Service.Properties.LoadBalancers.push({ LoadBalancerName: 'old', TargetGroupArn: ref('Targets') }); }, 'Service'],
  'one in plain text for deployments': [r => { r.Service.Properties.LoadBalancers[0].AdvancedConfiguration = { AlternateTargetGroupArn: ref('Plain') }; }, 'Service'],
  'a registry of another account': [r => { r.Service.Properties.ServiceRegistries = [{ RegistryArn: `arn:aws:servicediscovery:eu-west-1:${FOREIGN}:service/x` }]; }, 'Service'],
  'a service network': [r => { r.Service.Properties.VpcLatticeConfigurations = [{ TargetGroupArn: 'x' }]; }, 'Service'],
  'Service Connect in plain text': [r => { r.Service.Properties.ServiceConnectConfiguration = { Enabled: true, Services: [{ PortName: 'app' }] }; }, 'Service'],
});
proveBreaks(touch.ECS_ONE_ROLLOUT, REACHED, {
  scaling: r => { r.Scaling = { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ResourceId: { 'Fn::GetAtt': ['Service', 'Name'] } } }; },
}, {
  'a task set': [r => { r.Set = { Type: 'AWS::ECS::TaskSet', Properties: { Service: ref('Service') } }; }, 'Set'],
  'the primary task set': [r => { r.Set = { Type: 'AWS::ECS::PrimaryTaskSet', Properties: { Service: ref('Service') } }; }, 'Set'],
});
provePredicate(touch.ECS_ONE_ROLLOUT, REACHED, { 'somebody else deploys': r => { r.Service.Properties.DeploymentController.Type = 'EXTERNAL'; } });

const CLUSTER = { Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} } };
const providers = (...CapacityProviders: unknown[]): any =>
  ({ Type: 'AWS::ECS::ClusterCapacityProviderAssociations', Properties: { Cluster: ref('Cluster'), CapacityProviders } });
proveBreaks(touch.ECS_FARGATE_ONLY, CLUSTER, {
  'spot capacity of Fargate': r => { r.More = providers('FARGATE', 'FARGATE_SPOT'); },
  'a second service of other tasks': r => { r.More = service({ TaskDefinition: ref('Other') }); },
}, {
  'hosts': [r => { r.More = providers('FARGATE', ref('Hosts')); }, 'More'],
  'hosts by default': [r => {
    r.More = providers('FARGATE');
    r.More.Properties.DefaultCapacityProviderStrategy = [{ CapacityProvider: ref('Hosts') }];
  }, 'More'],
  'instances of the cluster': [r => { r.More = { Type: 'AWS::ECS::CapacityProvider', Properties: { ClusterName: ref('Cluster') } }; }, 'More'],
  'a daemon': [r => { r.More = { Type: 'AWS::ECS::Daemon', Properties: { ClusterArn: { 'Fn::GetAtt': ['Cluster', 'Arn'] } } }; }, 'More'],
});
provePredicate(touch.ECS_FARGATE_ONLY, CLUSTER, { 'it has hosts': r => { r.Cluster.Properties.CapacityProviders = ['FARGATE', ref('Hosts')]; } });

const scaling = (MinCapacity: unknown, ...scheduled: object[]) => ({
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: {
    MinCapacity,
    MaxCapacity: 10,
    ResourceId: { 'Fn::Join': ['', ['service/x/', { 'Fn::GetAtt': ['Service', 'Name'] }]] },
    ScheduledActions: scheduled.map(ScalableTargetAction => ({ ScalableTargetAction })),
  },
});
proveBreaks(services.ECS_TWO_TASKS, { Service: service({ DesiredCount: 2 }) }, {
  'scaling between two and ten': r => { r.Scaling = scaling(2); },
  'more of them by day': r => { r.Scaling = scaling(2, { MinCapacity: 4 }, { MinCapacity: 2, MaxCapacity: 10 }); },
}, {
  'down to nothing': [r => { r.Scaling = scaling(0); }, 'Scaling'],
  'down to nothing by night': [r => { r.Scaling = scaling(2, { MinCapacity: 0 }); }, 'Scaling'],
  'to one at most by night': [r => { r.Scaling = scaling(2, { MaxCapacity: 1 }); }, 'Scaling'],
  'down to what the deployment says': [r => { r.Scaling = scaling({ 'Fn::Unknown': 'Min' }); }, 'Scaling'],
});
provePredicate(services.ECS_INSIGHTS, {
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] } },
}, { 'it is off, by a second setting': r => { r.Cluster.Properties.ClusterSettings.push({ Name: 'containerInsights', Value: 'disabled' }); } });
