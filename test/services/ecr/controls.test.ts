import * as controls from '../../../src/services/ecr/controls';
import { provePredicate } from '../../support/predicate';

const REPOSITORY = {
  Repo: {
    Type: 'AWS::ECR::Repository',
    Properties: {
      ImageTagMutability: 'IMMUTABLE',
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      LifecyclePolicy: { LifecyclePolicyText: '{"rules":[{"rulePriority":1,"selection":{"tagStatus": "untagged"},"action":{"type":"expire"}}]}' },
      ImageScanningConfiguration: { ScanOnPush: true },
      RepositoryPolicyText: { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'ecr:BatchGetImage' }] },
    },
  },
};

provePredicate(controls.ECR_IMMUTABLE, REPOSITORY, {
  'tags can be moved': r => { r.Repo.Properties.ImageTagMutability = 'MUTABLE'; },
  'some tags can be moved': r => { r.Repo.Properties.ImageTagMutability = 'IMMUTABLE_WITH_EXCLUSION'; },
  'nothing is said': r => { delete r.Repo.Properties.ImageTagMutability; },
});
provePredicate(controls.ECR_CMK, REPOSITORY, {
  'S3 keeps the keys': r => { r.Repo.Properties.EncryptionConfiguration.EncryptionType = 'AES256'; },
  'the key is that of AWS': r => { delete r.Repo.Properties.EncryptionConfiguration.KmsKey; },
  'nothing is said': r => { delete r.Repo.Properties.EncryptionConfiguration; },
});
provePredicate(controls.ECR_LIFECYCLE, REPOSITORY, {
  'only tagged images expire': r => { r.Repo.Properties.LifecyclePolicy.LifecyclePolicyText = '{"rules":[{"selection":{"tagStatus":"tagged"}}]}'; },
  'there is no policy': r => { delete r.Repo.Properties.LifecyclePolicy; },
});
provePredicate(controls.ECR_NOT_PUBLIC, REPOSITORY, {
  'everyone pulls': r => { r.Repo.Properties.RepositoryPolicyText.Statement[0].Principal = '*'; },
  'everyone pulls, by a policy that is a text': r => {
    r.Repo.Properties.RepositoryPolicyText = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }] });
  },
  'everyone with an account pulls': r => { r.Repo.Properties.RepositoryPolicyText.Statement[0].Principal.AWS = '*'; },
});
provePredicate(controls.ECR_SCAN_ON_PUSH, REPOSITORY, {
  'it is off': r => { r.Repo.Properties.ImageScanningConfiguration.ScanOnPush = false; },
  'it is not said': r => { delete r.Repo.Properties.ImageScanningConfiguration; },
});
