// What images and their repositories are called.
import type { Place } from '../../core/validate';
import { requireMatch } from '../../core/validate';

const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^(?=.{2,256}$)(?:${PART}/)*${PART}$`);
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TOKEN = '\\$\\{Token\\[[^\\]]*\\]\\}';
const URI = new RegExp(`^(\\d{12}|${TOKEN})\\.dkr\\.ecr\\.([a-z0-9-]+|${TOKEN})\\.(?:amazonaws\\.com(?:\\.cn)?|${TOKEN})`
  + `/((?:[a-z0-9._/-]|${TOKEN})+)([@:].+)$`);

/** Refuses a name that is more, or something else, than that of a repository of this account. */
export function checkRepositoryName(at: Place, repositoryName: string | undefined, mend: string): void {
  requireMatch(at, 'repositoryName', repositoryName, REPOSITORY, mend);
}

/** Refuses what is no digest, or none at all. */
export function checkDigest(at: Place, digest: string): void {
  const mend = "give 'sha256:' and 64 hexadecimal digits, as 'docker push' and 'aws ecr describe-images' print them";
  const byTag = TAG.test(digest) ? "; a tag, which may be another image tomorrow, is given by 'PrivateImage.tagged' and a waiver" : '';
  requireMatch(at, 'digest', digest, DIGEST, mend + byTag);
}

/** Refuses what is no tag, or none at all. */
export function checkTag(at: Place, tag: string): void {
  requireMatch(at, 'tag', tag, TAG, 'give up to 128 letters, digits, and any of _ . -, without the colon');
}

/** The parts of an image's URI. */
export interface ImageUri {
  readonly account: string;
  readonly region: string;
  readonly repositoryName: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Reads `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG@sha256:DIGEST`; undefined of what is no image of a private registry. */
export function parseUri(uri: string): ImageUri | undefined {
  const [, account, region, repositoryName, version] = uri.match(URI) ?? [];
  if (version === undefined) { return undefined; }
  const [tag, digest] = version.split('@');
  return { account, region, repositoryName, tag: tag === '' ? undefined : tag.slice(1), digest };
}
