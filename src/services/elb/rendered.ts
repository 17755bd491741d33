// How controls read load balancers, listeners, their rules and what they forward to.
import { isAdmitted } from '../../core/ours';
import { homeOf, isElsewhere, knownText } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, isGiven, isOneOf, list, mayBe, same } from '../../core/values';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const LISTENER_CERTIFICATE = 'AWS::ElasticLoadBalancingV2::ListenerCertificate';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** What the metadata of a listener admits if the host names of its rules are known at deployment only. */
export const HOSTS_AT_DEPLOYMENT = 'host names that are known at deployment only';

/** The value of an attribute; undefined if it is given twice with different values, or may be: nobody knows which one counts. */
function valueOf(attributes: Json, key: string): Json {
  const values = list(attributes).filter(a => !isGiven(at(a, 'Key')) || mayBe(at(a, 'Key'), key))
    .map(a => at(a, 'Key') === key ? at(a, 'Value') : undefined);
  return values.every(v => same(v, values[0])) ? values[0] : undefined;
}

/** An attribute of a load balancer. */
export function attribute(loadBalancer: RenderedResource, key: string): Json {
  return valueOf(loadBalancer.properties.LoadBalancerAttributes, key);
}

/** What a listener does with a header of its responses. */
export function responseAttribute(listener: RenderedResource, key: string): Json {
  return valueOf(listener.properties.ListenerAttributes, `routing.http.response.${key}`);
}

/** The listeners of a load balancer. */
export function listenersOf(loadBalancer: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return template.referring(LISTENER, 'LoadBalancerArn', loadBalancer.logicalId);
}

/** The rules of a listener. */
export function rulesOf(listener: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return template.referring(RULE, 'ListenerArn', listener.logicalId);
}

/** Whether all that actions do is to redirect to HTTPS. */
export function areRedirects(actions: Json): boolean {
  const all = list(actions);
  return all.length === 1 && isOneOf(at(all[0], 'Type'), 'redirect') && isOneOf(at(all[0], 'RedirectConfig', 'Protocol'), 'HTTPS');
}

/** The rules of a listener that do anything but redirect to HTTPS. */
export function rulesBesideRedirects(listener: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return rulesOf(listener, template).filter(rule => !areRedirects(rule.properties.Actions));
}

/** Whether all that a listener does is to redirect to HTTPS. */
export function onlyRedirects(listener: RenderedResource, template: RenderedTemplate): boolean {
  return areRedirects(listener.properties.DefaultActions) && rulesBesideRedirects(listener, template).length === 0;
}

/** Actions that answer by themselves, or only ask who it is. */
const NOT_FORWARDING = ['redirect', 'fixed-response', 'authenticate-oidc', 'authenticate-cognito', 'jwt-validation'];

/** The actions that forward requests, or may. */
function forwarding(actions: Json): readonly Json[] {
  return list(actions).filter(a => !isOneOf(at(a, 'Type'), ...NOT_FORWARDING));
}

/** The target groups that actions forward to, weighted ones included. */
export function targetGroupsIn(actions: Json): readonly Json[] {
  return forwarding(actions).flatMap(a => [at(a, 'TargetGroupArn'),
    ...list(at(a, 'ForwardConfig', 'TargetGroups')).map(g => at(g, 'TargetGroupArn') ?? g)]).filter(isGiven);
}

/** Whether a target group is spoken to by TLS: HTTPS, or the API of Lambda. */
export function speaksTls(targetGroup: RenderedResource): boolean {
  return isOneOf(targetGroup.properties.Protocol, 'HTTPS') || isOneOf(targetGroup.properties.TargetType, 'lambda');
}

/** Whether actions forward to a target group of the template that is spoken to in plain text. */
export function forwardPlainly(actions: Json, t: RenderedTemplate): boolean {
  const groups = targetGroupsIn(actions).map(arn => t.target(TARGET_GROUP, arn));
  return groups.some(group => group !== undefined && !speaksTls(group));
}

/** The hosts that a rule is for; none if they are said by regular expressions, or not. */
function hostsOf(rule: RenderedResource): readonly Json[] {
  const conditions = list(rule.properties.Conditions).filter(c => isOneOf(at(c, 'Field'), 'host-header'));
  if (conditions.some(c => isGiven(at(c, 'HostHeaderConfig', 'RegexValues')) || isGiven(at(c, 'RegexValues')))) { return []; }
  return conditions.flatMap(c => list(at(c, 'HostHeaderConfig', 'Values') ?? at(c, 'Values')));
}

/** Whether a host is not every host, nor every one of a top level domain. */
function namesAHost(host: Json, listener: RenderedResource, t: RenderedTemplate): boolean {
  const text = knownText(host, homeOf(listener, t));
  if (text === undefined) { return isAdmitted(HOSTS_AT_DEPLOYMENT, listener); }
  return !/[*?]/.test(text) || /\.[^*?.]+\.[^*?.]+$/.test(text);
}

/** The rules of a listener that forward, or may, what is for no named host. */
export function rulesForAnyHost(listener: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return rulesOf(listener, t).filter(rule => forwarding(rule.properties.Actions).length > 0).filter(rule => {
    const hosts = hostsOf(rule);
    return hosts.length === 0 || !hosts.every(host => namesAHost(host, listener, t));
  });
}

/** Whether a listener refuses what no rule is for. */
export function refusesByDefault(listener: RenderedResource): boolean {
  const [action, ...more] = list(listener.properties.DefaultActions);
  return more.length === 0 && isOneOf(at(action, 'Type'), 'fixed-response')
    && isOneOf(at(action, 'FixedResponseConfig', 'StatusCode'), 403, 404);
}

/**
 * Whether a certificate keeps what ours promise: its key stays in ACM and is not weak, it is in the public logs and names its hosts.
 * Elastic Load Balancing takes none of another account, so that of an imported one nothing else is asked.
 */
export function isGoodCertificate(arn: Json, of: RenderedResource, t: RenderedTemplate): boolean {
  const own = t.target('AWS::CertificateManager::Certificate', arn);
  // what was uploaded to IAM has its key elsewhere, too
  if (!own) { return isGiven(arn) && !isElsewhere(arn, homeOf(of, t)) && !contains(arn, ':server-certificate/'); }
  const { CertificateExport, CertificateTransparencyLoggingPreference, KeyAlgorithm, DomainName, SubjectAlternativeNames } = own.properties;
  return !mayBe(CertificateExport, 'ENABLED') && !mayBe(CertificateTransparencyLoggingPreference, 'DISABLED')
    && !mayBe(KeyAlgorithm, 'RSA_1024')
    && [DomainName, ...list(SubjectAlternativeNames)].every(n => typeof n !== 'string' || !n.includes('*'));
}
