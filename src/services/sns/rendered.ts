// What hangs on a topic: its policies, its subscriptions, and the roles that reach it.
import { statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, isObject, list, mentions } from '../../core/values';

/** The types of SNS that are known here. */
export const KNOWN_TYPES = ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy', 'AWS::SNS::Subscription'];

/** The policies of a topic, by either type of resource. A topic has one: the second replaces the first. */
export function policiesOf({ logicalId }: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return [...t.referring('AWS::SNS::TopicPolicy', 'Topics', logicalId),
    ...t.referring('AWS::SNS::TopicInlinePolicy', 'TopicArn', logicalId)];
}

/** The policies that have a statement of this kind. */
export function policiesWith(r: RenderedResource, t: RenderedTemplate, isWrong: (s: JsonObject) => boolean): RenderedResource[] {
  return policiesOf(r, t).filter(p => statements(p.properties.PolicyDocument).some(isWrong));
}

/** Resources that subscribe something to a topic, by what it is; the topic itself is one of them where it does so. */
export function subscriptionsOf(r: RenderedResource, t: RenderedTemplate): { readonly by: RenderedResource; readonly what: JsonObject }[] {
  const inline = list(r.properties.Subscription).map(s => ({ by: r, what: isObject(s) ? s : {} }));
  return [...inline, ...t.referring('AWS::SNS::Subscription', 'TopicArn', r.logicalId).map(by => ({ by, what: by.properties }))];
}

/** The roles through which rules of EventBridge reach a topic, as the rules name them. */
export function rolesTo({ logicalId }: RenderedResource, t: RenderedTemplate): Json[] {
  return t.referring('AWS::Events::Rule', 'Targets', logicalId).flatMap(rule => list(rule.properties.Targets))
    .filter(target => mentions(at(target, 'Arn'), logicalId)).map(target => at(target, 'RoleArn'));
}
