// What may be added to a detector: filters, lists, destinations and administrators.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isAdmitted } from '../../core/ours';
import { homeOf, isOwnAccount } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isOneOf, list, numberOf } from '../../core/values';

const DETECTOR = 'AWS::GuardDuty::Detector';
const DESTINATION = 'AWS::GuardDuty::PublishingDestination';
/** The detector, and the rule that notifies of the findings of one that exists. */
const TYPES = [DETECTOR, 'AWS::Events::Rule'];

/** The types of GuardDuty that are known here. */
const KNOWN_TYPES = [
  'Detector', 'Filter', 'IPSet', 'Master', 'Member', 'PublishingDestination', 'MalwareProtectionPlan', 'ThreatEntitySet', 'ThreatIntelSet',
  'TrustedEntitySet',
].map(type => `AWS::GuardDuty::${type}`);

/** What is added to the detector of the region, by whatever ID it calls it: there is one only. */
function added(type: string, r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const isOther = ({ properties }: RenderedResource) => {
    const detector = t.target(DETECTOR, properties.DetectorId);
    return detector !== undefined && r.type === DETECTOR && detector.logicalId !== r.logicalId;
  };
  return t.resourcesOf(`AWS::GuardDuty::${type}`).filter(a => t.areNear(a, r) && !isOther(a));
}

/** From where on GuardDuty calls a finding high. */
const HIGH = 7;

/** Whether a filter is certainly for findings below the severity that is high. */
function isOfLowSeverity({ properties }: RenderedResource): boolean {
  const severity = at(properties.FindingCriteria, 'Criterion', 'severity') ?? at(properties.FindingCriteria, 'Criterion', 'Severity');
  const bound = (...names: string[]) => [...names, ...names.map(n => n.charAt(0).toLowerCase() + n.slice(1))]
    .map(name => at(severity, name)).filter(isGiven);
  const isBelow = (value: Json) => list(value).length > 0 && list(value).every(v => numberOf(v) < HIGH);
  return bound('Lt', 'LessThan').some(v => numberOf(v) <= HIGH) || bound('Lte', 'LessThanOrEqual').some(v => numberOf(v) < HIGH)
    || bound('Eq', 'Equals').some(isBelow);
}

export const TD_NOT_ARCHIVED: Control = {
  id: 'TD-06',
  title: 'no finding of high or critical severity is archived unread',
  prevents: 'a threat that a filter hides before anybody hears of it',
  kind: 'default',
  types: TYPES,
  property: 'AWS::GuardDuty::Filter',
  mend: "give the filter a severity of less than 7, or the action 'NOOP'",
  nist: ['IR-4', 'SI-4', 'SI-4(5)'],
  pci: ['11.5.1', '12.10.5'],
  holds: () => true,
  breaks: (r, t) => added('Filter', r, t).filter(f => isGiven(f.properties.Action) && !isOneOf(f.properties.Action, 'NOOP')
    && !isOfLowSeverity(f)),
};

export const TD_NOBODY_TRUSTED: Control = {
  id: 'TD-07',
  title: 'no address and no domain is trusted beforehand',
  prevents: 'threats from a list of addresses that makes no findings any more',
  kind: 'default',
  types: TYPES,
  property: 'AWS::GuardDuty::IPSet',
  mend: 'leave the list inactive, or archive findings of low severity by a filter',
  nist: ['SI-4'],
  pci: ['11.5.1'],
  holds: () => true,
  breaks: (r, t) => ['IPSet', 'TrustedEntitySet'].flatMap(type => added(type, r, t)).filter(s => isGiven(s.properties.Activate)
    && !isFalse(s.properties.Activate)),
};

/** Whether findings that are exported there stay in the account, or go where the construct was told to send them. */
function staysHere({ properties }: RenderedResource, of: RenderedResource, t: RenderedTemplate): boolean {
  const bucket = at(properties.DestinationProperties, 'DestinationArn');
  return t.target('AWS::S3::Bucket', bucket) !== undefined || isAdmitted(bucket, of);
}

export const TD_EXPORT_OURS: Control = {
  id: 'TD-08',
  title: 'findings are exported to no bucket but one of the app, or one that the construct was given',
  prevents: 'somebody else who reads where the account is open to attack',
  kind: 'default',
  types: [DESTINATION],
  property: 'DestinationProperties',
  mend: "give the bucket in 'findingsExport'",
  nist: [...NIST.notPublic, 'AU-9'],
  pci: ['10.5.1'],
  holds: () => true,
  breaks: (r, t) => [...staysHere(r, r, t) ? [] : [r],
    ...added('PublishingDestination', r, t).filter(d => d.logicalId !== r.logicalId && !staysHere(d, d, t))],
};

export const TD_ADMINISTERED: Control = {
  id: 'TD-09',
  title: 'no other account administers GuardDuty here',
  prevents: 'another account that archives findings or switches features off',
  kind: 'default',
  types: TYPES,
  property: 'AWS::GuardDuty::Master',
  mend: 'waive it where the administrator is an account of yours, and say which',
  nist: ['AC-6', 'SI-4'],
  holds: () => true,
  breaks: (r, t) => [
    ...added('Master', r, t).filter(m => !isOwnAccount(m.properties.MasterId, homeOf(r, t))),
    ...r.type === DETECTOR ? t.mentioning('AWS::GuardDuty::', r.logicalId, ...KNOWN_TYPES) : [],
  ],
};
