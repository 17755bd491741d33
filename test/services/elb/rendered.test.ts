import { RenderedTemplate } from '../../../src/core/template';
import { attribute, LISTENER, onlyRedirects, responseAttribute, rulesOf } from '../../../src/services/elb/rendered';

const TEMPLATE = new RenderedTemplate({
  Resources: {
    Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { LoadBalancerAttributes: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: { Ref: 'B' } }] } },
    Plain: { Type: LISTENER, Properties: { DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }] } },
    Ruled: { Type: LISTENER, Properties: { DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }] } },
    Https: { Type: LISTENER, Properties: { ListenerAttributes: [{ Key: 'routing.http.response.server.enabled', Value: 'false' }] } },
    Rule: { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { ListenerArn: { Ref: 'Ruled' } } },
  },
});
const resource = (id: string) => TEMPLATE.resource(id)!;

test('attributes are found by their keys', () => {
  expect(['a', 'b', 'c'].map(key => attribute(resource('Alb'), key))).toEqual(['1', { Ref: 'B' }, undefined]);
  expect(responseAttribute(resource('Https'), 'server.enabled')).toBe('false');
  expect(responseAttribute(resource('Plain'), 'server.enabled')).toBeUndefined();
});

test('a listener with a rule does more than redirect', () => {
  expect(rulesOf(resource('Ruled'), TEMPLATE).map(r => r.logicalId)).toEqual(['Rule']);
  expect(['Plain', 'Ruled', 'Https'].map(id => onlyRedirects(resource(id), TEMPLATE))).toEqual([true, false, false]);
});
