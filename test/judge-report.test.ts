/* eslint-disable @typescript-eslint/no-require-imports */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const { explain, readAccepted, startingList } = require('../build-tools/judge/accepted');
const { readTemplate } = require('../build-tools/judge/assemblies');
const { include, includable } = require('../build-tools/judge/includable');
const { options } = require('../build-tools/judge/options');
const { reasonFor, reasonsIn } = require('../build-tools/judge/reasons');
const { sarif } = require('../build-tools/judge/sarif');
const { renderAccepted, unexplained } = require('../build-tools/judge/table');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-report-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const REASON = 'safe here for a reason that somebody wrote down';
const FINDING = { judge: 'checkov', rule: 'CKV_1', subject: 's', template: 'A.template.json', resource: 'Log1234', path: 'App/Log/Resource', severity: 'warning', message: 'wrong' };
const metadata = (type: string, data: Record<string, string>, at = '/App/Log') => ({ [at]: [{ type: 'aws:cdk:logicalId', data: 'x' }, { type, data }] });
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';
const DECLARED = 'cdk-hardened:judged-findings';

describe('reasons that stand in the assembly', () => {
  const reason = (type: string, id: string, finding: any, at?: string) => reasonFor(reasonsIn(metadata(type, { [id]: REASON }, at)), finding);

  test.each<[string, any, string]>([
    ['a judge and a rule', FINDING, 'checkov::CKV_1'],
    ['a judge of two words', { ...FINDING, judge: 'Control Tower Guard', rule: 'r_check' }, 'Control-Tower-Guard::r_check'],
    ['the plugin that an app would use', { ...FINDING, judge: 'Control Tower Guard', rule: 'r_check' }, 'cdk-validator-cfnguard::r_check'],
    ['a pack of cdk-nag', { ...FINDING, judge: 'cdk-nag', pack: 'NIST.800.53.R5', rule: 'NIST.800.53.R5-X' }, 'NIST.800.53.R5::NIST.800.53.R5-X'],
    ['the bare rule, as older CDKs have it', { ...FINDING, judge: 'cdk-nag', pack: 'AwsSolutions', rule: 'AwsSolutions-IAM5[Resource::<K.Arn>/*]' }, 'AwsSolutions-IAM5[Resource::<K.Arn>/*]'],
    ['an annotation', { ...FINDING, rule: 'W1' }, 'annotation::W1'],
  ])('explain by %s', (_n, finding, id) => {
    expect(reason(ACKNOWLEDGED, id, finding)).toMatchObject({ in: 'the app', reason: REASON, at: 'App/Log' });
  });

  test.each<[string, string, any, string]>([
    ['another rule', 'checkov::CKV_2', FINDING, '/App'], ['another judge', 'cfn-lint::CKV_1', FINDING, '/App'], ['a neighbour', 'checkov::CKV_1', FINDING, '/App/Other'],
    ['a construct whose name begins alike', 'checkov::CKV_1', FINDING, '/App/Lo'], ['a part of it', 'checkov::CKV_1', FINDING, '/App/Log/Resource/Below'],
    ['a resource without a construct', 'checkov::CKV_1', { ...FINDING, path: undefined }, '/App'],
  ])('of %s explain nothing', (_n, id, finding, at) => {
    expect(reason(ACKNOWLEDGED, id, finding, at)).toBeUndefined();
  });

  const subject = (type: string, id: string) => ({ name: 's', reasons: reasonsIn(metadata(type, { [id]: REASON })), templates: [{ ids: [], paths: {} }] });
  const none = { accepted: [], comparisons: [] };

  test('count, and say who says it', () => {
    for (const [type, by] of [[ACKNOWLEDGED, 'the app'], [DECLARED, 'the library']]) {
      const { findings, stale } = explain([FINDING], none, [subject(type, 'checkov::CKV_1')], ['checkov'], { complete: true });
      expect(findings[0].accepted).toEqual({ in: by, reason: REASON });
      expect(stale).toEqual([]);
      expect(renderAccepted(findings).split('\n')[1].split(/ {2,}/)).toEqual(['CKV_1', 'checkov', '1', by, REASON]);
    }
  });

  test('of the library that nothing needs any more are red, where everything is judged', () => {
    const stale = (ran: string[], complete: boolean) => explain([], none, [subject(DECLARED, 'checkov::CKV_1')], ran, { complete }).stale;
    expect(stale(['checkov'], true)).toEqual(['a construct of the library declares checkov::CKV_1, as "App/Log" does, which is found nowhere any more; remove it there']);
    expect(stale(['checkov'], false)).toEqual([]);
    expect(stale(['cfn-lint'], true)).toEqual([]);
  });

  test('hold for a finding without a place if they hold for all of its rule that have one', () => {
    const placed = { ...FINDING, judge: 'Control Tower Guard', rule: 'r_check' };
    const unplaced = { ...placed, resource: '(template)', path: undefined };
    const open = (...findings: any[]) => explain(findings, none, [subject(DECLARED, 'Control-Tower-Guard::r_check')], []).findings.filter((f: any) => !f.accepted).length;
    expect(open(unplaced, placed)).toBe(0);
    expect(open(unplaced, placed, { ...placed, path: 'App/Other' })).toBe(2);
    expect(open(unplaced)).toBe(1);
    expect(open({ ...unplaced, rule: 'other' }, placed)).toBe(1);
  });
});

