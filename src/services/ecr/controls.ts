// What must hold of a repository.
import { lifecycleRules } from './rendered';
import type { Control } from '../../core/control';
import { parsed } from '../../core/embedded';
import { isForEveryone, statements } from '../../core/policies';
import { at, isGiven, isOneOf, isTrue } from '../../core/values';

const REPOSITORY = ['AWS::ECR::Repository'];

export const ECR_IMMUTABLE: Control = {
  id: 'ECS-15',
  title: 'a tag always names the image that it was first given to',
  prevents: 'an image that is swapped under its tag',
  kind: 'floor',
  types: REPOSITORY,
  property: 'ImageTagMutability',
  mend: 'leave tags immutable',
  fsbp: ['ECR.2'],
  holds: r => r.properties.ImageTagMutability === 'IMMUTABLE',
};

export const ECR_CMK: Control = {
  id: 'ECS-15b',
  title: 'images are encrypted with a customer managed key',
  prevents: 'images whose use no key policy guards',
  kind: 'floor',
  types: REPOSITORY,
  property: 'EncryptionConfiguration',
  mend: 'keep the encryption key',
  fsbp: ['ECR.5'],
  holds: r => at(r.properties.EncryptionConfiguration, 'EncryptionType') === 'KMS'
    && isGiven(at(r.properties.EncryptionConfiguration, 'KmsKey')),
};

export const ECR_LIFECYCLE: Control = {
  id: 'ECS-15c',
  title: 'images that no tag names expire',
  prevents: 'old images with known vulnerabilities that nobody remembers',
  kind: 'default',
  types: REPOSITORY,
  property: 'LifecyclePolicy',
  mend: 'keep the lifecycle policy',
  fsbp: ['ECR.3'],
  holds: r => lifecycleRules(r.properties.LifecyclePolicy)
    .some(rule => isOneOf(at(rule, 'selection', 'tagStatus'), 'untagged', 'any') && at(rule, 'action', 'type') === 'expire'),
};

export const ECR_NOT_PUBLIC: Control = {
  id: 'ECS-15d',
  title: 'the repository policy allows nothing to everyone',
  prevents: 'images that any account can pull or push',
  kind: 'floor',
  types: REPOSITORY,
  property: 'RepositoryPolicyText',
  mend: 'name principals',
  holds: r => statements(parsed(r.properties.RepositoryPolicyText)).every(s => s.Effect === 'Deny' || !isForEveryone(s)),
};

export const ECR_SCAN_ON_PUSH: Control = {
  id: 'ECS-16b',
  title: 'an image is scanned when it is pushed',
  prevents: 'known vulnerabilities that come in unseen where the registry does not scan continuously',
  kind: 'floor',
  types: REPOSITORY,
  property: 'ImageScanningConfiguration',
  mend: 'leave scanning on push on',
  fsbp: ['ECR.1'],
  pci: ['6.2.3', '6.2.4'],
  holds: r => isTrue(at(r.properties.ImageScanningConfiguration, 'ScanOnPush')),
};
