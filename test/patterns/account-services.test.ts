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