describe('a template alone', () => {
  const read = (name: string, text: string, yaml: any = async () => { throw new Error('it is asked for YAML'); }) => {
    fs.writeFileSync(path.join(scratch, name), text);
    return readTemplate(path.join(scratch, name), name, scratch, yaml);
  };

  test('is a subject, JSON or YAML', async () => {
    const json = await read('a.json', JSON.stringify({ Resources: { A: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'App/A' } } } }));
    expect(json).toMatchObject({ name: 'a.json', templates: [{ resources: 1, ids: ['A'], paths: { A: 'App/A' }, source: path.join(scratch, 'a.json') }] });
    const { deserialize } = require(path.join(__dirname, '../node_modules/aws-cdk-lib/cloudformation-include/lib/private/yaml-cfn.js'));
    const yaml = await read('b.yaml', 'Resources:\n  B:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub "${AWS::StackName}-x"\n', async () => deserialize);
    expect(JSON.parse(fs.readFileSync(yaml.templates[0].file, 'utf8'))).toEqual({ Resources: { B: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::Sub': '${AWS::StackName}-x' } } } } });
  });

  test('that is none is refused', async () => {
    await expect(read('c.json', '{')).rejects.toThrow(/c\.json" is neither JSON nor YAML/);
    await expect(read('d.json', '{}')).rejects.toThrow(/d\.json" has no "Resources"; give a CloudFormation template/);
    await expect(read('e.yaml', 'text', async () => () => 'text')).rejects.toThrow(/has no "Resources"/);
  });
});

describe('what CfnInclude can not read', () => {
  const ELSEWHERE = { 'Fn::ImportValue': 'another-stack' };
  const bucket = (value: any, more = {}) => ({ Resources: { A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: value }, ...more } }, Outputs: { O: { Value: 'x' } } });

  test.each<[string, any]>([
    ['a function that nobody knows', { 'Fn::Unheard': ['x'] }], ['a macro that repeats', { 'Fn::ForEach::X': ['x'] }], ['a weak reference', { 'Fn::GetStackOutput': {} }],
    ['a reference to what a macro makes', { Ref: 'Made' }], ['an attribute of it', { 'Fn::GetAtt': ['Made', 'Arn'] }], ['the same in short', { 'Fn::GetAtt': 'Made.Arn' }],
    ['a text with it', { 'Fn::Sub': 'x-${Made.Arn}' }],
  ])('is a value from elsewhere: %s', (_n, value) => {
    expect(includable(bucket(value)).Resources.A.Properties.BucketName).toEqual(ELSEWHERE);
    expect(includable(bucket({ 'Fn::Join': ['-', [value]] })).Resources.A.Properties.BucketName).toEqual({ 'Fn::Join': ['-', [ELSEWHERE]] });
  });

  test.each<[string, any]>([
    ['a reference', { Ref: 'A' }], ['a pseudo parameter', { Ref: 'AWS::Region' }], ['an attribute', { 'Fn::GetAtt': ['A', 'Arn'] }],
    ['a text', { 'Fn::Sub': ['${A}-${AWS::Region}-${x}-${!Literal}', { x: '1' }] }], ['a plain value', 'x'],
  ])('does not include %s', (_n, value) => {
    expect(includable(bucket(value)).Resources.A.Properties.BucketName).toEqual(value);
  });

  test('leaves out what waits for nothing that is there', () => {
    expect(includable(bucket('x', { DependsOn: ['Made', 'A'] })).Resources.A.DependsOn).toEqual(['A']);
    expect(includable(bucket('x', { DependsOn: 'Made' })).Resources.A).not.toHaveProperty('DependsOn');
  });

  test('is told resource by resource, and silences nothing else', () => {
    const body = { Resources: { 'A': { Type: 'T' }, 'B': { Type: 'T' }, 'C': { Type: 'T' }, 'Fn::ForEach::X': ['x'] } };
    const attempts: string[][] = [];
    const left = include(body, (_file: string, unread: string[]) => {
      attempts.push(unread);
      if (!unread.includes('B')) { throw new Error("resource 'B' is odd"); }
      if (!unread.includes('C')) { throw new Error('something is odd'); }
    });
    expect(left).toEqual([
      { id: 'Fn::ForEach::X', why: 'it has no type before its macro ran' }, { id: 'B', why: "resource 'B' is odd" }, { id: 'C', why: 'something is odd' },
    ]);
    expect(attempts.at(-1)).toEqual(['B', 'C']);
    expect(() => include(body, () => { throw new Error('all is odd'); })).toThrow(/CfnInclude can't read the template: all is odd/);
  });
});

describe('what is told', () => {
  test('the unexplained, by rule: the message once, and where', () => {
    const told = unexplained([FINDING, { ...FINDING, rule: 'CKV_0', path: undefined }, { ...FINDING, resource: 'Other', path: undefined }]);
    expect(told).toEqual([
      'unexplained: checkov finds CKV_0 (1): wrong\n    Log1234 of s',
      'unexplained: checkov finds CKV_1 (2): wrong\n    Log1234 (App/Log/Resource) of s\n    Other of s',
    ]);
  });

  test('options, in both spellings', () => {
    expect(options(['a', '--sarif', 's', '--accepted=x', 'b'])).toEqual({ dirs: ['a', 'b'], sarif: 's', accepted: 'x', json: 'judgement.json' });
  });

  test('a list to begin with: a row for each finding, refused until its reason is written', () => {
    const own = { rule: 'CKV_9', judges: ['checkov'], resource: 'X', reason: REASON };
    const begun = startingList({ accepted: [own], comparisons: ['c'] }, [FINDING, FINDING, { ...FINDING, subject: 'c' }, { ...FINDING, rule: 'CKV_2', accepted: { reason: REASON } }]);
    expect(begun.accepted).toEqual([own, { rule: 'CKV_1', judges: ['checkov'], subject: 's', resource: 'App/Log/Resource', finding: 'wrong', reason: '' }]);
    const file = path.join(scratch, 'begun.json');
    fs.writeFileSync(file, JSON.stringify(begun));
    expect(() => readAccepted(file, ['checkov'])).toThrow(/row 2 \(CKV_1\): "reason" is missing or empty/);
    begun.accepted[1].reason = REASON;
    fs.writeFileSync(file, JSON.stringify(begun));
    const subject = { name: 's', reasons: new Map(), templates: [{ ids: ['Log1234'], paths: {} }] };
    expect(explain([FINDING], readAccepted(file, ['checkov']), [subject], ['checkov'])).toEqual({ findings: [{ ...FINDING, accepted: { in: 'the list', reason: REASON } }], stale: [] });
  });
});

/** What SARIF 2.1.0 requires of the parts that are written, and the words that it has: section numbers are those of the standard. */
function faults(log: any): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string) => { if (!holds) { found.push(what); } };
  const text = (v: any) => typeof v === 'string' && v !== '';
  must(log.version === '2.1.0' && /sarif.*2\.1\.0/.test(log.$schema), 'version (3.13)');
  for (const run of log.runs) {
    must(text(run.tool?.driver?.name), 'tool.driver.name (3.19.8)');
    const rules = run.tool.driver.rules;
    must(new Set(rules.map((r: any) => r.id)).size === rules.length && rules.every((r: any) => text(r.id) && text(r.shortDescription.text)), 'rules (3.49)');
    must(run.tool.extensions.every((e: any) => text(e.name)), 'extensions (3.18.3)');
    must(run.invocations.every((i: any) => typeof i.executionSuccessful === 'boolean' && (i.toolExecutionNotifications ?? []).every((n: any) => text(n.message.text))), 'invocations (3.20)');
    must(['utf16CodeUnits', 'unicodeCodePoints'].includes(run.columnKind), 'columnKind (3.14.17)');
    for (const r of run.results) {
      must(rules[r.ruleIndex]?.id === r.ruleId, 'ruleIndex (3.27.6)');
      must(['none', 'note', 'warning', 'error'].includes(r.level), 'level (3.27.10)');
      must(text(r.message.text), 'message (3.27.11)');
      for (const { physicalLocation: p, logicalLocations } of r.locations) {
        must(p === undefined || (text(p.artifactLocation.uri) && !/[\s\\]/.test(p.artifactLocation.uri) && Number.isInteger(p.region.startLine) && p.region.startLine >= 1), 'physicalLocation (3.29)');
        must(logicalLocations.every((l: any) => text(l.name) && text(l.fullyQualifiedName)), 'logicalLocations (3.33)');
      }
      must(Object.values(r.partialFingerprints).every(text), 'partialFingerprints (3.27.17)');
      must(r.suppressions.every((s: any) => ['inSource', 'external'].includes(s.kind) && ['accepted', 'underReview', 'rejected'].includes(s.status) && text(s.justification)), 'suppressions (3.35)');
    }
  }
  return found;
}

