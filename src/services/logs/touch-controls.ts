// What may be added to a log group: filters, policies and whatever ships its events.
import type { LogPolicy } from './rendered';
import { policiesFor, shipsAway } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isExpected } from '../../core/ours';
import { homeOf, isFromHome, principalsOf } from '../../core/ownership';
import { conditionsOf, deniesPlaintextOnly, isForEveryone, mayTouch, mayTouchAny } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { JsonObject } from '../../core/values';

const LOG_GROUP = ['AWS::Logs::LogGroup'];
const POLICY = 'AWS::Logs::ResourcePolicy';

/** The policies about a log group that can't be read, or have a statement of this kind. */
function policiesWith(r: RenderedResource, t: RenderedTemplate, isWrong: (s: JsonObject) => boolean): RenderedResource[] {
  const breaks = ({ statements }: LogPolicy) => statements === undefined || statements.some(isWrong);
  return policiesFor(r, t).filter(breaks).map(p => p.by);
}

export const LOG_STAYS: Control = {
  id: 'LOG-04',
  title: 'events are shipped to nobody outside the account',
  prevents: 'a copy of the logs, with all that they tell of the account, in the account of somebody else',
  kind: 'default',
  types: LOG_GROUP,
  property: 'AWS::Logs::SubscriptionFilter',
  mend: 'ship events to a function, a stream or a bucket of this account, or waive it where they go to an archive of yours',
  nist: ['AC-4', 'AU-9', 'SC-7'],
  pci: ['10.3.1'],
  holds: () => true,
  breaks: shipsAway,
};

/** What says on whose behalf a service comes. */
const SOURCE = /^aws:Source(Account|Arn|OrgID|OrgPaths|Owner)$/i;

export const LOG_OURS: Control = {
  id: 'LOG-05',
  title: 'policies of CloudWatch Logs let in principals of this account, and AWS services that write for it',
  prevents: 'logs that another account reads, or fills with events of its own',
  kind: 'default',
  types: LOG_GROUP,
  property: POLICY,
  mend: "name principals of this account, and bind services by 'aws:SourceAccount' to it",
  cis: ['2.21'],
  nist: NIST.notPublic,
  pci: ['10.3.1'],
  holds: () => true,
  breaks: (r, t) => policiesWith(r, t, s => {
    if (s.Effect === 'Deny') { return false; }
    const home = homeOf(r, t);
    const principals = principalsOf(s);
    const isStrange = ({ kind, name }: typeof principals[number]) => kind !== 'Service' && !(kind === 'AWS' && isExpected(name, r, home));
    // the CDK lets services write without a condition, and nobody reads by that
    const isForOthers = conditionsOf(s).some(c => SOURCE.test(c.key)) && !isFromHome(s, home);
    return isForEveryone(s) || principals.length === 0 || principals.some(isStrange) || isForOthers;
  }),
};

const CHANGES = [
  'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRetentionPolicy', 'PutLogGroupDeletionProtection',
  'PutSubscriptionFilter', 'DeleteSubscriptionFilter', 'PutMetricFilter', 'DeleteMetricFilter', 'PutDestination', 'PutDestinationPolicy',
  'PutResourcePolicy', 'DeleteResourcePolicy', 'PutAccountPolicy', 'DeleteAccountPolicy', 'AssociateKmsKey', 'DisassociateKmsKey',
  'PutDataProtectionPolicy', 'DeleteDataProtectionPolicy', 'PutTransformer', 'CreateExportTask', 'TagResource', 'UntagResource',
].map(action => `logs:${action}`);

export const LOG_NOBODY_CHANGES: Control = {
  id: 'LOG-06',
  title: 'policies of CloudWatch Logs let nobody delete, change or ship logs',
  prevents: 'an intruder who removes the traces by the right of a policy that nobody reads',
  kind: 'floor',
  types: LOG_GROUP,
  property: POLICY,
  mend: 'allow writing and reading events only: whoever deploys the log group has the rights to change it by IAM',
  nist: [...NIST.leastPrivilege, 'AU-9'],
  pci: ['10.3.2'],
  holds: () => true,
  breaks: (r, t) => policiesWith(r, t, s => s.Effect !== 'Deny' && mayTouchAny(s, CHANGES)),
};

export const LOG_NOBODY_SILENCES: Control = {
  id: 'LOG-07',
  title: 'policies of CloudWatch Logs keep nobody from writing',
  prevents: 'a trail that is silenced by a denial',
  kind: 'floor',
  types: LOG_GROUP,
  property: POLICY,
  mend: 'deny other actions than writing, or plaintext only',
  nist: ['AU-5', 'AU-12'],
  pci: ['10.7.2'],
  holds: () => true,
  breaks: (r, t) => policiesWith(r, t, s => s.Effect === 'Deny' && mayTouch(s, 'logs:CreateLogStream', 'logs:PutLogEvents')
    && !deniesPlaintextOnly(s)),
};
