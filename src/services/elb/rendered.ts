// How controls read load balancers and listeners.
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isOneOf, list } from '../../core/values';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

function valueOf(attributes: Json, key: string): Json {
  return at(list(attributes).find(a => at(a, 'Key') === key), 'Value');
}

/** An attribute of a load balancer. */
export function attribute(loadBalancer: RenderedResource, key: string): Json {
  return valueOf(loadBalancer.properties.LoadBalancerAttributes, key);
}

/** What a listener does with a header of its responses. */
export function responseAttribute(listener: RenderedResource, key: string): Json {
  return valueOf(listener.properties.ListenerAttributes, `routing.http.response.${key}`);
}

/** The rules of a listener. */
export function rulesOf(listener: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return template.referring('AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', listener.logicalId);
}

/** Whether all that a listener does is to redirect to HTTPS. */
export function onlyRedirects(listener: RenderedResource, template: RenderedTemplate): boolean {
  const [action, ...more] = list(listener.properties.DefaultActions);
  return more.length === 0 && at(action, 'Type') === 'redirect' && isOneOf(at(action, 'RedirectConfig', 'Protocol'), 'HTTPS')
    && rulesOf(listener, template).length === 0;
}