describe('SARIF', () => {
  const file = path.join(scratch, 'my assembly', 'A.template.json');
  const made = (findings: any[] = [FINDING, { ...FINDING, rule: 'CKV_0', resource: '(template)', path: undefined, severity: 'fatal', message: '', accepted: { in: 'the list', reason: REASON } }, { ...FINDING, subject: 'c' }]) => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ Resources: { Other: { Type: 'T' }, Log1234: { Type: 'T' } } }, undefined, 1));
    const judges = [{ name: 'checkov', status: 'ran' }, { name: 'cfn-lint', status: 'failed', why: 'boom' }, { name: 'cdk-nag', status: 'skipped', why: 'no Python' }];
    return sarif({ findings, judges, subjects: [{ name: 's', templates: [{ file }] }], comparisons: ['c'], from: scratch });
  };

  test('has one run for each judge, also for one that did not run', () => {
    const log = made();
    expect(faults(log)).toEqual([]);
    expect(log.runs.map((r: any) => [r.tool.driver.name, r.invocations[0].executionSuccessful, r.results.length])).toEqual([['checkov', true, 3], ['cfn-lint', false, 0], ['cdk-nag', false, 0]]);
  });

  test('places findings in their file, in the line where the resource begins, and says why they are accepted', () => {
    const [open, accepted, comparison] = made().runs[0].results;
    expect(open).toMatchObject({ ruleId: 'CKV_1', level: 'warning', suppressions: [], locations: [{ physicalLocation: { artifactLocation: { uri: 'my%20assembly/A.template.json', uriBaseId: '%SRCROOT%' }, region: { startLine: 6 } }, logicalLocations: [{ fullyQualifiedName: 'App/Log/Resource' }] }] });
    expect(accepted).toMatchObject({ level: 'error', suppressions: [{ kind: 'external', justification: REASON }], locations: [{ physicalLocation: { region: { startLine: 1 } } }] });
    expect(comparison.suppressions).toHaveLength(1);
    expect(comparison.locations[0]).not.toHaveProperty('physicalLocation');
    expect(new Set([open, accepted, comparison].map(r => r.partialFingerprints['judgeRuleResource/v1'])).size).toBe(3);
  });

  test.each<[string, (log: any) => void]>([
    ['a level', log => { log.runs[0].results[0].level = 'fatal'; }], ['a rule', log => { log.runs[0].results[0].ruleIndex = 0; }],
    ['a line', log => { log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0; }], ['a version', log => { log.version = '2.0'; }],
    ['a justification', log => { log.runs[0].results[1].suppressions[0].justification = ''; }], ['an address', log => { log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b'; }],
  ])('the check notices %s that is wrong', (_n, spoil) => {
    const log = made();
    spoil(log);
    expect(faults(log)).toHaveLength(1);
  });
});
