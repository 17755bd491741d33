// The hardened values of a certificate.
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { Arn, ArnFormat, Token } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { fail, requireMatch } from '../../core/validate';

/** The name that a certificate is for, and the hosted zone that it is in. */
export interface CertificateOptions {
  readonly domainName: string;
  readonly hostedZoneId: string;
  readonly zoneName: string;
}

/** A certificate of one name, validated by a record in its zone, whose key stays in ACM. */
export function certificate({ domainName, hostedZoneId }: CertificateOptions) {
  return {
    domainName,
    subjectAlternativeNames: undefined,
    validationMethod: 'DNS',
    domainValidationOptions: [{ domainName, hostedZoneId }],
    keyAlgorithm: 'EC_prime256v1',
    certificateTransparencyLoggingPreference: 'ENABLED',
    certificateExport: undefined,
  } satisfies acm.CfnCertificateProps;
}

/**
 * Refuses a name that ACM refuses or that is not in its zone. What is left out in JavaScript counts as empty.
 *
 * @param zone the prop that names the zone
 */
export function checkDomain(at: Place, zone: string, options: Partial<CertificateOptions>): void {
  const { domainName = '', hostedZoneId = '', zoneName = '' } = options;
  const name = /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]$/;
  requireMatch(at, 'domain.domainName', domainName, name,
    'give one domain name in lower case of up to 64 characters, without wildcard and without dot at the end');
  requireMatch(at, `${zone}.zoneName`, zoneName, /^(?!.*\.$)[a-z0-9.-]+$/,
    'give the name of the hosted zone in lower case, without dot at the end');
  requireMatch(at, `${zone}.hostedZoneId`, hostedZoneId, /^[A-Z0-9]{1,32}$/,
    "give the ID of the hosted zone without '/hostedzone/', for example 'Z0123456789ABC'");
  if (!Token.isUnresolved(domainName) && !Token.isUnresolved(zoneName) && domainName !== zoneName && !domainName.endsWith(`.${zoneName}`)) {
    fail(at, `'domain.domainName' is '${domainName}', which is not in the zone '${zoneName}': give the zone that the name is in`);
  }
}

/** Refuses a certificate that a load balancer of this region can't use: of another region, or not of ACM. */
export function checkCertificate(at: Place, given: acm.ICertificate, region: string): void {
  const text = given.certificateArn;
  const parts = Token.isUnresolved(text) ? undefined : Arn.split(text, ArnFormat.SLASH_RESOURCE_NAME);
  if (parts && parts.service !== 'acm') {
    fail(at, `'certificate' is '${text}', which is not of ACM: import it there, so that its expiry is watched`);
  }
  const home = parts?.region ?? given.env.region;
  if (!Token.isUnresolved(home) && !Token.isUnresolved(region) && home !== region) {
    fail(at, `'certificate' is of ${home}, but the load balancer is in ${region}: give a certificate of ${region}`);
  }
}
