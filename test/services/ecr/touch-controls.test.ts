import { RenderedTemplate } from '../../../src/core/template';
import * as touch from '../../../src/services/ecr/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const root = (account: string) => `arn:aws:iam::${account}:root`;
const allow = (AWS: unknown, changes: object = {}) => ({ Effect: 'Allow', Principal: { AWS }, Action: PULL, ...changes });
const fromLambda = (Condition?: object) => ({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: PULL, ...Condition && { Condition } });
const repository = (...Statement: unknown[]): any => ({
  Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'team/app', ...Statement.length > 0 && { RepositoryPolicyText: { Statement } } } },
});
const told = (...known: unknown[]) => ({ Repository: { ...repository(allow(root(FOREIGN))).Repository, Metadata: { 'cdk-hardened:admits': known } } });
const isOurs = (resources: any) => {
  const template = new RenderedTemplate({ Resources: resources }, OWN);
  return touch.ECR_OURS.holds(template.resource('Repository')!, template);
};

test.each<[string, any]>([
  ['nobody', repository()],
  ['a role of the account', repository(allow(`arn:aws:iam::${OWN}:role/Puller`))],
  ['a role of the app', { ...repository(allow({ 'Fn::GetAtt': ['Role', 'Arn'] })), Role: { Type: 'AWS::IAM::Role', Properties: {} } }],
  ['functions of the account', repository(fromLambda({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${OWN}:*` } }))],
  ['whom the repository was told of', told(root(FOREIGN))],
])('lets pull %s', (_name, resources) => expect(isOurs(resources)).toBe(true));

test.each<[string, any]>([
  ['another account', repository(allow(root(FOREIGN)))],
  ['everyone', repository(allow('*'))],
  ['everyone of an organization', repository(allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))],
  ['everyone but one', repository({ Effect: 'Allow', NotPrincipal: { AWS: root(FOREIGN) }, Action: PULL })],
  ['functions of everybody', repository(fromLambda())],
  ['functions of another account', repository(fromLambda({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${FOREIGN}:*` } }))],
  ['whom the deployment says', repository(allow({ 'Fn::Unknown': 'Principal' }))],
  ['whom a statement of the deployment says', repository({ 'Fn::Unknown': 'Statement' })],
  ['another account than it was told of', told(root('777788889999'))],
])('does not let pull %s', (_name, resources) => expect(isOurs(resources)).toBe(false));

test('whom the repository was told of does not push', () => {
  const resources = told(root(FOREIGN));
  resources.Repository.Properties.RepositoryPolicyText.Statement[0].Action = ['ecr:PutImage'];
  expect(isOurs(resources)).toBe(false);
});

const onlyStatement = (change: object) => (r: any) => { Object.assign(r.Repository.Properties.RepositoryPolicyText.Statement[0], change); };
provePredicate(touch.ECR_UNMANAGED, repository(allow(root(OWN))), {
  'its policy can be changed': onlyStatement({ Action: 'ecr:SetRepositoryPolicy' }),
  'everything can be done': onlyStatement({ Action: 'ecr:*' }),
  'images can be deleted': onlyStatement({ Action: ['ecr:BatchDelete*'] }),
  'all but one thing can be done': onlyStatement({ Action: undefined, NotAction: 'ecr:PutImage' }),
  'nobody knows what can be done': onlyStatement({ Action: { 'Fn::Unknown': 'Action' } }),
});

const rule = (selection: object) => ({ action: { type: 'expire' }, selection });
const UNTAGGED = rule({ tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 });
const lifecycle = (selection: object): any => ({
  Repository: { Type: 'AWS::ECR::Repository', Properties: { LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules: [UNTAGGED, rule(selection)] }) } } },
});
const instead = (selection: object) => (r: any) => { Object.assign(r, lifecycle(selection)); };
provePredicate(touch.ECR_KEEPS, lifecycle({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 50 }), {
  'one is kept': instead({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 }),
  'they go after a day': instead({ tagStatus: 'tagged', tagPrefixList: ['v'], countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 }),
  'nobody says how many': instead({ tagStatus: 'any', countType: 'imageCountMoreThan' }),
  'nobody can read it': r => { r.Repository.Properties.LifecyclePolicy = { LifecyclePolicyText: { 'Fn::Unknown': 'Rules' } }; },
});
provePredicate(touch.ECR_KEEPS, lifecycle({ tagStatus: 'tagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 90 }), {
  'untagged ones go at once': instead({ tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 0 }),
});

const registry = (PolicyText: unknown) => ({ Type: 'AWS::ECR::RegistryPolicy', Properties: { PolicyText } });
const replication = (RegistryId: unknown) => ({ Type: 'AWS::ECR::ReplicationConfiguration', Properties: { ReplicationConfiguration: { Rules: [{ Destinations: [{ Region: 'eu-central-1', RegistryId }] }] } } });
const cache = (EcrRepositoryPrefix?: unknown) => ({ Type: 'AWS::ECR::PullThroughCacheRule', Properties: { EcrRepositoryPrefix, UpstreamRegistryUrl: 'public.ecr.aws' } });
proveBreaks(touch.ECR_OWN_REGISTRY, repository(), {
  'a policy for the account': r => { r.Policy = registry({ Statement: [allow(root(OWN), { Action: 'ecr:BatchImportUpstreamImage' })] }); },
  'replication to another region': r => { r.Copy = replication({ Ref: 'AWS::AccountId' }); },
  'a cache under a prefix of its own': r => { r.Cache = cache('public'); },
}, {
  'another account replicates into it': [r => { r.Policy = registry({ Statement: [allow(root(FOREIGN), { Action: 'ecr:ReplicateImage' })] }); }, 'Policy'],
  'images go to another account': [r => { r.Copy = replication(FOREIGN); }, 'Copy'],
  'images go to whom the deployment says': [r => { r.Copy = replication({ 'Fn::Unknown': 'Registry' }); }, 'Copy'],
  'a cache has the prefix of the repository': [r => { r.Cache = cache('team'); }, 'Cache'],
  'a cache has every prefix': [r => { r.Cache = cache('ROOT'); }, 'Cache'],
  'a cache has any prefix': [r => { r.Cache = cache({ 'Fn::Unknown': 'Prefix' }); }, 'Cache'],
});
const scanning = (...Rules: object[]) => ({ Type: 'AWS::ECR::RegistryScanningConfiguration', Properties: { ScanType: 'ENHANCED', Rules } });
const scans = (Filter: string, ScanFrequency = 'CONTINUOUS_SCAN') => ({ ScanFrequency, RepositoryFilters: [{ Filter, FilterType: 'WILDCARD' }] });
proveBreaks(touch.ECR_REGISTRY_SCANS, repository(), { 'everything is scanned': r => { r.Scan = scanning(scans('other'), scans('*')); } }, {
  'nothing is scanned': [r => { r.Scan = scanning(); }, 'Scan'],
  'something else is scanned': [r => { r.Scan = scanning(scans('other')); }, 'Scan'],
  'scans are by hand': [r => { r.Scan = scanning(scans('*', 'MANUAL')); }, 'Scan'],
});
