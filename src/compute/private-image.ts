import type * as ecr from 'aws-cdk-lib/aws-ecr';
import { Arn, ArnFormat, Aws, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { checkCall } from '../core/arguments';
import { arn } from '../core/names';
import type { Place } from '../core/validate';
import { fail } from '../core/validate';
import { checkDigest, checkRepositoryName, checkTag, parseUri } from '../services/ecr/images';

/** Where an image is, and who guards it. */
export interface ImageLocation {
  readonly uri: string;
  /** ARN of the repository, which is all that the puller may pull. */
  readonly repositoryArn: string;
  /** The account of the registry, or the image, if the registry is another account's or nobody knows whose. */
  readonly stranger?: string;
}

const OWN_NAME = 'give the name of a repository of this account, without its registry, tag or digest';

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
    checkCall('PrivateImage.of', undefined, repositoryName, digest);
    return new PrivateImage(at => {
      checkRepositoryName(at, repositoryName, OWN_NAME);
      checkDigest(at, digest);
      return inOwnRegistry(repositoryName, `@${digest}`);
    });
  }

  /**
   * An image in a repository of this app, or an imported one. If it belongs to another account, its policy must let the
   * service's `executionRole` pull.
   *
   * @param repository a repository in the region of the stack, for example a `PrivateRepository`
   * @param digest the image's digest, `sha256:` and 64 hexadecimal digits
   */
  public static fromRepository(repository: ecr.IRepository, digest: string): PrivateImage {
    checkCall('PrivateImage.fromRepository', undefined, repository, digest);
    return new PrivateImage((at, scope) => {
      checkDigest(at, digest);
      requireRegion(at, scope, repository.node.path, repository.env.region);
      const uri = repository.repositoryUriForDigest(digest);
      return { uri, repositoryArn: repository.repositoryArn, stranger: strangerOf(scope, ownerOf(repository), uri) };
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
    checkCall('PrivateImage.tagged', undefined, repositoryName, tag);
    return new PrivateImage(at => {
      checkRepositoryName(at, repositoryName, OWN_NAME);
      checkTag(at, tag);
      return inOwnRegistry(repositoryName, `:${tag}`);
    });
  }

  /**
   * An image by its full URI. Its registry must be a private one of ECR, in the region of the stack.
   *
   * @param uri for example `111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/app@sha256:...`
   */
  public static uri(uri: string): PrivateImage {
    checkCall('PrivateImage.uri', undefined, uri);
    return new PrivateImage((at, scope) => {
      const image = parseUri(uri) ?? fail(at, `'image' is '${uri}': without a NAT gateway only private repositories of ECR in the region `
        + 'can be pulled, so copy the image to one (a pull-through cache does it) and give '
        + "ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME@sha256:DIGEST; a URI that is known only at deployment can't be checked, "
        + 'use PrivateImage.of or fromRepository');
      requireRegion(at, scope, uri, image.region);
      if (image.tag !== undefined) { checkTag(at, image.tag); }
      if (image.digest !== undefined) { checkDigest(at, image.digest); }
      return {
        uri,
        repositoryArn: `arn:${Aws.PARTITION}:ecr:${image.region}:${image.account}:repository/${image.repositoryName}`,
        stranger: strangerOf(scope, image.account, uri),
      };
    });
  }

  private constructor(private readonly locate: (at: Place, scope: IConstruct) => ImageLocation) {
  }

  /**
   * Checks the image for whoever runs it.
   *
   * @param at who runs it
   * @param scope what is there of him already, so that his stack is known
   *
   * @internal
   */
  public _locate(at: Place, scope: IConstruct): ImageLocation {
    return this.locate(at, scope);
  }
}

function inOwnRegistry(name: string, version: string): ImageLocation {
  const registry = `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  return { uri: `${registry}/${name}${version}`, repositoryArn: arn('ecr', `repository/${name}`) };
}

/** The account of a repository. The CDK takes an imported one for the stack's, whatever its ARN says. */
function ownerOf(repository: ecr.IRepository): string | undefined {
  if (repository.node.defaultChild !== undefined) { return repository.env.account; }
  const { repositoryArn: text } = repository;
  return text.startsWith('arn:') ? Arn.split(text, ArnFormat.SLASH_RESOURCE_NAME).account : undefined;
}

/** Whose registry it is, if not that of the scope; the image itself, where only the deployment knows. */
function strangerOf(scope: IConstruct, account: string | undefined, uri: string): string | undefined {
  if (account === Stack.of(scope).account) { return undefined; }
  return account === undefined || Token.isUnresolved(account) ? uri : account;
}

function requireRegion(at: Place, scope: IConstruct, image: string, region: string): void {
  const own = Stack.of(scope).region;
  if (Token.isUnresolved(own) || Token.isUnresolved(region) || own === region) { return; }
  fail(at, `'image' is '${image}' in ${region}, but the stack is in ${own}: without a NAT gateway only private repositories of ECR `
    + `in the region can be pulled, so replicate the repository to ${own}`);
}
