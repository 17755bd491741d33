// What must hold of a certificate.
import { KEY_ALGORITHMS } from './facts';
import type { Control } from '../../core/control';
import { at, isGiven, isOneOf, list, mayBe, same } from '../../core/values';

const CERTIFICATE = ['AWS::CertificateManager::Certificate'];

export const ACM_KEY_ALGORITHM: Control = {
  id: 'ACM-01',
  title: "the certificate's key is RSA of 2048 bits or more, or on a NIST curve",
  prevents: 'a key that can be factored',
  kind: 'floor',
  types: CERTIFICATE,
  property: 'KeyAlgorithm',
  mend: 'leave the key algorithm',
  fsbp: ['ACM.2'],
  holds: r => isOneOf(r.properties.KeyAlgorithm, ...KEY_ALGORITHMS),
};

export const ACM_DNS_VALIDATION: Control = {
  id: 'ACM-02',
  title: 'the certificate is validated, and renewed, by DNS records in the hosted zone',
  prevents: 'a certificate that expires because nobody answers an e-mail, and a deployment that waits for one',
  kind: 'floor',
  types: CERTIFICATE,
  property: 'ValidationMethod',
  mend: 'leave the validation by DNS and give the hosted zone',
  fsbp: ['ACM.1'],
  holds: r => {
    const options = list(r.properties.DomainValidationOptions);
    const names = [r.properties.DomainName, ...list(r.properties.SubjectAlternativeNames)];
    return isOneOf(r.properties.ValidationMethod, 'DNS')
      && names.every(n => options.some(o => same(at(o, 'DomainName'), n) && isGiven(at(o, 'HostedZoneId'))));
  },
};

export const ACM_TRANSPARENCY: Control = {
  id: 'ACM-03',
  title: 'the certificate is in the public transparency logs',
  prevents: 'browsers that refuse it, and forged certificates that nobody notices',
  kind: 'floor',
  types: CERTIFICATE,
  property: 'CertificateTransparencyLoggingPreference',
  mend: 'leave transparency logging enabled',
  nist: ['SC-17'],
  holds: r => isOneOf(r.properties.CertificateTransparencyLoggingPreference, 'ENABLED'),
};

export const ACM_NO_WILDCARD: Control = {
  id: 'ACM-04',
  title: 'the certificate names its hosts, without wildcards, and its key stays in ACM',
  prevents: 'that who steals one key passes for every host of the domain',
  kind: 'floor',
  types: CERTIFICATE,
  property: 'DomainName',
  mend: 'name each host and leave the export of the key off',
  nist: ['SC-12'],
  holds: r => isGiven(r.properties.DomainName) && !mayBe(r.properties.CertificateExport, 'ENABLED')
    && [r.properties.DomainName, ...list(r.properties.SubjectAlternativeNames)].every(n => typeof n !== 'string' || !n.includes('*')),
};
