import * as ecr from 'aws-cdk-lib/aws-ecr';
import { Aws, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { beside, DIGEST } from './fixtures';
import { PrivateImage } from '../../src/compute/private-image';
import { newStack } from '../support/prove';

const HERE = { env: { account: '111122223333', region: 'eu-central-1' } };
const locate = (image: PrivateImage, stack: Stack = newStack()) => stack.resolve(image._locate(stack, stack));
const own = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:repository/${resource}`]] });
const registry = (rest: string) => ({ 'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, `/${rest}`]] });

test('of: a repository of this account, region and partition', () => {
  expect(locate(PrivateImage.of('team/app', DIGEST))).toEqual({ uri: registry(`team/app@${DIGEST}`), repositoryArn: own('team/app') });
});

test('tagged: as of, by the tag', () => {
  expect(locate(PrivateImage.tagged('app', 'v1.2'))).toEqual({ uri: registry('app:v1.2'), repositoryArn: own('app') });
});

test.each([
  ['an upper-case name', PrivateImage.of('App', DIGEST), /^\[Test\] 'repositoryName' is 'App'/],
  ['a name with a tag', PrivateImage.of('app:v1', DIGEST), /'repositoryName' is 'app:v1'/],
  ['a registry before the name', PrivateImage.tagged('https://x/app', 'v1'), /'repositoryName'/],
  ['a digest that is none', PrivateImage.of('app', 'v1'), /^\[Test\] 'digest' is 'v1': give 'sha256:' and 64 hexadecimal digits/],
  ['a tag for a digest', PrivateImage.of('app', 'latest'), /^\[Test\] 'digest' is 'latest': give 'sha256:' .*; a tag, which may be another image tomorrow, is given by 'PrivateImage\.tagged' and a waiver$/],
  ['a digest in capitals', PrivateImage.of('app', DIGEST.toUpperCase()), /'digest' is/],
  ['a tag with its colon', PrivateImage.tagged('app', ':v1'), /^\[Test\] 'tag' is ':v1'/],
])('refuses %s', (_name, image, message) => {
  expect(() => locate(image)).toThrow(message);
});

test.each(['a/b/c', 'app', 'my-app_1.x', 'a--b', 'a__b'])('takes the repository %s', name => {
  expect(() => locate(PrivateImage.of(name, DIGEST))).not.toThrow();
});

test('takes tokens', () => {
  const stack = newStack();
  const value = (id: string) => new CfnParameter(stack, id).valueAsString;
  expect(JSON.stringify(locate(PrivateImage.of(value('Name'), value('Digest')), stack).uri)).toContain('{"Ref":"Name"},"@",{"Ref":"Digest"}');
  expect(JSON.stringify(locate(PrivateImage.tagged('app', value('Tag')), stack).uri)).toContain('/app:",{"Ref":"Tag"}');
});

describe('fromRepository', () => {
  test('names the image in its own registry', () => {
    const stack = newStack();
    const repository = ecr.Repository.fromRepositoryArn(stack, 'Repo', 'arn:aws:ecr:eu-central-1:444455556666:repository/app');
    expect(JSON.stringify(locate(PrivateImage.fromRepository(repository, DIGEST), stack))).toContain('444455556666.dkr.ecr.eu-central-1.');
  });

  test('refuses a wrong digest', () => {
    const stack = newStack();
    expect(() => locate(PrivateImage.fromRepository(new ecr.Repository(stack, 'Repo'), 'latest'), stack)).toThrow(/'digest' is 'latest'/);
  });

  test('refuses a repository of another region', () => {
    const stack = newStack({}, HERE);
    const far = new ecr.Repository(beside(stack, 'Far', { env: { ...HERE.env, region: 'eu-west-1' } }), 'Repo', { repositoryName: 'app' });
    expect(() => locate(PrivateImage.fromRepository(far, DIGEST), stack)).toThrow(/^\[Test\] 'image' is 'Far\/Repo' in eu-west-1, but the stack is in eu-central-1/);
  });
});

describe('uri', () => {
  test.each([
    `111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/app@${DIGEST}`,
    `111122223333.dkr.ecr.eu-central-1.amazonaws.com/app:v1@${DIGEST}`,
    '111122223333.dkr.ecr.eu-central-1.amazonaws.com/app:v1',
  ])('takes %s', uri => {
    const { repositoryArn } = locate(PrivateImage.uri(uri), newStack({}, HERE));
    expect(JSON.stringify(repositoryArn)).toMatch(/:ecr:eu-central-1:111122223333:repository\/(team\/)?app"/);
  });

  test('takes one of pseudo parameters and of a repository', () => {
    const stack = newStack();
    expect(locate(PrivateImage.uri(`${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/app@${DIGEST}`), stack).repositoryArn).toEqual(own('app'));
    const repository = new ecr.Repository(stack, 'Repo');
    expect(() => locate(PrivateImage.uri(repository.repositoryUriForDigest(DIGEST)), stack)).not.toThrow();
  });

  test.each([
    'nginx', 'nginx:1.29', 'public.ecr.aws/nginx/nginx:1.29', 'ghcr.io/a/b:1', 'quay.io/a/b@' + DIGEST,
    '111122223333.dkr.ecr.eu-central-1.amazonaws.com/app',
    '111122223333.dkr.ecr.eu-central-1.amazonaws.com.example.org/app:v1',
  ])('refuses %s', uri => {
    expect(() => locate(PrivateImage.uri(uri))).toThrow(`[Test] 'image' is '${uri}': without a NAT gateway only private repositories of ECR in the region can be pulled`);
  });

  test('refuses another region', () => {
    const uri = `111122223333.dkr.ecr.us-east-1.amazonaws.com/app@${DIGEST}`;
    expect(() => locate(PrivateImage.uri(uri), newStack({}, HERE))).toThrow(/in us-east-1, but the stack is in eu-central-1/);
    expect(() => locate(PrivateImage.uri(uri))).not.toThrow();
  });

  test('refuses a wrong digest and a wrong tag', () => {
    expect(() => locate(PrivateImage.uri('111122223333.dkr.ecr.eu-central-1.amazonaws.com/app@sha256:1'))).toThrow(/'digest' is 'sha256:1'/);
    expect(() => locate(PrivateImage.uri('111122223333.dkr.ecr.eu-central-1.amazonaws.com/app:a b'))).toThrow(/'tag' is 'a b'/);
  });

  test('refuses one that is known at deployment only', () => {
    const stack = newStack();
    expect(() => locate(PrivateImage.uri(new CfnParameter(stack, 'Image').valueAsString), stack)).toThrow(/known only at deployment can't be checked, use PrivateImage.of/);
  });
});

test('says whose the registry is, if it is of another account or nobody knows', () => {
  const stack = new Stack(undefined, 'Here', HERE);
  const stranger = (image: PrivateImage) => image._locate(stack, stack).stranger;
  const uri = (account: string) => PrivateImage.uri(`${account}.dkr.ecr.eu-central-1.amazonaws.com/app@${DIGEST}`);
  const repository = (id: string, repositoryArn: string) =>
    PrivateImage.fromRepository(ecr.Repository.fromRepositoryAttributes(stack, id, { repositoryName: 'app', repositoryArn }), DIGEST);
  expect(stranger(PrivateImage.of('app', DIGEST))).toBeUndefined();
  expect(stranger(uri('111122223333'))).toBeUndefined();
  expect(stranger(uri('444455556666'))).toBe('444455556666');
  expect(stranger(PrivateImage.fromRepository(new ecr.Repository(stack, 'Own'), DIGEST))).toBeUndefined();
  expect(stranger(repository('Theirs', 'arn:aws:ecr:eu-central-1:444455556666:repository/app'))).toBe('444455556666');
  expect(stranger(repository('Unknown', new CfnParameter(stack, 'Arn').valueAsString))).toContain('.dkr.ecr.');
});
