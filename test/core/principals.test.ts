import { App, Stack } from 'aws-cdk-lib/core';

test('the regions without opting in are those of the CDK', () => {
  const { RegionInfo } = jest.requireActual('aws-cdk-lib/region-info');
  const { guardDutyPrincipal } = jest.requireActual('../../src/core/principals');
  for (const { name, isOptInRegion } of RegionInfo.regions.filter((r: any) => !/iso|^eusc/.test(r.name))) {
    const there = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: name } });
    expect([name, there.resolve(guardDutyPrincipal())]).toEqual([name, isOptInRegion ? `guardduty.${name}.amazonaws.com` : 'guardduty.amazonaws.com']);
  }
});
