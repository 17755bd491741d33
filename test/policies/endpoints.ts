import { DROP, grantingAccount, here, OTHER_KEY, World } from './world';
import { ACCOUNT, REGION } from '../support/simulate';
import { ADMINISTRATOR, FOREIGN, NOBODY, role, Row, STRANGER, Thing } from '../support/table';

const LAYERS = `arn:aws:s3:::prod-${REGION}-starport-layer-bucket/layer`;

/** Ours with ours, and nothing of others, whatever the credentials and the policies at the other end say. */
function oursWithOurs(endpoint: string, action: string, ours: Thing, theirs: Thing): Row[] {
  const when = { phrase: 'through the endpoint', endpoint };
  return [
    { who: ADMINISTRATOR, may: true, action, on: ours, when, because: 'ours with ours' },
    { who: ADMINISTRATOR, may: false, action, on: theirs, when, because: 'nothing is carried away to another account' },
    { who: STRANGER, may: false, action, on: theirs, when, because: 'credentials brought along do not work here' },
    { who: STRANGER, may: false, action, on: { ...ours, policy: grantingAccount(FOREIGN, `${action.split(':')[0]}:*`) }, when, because: 'not even where our resource would let them in' },
  ];
}

/** The same thing in another account, which lets our account in. */
function elsewhere(on: Thing, action: string): Thing {
  return { name: `${on.name} of another account`, arn: on.arn.replace(ACCOUNT, FOREIGN), account: FOREIGN, policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }] } };
}

function s3(world: World): Row[] {
  const endpoint = world.id('AWS::EC2::VPCEndpoint', 'NetworkEndpointsS3');
  const when = { phrase: 'through the endpoint', endpoint };
  const bucket = world.bucket('', 'the bucket of the application');
  const layers: Thing = { name: 'an image layer of ECR', arn: LAYERS, account: '444455556666', policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] } };
  return [
    ...oursWithOurs(endpoint, 's3:PutObject', world.object(bucket, 'report.pdf'), DROP),
    { who: world.application, may: true, action: 's3:GetObject', on: world.object(bucket, 'report.pdf'), when, because: 'it reads its bucket' },
    { who: world.application, may: false, action: 's3:PutObject', on: DROP, when, because: 'nothing is carried away to another account' },
    { who: ADMINISTRATOR, may: true, action: 's3:GetObject', on: layers, when, because: 'images are pulled' },
    { who: NOBODY, may: true, action: 's3:GetObject', on: layers, when, because: 'layers come by URLs that ECR signs' },
    { who: ADMINISTRATOR, may: false, action: 's3:PutObject', on: layers, when, because: 'layers are read only' },
    { who: NOBODY, may: false, action: 's3:GetObject', on: DROP, when, because: 'without credentials nothing is ours' },
  ];
}

function dynamoDb(world: World): Row[] {
  const endpoint = world.id('AWS::EC2::VPCEndpoint', 'NetworkEndpointsDynamoDb');
  const ours: Thing = { name: 'a table', arn: here('dynamodb', 'table/orders') };
  return oursWithOurs(endpoint, 'dynamodb:PutItem', ours, elsewhere(ours, 'dynamodb:*'));
}

function services(world: World): Row[] {
  const logs: Thing = { name: 'a log stream', arn: here('logs', 'log-group:shop:log-stream:one') };
  const secret: Thing = { name: 'a secret', arn: here('secretsmanager', 'secret:shop-AbCdEf') };
  const image: Thing = { name: 'a repository', arn: here('ecr', 'repository/shop') };
  const key = { ...OTHER_KEY, name: 'a key' };
  const plain: [string, string, Thing][] = [
    ['NetworkEndpointslogs', 'logs:PutLogEvents', logs],
    ['NetworkEndpointssecretsmanager', 'secretsmanager:GetSecretValue', secret],
    ['NetworkEndpointskms', 'kms:Decrypt', key],
    ['NetworkEndpointsecrapi', 'ecr:BatchGetImage', image],
    ['NetworkEndpointsecrdkr', 'ecr:BatchGetImage', image],
  ];
  const puller = role(world.template, world.id('AWS::IAM::Role', 'ServiceTaskExecutionRole'), 'the role that starts tasks');
  const agent: Thing = { name: "GuardDuty's repository", arn: here('ecr', 'repository/aws-guardduty-agent-fargate', '694911143906'), account: '694911143906', policy: grantingAccount(ACCOUNT, 'ecr:*') };
  const pulls = ['NetworkEndpointsecrapi', 'NetworkEndpointsecrdkr'].flatMap((id): Row[] => {
    const when = { phrase: 'through the endpoint', endpoint: world.id('AWS::EC2::VPCEndpoint', id) };
    return [
      { who: puller, may: true, action: 'ecr:BatchGetImage', on: image, when, because: 'it pulls the image' },
      { who: puller, may: true, action: 'ecr:BatchGetImage', on: agent, when, because: "it pulls GuardDuty's agent" },
      { who: puller, may: true, action: 'ecr:GetAuthorizationToken', on: { name: 'ECR', arn: '*' }, when, because: 'a request without a resource belongs to the caller' },
      { who: STRANGER, may: false, action: 'ecr:GetAuthorizationToken', on: { name: 'ECR', arn: '*', account: FOREIGN }, when, because: 'credentials brought along do not work here' },
    ];
  });
  const telemetry: Thing = { name: 'GuardDuty', arn: '*' };
  const guardDuty = { phrase: 'through the endpoint', endpoint: world.id('AWS::EC2::VPCEndpoint', 'NetworkEndpointsguarddutydata') };
  const sends = { action: 'guardduty:SendSecurityTelemetry', on: telemetry, when: guardDuty };
  return [
    ...plain.flatMap(([id, action, ours]) => oursWithOurs(world.id('AWS::EC2::VPCEndpoint', id), action, ours, elsewhere(ours, `${action.split(':')[0]}:*`))),
    ...pulls,
    { ...sends, who: ADMINISTRATOR, may: true, because: "the agent reports under the task's account" },
    { ...sends, who: STRANGER, may: false, on: { ...telemetry, account: FOREIGN }, because: 'credentials brought along do not work here' },
    {
      ...sends,
      who: ADMINISTRATOR,
      may: false,
      because: 'nothing is carried away to another account',
      when: { ...guardDuty, phrase: 'through the endpoint, for another account', context: { 'aws:ResourceAccount': FOREIGN } },
    },
  ];
}

/** What passes the endpoints of the VPC. */
export function endpoints(world: World): Row[] {
  return [s3, dynamoDb, services].flatMap(table => table(world));
}
