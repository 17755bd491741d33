import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { KEY_ALGORITHMS } from '../../../src/services/acm/facts';

test('the key algorithms are those of the CDK', () => {
  const { RSA_2048, EC_PRIME256V1, EC_SECP384R1 } = acm.KeyAlgorithm;
  expect(KEY_ALGORITHMS).toEqual(expect.arrayContaining([RSA_2048, EC_PRIME256V1, EC_SECP384R1].map(a => a.name)));
  expect(KEY_ALGORITHMS).not.toContain('RSA_1024');
});
