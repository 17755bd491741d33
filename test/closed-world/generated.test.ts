import { sample } from '../../build-tools/mutate/runner';
import { newApp, shop } from '../support/shop';
import { GENERATED_LEGITIMATE, LEGITIMATE_KINDS } from './generated/legitimate';
import { GENERATED, KINDS } from './generated/weakenings';
import { Case, idOf, judge } from './harness';
import { Book, MISSED, problems, REFUSED } from './ledger';
import { registryOf } from '../../src/assurance/registry';

/** Another commit may take another sample. */
const SEED = process.env.CLOSED_WORLD_SEED ?? 'the same every time';
/** `npx projen additions` takes all of them. */
const ALL = process.env.CLOSED_WORLD === 'all';

/** Types that have no kind of touch, and why. */
const UNTOUCHED: Record<string, string> = {
  'AWS::EC2::FlowLog': 'a further flow log takes nothing away, and what is changed in this one is a mutation',
  'AWS::ECS::Cluster': 'what is put into a cluster is touched by its task definition and its service',
  'AWS::CertificateManager::Certificate': 'what is changed in a certificate is a mutation, and a further one is for another name',
  'AWS::IAM::ServiceLinkedRole': 'AWS lets nobody change it',
  'AWS::GuardDuty::PublishingDestination': 'a further one touches the detector',
};

test('the denominators are fixed: whoever adds a resource or a kind of touch changes them here', () => {
  expect(GENERATED).toHaveLength(465);
  expect(KINDS).toHaveLength(320);
  expect(GENERATED_LEGITIMATE.length).toBeGreaterThanOrEqual(60);
  expect(GENERATED.filter(c => c.way === 'a second stack').length).toBe(KINDS.filter(k => k.apart).length);
});

test('every kind says why', () => {
  const bare = [...KINDS, ...LEGITIMATE_KINDS].filter(k => k.why.length < 8 || /[.\n]$/.test(k.why));
  expect(bare.map(k => k.name)).toEqual([]);
});

test('no two cases have the same ID', () => {
  const ids = [...GENERATED, ...GENERATED_LEGITIMATE].map(idOf);
  expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([]);
});

test('every type that claims a control is touched, or it is said why not', () => {
  const claimed = new Set(registryOf(shop(newApp())).claims.map(c => c.resource.cfnResourceType));
  const touched = new Set(KINDS.map(k => k.type));
  expect([...claimed].filter(type => !touched.has(type)).sort()).toEqual(Object.keys(UNTOUCHED).sort());
});

test.each<[string, Book, readonly Case[], number]>([
  ['weakenings', MISSED, GENERATED, 16],
  ['legitimate changes', REFUSED, GENERATED_LEGITIMATE, 8],
])('a sample of the generated %s', (_name, book, cases, size) => {
  const chosen = ALL ? [...cases] : sample([...cases], size, SEED);
  expect(problems(book, chosen.map(c => ({ of: c, outcome: judge(c.change) })))).toEqual([]);
}, 1_800_000);
