/* eslint-disable @typescript-eslint/no-require-imports */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const { explain, readAccepted } = require('../build-tools/judge/accepted');
const { assembliesOf, readAssembly } = require('../build-tools/judge/assemblies');
const { NoPython } = require('../build-tools/judge/install');
const { CANARY, complaints, judgeAll } = require('../build-tools/judge/judge');
const cdkNag = require('../build-tools/judge/judges/cdk-nag');
const cfnLint = require('../build-tools/judge/judges/cfn-lint');
const checkov = require('../build-tools/judge/judges/checkov');
const { render, summarize } = require('../build-tools/judge/table');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-test-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** A folder with files. */
let folders = 0;
function folder(files: Record<string, unknown>): string {
  const dir = path.join(scratch, `${folders++}`);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  fs.mkdirSync(dir, { recursive: true });
  return dir;
}

const REASON = 'safe here for a reason that somebody wrote down';
const ROW = { rule: 'R1', judges: ['one'], resource: '*/Log/Resource', reason: REASON };
const FINDING = { judge: 'one', rule: 'R1', subject: 's', template: 't', resource: 'Log1234', path: 'App/Log/Resource', message: 'wrong' };
const list = (accepted: any[], comparisons: string[] = []) => ({ accepted, comparisons });
/** A subject that has the resource of the finding. */
const subjectOf = (name: string, reasons: Record<string, unknown[]> = {}) => (
  { name, reasons: new Map(Object.entries(reasons)), templates: [{ ids: ['Log1234'], paths: { Log1234: 'App/Log/Resource' } }] });
const ALL = { complete: true };

describe('accepted findings', () => {
  test.each([
    ['a construct path', '*/Log/Resource'], ['a logical ID', 'Log*'],
  ])('a row explains a finding by %s', (_n, resource) => {
    const { findings, stale } = explain([FINDING], list([{ ...ROW, resource }]), [subjectOf('s')], ['one']);
    expect(findings[0].accepted).toEqual({ in: 'the list', reason: REASON });
    expect(stale).toEqual([]);
  });

  test.each([
    ['another rule', { rule: 'R2' }], ['another judge', { judges: ['two'] }], ['another resource', { resource: 'Other*' }],
    ['a part of the name', { resource: 'Log' }], ['a dot that is no wildcard', { resource: 'Log.234' }], ['another subject', { subject: 'other' }],
  ])('a row for %s explains nothing, and is stale', (_n, other) => {
    const { findings, stale } = explain([FINDING], list([{ ...ROW, ...other }]), [subjectOf('s')], ['one', 'two'], ALL);
    expect(findings[0].accepted).toBeUndefined();
    expect(stale).toHaveLength(1);
    expect(stale[0]).toMatch(/^row 1: \w+ no longer finds R\d on /);
  });

  test('a row is stale for each judge that no longer finds it', () => {
    const { stale } = explain([FINDING], list([{ ...ROW, judges: ['one', 'two'] }]), [subjectOf('s')], ['one', 'two']);
    expect(stale).toEqual(['row 1: two no longer finds R1 on */Log/Resource; remove the judge from the row']);
  });

  test('a judge that did not run makes no row stale', () => {
    expect(explain([], list([ROW]), [subjectOf('s')], ['two'], ALL).stale).toEqual([]);
  });

  test.each([
    ['a resource', { resource: '*/Gone' }], ['a subject', { subject: 'gone' }],
  ])('a row about %s that is not there is stale only where everything is there', (_n, other) => {
    const rows = list([{ ...ROW, ...other }]);
    expect(explain([], rows, [subjectOf('s')], ['one']).stale).toEqual([]);
    expect(explain([], rows, [subjectOf('s')], ['one'], ALL).stale).toHaveLength(1);
    expect(explain([], list([ROW]), [subjectOf('s')], ['one']).stale).toHaveLength(1);
  });

  test('a comparison keeps no row alive, and must exist only where everything does', () => {
    const { findings, stale } = explain([FINDING], list([ROW], ['s', 'gone']), [subjectOf('s')], ['one'], ALL);
    expect(findings[0].accepted).toBeUndefined();
    expect(stale).toEqual(['row 1: one no longer finds R1 on */Log/Resource; remove the row', 'comparison "gone" is no subject; there are s']);
    expect(explain([], list([], ['gone']), [subjectOf('s')], ['one']).stale).toEqual([]);
  });

  test.each([
    ['has no reason', { reason: undefined }, /row 1 \(R1\): "reason" is missing or empty/],
    ['has a short reason', { reason: 'false positive' }, /the reason "false positive" says too little/],
    ['names an unknown judge', { judges: ['three'] }, /there is no judge "three"; name one or more of one, two/],
    ['names no judge', { judges: [] }, /"judges" is not a list/],
    ['matches everything', { resource: '*' }, /"resource" is "\*", which matches everything/],
  ])('refuses a row that %s', (_n, other, message) => {
    const dir = folder({ 'a.json': list([{ ...ROW, ...other }]) });
    expect(() => readAccepted(path.join(dir, 'a.json'), ['one', 'two'])).toThrow(message);
  });

  test('refuses a list that is missing or is not JSON', () => {
    const dir = folder({ 'a.json': '{' });
    expect(() => readAccepted(path.join(dir, 'a.json'), [])).toThrow(/can't read the accepted findings in ".*a\.json"/);
    expect(() => readAccepted(path.join(dir, 'b.json'), [])).toThrow(/ENOENT/);
  });

  test('the committed list is readable', () => {
    const names = fs.readdirSync(path.join(ROOT, 'build-tools/judge/judges')).map(f => require(`../build-tools/judge/judges/${f}`).name);
    expect(readAccepted(path.join(ROOT, 'judges/accepted.json'), names).comparisons).toEqual(['three-tier/before']);
  });
});

const MANIFEST = {
  artifacts: {
    A: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: 'A.template.json' },
      metadata: { '/A/Log/Resource': [{ type: 'aws:cdk:logicalId', data: 'Log1234' }], '/A/Nested/Inner': [{ type: 'aws:cdk:logicalId', data: 'Inner' }] },
    },
  },
};
const TEMPLATE = { Resources: { Log1234: { Type: 'AWS::S3::Bucket' } } };

