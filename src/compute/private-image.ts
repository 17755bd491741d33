import type * as ecr from 'aws-cdk-lib/aws-ecr';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { arn } from '../core/names';
import { fail, requireMatch } from '../core/validate';

/** Where an image is, and who guards it. */
export interface ImageLocation {
  readonly uri: string;
  /** ARN of the repository, which is all that the puller may pull. */
  readonly repositoryArn: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const REPOSITORY = /^(?=.{2,256}$)([a-z0-9]+([._-][a-z0-9]+|__[a-z0-9]+|-+[a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+|__[a-z0-9]+|-+[a-z0-9]+)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$/;
const TOKEN = '\\$\\{Token\\[[^\\]]*\\]\\}';
const URI = new RegExp(`^(\\d{12}|${TOKEN})\\.dkr\\.ecr\\.([a-z0-9-]+|${TOKEN})\\.(amazonaws\\.com(?:\\.cn)?|${TOKEN})/((?:[a-z0-9._/-]|${TOKEN})+)([@:].+)$`);

/**
 * An image in a private ECR repository: the only registry that tasks without a way to the internet can reach, by the VPC
 * endpoints of ECR and S3.
 *
 * Name it by its digest. A tag can be given to another image; a digest is the image.
 */
export class PrivateImage {
  /**
   * An image in a repository of the account and region of the stack.
   *
   * @param repositoryName the repository's name
   * @param digest the image's digest, `sha256:` and 64 hexadecimal digits, as `docker push` prints it
   */
  public static of(repositoryName: string, digest: string): PrivateImage {
    return new PrivateImage(scope => {
      requireMatch(scope, 'repositoryName', repositoryName, REPOSITORY, 'give the name of a repository of this account, without its registry, tag or digest');
      requireDigest(scope, digest);
      return inOwnRegistry(repositoryName, `@${digest}`);
    });
  }

  /**
   * An image in a repository of this app, or an imported one. If it belongs to another account, its policy must let the
   * service's `executionRole` pull.
   *
   * @param repository a repository in the region of the stack
   * @param digest the image's digest, `sha256:` and 64 hexadecimal digits
   */
  public static fromRepository(repository: ecr.IRepository, digest: string): PrivateImage {
    return new PrivateImage(scope => {
      requireDigest(scope, digest);
      requireRegion(scope, repository.node.path, repository.env.region);
      return { uri: repository.repositoryUriForDigest(digest), repositoryArn: repository.repositoryArn };
    });
  }

  /**
   * An image by its tag, which may be another image tomorrow: the service needs a waiver of `ECS-14`, and the repository should
   * have immutable tags, as a `PrivateRepository` has.
   *
   * @param repositoryName name of a repository of the account and region of the stack
   * @param tag the tag
   */
  public static tagged(repositoryName: string, tag: string): PrivateImage {
    return new PrivateImage(scope => {
      requireMatch(scope, 'repositoryName', repositoryName, REPOSITORY, 'give the name of a repository of this account, without its registry, tag or digest');
      requireMatch(scope, 'tag', tag, TAG, 'give up to 128 letters, digits, and any of _ . -, without the colon');
      return inOwnRegistry(repositoryName, `:${tag}`);
    });
  }

  /**
   * An image by its full URI. Its registry must be a private one of ECR, in the region of the stack.
   *
   * @param uri for example `111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/app@sha256:...`
   */
  public static uri(uri: string): PrivateImage {
    return new PrivateImage(scope => {
      const [, account, region, , name, version] = uri.match(URI) ?? [];
      if (!version) {
        fail(scope, `'image' is '${uri}': without a NAT gateway only private repositories of ECR in the region can be pulled, so copy the image to one (a pull-through cache does it) `
          + 'and give ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME@sha256:DIGEST; a URI that is known only at deployment can\'t be checked, use PrivateImage.of or fromRepository');
      }
      requireRegion(scope, uri, region);
      const [tag, digest] = version.split('@');
      if (tag) { requireMatch(scope, 'tag', tag, /^:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$/, 'give up to 128 letters, digits, and any of _ . - after the colon'); }
      if (digest !== undefined) { requireDigest(scope, digest); }
      return { uri, repositoryArn: `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${name}` };
    });
  }

  private constructor(private readonly locate: (scope: IConstruct) => ImageLocation) {
  }

  /**
   * Checks the image for whoever runs it.
   *
   * @internal
   */
  public _locate(scope: IConstruct): ImageLocation {
    return this.locate(scope);
  }
}

function inOwnRegistry(name: string, version: string): ImageLocation {
  return { uri: `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/${name}${version}`, repositoryArn: arn('ecr', `repository/${name}`) };
}

function requireDigest(scope: IConstruct, digest: string): void {
  requireMatch(scope, 'digest', digest, DIGEST, "give 'sha256:' and 64 hexadecimal digits, as 'docker push' and 'aws ecr describe-images' print them");
}

function requireRegion(scope: IConstruct, image: string, region: string): void {
  const own = Stack.of(scope).region;
  if (Token.isUnresolved(own) || Token.isUnresolved(region) || own === region) { return; }
  fail(scope, `'image' is '${image}' in ${region}, but the stack is in ${own}: without a NAT gateway only private repositories of ECR in the region can be pulled, so replicate the repository to ${own}`);
}
