import { ServiceLinkedRole } from '../../src/audit/config-recorder';
import { AccountServices } from '../../src/patterns/account-services';
import { newApp, shop } from '../support/shop';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const types = (accountServices: AccountServices) => Object.values<any>(newAssembly(accountServices).Resources).map(r => r.Type);

function newAssembly(accountServices: AccountServices): any {
  const app = newApp();
  const stack = shop(app, 'Shop', { env: ENV, accountServices });
  return app.synth().getStackArtifact(stack.artifactId).template;
}

test('the service-linked role of AWS Config is made by default, and not in the second region of an account', () => {
  expect(types(AccountServices.create())).toContain('AWS::IAM::ServiceLinkedRole');
  expect(types(AccountServices.create({ configRole: ServiceLinkedRole.EXISTING }))).not.toContain('AWS::IAM::ServiceLinkedRole');
});

test('adopting without the log group of the trail makes no alarms', () => {
  expect(types(AccountServices.adopt({ detectorId: '0123456789abcdef0123456789abcdef' }))).not.toContain('AWS::CloudWatch::Alarm');
});

test('fails on a detector ID that is none', () => {
  expect(() => newAssembly(AccountServices.adopt({ detectorId: 'mine' }))).toThrow(/\[Shop\/Application\/Detector\] 'detectorId' is 'mine'/);
});

const ROLES = ['ecs.amazonaws.com', 'ecs.application-autoscaling.amazonaws.com', 'rds.amazonaws.com', 'elasticloadbalancing.amazonaws.com', 'autoscaling.amazonaws.com', 'backup.amazonaws.com'];
test('service-linked roles exist by default', () => {
  const roles = Object.values<any>(newAssembly(AccountServices.create()).Resources).filter(r => r.Type === 'AWS::IAM::ServiceLinkedRole');
  expect(roles.map(r => r.Properties.AWSServiceName)).toEqual(['config.amazonaws.com']);
});

test('those that are named are made before what needs them, and never deleted', () => {
  const resources = Object.entries<any>(newAssembly(AccountServices.create({ serviceLinkedRoles: ROLES })).Resources);
  const roles = resources.filter(([, r]) => ROLES.includes(r.Properties?.AWSServiceName));
  expect(roles.map(([, r]) => [r.Properties.AWSServiceName, r.DeletionPolicy, r.UpdateReplacePolicy])).toEqual(ROLES.map(service => [service, 'RetainExceptOnCreate', 'Retain']));
  for (const type of ['AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::RDS::DBCluster', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::Backup::BackupSelection']) {
    const users = resources.filter(([, r]) => r.Type === type);
    expect(users.length).toBeGreaterThan(0);
    users.forEach(([, r]) => expect(r.DependsOn).toEqual(expect.arrayContaining(roles.map(([id]) => id))));
  }
});

test.each<[string[], string]>([
  [['ecs'], "[AccountServices.create] 'serviceLinkedRoles' has 'ecs': give any of ecs.amazonaws.com"],
  [['rds.amazonaws.com', 'rds.amazonaws.com'], "'serviceLinkedRoles' has 'rds.amazonaws.com' twice: name it once"],
])('refuses roles of %j', (serviceLinkedRoles, message) => {
  expect(() => AccountServices.create({ serviceLinkedRoles })).toThrow(message);
});

test('a second stack of one account and region, or the same role in a second region, is refused', () => {
  const app = newApp();
  const add = (id: string, region: string, accountServices: AccountServices) => () => shop(app, id, { env: { ...ENV, region }, accountServices });
  add('Shop', 'eu-west-1', AccountServices.create())();
  expect(add('Second', 'eu-west-1', AccountServices.create())).toThrow(/\[Second\/Application\] 'accountServices' makes recorder, detector and trail in 111122223333 and eu-west-1, which 'Shop\/Application' makes too/);
  expect(add('Third', 'eu-west-1', AccountServices.leave())).not.toThrow();
  expect(add('Far', 'eu-central-1', AccountServices.create())).toThrow("makes the service-linked role of AWS Config in 111122223333, which 'Shop/Application' makes too");
  expect(add('Farther', 'eu-west-2', AccountServices.create({ configRole: ServiceLinkedRole.EXISTING }))).not.toThrow();
});
