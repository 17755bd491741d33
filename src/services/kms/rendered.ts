// A rendered key, and what its policy says: questions of its controls.
import type { Right } from '../../core/identities';
import { rightsOn } from '../../core/identities';
import { isAdmitted } from '../../core/ours';
import type { Home } from '../../core/ownership';
import { homeOf, isFromHome, isOwnRoot, principalsOf, strangersOf } from '../../core/ownership';
import {
  condition, conditionsOf, isForEveryone, isReadable, mayTouch, mayTouchAny, services, statements, touches,
} from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { rememberedOfEach } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, list, remembered, same, textOf } from '../../core/values';

/** What uses the data under a key. */
export const CRYPTO = [
  'Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext', 'GenerateMac', 'VerifyMac', 'Sign', 'Verify', 'DeriveSharedSecret', 'CreateGrant',
].map(a => `kms:${a}`);

/** What changes a key, its policy or its life. */
const MANAGE = [
  'CancelKeyDeletion', 'CreateAlias', 'DeleteAlias', 'DeleteImportedKeyMaterial', 'DisableKey', 'DisableKeyRotation', 'EnableKey',
  'EnableKeyRotation', 'ImportKeyMaterial', 'PutKeyPolicy', 'ReplicateKey', 'RotateKeyOnDemand', 'ScheduleKeyDeletion',
  'SynchronizeMultiRegionKey', 'TagResource', 'UntagResource', 'UpdateAlias', 'UpdateKeyDescription', 'UpdatePrimaryRegion',
].map(a => `kms:${a}`);

/** What a statement of a key's policy is judged from. */
interface Judged extends Home {
  readonly key: RenderedResource;
}

const judged = (key: RenderedResource, template: RenderedTemplate): Judged => ({ key, ...homeOf(key, template) });

/** The statements of the policy that allow something, or may; nothing that can be read is no policy. */
const allowing = remembered((key: RenderedResource): readonly JsonObject[] | undefined => {
  const document = key.properties.KeyPolicy;
  return isReadable(document) ? statements(document).filter(s => s.Effect !== 'Deny') : undefined;
});

/** The statements of a key's policy that do what they must not. A policy that can't be read is one of them. */
type Faults = (key: RenderedResource, template: RenderedTemplate) => readonly JsonObject[];
const UNREADABLE: JsonObject = { Sid: 'of a policy that only the deployment knows' };

function faults(isFault: (statement: JsonObject, of: Judged) => boolean): Faults {
  return (key, template) => {
    const of = judged(key, template);
    return allowing(key)?.filter(s => isFault(s, of)) ?? [UNREADABLE];
  };
}

/** Statements that let in principals of other accounts, or whoever the deployment says, past the properties and methods of the key. */
export const forStrangers = faults((s, of) => strangersOf(s, of).some(p => !isAdmitted(p, of.key)));

/** Statements that let in services for somebody else. */
export const forOtherSources = faults((s, of) => services(s).length > 0 && !isFromHome(s, of));

/** Statements by which somebody manages the key who is neither the account nor an administrator that is denied its use. */
export const forOtherManagers = faults((s, of) => s.NotAction !== undefined || s.NotPrincipal !== undefined
  || (mayTouchAny(s, MANAGE) && !principalsOf(s).every(p => p.kind === 'AWS' && (isOwnRoot(p.name, of) || isDeniedUse(of.key, p.name)))));

/** Whether the policy denies a principal the use of the key, whatever else it says. */
function isDeniedUse(key: RenderedResource, principal: Json): boolean {
  return statements(key.properties.KeyPolicy).some(s => s.Effect === 'Deny' && s.Condition === undefined
    && touches(s, 'kms:Decrypt') && touches(s, 'kms:GenerateDataKey') && list(at(s.Principal, 'AWS')).some(p => same(p, principal)));
}

/** Statements that deny to everybody, or to the account. */
const denying = rememberedOfEach((key: RenderedResource, template: RenderedTemplate): readonly JsonObject[] => {
  const home = homeOf(key, template);
  return statements(key.properties.KeyPolicy).filter(s => s.Effect !== 'Allow' && (isForEveryone(s) || s.NotPrincipal !== undefined
    || principalsOf(s).some(p => p.kind !== 'Service' && (p.kind !== 'AWS' || mayBeRoot(p.name, home)))));
});

const mayBeRoot = (name: Json, home: Home) => isOwnRoot(name, home) || (home.account === undefined && /^\d{12}$|:root$/.test(textOf(name)));

/** Statements that deny everybody to change the policy. What is denied only without TLS, or only to other accounts, denies nobody here. */
export const lockingOut: Faults = (key, template) => denying(key, template)
  .filter(s => mayTouch(s, 'kms:PutKeyPolicy') && !sparesTheAccount(s, homeOf(key, template)));

/** Statements that shut out whom the policy lets in: services, or everybody without a condition. */
export const shuttingOut: Faults = (key, template) => {
  const toAll = denying(key, template).filter(s => conditionsOf(s).length === 0 || isForServices(s));
  const toServices = statements(key.properties.KeyPolicy).filter(s => s.Effect !== 'Allow' && services(s).length > 0);
  return [...new Set([...toAll, ...toServices])].filter(s => mayTouch(s, 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt',
    'kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant'));
};

function sparesTheAccount(s: JsonObject, home: Home): boolean {
  const differs = ['aws:PrincipalAccount', 'kms:CallerAccount'].map(k => list(condition(s, 'StringNotEquals', k)));
  return list(condition(s, 'Bool', 'aws:SecureTransport')).map(String).join() === 'false'
    || differs.some(values => values.some(v => isOwnRoot(v, home)));
}

function isForServices(s: JsonObject): boolean {
  return conditionsOf(s).every(c => /^aws:(PrincipalIsAWSService|PrincipalServiceName|PrincipalServiceNamesList)$/i.test(c.key));
}

/** Statements of roles and users that name the key and let them manage it. */
export function managedByIdentity(key: RenderedResource, template: RenderedTemplate): readonly Right[] {
  return rightsOn(key, template).filter(({ statement }) => mayTouchAny(statement, MANAGE));
}
