import { CLUSTER } from './fixtures';
import { RenderedTemplate } from '../../../src/core/template';
import { clustersWith, instancesOf, isOwnKey, proxiesOf } from '../../../src/services/rds/rendered';

const template = new RenderedTemplate({
  Resources: {
    ...CLUSTER,
    Proxy: { Type: 'AWS::RDS::DBProxy' },
    Targets: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: { Ref: 'Proxy' }, DBClusterIdentifiers: [{ Ref: 'Db' }] } },
    OtherProxy: { Type: 'AWS::RDS::DBProxy' },
    Foreign: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: 'imported', DBClusterIdentifiers: [{ Ref: 'Db' }] } },
  },
});
const resource = (id: string) => template.resource(id)!;

test.each<[unknown, boolean]>([
  [{ 'Fn::GetAtt': ['Key', 'Arn'] }, true], ['arn:aws:kms:eu-west-1:111122223333:key/1', true],
  [undefined, false], [{ Ref: 'AWS::NoValue' }, false], ['alias/aws/rds', false], [{ 'Fn::Sub': 'arn:${AWS::Partition}:kms:x:y:alias/aws/rds' }, false],
])('%j is a key of our own: %s', (key, own) => {
  expect(isOwnKey(key as string)).toBe(own);
});

test('finds what belongs together', () => {
  const ids = (found: { readonly logicalId: string }[]) => found.map(r => r.logicalId);
  expect(ids(clustersWith('DBSubnetGroupName', { ...resource('Subnets') }, template))).toEqual(['Db']);
  expect(ids(clustersWith('DBSubnetGroupName', resource('One'), template))).toEqual([]);
  expect(ids(instancesOf(resource('Db'), template))).toEqual(['One', 'Two']);
  expect(ids(proxiesOf(resource('Db'), template))).toEqual(['Proxy']);
});
