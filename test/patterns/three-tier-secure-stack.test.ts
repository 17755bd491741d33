import * as fs from 'fs';
import * as path from 'path';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, IPropertyInjector, Stage } from 'aws-cdk-lib/core';
import { findControl } from '../../src/assurance/catalogue';
import { Disposable } from '../../src/assurance/disposable';
import { verdictsOf } from '../../src/assurance/self-check';
import { AccountServices } from '../../src/patterns/account-services';
import { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';
import { FLAG_SETS } from '../support/prove';
import { ENV, newApp, shop, shopProps } from '../support/shop';

const STATEFUL = /^AWS::(KMS::Key|S3::Bucket|Logs::LogGroup|RDS::DBCluster|Backup::BackupVault|CloudTrail::Trail|Config::(ConfigurationRecorder|DeliveryChannel)|GuardDuty::Detector)$/;

/** No table of AWS names these outside the standard partition. */
const PREFIX_LISTS = { s3PrefixListId: 'pl-0000000000000000a', dynamoDbPrefixListId: 'pl-0000000000000000b' };

/** GuardDuty has no agent for Fargate there, so nothing lets the tasks pull it. */
const GAPS_IN_CHINA = [/ at Shop\/Application\/Service\/Task\/ExecutionRole\/Grants\//];

const templateOf = (stack: ThreeTierSecureStack) => (stack.node.root as App).synth().getStackArtifact(stack.artifactId).template;

/** Controls that hold, as `CONTROL at PATH`. */
function held(stack: ThreeTierSecureStack): string[] {
  (stack.node.root as App).synth();
  return verdictsOf(stack).filter(v => v.outcome === 'holds').map(v => `${v.control} at ${v.path}`).sort();
}

describe('the stack', () => {
  const stack = shop(newApp());
  const template = templateOf(stack);

  test('matches its snapshot', () => expect(template).toMatchSnapshot());

  test('has no Lambda function and no custom resource', () => {
    const types = Object.values<any>(template.Resources).map(r => r.Type);
    expect(types.filter(t => /Lambda|Custom::|CustomResource/.test(t))).toEqual([]);
  });

  test('keeps the logical ID of every stateful resource', () => {
    const file = path.join(__dirname, 'stateful-ids.json');
    const pinned: Record<string, string> = JSON.parse(fs.readFileSync(file, 'utf8'));
    const lost = Object.entries(pinned).filter(([id, type]) => template.Resources[id]?.Type !== type)
      .map(([id, type]) => `${id}: deployed stacks lose their ${type} (it is orphaned, and an empty one takes its place)`);
    expect(lost).toEqual([]);
    const now = Object.entries<any>(template.Resources).filter(([, r]) => STATEFUL.test(r.Type)).map(([id, r]) => [id, r.Type]);
    expect(Object.fromEntries(now)).toEqual(pinned);
  });

  test('retains every stateful resource', () => {
    const loose = Object.entries<any>(template.Resources)
      .filter(([, r]) => STATEFUL.test(r.Type) && (r.DeletionPolicy !== 'RetainExceptOnCreate' && r.DeletionPolicy !== 'Retain' || r.UpdateReplacePolicy !== 'Retain'))
      .map(([id]) => id);
    expect(loose).toEqual([]);
  });

  test('is protected from termination', () => expect(stack.terminationProtection).toBe(true));

  test('stays under 450 resources and 900 kB', () => {
    expect(Object.keys(template.Resources).length).toBeLessThan(450);
    expect(JSON.stringify(template, null, 1).length).toBeLessThan(900_000);
  });

  test('is the same in two synths', () => expect(JSON.stringify(templateOf(shop(newApp())))).toBe(JSON.stringify(template)));
});

describe('everywhere', () => {
  const reference = held(shop(newApp()));

  test.each(FLAG_SETS)('holds the same controls under %s feature flags', (_n, context) => {
    expect(held(shop(newApp(context)))).toEqual(reference);
  });

  test.each([
    ['an environment-agnostic stack', {} as Parameters<typeof shop>[2]],
    ['aws-us-gov', { env: { account: '111122223333', region: 'us-gov-west-1' }, network: PREFIX_LISTS }],
    ['aws-cn', { env: { account: '111122223333', region: 'cn-north-1' }, network: PREFIX_LISTS }],
    ['us-east-1', { env: { account: '111122223333', region: 'us-east-1' } }],
  ])('holds the same controls in %s', (_n, changes) => {
    const gaps = changes?.env?.region === 'cn-north-1' ? GAPS_IN_CHINA : [];
    expect(held(shop(newApp(), 'Shop', changes))).toEqual(reference.filter(c => !gaps.some(g => g.test(c))));
  });

  test('two stacks in one account, the second leaving account services alone, share no name', () => {
    const app = newApp();
    const stacks = [shop(app, 'One', { env: ENV }), shop(app, 'Two', { env: ENV, accountServices: AccountServices.leave() })];
    expect(shared(stacks.map(templateOf), stacks)).toEqual([]);
  });

  test('one stack in each of two stages shares no name', () => {
    const app = newApp();
    // of one account and region, so that the second leaves what the first one made
    const stacks = ['Dev', 'Prod'].map((name, i) => shop(new Stage(app, name, { env: ENV }) as any, 'Shop', i === 0 ? {} : { accountServices: AccountServices.leave() }));
    const assembly = app.synth();
    const templates = ['Dev', 'Prod'].map(name => assembly.getNestedAssembly(`assembly-${name}`).stacks[0].template);
    expect(shared(templates, stacks)).toEqual([]);
  });
});

/** Physical names that two templates have in common, with the stack's own name and GUID left in place. */
function shared(templates: any[], stacks: ThreeTierSecureStack[]): string[] {
  const names = templates.map((template, i) => Object.values<any>(template.Resources).flatMap(r =>
    Object.entries<any>(r.Properties ?? {})
      .filter(([k]) => /^(.*Name|.*Identifier|Name)$/.test(k) && !['HostedZoneName', 'DomainName', 'DatabaseName', 'ServiceName', 'MetricName', 'AWSServiceName', 'EngineName', 'S3BucketName', 'DBSubnetGroupName',
        'DBClusterParameterGroupName', 'DBParameterGroupName', 'DBClusterIdentifier', 'CACertificateIdentifier', 'LogGroupName', 'CidrBlock', 'DetectorId', 'BackupPlanName', 'ScalableDimension', 'PolicyName'].includes(k))
      .map(([, v]) => `${r.Type} ${JSON.stringify(v)}`)
      // DNS records are the domain's, which both were given; an association is called after its runbook
      .filter(n => !/^AWS::(Route53|SSM::Association)/.test(n) && !n.includes('"Ref":"Application') && !n.includes(stacks[i].artifactId) && !n.includes('Fn::GetAtt'))));
  return names[0].filter(n => names[1].includes(n));
}

describe('account services', () => {
  const types = (changes: Parameters<typeof shop>[2]) => Object.values<any>(templateOf(shop(newApp(), 'Shop', { env: ENV, ...changes })).Resources).map(r => r.Type);

  test('are made on request', () => {
    expect(types({})).toEqual(expect.arrayContaining(['AWS::CloudTrail::Trail', 'AWS::Config::ConfigurationRecorder', 'AWS::GuardDuty::Detector', 'AWS::IAM::ServiceLinkedRole']));
  });

  test('are adopted: none is made, findings are routed, the trail of the account gets the alarms', () => {
    const adopted = types({ accountServices: AccountServices.adopt({ detectorId: '0123456789abcdef0123456789abcdef', trailLogGroupName: 'organisation-trail' }) });
    expect(adopted.filter(t => /CloudTrail::Trail|ConfigurationRecorder|Detector$|ServiceLinkedRole/.test(t))).toEqual([]);
    expect(adopted.filter(t => t === 'AWS::CloudWatch::Alarm').length).toBeGreaterThanOrEqual(15);
    expect(adopted.filter(t => t === 'AWS::Events::Rule').length).toBeGreaterThanOrEqual(2);
  });

  test('are left alone', () => {
    const left = types({ accountServices: AccountServices.leave() });
    expect(left.filter(t => /CloudTrail|Config::|GuardDuty|CloudWatch::Alarm/.test(t))).toEqual([]);
  });
});

describe('a disposable stack', () => {
  const stack = shop(newApp(), 'Shop', { env: ENV, disposable: Disposable.because('the sandbox of one developer, without real data') });
  const template = templateOf(stack);

  test('keeps nothing and protects nothing from deletion', () => {
    const kept = Object.entries<any>(template.Resources).filter(([, r]) => r.Type !== 'AWS::IAM::ServiceLinkedRole' && /Retain|Snapshot/.test(`${r.DeletionPolicy}${r.UpdateReplacePolicy}`)).map(([id]) => id);
    expect(kept).toEqual([]);
    expect(JSON.stringify(template)).not.toMatch(/"DeletionProtection(Enabled)?":true/);
    expect(stack.terminationProtection).toBe(false);
  });

  test('moves no floor', () => {
    const lost = verdictsOf(stack).filter(v => v.outcome !== 'holds' && findControl(v.control)!.kind !== 'durability').map(v => `${v.control} at ${v.path}`);
    expect(lost).toEqual([]);
  });

  test('has one database instance and one task', () => {
    const of = (type: string) => Object.values<any>(template.Resources).filter(r => r.Type === type);
    expect(of('AWS::RDS::DBInstance')).toHaveLength(1);
    expect(of('AWS::ECS::Service')[0].Properties.DesiredCount).toBe(1);
  });
});

describe('what a consumer does behind our back', () => {
  test('an injector that strips a protection fails the synthesis and is named', () => {
    const injector: IPropertyInjector = {
      constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID,
      inject: originalProps => ({ ...originalProps, lifecycleRules: [] }),
    };
    const app = new App({ propertyInjectors: [injector], analyticsReporting: false });
    shop(app);
    expect(() => app.synth()).toThrow(/\[Shop\/Application\/.*\] S3-06 does not hold: 'LifecycleConfiguration'/);
  });

  test('an escape hatch that opens the database fails the synthesis and is named', () => {
    const app = newApp();
    const stack = shop(app);
    const instance = stack.application.database.node.findAll().find(c => rds.CfnDBInstance.isCfnDBInstance(c)) as rds.CfnDBInstance;
    instance.publiclyAccessible = true;
    expect(() => app.synth()).toThrow(/DB-02 does not hold: 'PubliclyAccessible'/);
  });
});

describe('bad input', () => {
  const build = (changes: Parameters<typeof shopProps>[0]) => () => new ThreeTierSecureStack(newApp(), 'Shop', { env: ENV, ...shopProps(changes) });

  test('an empty notification list', () => expect(build({ notify: [] })).toThrow(/\[Shop\/Application\] 'notify' is empty/));
  test.each<[string, object, RegExp]>([
    ['notification list', { notify: undefined }, /'notify' is missing: name at least one address/],
    ['application', { application: undefined }, /'application' is missing: give its image and port/],
    ['image', { application: { port: 8443 } }, /'application\.image' is missing: give PrivateImage\.of/],
    ['port', { application: { image: shopProps().application.image } }, /'application\.port' is missing: give the port/],
    ['choice of account services', { accountServices: undefined }, /'accountServices' is missing: give 'AccountServices\.create\(\)'/],
  ])('no %s', (_name, changes, message) => {
    expect(build(changes)).toThrow(message);
    expect(build(changes)).toThrow(/^\[Shop\] /);
  });
  test('fewer than two zones', () => expect(build({ network: { azCount: 1 } })).toThrow(/\[Shop\/Application\] 'network\.azCount'.*1/));
  test('a port that only root may listen on', () => {
    expect(build({ application: { image: shopProps().application.image, port: 443 } })).toThrow(/^\[Shop\/Application\] 'application\.port' must be a whole number from 1024/);
  });
  test('a detector to adopt without its ID', () => {
    expect(() => AccountServices.adopt({} as any)).toThrow(/'detectorId' is missing: give what `aws guardduty list-detectors` prints/);
  });
  test('a range too small for the tiers', () => expect(build({ network: { cidr: '10.0.0.0/26' } })).toThrow(/\[Shop\/Application\] 'network\.cidr'.*10\.0\.0\.0\/26/));
  test('an overlapping deny list', () => expect(build({ network: { denyCidrs: ['192.0.2.0/24', '192.0.2.0/25'] } })).toThrow(/'network\.denyCidrs'.*192\.0\.2\.0\/2[45]/));
  test('neither a domain nor a certificate', () => expect(build({ domain: undefined })).toThrow(/'domain'/));
  test('a variable that the application gets by itself', () => {
    const { application } = shopProps();
    expect(build({ application: { image: application.image, port: 8443, environment: { DATABASE_HOST: 'x' } } })).toThrow(/\[Shop\/Application\] 'environment' has 'DATABASE_HOST'/);
  });
});