describe('assemblies', () => {
  test('templates with where they go and which construct made what, nested ones too', () => {
    const dir = folder({
      'manifest.json': { artifacts: { ...MANIFEST.artifacts, Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage' } } } },
      'A.template.json': TEMPLATE,
      'N.nested.template.json': { Resources: { ...TEMPLATE.Resources, Inner: { Type: 'AWS::S3::Bucket' } } },
      'stage/manifest.json': { artifacts: { B: { ...MANIFEST.artifacts.A, environment: 'aws://unknown-account/unknown-region' } } },
      'stage/A.template.json': TEMPLATE,
    });
    const { templates } = readAssembly(dir, 'x');
    expect(templates.map((t: any) => [t.name, t.account, t.region, t.paths.Log1234])).toEqual([
      ['A', '111122223333', 'eu-west-1', 'A/Log/Resource'], ['B', undefined, undefined, 'A/Log/Resource'], ['N', '111122223333', 'eu-west-1', undefined],
    ]);
    expect(templates[2].paths).toEqual({ Inner: 'A/Nested/Inner' });
  });

  test.each([
    ['is missing', () => path.join(scratch, 'nowhere'), /nowhere" is not a cloud assembly: it has no manifest\.json/],
    ['is something else', () => folder({ 'x.txt': 'x' }), /is not a cloud assembly/],
    ['has a broken manifest', () => folder({ 'manifest.json': '{' }), /the cloud assembly ".*manifest\.json" is not JSON/],
    ['holds no stack', () => folder({ 'manifest.json': { artifacts: {} } }), /holds no stack, so there is nothing to judge/],
    ['lacks a template', () => folder({ 'manifest.json': MANIFEST }), /can't read the template ".*A\.template\.json": ENOENT/],
    ['has a template that is not JSON', () => folder({ 'manifest.json': MANIFEST, 'A.template.json': 'Resources:' }), /the template ".*A\.template\.json" is not JSON/],
    ['has a template without resources', () => folder({ 'manifest.json': MANIFEST, 'A.template.json': {} }), /has no "Resources"/],
    ['has a template that is null', () => folder({ 'manifest.json': MANIFEST, 'A.template.json': 'null' }), /has no "Resources"/],
  ])('refuses one that %s', (_n, dir, message) => {
    expect(() => readAssembly(dir(), 'x')).toThrow(message);
  });

  test('an example may leave one or several, but not none', () => {
    const files = { 'manifest.json': MANIFEST, 'A.template.json': TEMPLATE };
    expect(assembliesOf(folder(files), 'e', 'e').map((s: any) => s.name)).toEqual(['e']);
    const several = folder(Object.fromEntries(['after', 'before'].flatMap(d => Object.entries(files).map(([f, c]) => [`${d}/${f}`, c]))));
    expect(assembliesOf(several, 'e', 'e').map((s: any) => s.name)).toEqual(['e/after', 'e/before']);
    expect(() => assembliesOf(folder({}), 'e', 'e')).toThrow(/e left no cloud assembly in CDK_OUTDIR/);
  });
});

describe('judging', () => {
  const subject = { name: 's' };
  const judge = (found: any) => ({ name: 'one', how: () => 'template', run: async () => { if (found instanceof Error) { throw found; } return found; } });
  const bird = { rule: 'R', subject: CANARY, resource: 'Bucket' };
  const outcome = async (found: any, isSkip?: any) => judgeAll([judge(found)], [subject], { name: CANARY }, { isSkip });

  test('what the canary shows is no finding', async () => {
    const { findings, judges } = await outcome([bird, { rule: 'R1', subject: 's', resource: 'Log' }]);
    expect(findings).toEqual([{ judge: 'one', rule: 'R1', subject: 's', resource: 'Log' }]);
    expect(judges).toEqual([expect.objectContaining({ name: 'one', status: 'ran' })]);
  });

  test.each([
    ['crashes', new Error('boom'), /boom/],
    ['is silent about the canary', [], /finds nothing wrong in judges\/canary/],
    ['gives no list', undefined, /gave no list of findings/],
    ['gives half a finding', [bird, { rule: 'R1', subject: 's' }], /without rule, subject or resource/],
  ])('a judge that %s did not run, which is red', async (_n, found, why) => {
    const result = await outcome(found);
    expect(result.judges[0]).toMatchObject({ status: 'failed', why: expect.stringMatching(why) });
    expect(complaints({ ...result, stale: [], comparisons: [], ci: false })).toEqual([expect.stringMatching(/^one did not run: /)]);
    expect(render(summarize(['s'], result.judges, result.findings, []))).toMatch(/DID NOT RUN/);
  });

  test('a judge without Python is skipped aloud, and red in CI', async () => {
    const result = await outcome(new NoPython('there is no Python'), (e: any) => e instanceof NoPython);
    expect(result.judges[0].status).toBe('skipped');
    expect(render(summarize(['s'], result.judges, result.findings, []))).toMatch(/SKIPPED/);
    expect(complaints({ ...result, stale: [], comparisons: [], ci: false })).toEqual([]);
    expect(complaints({ ...result, stale: [], comparisons: [], ci: true })).toEqual([expect.stringMatching(/one was skipped, which CI does not allow/)]);
  });

  test('unexplained findings and stale rows are red, those of a comparison are not', () => {
    const input = { judges: [], findings: [FINDING], stale: [], comparisons: [] as string[], ci: false };
    expect(complaints(input)).toEqual(['unexplained: one finds R1 (1): wrong\n    Log1234 (App/Log/Resource) of s']);
    expect(complaints({ ...input, comparisons: ['s'] })).toEqual([]);
    expect(complaints({ ...input, findings: [{ ...FINDING, accepted: { in: 'list', reason: REASON } }] })).toEqual([]);
    expect(complaints({ ...input, findings: [], stale: ['row 1: x'] })).toEqual(['the list of accepted findings is out of date: row 1: x']);
  });

  test('the table has one line for each subject and judge', () => {
    const judges = [{ name: 'one', status: 'ran', how: { s: 'in the app', before: 'template' }, subjects: ['s', 'before'] }];
    const findings = [FINDING, { ...FINDING, accepted: { in: 'list', reason: REASON } }, { ...FINDING, subject: 'before' }];
    expect(render(summarize(['s', 'before'], judges, findings, ['before'])).split('\n').map((l: string) => l.split(/ {2,}/))).toEqual([
      ['subject', 'judge', 'how', 'findings', 'accepted', 'unexplained'],
      ['s', 'one', 'in the app', '2', '1', '1'],
      ['before', 'one', 'template', '1', '0', '(1) comparison'],
    ]);
  });
});

describe('programs that judge', () => {
  const program = (body: string) => {
    const file = path.join(folder({ 'tool.js': `#!${process.execPath}\n${body}` }), 'tool.js');
    fs.chmodSync(file, 0o755);
    return async () => file;
  };
  const subjects = () => [readAssembly(folder({ 'manifest.json': MANIFEST, 'A.template.json': TEMPLATE }), 's')];

  for (const judge of [cfnLint, checkov]) {
    test.each([
      ['prints nothing', '', /printed nothing, so it judged nothing/],
      ['prints no JSON', 'console.log("oops")', /printed no JSON: oops/],
      ['crashes', 'console.error("Traceback"); process.exit(70)', /ended with exit code 70: Traceback/],
      ['is killed', 'process.kill(process.pid, "SIGKILL")', /ended with SIGKILL: it said nothing/],
    ])(`${judge.name} that %s is an error`, async (_n, body, message) => {
      await expect(judge.run(subjects(), program(body))).rejects.toThrow(message);
    });

    test(`${judge.name} that is not installed is an error`, async () => {
      await expect(judge.run(subjects(), async () => path.join(scratch, 'no-such-tool'))).rejects.toThrow(/can't start ".*no-such-tool"/);
    });
  }

  test('checkov that checked nothing, or could not read a template, is an error', async () => {
    await expect(checkov.run(subjects(), program('console.log(JSON.stringify({ passed: 0, failed: 0 }))'))).rejects.toThrow(/checkov checked nothing/);
    const results = { failed_checks: [], skipped_checks: [], passed_checks: [], parsing_errors: ['/A.template.json'] };
    await expect(checkov.run(subjects(), program(`console.log(${JSON.stringify(JSON.stringify({ results }))})`))).rejects.toThrow(/checkov can't read \/A\.template\.json/);
  });

  test('findings carry the construct path', async () => {
    const [subject] = subjects();
    const file = subject.templates[0].file;
    const lint = [{ Filename: file, Level: 'Error', Message: 'm', Rule: { Id: 'E1' }, Location: { Path: ['Resources', 'Log1234', 'Properties'] } }];
    expect(await cfnLint.run([subject], program(`console.log(${JSON.stringify(JSON.stringify(lint))}); process.exit(2)`)))
      .toEqual([{ rule: 'E1', severity: 'error', message: 'm', subject: 's', template: 'A.template.json', resource: 'Log1234', path: 'A/Log/Resource' }]);
    const check = { check_id: 'CKV_1', check_name: 'n', file_abs_path: file, resource: 'AWS::S3::Bucket.Log1234' };
    const results = {
      failed_checks: [{ ...check, check_result: { result: 'FAILED' } }],
      skipped_checks: [{ ...check, check_result: { result: 'SKIPPED', suppress_comment: 'why' } }],
      passed_checks: [],
      parsing_errors: [],
    };
    const found = await checkov.run([subject], program(`console.log(${JSON.stringify(JSON.stringify({ results }))}); process.exit(1)`));
    expect(found.map((f: any) => [f.rule, f.resource, f.path, f.accepted?.reason])).toEqual([
      ['CKV_1', 'Log1234', 'A/Log/Resource', undefined], ['CKV_1', 'Log1234', 'A/Log/Resource', 'why'],
    ]);
  });

  test('cdk-nag that did not run inside an example, or without a pack, is an error', async () => {
    const subject = { ...subjects()[0], example: true };
    await expect(cdkNag.run([subject])).rejects.toThrow(/cdk-nag did not run inside s/);
    fs.writeFileSync(path.join(subject.dir, 'cdk-nag.json'), JSON.stringify({ packs: ['AwsSolutionsChecks'], findings: [] }));
    await expect(cdkNag.run([subject])).rejects.toThrow(/ran inside s without HIPAASecurityChecks/);
  });
});

test("the locks name no registry's host, and exact versions only", () => {
  const lock = JSON.parse(fs.readFileSync(path.join(ROOT, 'judges/package-lock.json'), 'utf8'));
  expect(Object.values<any>(lock.packages).filter(p => p.resolved !== undefined)).toEqual([]);
  expect(Object.entries<any>(lock.packages).filter(([at, p]) => at !== '' && !p.inBundle && !p.integrity).map(([at]) => at)).toEqual([]);
  expect(Object.values<string>(JSON.parse(fs.readFileSync(path.join(ROOT, 'judges/package.json'), 'utf8')).dependencies).filter(v => !/^\d+\.\d+\.\d+$/.test(v))).toEqual([]);
  for (const tool of ['cfn-lint', 'checkov']) {
    const lines = fs.readFileSync(path.join(ROOT, `judges/${tool}.txt`), 'utf8').split('\n').filter(l => l !== '' && !l.startsWith('#'));
    expect(lines.filter(l => !/^[\w.-]+==[\w.+-]+$/.test(l))).toEqual([]);
    expect(lines.some(l => l.startsWith(`${tool}==`))).toBe(true);
  }
});
