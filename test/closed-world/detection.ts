// What is added to GuardDuty and to the rule that tells of its findings.
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type { Stack } from 'aws-cdk-lib/core';
import { Cases, casesOf } from './harness';
import { added, FOREIGN, override } from './touch';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

/** A filter that archives every finding. */
export function archivesAll(scope: Stack, { application: { detection } }: ThreeTierSecureStack): void {
  new guardduty.CfnFilter(scope, 'ArchivesAll', {
    detectorId: detection!.detectorId, name: 'ArchivesAll', action: 'ARCHIVE', rank: 1, description: 'quiet', findingCriteria: { criterion: { severity: { gte: 0 } } },
  });
}

const trustedSet = added((scope, { application: { detection } }) => new guardduty.CfnTrustedEntitySet(scope, 'Trusted',
  { detectorId: detection!.detectorId, name: 'Trusted', activate: true, format: 'TXT', location: 's3://lists-of-somebody/trusted.txt' }));

const RULE = 'Detection/SevereFindings/Notification';

const CASES: Cases = {
  'GuardDuty: a filter archives findings of every severity': { 'in the stack': added(archivesAll)['in the stack'] },
  'GuardDuty: a list of trusted addresses': {
    ...added((scope, { application: { detection } }) => new guardduty.CfnIPSet(scope, 'Trusted',
      { detectorId: detection!.detectorId, name: 'Trusted', activate: true, format: 'TXT', location: 's3://lists-of-somebody/trusted.txt' })),
    'as a set of entities, in the stack': trustedSet['in the stack'],
    'as a set of entities, in a second stack': trustedSet['in a second stack'],
  },
  'GuardDuty: data sources of the old kind are disabled': {
    'by an override': override('Detection', detector => detector.addPropertyOverride('DataSources.S3Logs.Enable', false)),
    'by an override, all of them': override('Detection', detector => detector.addPropertyOverride('DataSources', {
      S3Logs: { Enable: false },
      Kubernetes: { AuditLogs: { Enable: false } },
      MalwareProtection: { ScanEc2InstanceWithFindings: { EbsVolumes: false } },
    })),
  },
  'rule of findings: of another account only': {
    'by an override': override(RULE, rule => rule.addPropertyOverride('EventPattern.account', [FOREIGN])),
    'by an override, in the detail': override(RULE, rule => rule.addPropertyOverride('EventPattern.detail.accountId', [FOREIGN])),
  },
  'rule of findings: of one kind only': {
    'by an override': override(RULE, rule => rule.addPropertyOverride('EventPattern.detail.type', ['CryptoCurrency:EC2/BitcoinTool.B'])),
    'by an override, of one resource': override(RULE, rule => rule.addPropertyOverride('EventPattern.detail.resource.resourceType', ['S3Bucket'])),
  },
};

export const DETECTION = casesOf('detection', CASES);
