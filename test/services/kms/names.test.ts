import { Lazy } from 'aws-cdk-lib/core';
import { KeyAccess } from '../../../src/foundation/key-access';

test.each(['athena', 'sagemaker-featurestore', 'ec2', Lazy.string({ produce: () => 'a' })])('%s is a service', service => {
  expect(() => KeyAccess.throughService(service)).not.toThrow();
});

test.each(['', '*', 's3*', 's3.eu-west-1.amazonaws.com', 's3.amazonaws.com', 'S3', ' s3'])("'%s' is no service", service => {
  expect(() => KeyAccess.throughService(service)).toThrow(`[KeyAccess.throughService] 'service' is '${service}': give the service's part of 'kms:ViaService' alone`);
});

test.each(['*', 'E*', '', 'arn:aws:cloudfront::111122223333:distribution/E1'])("'%s' is no distribution", id => {
  expect(() => KeyAccess.cloudFront(id)).toThrow(`[KeyAccess.cloudFront] 'distributionId' is '${id}': give the ID of one distribution`);
});

test.each(['events.rds', '*', '*.amazonaws.com', '', 'rds'])("'%s' is no principal of a service", service => {
  expect(() => KeyAccess.publisher(service, 'arn:a')).toThrow(`[KeyAccess.publisher] 'service' is '${service}': give the service's principal`);
});
test('those of China are', () => {
  expect(() => KeyAccess.publisher('events.amazonaws.com.cn', 'arn:a')).not.toThrow();
});
