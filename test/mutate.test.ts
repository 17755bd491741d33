import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { edit, GONE } from '../build-tools/mutate/edit';
import { EXCLUSIONS, exclusionOf } from '../build-tools/mutate/exclusions';
import { familyOf } from '../build-tools/mutate/families';
import { controlPredicates, Judge, policyTables } from '../build-tools/mutate/judges';
import { generate } from '../build-tools/mutate/mutators';
import { run, sample } from '../build-tools/mutate/runner';
import { synthesize } from '../build-tools/mutate/subject';
import { readAccepted } from '../build-tools/mutate/survivors';
import { selfCheck } from '../src/assurance/self-check';

/** What the mutations of a resource make of it: operator and path, and the properties afterwards. */
function mutants(Type: string, Properties: any, more: object = {}): Record<string, any> {
  const template = { Resources: { R: { Type, Properties, ...more }, Anchor: { Type: 'X::Y::Z', Properties: { Of: { Ref: 'R' } } } } };
  const { mutations, excluded } = generate(template);
  return Object.fromEntries([...mutations, ...excluded.map(e => e.mutation)].filter(m => m.logicalId === 'R').map(m => {
    const { R } = m.apply(template).Resources;
    return [m.id.replace(/^R\/?(Properties\/?)?/, ''), R && (m.path[0] === 'Properties' || m.path.length === 0 ? R.Properties : R)];
  }));
}

describe('an edit', () => {
  const value = { a: { b: [1, 2, 3] }, c: { d: 4 } };
  test('changes one place and shares the rest', () => {
    const edited = edit(value, ['a', 'b', 1], () => 9);
    expect(edited).toEqual({ a: { b: [1, 9, 3] }, c: { d: 4 } });
    expect(edited.c).toBe(value.c);
    expect(value.a.b).toEqual([1, 2, 3]);
  });
  test('takes keys and elements out', () => {
    expect(edit(value, ['a', 'b', 0], () => GONE)).toEqual({ a: { b: [2, 3] }, c: { d: 4 } });
    expect(edit(value, ['c', 'd'], () => GONE)).toEqual({ a: { b: [1, 2, 3] }, c: {} });
  });
  test('of nothing is refused', () => expect(() => edit(value, ['c', 'x'], () => GONE)).toThrow("there is nothing to change at 'x'"));
});

