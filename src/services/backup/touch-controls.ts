// What may be added to a vault, to plans, and to what they select.
import {
  boundsOf, hasOwnKey, overlap, PLAN, resourcesOf, roleOf, rulesOf, SELECTION, selectionsOf, VAULT, vaultOf,
} from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { parsed } from '../../core/embedded';
import { isAdmitted, isExpected } from '../../core/ours';
import type { Home } from '../../core/ownership';
import {
  homeOf, isElsewhere, isFromHome, isOwnAccount, isOwnResource, isOwnRoot, principalsOf, strangersOf, told,
} from '../../core/ownership';
import { condition, isForEveryone, mayAllow, mayTouch, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, entries, isGiven, list, same } from '../../core/values';

type Find = (r: RenderedResource, t: RenderedTemplate) => readonly JsonObject[];

/** A control that no statement of the vault's policy breaks. */
const noStatement = (find: Find): Pick<Control, 'holds' | 'tells'> => ({
  holds: (r, t) => isGiven(r.properties.BackupVaultName) && find(r, t).length === 0,
  tells: (r, t) => find(r, t).map(told),
});

const policyOf = (r: RenderedResource) => parsed(r.properties.AccessPolicy);
/** The statements of the vault's policy that allow something, or may. */
const allowing = (r: RenderedResource) => isGiven(r.properties.AccessPolicy) ? mayAllow(policyOf(r)) : [];

export const BKP_OURS: Control = {
  id: 'BKP-09',
  title: 'the vault policy lets in principals of this account only',
  prevents: 'another account that restores what was backed up here, or fills the vault with what we would restore',
  kind: 'default',
  types: [VAULT],
  property: 'AccessPolicy',
  mend: 'name roles of this account, or waive it with the account that keeps copies for you',
  nist: NIST.leastPrivilege,
  pci: ['7.2.1', '10.5.1'],
  ...noStatement((r, t) => allowing(r).filter(s => isForEveryone(s) || principalsOf(s).length === 0
    || strangersOf(s, homeOf(r, t)).length > 0
    || (services(s).length > 0 && !isFromHome(s, homeOf(r, t))))),
};

/** What deletes backups, or changes the vault. */
const MANAGES = [
  'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent',
  'DeleteBackupVault', 'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration',
  'DeleteBackupVaultLockConfiguration', 'PutBackupVaultNotifications', 'DeleteBackupVaultNotifications',
].map(action => `backup:${action}`);

export const BKP_NOBODY_MANAGES: Control = {
  id: 'BKP-09b',
  title: 'the vault policy lets nobody delete backups or change the vault',
  prevents: 'a role that takes the protection away by a policy that nobody reads',
  kind: 'floor',
  types: [VAULT],
  property: 'AccessPolicy',
  mend: "allow copying and restoring only; name whoever may delete in an emergency in 'breakGlassPrincipals'",
  nist: NIST.leastPrivilege,
  pci: ['7.2.2', '10.5.1'],
  ...noStatement(r => allowing(r).filter(s => s.NotAction !== undefined || mayTouch(s, ...MANAGES))),
};

/** What AWS Backup calls, with the role of the plan, to make backups. */
const MAKES = ['backup:StartBackupJob', 'backup:DescribeBackupVault', 'backup:TagResource'];

/** Whether a denial spares the roles of plans: it is for other accounts, for another organization, or for all but named principals. */
function sparesOurs(s: JsonObject, home: Home, roles: readonly Json[]): boolean {
  const spared = (key: string) => NOT.flatMap(operator => list(condition(s, operator, key)));
  return spared('aws:PrincipalAccount').some(account => isOwnAccount(account, home)) || spared('aws:PrincipalOrgID').length > 0
    || (roles.length > 0 && roles.every(role => spared('aws:PrincipalArn').some(name => same(name, role))));
}
const NOT = ['StringNotEquals', 'StringNotEqualsIfExists', 'StringNotLike', 'ArnNotEquals', 'ArnNotLike'];

