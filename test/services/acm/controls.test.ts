import * as controls from '../../../src/services/acm/controls';
import { provePredicate } from '../../support/predicate';

const CERTIFICATE = {
  Certificate: {
    Type: 'AWS::CertificateManager::Certificate',
    Properties: {
      DomainName: 'app.example.com',
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'app.example.com', HostedZoneId: 'Z1' }],
      KeyAlgorithm: 'EC_prime256v1',
      CertificateTransparencyLoggingPreference: 'ENABLED',
    },
  },
};

provePredicate(controls.ACM_KEY_ALGORITHM, CERTIFICATE, {
  'the key is short': r => { r.Certificate.Properties.KeyAlgorithm = 'RSA_1024'; },
  'it is not said': r => { delete r.Certificate.Properties.KeyAlgorithm; },
});
provePredicate(controls.ACM_DNS_VALIDATION, CERTIFICATE, {
  'it is by e-mail': r => { r.Certificate.Properties.ValidationMethod = 'EMAIL'; },
  'there is no zone': r => { delete r.Certificate.Properties.DomainValidationOptions[0].HostedZoneId; },
  'a name has no zone': r => { r.Certificate.Properties.SubjectAlternativeNames = ['www.example.com']; },
  'there are no options': r => { delete r.Certificate.Properties.DomainValidationOptions; },
});
provePredicate(controls.ACM_TRANSPARENCY, CERTIFICATE, {
  'it is disabled': r => { r.Certificate.Properties.CertificateTransparencyLoggingPreference = 'DISABLED'; },
  'it is not said': r => { delete r.Certificate.Properties.CertificateTransparencyLoggingPreference; },
});
provePredicate(controls.ACM_NO_WILDCARD, CERTIFICATE, {
  'the name is a wildcard': r => { r.Certificate.Properties.DomainName = '*.example.com'; },
  'another name is a wildcard': r => { r.Certificate.Properties.SubjectAlternativeNames = ['*.example.com']; },
  'the key can be exported': r => { r.Certificate.Properties.CertificateExport = 'ENABLED'; },
  'there is no name': r => { delete r.Certificate.Properties.DomainName; },
});
