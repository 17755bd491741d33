import { EndpointService } from '../../src/network/endpoint-service';

test.each<[() => EndpointService, string]>([
  [EndpointService.ecrApi, 'ecr.api'],
  [EndpointService.ecrDocker, 'ecr.dkr'],
  [EndpointService.logs, 'logs'],
  [EndpointService.monitoring, 'monitoring'],
  [EndpointService.xray, 'xray'],
  [EndpointService.secretsManager, 'secretsmanager'],
  [EndpointService.kms, 'kms'],
  [EndpointService.sts, 'sts'],
  [EndpointService.ssm, 'ssm'],
  [EndpointService.ssmMessages, 'ssmmessages'],
  [EndpointService.ec2, 'ec2'],
  [EndpointService.guardDutyData, 'guardduty-data'],
  [EndpointService.sqs, 'sqs'],
  [EndpointService.sns, 'sns'],
  [() => EndpointService.of('events'), 'events'],
])('%p is called %s', (factory, name) => expect(factory().name).toBe(name));
