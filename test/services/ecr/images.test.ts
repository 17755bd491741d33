import { Aws } from 'aws-cdk-lib/core';
import { checkDigest, checkRepositoryName, checkTag, parseUri } from '../../../src/services/ecr/images';

const AT = { node: { path: 'Stack/App' } };
const DIGEST = `sha256:${'a1'.repeat(32)}`;

test.each(['a/b/c', 'app', 'my-app_1.x', 'a--b', 'a__b', undefined])('%s is a name', name => {
  expect(() => checkRepositoryName(AT, name, 'mend')).not.toThrow();
});

test.each(['App', 'app:v1', 'a', 'a..b', '-app', 'app/', 'a'.repeat(257)])("'%s' is no name", name => {
  expect(() => checkRepositoryName(AT, name, 'mend')).toThrow(`[Stack/App] 'repositoryName' is '${name}': mend`);
});

test('digests', () => {
  expect(() => checkDigest(AT, DIGEST)).not.toThrow();
  expect(() => checkDigest(AT, DIGEST.slice(0, -1))).toThrow("[Stack/App] 'digest' is 'sha256:");
  expect(() => checkDigest(AT, DIGEST.toUpperCase())).toThrow("'digest' is");
  expect(() => checkDigest(AT, DIGEST.slice(0, -1))).not.toThrow('PrivateImage.tagged');
  expect(() => checkDigest(AT, 'v1.2')).toThrow(/^\[Stack\/App\] 'digest' is 'v1\.2': .*; a tag, .* 'PrivateImage\.tagged' and a waiver$/);
});

test('tags', () => {
  expect(() => checkTag(AT, 'v1.2_a-b')).not.toThrow();
  expect(() => checkTag(AT, ':v1')).toThrow("[Stack/App] 'tag' is ':v1'");
  expect(() => checkTag(AT, '')).toThrow("[Stack/App] 'tag' is ''");
});

test('reads the URI of an image', () => {
  const registry = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
  const there = { account: '111122223333', region: 'eu-central-1', repositoryName: 'team/app' };
  expect(parseUri(`${registry}/team/app@${DIGEST}`)).toEqual({ ...there, digest: DIGEST });
  expect(parseUri(`${registry}/team/app:v1@${DIGEST}`)).toEqual({ ...there, tag: 'v1', digest: DIGEST });
  expect(parseUri(`${registry}.cn/team/app:v1`)).toEqual({ ...there, tag: 'v1' });
  expect(parseUri(`${registry}/team/app:`)).toBeUndefined();
  expect(parseUri(`${registry}/team/app`)).toBeUndefined();
  expect(parseUri('nginx:1.29')).toBeUndefined();
  expect(parseUri(`${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/app:v1`)).toEqual({ account: Aws.ACCOUNT_ID, region: Aws.REGION, repositoryName: 'app', tag: 'v1' });
});
