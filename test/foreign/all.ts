// Every case, of every service.
import { ECR, ECS } from './compute';
import { BACKUP, GENERAL, RDS } from './data';
import { ACM, ELB, LISTENERS, WAF } from './edge';
import { IAM } from './identity';
import { KMS } from './kms';
import { SECURITY_GROUPS, VPCS } from './network';
import { S3 } from './s3';
import { SNS } from './sns';
import { CLOUDTRAIL, CLOUDWATCH, EVENTS, GUARDDUTY, LOGS } from './watching';

export const CASES = [
  ...KMS, ...S3, ...SNS, ...LOGS, ...CLOUDTRAIL, ...CLOUDWATCH, ...GUARDDUTY, ...EVENTS, ...GENERAL, ...VPCS, ...SECURITY_GROUPS,
  ...ELB, ...LISTENERS, ...WAF, ...ACM, ...RDS, ...BACKUP, ...ECR, ...ECS, ...IAM,
];
