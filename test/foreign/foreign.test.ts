import { LISTENERS, ACM, ELB, WAF } from './edge';
import { BACKUP, RDS } from './data';
import { ECR, ECS } from './compute';
import { DISAGREEMENTS } from './disagreements';
import { IAM } from './identity';
import { KMS } from './kms';
import { SECURITY_GROUPS, VPCS } from './network';
import { S3 } from './s3';
import { SNS } from './sns';
import { NO_FIXTURE } from './no-fixture';
import { CLOUDTRAIL, CLOUDWATCH, EVENTS, GUARDDUTY, LOGS } from './watching';
import { allControls } from '../../src/assurance/catalogue';

const CASES = [
  ...KMS, ...S3, ...SNS, ...LOGS, ...CLOUDTRAIL, ...CLOUDWATCH, ...GUARDDUTY, ...EVENTS, ...VPCS, ...SECURITY_GROUPS, ...ELB, ...LISTENERS, ...WAF, ...ACM,
  ...RDS, ...BACKUP, ...ECR, ...ECS, ...IAM,
];
const doubled = (all: readonly string[]) => all.filter((one, i) => all.indexOf(one) !== i);
const without = Object.values(NO_FIXTURE).flat();
const judged = (verdict: 'pass' | 'fail') => new Set(CASES.filter(c => c.theirs === verdict).map(c => c.control.id));

test.each(CASES.map(c => [c.key, c] as const))('%s', (key, { theirs, ours }) => {
  expect(key in DISAGREEMENTS ? `not ${theirs}, which is explained` : theirs).toBe(key in DISAGREEMENTS && ours !== theirs ? `not ${theirs}, which is explained` : ours);
});