describe('settings', () => {
  test('are dropped at every depth, inverted and weakened', () => {
    expect(mutants('AWS::RDS::DBCluster', { StorageEncrypted: true, BackupRetentionPeriod: 7, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, Mode: { Status: 'ENABLED' } })).toEqual({
      'StorageEncrypted drop': { BackupRetentionPeriod: 7, KmsKeyId: expect.anything(), Mode: expect.anything() },
      'StorageEncrypted flip': expect.objectContaining({ StorageEncrypted: false }),
      'BackupRetentionPeriod drop': expect.not.objectContaining({ BackupRetentionPeriod: 7 }),
      'BackupRetentionPeriod weaken': expect.objectContaining({ BackupRetentionPeriod: 1 }),
      'KmsKeyId drop': expect.not.objectContaining({ KmsKeyId: expect.anything() }),
      'Mode drop': expect.not.objectContaining({ Mode: expect.anything() }),
      'Mode/Status drop': expect.objectContaining({ Mode: {} }),
      'Mode/Status weaken': expect.objectContaining({ Mode: { Status: 'DISABLED' } }),
    });
  });
  test.each<[string, string, any, any]>([
    ['a TLS policy', 'AWS::ElasticLoadBalancingV2::Listener', { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }, { SslPolicy: 'ELBSecurityPolicy-2016-08' }],
    ['a protocol', 'AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckProtocol: 'HTTPS' }, { HealthCheckProtocol: 'HTTP' }],
    ['a number that is low', 'AWS::EC2::FlowLog', { MaxAggregationInterval: 60 }, { MaxAggregationInterval: 6001 }],
    ['a number that is nought', 'X::Y::Z', { N: 0 }, { N: 1 }],
    ['an attribute', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { A: [{ Key: 'routing.http.desync_mitigation_mode', Value: 'strictest' }] }, { A: [{ Key: 'routing.http.desync_mitigation_mode', Value: 'monitor' }] }],
  ])('weakens %s', (_name, type, before, after) => expect(Object.entries(mutants(type, before)).find(([id]) => id.endsWith(' weaken'))![1]).toEqual(after));
  test('keep what has a deletion policy from being kept', () => {
    const all = mutants('AWS::KMS::Key', {}, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(Object.keys(all)).toEqual(['DeletionPolicy drop', 'DeletionPolicy delete', 'UpdateReplacePolicy drop', 'UpdateReplacePolicy delete']);
    expect(all['DeletionPolicy delete'].DeletionPolicy).toBe('Delete');
  });
  test('of a firewall count', () => {
    const all = mutants('AWS::WAFv2::WebACL', { Rules: [{ Action: { Block: {} } }, { OverrideAction: { None: {} } }] });
    expect(all['Rules/0/Action count-only'].Rules[0]).toEqual({ Action: { Count: {} } });
    expect(all['Rules/1/OverrideAction count-only'].Rules[1]).toEqual({ OverrideAction: { Count: {} } });
  });
});

describe('policies', () => {
  const of = (statement: any) => mutants('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: [statement] } });
  const first = (properties: any) => properties.PolicyDocument.Statement[0];
  test('an allow is removed and widened in every way', () => {
    const all = of({ Effect: 'Allow', Principal: { AWS: 'a' }, Action: ['s3:GetObject', 'kms:Decrypt'], Resource: 'r' });
    expect(all['PolicyDocument/Statement/0 remove-allow'].PolicyDocument.Statement).toEqual([]);
    expect(first(all['PolicyDocument/Statement/0/Principal everyone']).Principal).toBe('*');
    expect(first(all['PolicyDocument/Statement/0/Action all-actions']).Action).toEqual(['s3:*', 'kms:*']);
    expect(first(all['PolicyDocument/Statement/0/Resource all-resources']).Resource).toBe('*');
    expect(Object.keys(all)).toHaveLength(4);
  });
  test('what is wide already is not widened', () => {
    expect(Object.keys(of({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }))).toEqual(['PolicyDocument/Statement/0 remove-allow']);
  });
  test('a deny is removed, inverted and narrowed in every way', () => {
    const all = of({ Effect: 'Deny', Principal: '*', Action: ['a:B', 'a:C'], Resource: ['r', 'r/*'] });
    expect(all['PolicyDocument/Statement/0 remove-deny'].PolicyDocument.Statement).toEqual([]);
    expect(first(all['PolicyDocument/Statement/0/Effect allow']).Effect).toBe('Allow');
    expect(first(all['PolicyDocument/Statement/0/Principal one-role']).Principal).toHaveProperty('AWS');
    expect(first(all['PolicyDocument/Statement/0/Action/0 drop-action']).Action).toEqual(['a:C']);
    expect(first(all['PolicyDocument/Statement/0/Resource/1 drop-resource']).Resource).toEqual(['r']);
    expect(Object.keys(all)).toHaveLength(7);
  });
  test('conditions are dropped, by block and by key, inverted, lowered and emptied of meaning', () => {
    const Condition = { StringEquals: { k: 'v', l: 'w' }, Bool: { 'aws:SecureTransport': 'false' }, NumericLessThan: { 's3:TlsVersion': '1.2' }, ArnEquals: { m: 'x' } };
    const all = of({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*', Condition });
    const condition = (id: string) => first(all[`PolicyDocument/Statement/0/Condition${id}`]).Condition;
    expect(condition('/StringEquals drop-conditions')).not.toHaveProperty('StringEquals');
    expect(condition('/StringEquals/k drop-condition').StringEquals).toEqual({ l: 'w' });
    expect(condition('/Bool/aws:SecureTransport invert').Bool['aws:SecureTransport']).toBe('true');
    expect(condition('/NumericLessThan/s3:TlsVersion lower').NumericLessThan['s3:TlsVersion']).toBe('1.0');
    expect(condition(' any-value(StringEquals k)')).toMatchObject({ StringEquals: { l: 'w' }, StringLike: { k: '*' } });
    expect(condition(' any-value(ArnEquals m)')).toMatchObject({ ArnLike: { m: '*' } });
    expect(condition(' any-value(ArnEquals m)')).not.toHaveProperty('ArnEquals');
  });
});

describe('the network', () => {
  test('entries of network ACLs are removed, turned round and widened; denies narrowed', () => {
    const allow = mutants('AWS::EC2::NetworkAclEntry', { RuleAction: 'allow', Protocol: 6, CidrBlock: '10.0.0.0/8', PortRange: { From: 443, To: 443 } });
    expect(Object.keys(allow)).toEqual([' remove-entry', 'RuleAction flip-action', 'PortRange all-ports', ' all-protocols', 'CidrBlock anywhere']);
    expect(allow[' all-protocols']).toEqual({ RuleAction: 'allow', Protocol: -1, CidrBlock: '10.0.0.0/8' });
    expect(Object.keys(mutants('AWS::EC2::NetworkAclEntry', { RuleAction: 'deny', Protocol: -1, CidrBlock: '10.0.0.0/8' }))).toEqual([' remove-entry', 'RuleAction flip-action', 'CidrBlock one-address']);
  });
  test('rules of security groups are removed and widened, in a group and on their own', () => {
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: 'g' };
    const inline = mutants('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [rule] });
    expect(Object.keys(inline).sort()).toEqual(['all-ports', 'all-protocols', 'anywhere', 'remove-rule'].map(o => `SecurityGroupIngress/0 ${o}`));
    expect(inline['SecurityGroupIngress/0 anywhere'].SecurityGroupIngress).toEqual([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }]);
    const alone = mutants('AWS::EC2::SecurityGroupIngress', rule);
    expect(Object.keys(alone).sort()).toEqual([' all-ports', ' all-protocols', ' anywhere', ' remove-rule']);
    expect(alone[' remove-rule']).toBeUndefined();
    expect(alone[' all-ports']).toMatchObject({ FromPort: 0, ToPort: 65535 });
  });
});

test('a resource is removed if nothing refers to it', () => {
  const { mutations } = generate({ Resources: { Bucket: { Type: 'A::B::C', Properties: {} }, Policy: { Type: 'A::B::D', Properties: { Bucket: { Ref: 'Bucket' } } } } });
  expect(mutations.filter(m => m.operator === 'remove-resource').map(m => m.logicalId)).toEqual(['Policy']);
});

describe('a run', () => {
  const template = { Resources: { R: { Type: 'AWS::RDS::DBInstance', Properties: { PubliclyAccessible: false, StorageEncrypted: true } } } };
  const looksAt = (property: string, right: boolean): Judge => ({ name: property, objections: t => t.Resources.R?.Properties[property] === right ? [] : ['wrong'] });
  const { mutations } = generate(template);

  test('counts what is noticed, and names what is not', async () => {
    const outcome = await run(template, mutations, [looksAt('PubliclyAccessible', false)]);
    expect(outcome).toMatchObject({ total: 5, noticed: 3, threw: [] });
    expect(outcome.survivors).toEqual(['R/Properties/StorageEncrypted drop', 'R/Properties/StorageEncrypted flip']);
    expect([...outcome.families].reduce((sum, [, [, n]]) => sum + n, 0)).toBe(5);
  });
  test('asks a judge of last resort only about what nobody noticed', async () => {
    let asked = 0;
    const last: Judge = { name: 'last', lastResort: true, objections: () => { asked++; return []; } };
    const outcome = await run(template, mutations, [looksAt('PubliclyAccessible', false), last]);
    expect(outcome.noticed).toBe(3);
    expect(asked).toBe(1 + outcome.survivors.length); // once about the template as it is
  });

  test('takes more judges', async () => {
    const outcome = await run(template, mutations, [looksAt('PubliclyAccessible', false), looksAt('StorageEncrypted', true)]);
    expect(outcome.survivors).toEqual([]);
    expect([...outcome.judges]).toEqual([['PubliclyAccessible', 3], ['StorageEncrypted', 3]]);
  });
  test('does not take a judge who objects to everything', async () => {
    await expect(run(template, mutations, [looksAt('PubliclyAccessible', true)])).rejects.toThrow("the judge 'PubliclyAccessible' objects to the template before it is mutated");
  });
  test('names a judge who throws, and does not take that for a notice', async () => {
    const fragile: Judge = { name: 'fragile', objections: t => { void t.Resources.R.Properties.StorageEncrypted; return []; } };
    const outcome = await run(template, mutations, [fragile]);
    expect(outcome.noticed).toBe(0);
    expect(outcome.threw).toEqual([expect.stringMatching(/^R remove-resource: the judge 'fragile' threw/)]);
  });
});

test('a sample is the same for the same seed and another for another', () => {
  const all = Array.from({ length: 500 }, (_, i) => i);
  expect(sample(all, 50, 'a')).toEqual(sample(all, 50, 'a'));
  expect(sample(all, 50, 'a')).not.toEqual(sample(all, 50, 'b'));
  expect(new Set(sample(all, 50, 'a')).size).toBe(50);
  expect(sample(all, 1000, 'a')).toEqual(all);
});

describe('the list of survivors', () => {
  const write = (list: any) => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'survivors-')), 'list.json');
    fs.writeFileSync(file, JSON.stringify(list));
    return file;
  };
  test('has a reason for each', () => {
    expect(readAccepted().flatMap(a => a.survivors).length).toBeGreaterThan(0);
    expect(() => readAccepted(write([{ reason: 'because', survivors: ['x'] }]))).toThrow("the list of survivors has the reason 'because'");
  });
  test('has each once', () => {
    const reason = 'x'.repeat(40);
    expect(() => readAccepted(write([{ reason, survivors: ['x'] }, { reason, survivors: ['x'] }]))).toThrow("has 'x' twice");
  });
});