/** Whether a denial may keep the roles of plans from making backups. */
function shutsOut(s: JsonObject, r: RenderedResource, t: RenderedTemplate): boolean {
  const home = homeOf(r, t);
  const roles = t.resourcesOf(SELECTION).map(roleOf);
  if (s.Effect !== 'Deny' || !mayTouch(s, ...MAKES) || sparesOurs(s, home, roles)) { return false; }
  const isNotOfBackups = (name: Json) => !isOwnRoot(name, home) && !roles.some(role => same(role, name)) && isOwnResource(name, home);
  return s.NotPrincipal !== undefined || isForEveryone(s) || principalsOf(s).length === 0
    || !principalsOf(s).every(({ kind, name }) => kind === 'AWS' && (isNotOfBackups(name) || isElsewhere(name, home)));
}

export const BKP_WRITABLE: Control = {
  id: 'BKP-10',
  title: 'the vault policy keeps no plan from making backups',
  prevents: 'a denial by which there are no backups when they are needed',
  kind: 'floor',
  types: [VAULT],
  property: 'AccessPolicy',
  mend: "leave 'backup:StartBackupJob' out of what is denied to everybody, or spare this account by 'aws:PrincipalAccount'",
  nist: NIST.resilience,
  ...noStatement((r, t) => statements(policyOf(r)).filter(s => shutsOut(s, r, t))),
};

export const BKP_TELLS_OURS: Control = {
  id: 'BKP-11',
  title: 'the vault tells topics of this account only',
  prevents: 'strangers who read when backups are made and deleted',
  kind: 'default',
  types: [VAULT],
  property: 'Notifications',
  mend: 'give a topic of this account',
  nist: ['AC-4', 'SI-4(5)'],
  pci: ['12.10.5'],
  holds: ADDITIONS_ONLY,
  // the vault itself, judged with the stack of the topic
  breaks: (r, t) => !isGiven(r.properties.Notifications)
    || isExpected(at(r.properties.Notifications, 'SNSTopicArn'), r, homeOf(r, t)) ? [] : [r],
};

const KNOWN = ['BackupPlan', 'BackupSelection', 'Framework', 'ReportPlan', 'RestoreTestingPlan', 'RestoreTestingSelection',
  'TieringConfiguration'].map(type => `AWS::Backup::${type}`);

