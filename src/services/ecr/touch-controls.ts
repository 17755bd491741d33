// What others may add to a repository: principals, rules by which images go, and what the registry of the account does.
import { lifecycleRules } from './rendered';
import { PULL } from './statements';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { parsed } from '../../core/embedded';
import type { Home } from '../../core/ownership';
import { homeOf, isFromHome, isOwnAccount, strangersOf } from '../../core/ownership';
import { isForEveryone, mayAllow, mayTouchAny, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, isGiven, isOneOf, list, numberOf, stringOf } from '../../core/values';

const REPOSITORY = ['AWS::ECR::Repository'];

/** What changes a repository itself: nobody needs it from the repository's policy. */
const MANAGE = [
  'DeleteLifecyclePolicy', 'DeleteRepository', 'DeleteRepositoryPolicy', 'PutImageScanningConfiguration', 'PutImageTagMutability',
  'PutLifecyclePolicy', 'SetRepositoryPolicy', 'StartLifecyclePolicyPreview', 'BatchDeleteImage',
].map(action => `ecr:${action}`);

/** Whether a statement is for principals of the account, services that act for it, or whom the repository lets pull by its method. */
function isForOurs(s: JsonObject, home: Home, admitted: readonly Json[]): boolean {
  const isForStrangers = strangersOf(s, home).length > 0;
  return Object.keys(s).length > 0 && !isForEveryone(s) && (services(s).length === 0 || isFromHome(s, home))
    && (!isForStrangers || (strangersOf(s, home, admitted).length === 0 && s.NotAction === undefined
      && list(s.Action).every(a => isOneOf(a, ...PULL))));
}

const policyOf = ({ properties: { RepositoryPolicyText: text } }: RenderedResource) => isGiven(text) ? mayAllow(parsed(text)) : [];

export const ECR_OURS: Control = {
  id: 'ECS-15e',
  title: 'the repository policy lets in principals of this account only, and others pull by a method only',
  prevents: 'that another account takes images, or puts its own in their place',
  kind: 'floor',
  types: REPOSITORY,
  property: 'RepositoryPolicyText',
  mend: "let principals of other accounts pull by 'grantPullToAccount', and give statements for services aws:SourceArn of this account",
  nist: NIST.leastPrivilege,
  pci: ['7.2.1'],
  holds: (r, t) => policyOf(r).every(s => isForOurs(s, homeOf(r, t), list(r.metadata['cdk-hardened:admits']))),
};

export const ECR_UNMANAGED: Control = {
  id: 'ECS-15f',
  title: 'the repository policy lets nobody change the repository or delete images',
  prevents: 'that whoever pulls can also take the protection away',
  kind: 'floor',
  types: REPOSITORY,
  property: 'RepositoryPolicyText',
  mend: 'name the actions that pull and push; whoever deploys has the others by a policy of their own',
  nist: NIST.leastPrivilege,
  pci: ['7.2.1'],
  holds: r => policyOf(r).every(s => s.NotAction === undefined && !mayTouchAny(s, MANAGE)),
};

/** How many images, and days, are enough to go back to what ran. */
const ENOUGH = { images: 10, days: 30 };

/** Whether a rule leaves enough of the images that tags name. */
function leavesEnough(rule: Json): boolean {
  const { tagStatus, countType, countUnit, countNumber } = (at(rule, 'selection') ?? {}) as JsonObject;
  const [count, byCount] = [numberOf(countNumber), isOneOf(countType, 'imageCountMoreThan')];
  if (isOneOf(tagStatus, 'untagged')) { return count >= 1; }
  return byCount ? count >= ENOUGH.images : isOneOf(countUnit, 'days') && count >= ENOUGH.days;
}

export const ECR_KEEPS: Control = {
  id: 'ECS-15g',
  title: 'images that tags name are kept: the last ten, or those of the last month, at least',
  prevents: 'a release that nobody can go back to, and tasks that cannot start as their image is gone',
  kind: 'default',
  types: REPOSITORY,
  property: 'LifecyclePolicy',
  mend: "keep ten images or thirty days of them at least, by 'maxImageCount' or 'maxImageAge'",
  nist: NIST.resilience,
  holds: r => lifecycleRules(r.properties.LifecyclePolicy).length > 0 && lifecycleRules(r.properties.LifecyclePolicy).every(leavesEnough),
};

type Additions = (r: RenderedResource, t: RenderedTemplate) => RenderedResource[];

/** The settings of the registry that the repository is in. */
const ofRegistry = (r: RenderedResource, t: RenderedTemplate, type: string) => t.resourcesOf(type).filter(other => t.areNear(r, other));

const foreign: Additions = (r, t) => [
  ...ofRegistry(r, t, 'AWS::ECR::RegistryPolicy').filter(p => !mayAllow(parsed(p.properties.PolicyText))
    .every(s => isForOurs(s, homeOf(p, t), []))),
  ...ofRegistry(r, t, 'AWS::ECR::ReplicationConfiguration').filter(c => !list(at(c.properties.ReplicationConfiguration, 'Rules'))
    .flatMap(rule => list(at(rule, 'Destinations'))).every(d => isOwnAccount(at(d, 'RegistryId'), homeOf(c, t)))),
];

/** Rules by which the registry fetches, under the repository's name, what others publish. */
const pullThrough: Additions = (r, t) => ofRegistry(r, t, 'AWS::ECR::PullThroughCacheRule').filter(rule => {
  const [prefix, name] = [rule.properties.EcrRepositoryPrefix, r.properties.RepositoryName].map(stringOf);
  return prefix === undefined || prefix === 'ROOT' || (name ?? '').startsWith(`${prefix}/`);
});

export const ECR_OWN_REGISTRY: Control = {
  id: 'ECS-15h',
  title: 'the registry sends images to no other account, takes none from there, and fetches none under the name of the repository',
  prevents: 'images that leave by replication, or that come from strangers',
  kind: 'default',
  types: REPOSITORY,
  property: 'AWS::ECR::RegistryPolicy',
  mend: "replicate within the account, and let pull-through rules have a prefix of their own, which is no part of the repository's name",
  nist: NIST.leastPrivilege,
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => [...foreign(r, t), ...pullThrough(r, t)],
};

/** Whether a rule of the scanning of a registry is about every repository. */
function isAboutAll(rule: Json): boolean {
  return list(at(rule, 'RepositoryFilters')).some(f => isOneOf(at(f, 'Filter'), '*'))
    && isOneOf(at(rule, 'ScanFrequency'), 'SCAN_ON_PUSH', 'CONTINUOUS_SCAN');
}

export const ECR_REGISTRY_SCANS: Control = {
  id: 'ECS-16c',
  title: 'where the registry says what is scanned, that is every repository',
  prevents: 'known vulnerabilities in images that nobody looks at any more',
  kind: 'default',
  types: REPOSITORY,
  property: 'AWS::ECR::RegistryScanningConfiguration',
  mend: "give the registry's scanning a rule with the filter '*'",
  fsbp: ['ECR.1'],
  nist: NIST.vulnerabilities,
  pci: ['6.2.3'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => ofRegistry(r, t, 'AWS::ECR::RegistryScanningConfiguration').filter(c => !list(c.properties.Rules).some(isAboutAll)),
};
