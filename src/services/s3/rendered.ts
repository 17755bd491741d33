// A rendered bucket, and what its policy says: questions of its controls.
import { conditionsOf, hasActions, isForEveryone, condition, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, contains, functionOf, isObject, isOneOf, list, mentions, numberOf, same, textOf } from '../../core/values';

/** The encryption of objects that say nothing of it. */
export function encryptionRule(r: RenderedResource): Json {
  return list(at(r.properties.BucketEncryption, 'ServerSideEncryptionConfiguration'))[0];
}

/** The statements of the bucket's policy. */
export function policy(r: RenderedResource, t: RenderedTemplate): JsonObject[] {
  return t.referring('AWS::S3::BucketPolicy', 'Bucket', r.logicalId).flatMap(p => statements(p.properties.PolicyDocument));
}

/** What the bucket's policy denies to everyone. */
export function denies(r: RenderedResource, t: RenderedTemplate): JsonObject[] {
  return policy(r, t).filter(s => s.Effect === 'Deny' && isForEveryone(s));
}

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

/** A number that is at least this, or that only CloudFormation knows. */
export function atLeast(value: Json, least: number): boolean {
  return functionOf(value) !== undefined || numberOf(value) >= least;
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

/** Nobody is excepted, or principals by ARN, and not by `*`. */
export function excepts(s: JsonObject): boolean {
  return s.Condition === undefined || (conditionsOf(s).length === 1
    && conditionsOf(s).every(c => c.operator === 'ArnNotLike' && c.key === 'aws:PrincipalArn' && list(c.value).every(p => p !== '*')));
}

/** The policy denies objects under another key than this. */
export function guardsWrites(puts: JsonObject[], own: Json): boolean {
  const sse = 's3:x-amz-server-side-encryption';
  const key = `${sse}-aws-kms-key-id`;
  const isKms = (values: Json) => list(values).length > 0 && list(values).every(v => isOneOf(v, 'aws:kms', 'aws:kms:dsse'));
  const isNull = (s: JsonObject, header: string) => condition(s, 'Null', header) === undefined ? undefined
    : String(condition(s, 'Null', header));
  return puts.some(s => isNull(s, sse) === 'false' && isKms(condition(s, 'StringNotEquals', sse)))
    && puts.some(s => isNull(s, key) === 'false' && own !== undefined && same(list(condition(s, 'StringNotEquals', key)), [own]))
    && puts.some(s => isNull(s, key) === 'true' && isKms(condition(s, 'StringEquals', sse)))
    && puts.some(s => isNull(s, `${sse}-customer-algorithm`) === 'false');
}
