import { RenderedTemplate } from '../../../src/core/template';
import { isFor, policiesFor, shipsAway } from '../../../src/services/logs/rendered';

const group = (properties: any = {}) => new RenderedTemplate({ Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: properties } } }).resource('Group')!;

test.each<[string, any, any, boolean]>([
  ['every name', {}, 'arn:aws:logs:r:1:log-group:*', true],
  ['the name that CloudFormation makes', {}, 'arn:aws:logs:r:1:log-group:Shop-Group-*', true],
  ['another name', {}, 'arn:aws:logs:r:1:log-group:Shop-Other-*', false],
  ['the name', { LogGroupName: '/a/b' }, 'arn:aws:logs:r:1:log-group:/a/*', true],
  ['another one than the name', { LogGroupName: '/a/b' }, 'arn:aws:logs:r:1:log-group:/b/*', false],
])('a pattern is for %s', (_name, properties, pattern, is) => expect(isFor(pattern, group(properties))).toBe(is));

test('policies that can be read, and those that can not', () => {
  const t = new RenderedTemplate({
    Resources: {
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { ResourcePolicyDocument: { Statement: { Effect: 'Allow' } } } },
      Text: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: '{"Statement":[{"Effect":"Allow","Resource":"*"}]}' } },
      Opaque: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: { 'Fn::Unknown': 'P' } } },
    },
  });
  expect(policiesFor(t.resource('Group')!, t).map(p => [p.by.logicalId, p.statements?.length])).toEqual([['Group', 1], ['Text', 1], ['Opaque', undefined]]);
  expect(shipsAway(t.resource('Group')!, t)).toEqual([]);
});