export const BKP_NOT_SHARED: Control = {
  id: 'BKP-12',
  title: 'the vault is shared with nobody, and nothing of AWS Backup that nobody here knows is about it',
  prevents: 'another account that restores what was backed up here',
  kind: 'default',
  types: [VAULT],
  property: 'BackupVaultName',
  mend: 'take the share away, and let a role of this account restore',
  nist: ['AC-4', 'AC-21'],
  pci: ['7.2.1'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => [...t.referring('AWS::RAM::ResourceShare', 'ResourceArns', r.logicalId),
    ...t.mentioning('AWS::Backup::', r.logicalId, ...KNOWN)],
};

/** Whether a vault is under a key of its own, and locked if another one of the plan is. */
const isAsGuarded = (vault: RenderedResource, locked: RenderedResource | undefined) => hasOwnKey(vault)
  && (boundsOf(vault).min >= 1 || locked === undefined);

/** Whether a rule keeps what it makes in guarded vaults of the app, and copies it within the account. */
function staysHome(rule: Json, plan: RenderedResource, t: RenderedTemplate): boolean {
  const home = homeOf(plan, t);
  const vault = vaultOf(rule, t);
  const isOurs = (arn: Json) => isOwnResource(arn, home) || isAdmitted(arn, plan);
  const gap = at(rule, 'TargetLogicallyAirGappedBackupVaultArn');
  const locked = rulesOf(plan).map(other => vaultOf(other, t)).find(v => v !== undefined && boundsOf(v).min >= 1);
  return vault !== undefined && isAsGuarded(vault, locked)
    && list(at(rule, 'CopyActions')).every(copy => isOurs(at(copy, 'DestinationBackupVaultArn'))) && (!isGiven(gap) || isOurs(gap));
}

const strayRules = (r: RenderedResource, t: RenderedTemplate) => rulesOf(r).filter(rule => !staysHome(rule, r, t));

export const BKP_STAYS: Control = {
  id: 'BKP-13',
  title: 'every rule writes to a guarded vault of the app, and copies to vaults of this account only',
  prevents: 'backups without lock, policy and key, or all data, every day, with somebody else',
  kind: 'default',
  types: [PLAN],
  property: 'BackupPlan',
  mend: 'write to the vault of the plan, copy to vaults of this account, or waive it with the account that keeps copies for you',
  nist: ['AC-4', 'CP-9', 'CP-9(8)'],
  pci: ['10.5.1'],
  holds: (r, t) => rulesOf(r).length > 0 && strayRules(r, t).length === 0,
  tells: (r, t) => strayRules(r, t).map(rule => `the rule '${String(at(rule, 'RuleName'))}'`),
};

/** Whether a plan of a selection is in nobody's template, or writes to a vault that is not guarded. */
function writesElsewhere(selection: RenderedResource, t: RenderedTemplate): boolean {
  const plan = t.target(PLAN, selection.properties.BackupPlanId);
  return !plan || rulesOf(plan).length === 0 || !rulesOf(plan).every(rule => staysHome(rule, plan, t));
}

export const BKP_NOT_BESIDE: Control = {
  id: 'BKP-14',
  title: 'no other plan backs up the same resources, or with the same role, to a vault that is not guarded',
  prevents: 'backups of our data that anybody of the account reads or deletes',
  kind: 'default',
  types: [PLAN],
  property: SELECTION,
  mend: 'let the other plan write to the vault of this one, and give selections of this plan roles of this account',
  nist: ['CP-9', 'CP-9(8)'],
  pci: ['10.5.1'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => {
    const own = selectionsOf(r, t);
    const beside = t.resourcesOf(SELECTION).filter(s => !own.includes(s) && own.some(o => overlap(o, s)) && writesElsewhere(s, t));
    return [...beside, ...own.filter(s => !isOwnResource(roleOf(s), homeOf(s, t)))];
  },
};

/** What of a selection leaves out some of what it selects. A tag is what selects where no resource is named. */
function leavesOut(r: RenderedResource): string[] {
  const selection = r.properties.BackupSelection;
  const isTagged = same(list(at(selection, 'Resources')), ['*']);
  const conditions = entries(at(selection, 'Conditions')).filter(([, values]) => list(values).length > 0);
  const isByOneTag = isTagged && conditions.every(([name, values]) => name === 'StringEquals' && list(values).length === 1);
  return [
    ...list(at(selection, 'NotResources')).length > 0 ? ['NotResources'] : [],
    ...conditions.length > 0 && !isByOneTag ? ['Conditions'] : [],
    // beside resources, tags are what these must have
    ...!isTagged && resourcesOf(r).length > 0 && list(at(selection, 'ListOfTags')).length > 0 ? ['ListOfTags'] : [],
  ];
}

export const BKP_WHOLE: Control = {
  id: 'BKP-15',
  title: 'the selection leaves out nothing that it selects, and has a role of the app',
  prevents: 'a resource that looks as if it was backed up, and is not',
  kind: 'default',
  types: [SELECTION],
  property: 'BackupSelection',
  mend: "leave 'NotResources', conditions and tags out, and name each resource in 'resources' of the BackupPolicy",
  nist: NIST.resilience,
  holds: (r, t) => leavesOut(r).length === 0 && t.target('AWS::IAM::Role', roleOf(r)) !== undefined,
  tells: r => leavesOut(r).map(name => `'${name}'`),
};