describe('the three-tier stack', () => {
  const subject = synthesize();
  const { mutations, excluded } = generate(subject.template);
  const predicates = controlPredicates(subject.registry, subject.outdir);

  test('has mutations of every family, in the same order every time, none of which changes nothing', () => {
    expect(mutations.length).toBeGreaterThan(2000);
    expect(new Set(mutations.map(familyOf)).size).toBe(13);
    expect(generate(synthesize().template).mutations.map(m => m.id)).toEqual(mutations.map(m => m.id));
    const before = JSON.stringify(subject.template);
    expect(mutations.filter(m => JSON.stringify(m.apply(subject.template)) === before).map(m => m.id)).toEqual([]);
    expect(JSON.stringify(subject.template)).toBe(before);
  });

  test('the policy tables notice what no predicate is about: that a role can do its work', async () => {
    const tables = policyTables(subject.template);
    const mutation = mutations.find(m => /TaskRoleGrants.*remove-allow$/.test(m.id))!;
    const weaker = mutation.apply(subject.template);
    expect(await tables.objections(subject.template)).toEqual([]);
    expect(predicates.objections(weaker)).toEqual([]);
    expect(await tables.objections(weaker)).toEqual([expect.stringMatching(/^the application may not /)]);
  });

  test('every exclusion leaves something out, and less than a quarter is left out', () => {
    expect(EXCLUSIONS.filter(e => !excluded.some(x => x.rule === e)).map(e => e.reason)).toEqual([]);
    expect(excluded.length).toBeLessThan((mutations.length + excluded.length) / 4);
    expect(excluded.every(x => exclusionOf(x.mutation) === x.rule)).toBe(true);
  });

  test('no exclusion leaves out a deny, a principal, an action, a network ACL entry or a deletion policy', () => {
    const never = /^(remove-deny|allow|one-role|drop-action|drop-resource|everyone|all-actions|all-resources|remove-entry|flip-action|anywhere|all-ports|all-protocols|delete|count-only)$/;
    expect(excluded.filter(x => never.test(x.mutation.operator)).map(x => x.mutation.id)).toEqual([]);
  });

  test('the predicates in memory say what the self-check says of the files', async () => {
    const written = fs.readFileSync(subject.templateFile, 'utf8');
    for (const m of sample(mutations, 12, 'files')) {
      fs.writeFileSync(subject.templateFile, JSON.stringify(m.apply(subject.template)));
      let message = '';
      try { selfCheck(subject.registry, subject.outdir, subject.app); } catch (e: any) { message = e.message; }
      const named = message.split('\n').slice(1).filter(l => l.startsWith('  [')).map(l => l.trim()
        // what was added is named by its own path, and the resource after the control
        .replace(/^\[.*\] (\S+) of '(.*?)' does not hold.*$/, '[$2] $1 does not hold').replace(/ does not hold.*$/, ' does not hold'));
      expect([m.id, [...new Set(named)]]).toEqual([m.id, await predicates.objections(m.apply(subject.template))]);
    }
    fs.writeFileSync(subject.templateFile, written);
  });
});
