// A rendered bucket, and what its policy says: questions of its controls.
import { conditionsOf, hasActions, isForEveryone, condition, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { rememberedOfEach } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, contains, functionOf, isObject, isOneOf, list, mentions, numberOf, same, textOf } from '../../core/values';

/** The encryption of objects that say nothing of it. */
export function encryptionRule(r: RenderedResource): Json {
  return list(at(r.properties.BucketEncryption, 'ServerSideEncryptionConfiguration'))[0];
}

/** The statements of the bucket's policy. */
export const policy = rememberedOfEach((r: RenderedResource, t: RenderedTemplate): readonly JsonObject[] =>
  t.referring('AWS::S3::BucketPolicy', 'Bucket', r.logicalId).flatMap(p => statements(p.properties.PolicyDocument)));

/** What the bucket's policy denies to everyone. */
export const denies = rememberedOfEach((r: RenderedResource, t: RenderedTemplate): readonly JsonObject[] =>
  policy(r, t).filter(s => s.Effect === 'Deny' && isForEveryone(s)));

/** The lifecycle rules. */
export function rules(r: RenderedResource): JsonObject[] {
  return list(at(r.properties.LifecycleConfiguration, 'Rules')).filter(isObject);
}

/** The lifecycle rules that are for every object. */
export function wholeRules(r: RenderedResource): JsonObject[] {
  return rules(r).filter(x => x.Status === 'Enabled' && !x.Prefix && !x.TagFilters && !x.ObjectSizeGreaterThan && !x.ObjectSizeLessThan);
}

/** A statement is about every object: the bucket's ARN and `/*`. */
export function coversObjects(s: JsonObject, r: RenderedResource): boolean {
  return list(s.Resource).some(x => mentions(x, r.logicalId) && textOf(x).endsWith('/*') && textOf(x).split('/').length === 2);
}

/** A statement is about the bucket and every object. */
export function coversBucket(s: JsonObject, r: RenderedResource): boolean {
  return coversObjects(s, r) && list(s.Resource).some(x => mentions(x, r.logicalId) && !textOf(x).includes('/'));
}

/** Whether a lifecycle rule makes objects expire that somebody may still want. */
export function expires(rule: JsonObject): boolean {
  return rule.Status !== 'Disabled' && (rule.ExpirationInDays !== undefined || rule.ExpirationDate !== undefined);
}

/** The condition is TLS before 1.2, with no way out but for AWS services. */
export function isTlsBefore12(s: JsonObject): boolean {
  return numberOf(condition(s, 'NumericLessThan', 's3:TlsVersion')) >= 1.2
    && conditionsOf(s).every(({ operator, key, value }) => operator === 'NumericLessThan'
    || (operator === 'Bool' && key === 'aws:PrincipalIsAWSService' && isOneOf(value, 'false')));
}

/** S3 may write a bucket's access logs to the log bucket, as far as the template tells. */
export function isLetIn(r: RenderedResource, t: RenderedTemplate): boolean {
  const target = t.target('AWS::S3::Bucket', at(r.properties.LoggingConfiguration, 'DestinationBucketName'));
  const source = (s: JsonObject) => condition(s, 'ArnLike', 'aws:SourceArn') ?? condition(s, 'ArnEquals', 'aws:SourceArn');
  return target === undefined || policy(target, t).some(s => s.Effect === 'Allow' && services(s).includes('logging.s3.amazonaws.com')
    && hasActions(s, 's3:PutObject') && (mentions(source(s), r.logicalId) || contains(source(s), ':s3:::*')));
}

/** A role or a user by its ARN, or by the path or the beginning of its name. */
const SPARED = /^arn:[^:*?]+:(iam|sts)::[^:*?]+:[a-z-]+\/[^*?]/;
const isSpared = (p: Json) => SPARED.test(textOf(p)) || ['Ref', 'Fn::GetAtt'].includes(functionOf(p) ?? '');

/** Nobody is excepted, or principals by ARN, of whom each is named. */
export function excepts(s: JsonObject): boolean {
  return s.Condition === undefined || (hasOnly(s, 'ArnNotLike aws:PrincipalArn')
    && list(condition(s, 'ArnNotLike', 'aws:PrincipalArn')).every(isSpared));
}

/** Whether a statement has no other conditions than these, as operator and key. Each one more is a way out of a denial. */
function hasOnly(s: JsonObject, ...known: string[]): boolean {
  return conditionsOf(s).every(c => known.includes(`${c.operator} ${c.key}`));
}

/** The policy denies objects under another key than this. One service may be spared that can write without a key only. */
export function guardsWrites(puts: JsonObject[], own: Json): boolean {
  const sse = 's3:x-amz-server-side-encryption';
  const [key, customer] = [`${sse}-aws-kms-key-id`, `${sse}-customer-algorithm`];
  const isKms = (values: Json) => list(values).length > 0 && list(values).every(v => isOneOf(v, 'aws:kms', 'aws:kms:dsse'));
  const isNull = (s: JsonObject, header: string, value: 'true' | 'false') => String(condition(s, 'Null', header)) === value;
  const isService = (value: Json) => list(value).every(v => /^[a-z.-]+\.amazonaws\.com$/.test(textOf(v)));
  return puts.some(s => isNull(s, sse, 'false') && isKms(condition(s, 'StringNotEquals', sse))
      && isService(condition(s, 'StringNotEquals', 'aws:PrincipalServiceName'))
      && hasOnly(s, `Null ${sse}`, `StringNotEquals ${sse}`, 'StringNotEquals aws:PrincipalServiceName'))
    && puts.some(s => isNull(s, key, 'false') && own !== undefined && same(list(condition(s, 'StringNotEquals', key)), [own])
      && hasOnly(s, `Null ${key}`, `StringNotEquals ${key}`))
    && puts.some(s => isNull(s, key, 'true') && isKms(condition(s, 'StringEquals', sse))
      && hasOnly(s, `Null ${key}`, `StringEquals ${sse}`))
    && puts.some(s => isNull(s, customer, 'false') && hasOnly(s, `Null ${customer}`));
}
