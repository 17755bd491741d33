import { Fn } from 'aws-cdk-lib/core';
import { requireSelection, zoneName } from '../../src/core/subnets';

const AT = { node: { path: 'Stack/App' } };

test.each([undefined, {}, { subnetGroupName: 'Data' }, { subnets: [] }])('takes %j', selection => {
  expect(() => requireSelection(AT, selection, 'Data')).not.toThrow();
});

test.each([[[]], [['Data', 'Other']]])('refuses the list %j', selection => {
  expect(() => requireSelection(AT, selection, 'Data')).toThrow(`[Stack/App] 'vpcSubnets' is a list of ${selection.length}: give a selection of subnets, `
    + "for example { subnetGroupName: 'Data' }, or { subnets: [...] } with the subnets");
});

test('refuses a name', () => {
  expect(() => requireSelection(AT, 'Data', 'Data')).toThrow("[Stack/App] 'vpcSubnets' is the text 'Data': give an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }");
});

test('the name of a zone shows no token', () => {
  expect(zoneName('eu-west-1a')).toBe('eu-west-1a');
  expect(zoneName(Fn.select(0, Fn.getAzs()))).toBe('an availability zone that only the deployment knows');
});
