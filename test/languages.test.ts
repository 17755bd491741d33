/* eslint-disable @typescript-eslint/no-require-imports */
const { LANGUAGES, differences, hiddenParameters, missingDotnet, missingTools, notMade, wrongRefusal } = require('../build-tools/languages-support');

describe('differences', () => {
  const template = () => ({ Resources: { A: { Type: 'T', Properties: { List: [1, { x: null }] } } } });

  test('same values in another order of keys do not differ', () => {
    expect(differences({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]);
    expect(differences(template(), template())).toEqual([]);
  });

  test.each([
    ['a value', (t: any) => { t.Resources.A.Properties.List[0] = 2; }, '$.Resources.A.Properties.List[0]: 1 | 2'],
    ['a type', (t: any) => { t.Resources.A.Properties.List[0] = '1'; }, '$.Resources.A.Properties.List[0]: 1 | "1"'],
    ['an item less', (t: any) => { t.Resources.A.Properties.List.pop(); }, '$.Resources.A.Properties.List[1]: {"x":null} | missing'],
    ['a null less', (t: any) => { delete t.Resources.A.Properties.List[1].x; }, '$.Resources.A.Properties.List[1].x: null | missing'],
    ['an empty object for a null', (t: any) => { t.Resources.A.Properties.List[1].x = {}; }, '$.Resources.A.Properties.List[1].x: null | {}'],
    ['a property more', (t: any) => { t.Resources.A.Properties.More = false; }, '$.Resources.A.Properties.More: missing | false'],
    ['another logical ID', (t: any) => { t.Resources.B = t.Resources.A; delete t.Resources.A; }, '$.Resources.A: '],
  ])('%s differs', (_, change, line) => {
    const other = template();
    change(other);
    expect(differences(template(), other)[0]).toContain(line);
  });

  test('a list is not an object', () => {
    expect(differences({ a: [] }, { a: {} })).toEqual(['$.a: [] | {}']);
  });
});

describe('missingTools', () => {
  const says: Record<string, string> = { python3: '3.11', javac: 'javac 17.0.15', mvn: 'Apache Maven 3.8.7', go: 'go version go1.26.8 linux/amd64' };
  const withTools = (tools: Record<string, string | undefined>) => (command: string) => tools[command] === undefined
    ? { error: { code: 'ENOENT' } } : { status: 0, stdout: tools[command], stderr: '' };

  test('is silent where all are there', () => {
    expect(missingTools(LANGUAGES, withTools(says))).toEqual([]);
  });

  test.each([
    ['python3', 'python needs Python 3 with venv'], ['javac', 'java needs a JDK'], ['mvn', 'java needs Maven'], ['go', 'go needs Go'],
  ])('names %s where it is missing', (command, message) => {
    expect(missingTools(LANGUAGES, withTools({ ...says, [command]: undefined }))).toEqual([
      expect.stringMatching(new RegExp(`^${message}, but '${command}' does not start \\(ENOENT\\): install it`)),
    ]);
  });

  test('a tool for another language may be missing', () => {
    expect(missingTools(['python'], withTools({ python3: '3.11' }))).toEqual([]);
  });

  test.each([['python3', '3.9', '3.9'], ['javac', 'javac 11.0.2', '11.0'], ['go', 'go version go1.9 linux/amd64', '1.9']])('refuses %s that says %s', (command, output, version) => {
    expect(missingTools(LANGUAGES, withTools({ ...says, [command]: output }))).toEqual([expect.stringContaining(`, got ${version}: install it`)]);
  });

  test('a tool that fails or names no version is missing', () => {
    expect(missingTools(['python'], () => ({ status: 1, stdout: '', stderr: "No module named 'ensurepip'" }))).toEqual([
      expect.stringContaining("'python3' ended with 1: No module named 'ensurepip'"),
    ]);
    expect(missingTools(['go'], () => ({ status: 0, stdout: 'hm', stderr: '' }))).toEqual([expect.stringContaining("names no version, it says 'hm'")]);
  });
});

describe('wrongRefusal', () => {
  test('only the message, as the language brings it, is right', () => {
    expect(wrongRefusal({ status: 1, output: 'Trace\nRuntimeError: no\n' }, 'RuntimeError: ', 'no')).toBeUndefined();
    expect(wrongRefusal({ status: 1, output: 'panic: no' }, 'RuntimeError: ', 'no')).toContain('but not with');
    expect(wrongRefusal({ status: 1, output: 'RuntimeError: other' }, 'RuntimeError: ', 'no')).toContain('but not with');
    expect(wrongRefusal({ status: 0, output: 'RuntimeError: no' }, 'RuntimeError: ', 'no')).toBe('it accepted the bad input');
  });
});

test('missingDotnet wants a file for each type, two for a struct', () => {
  const assembly = { types: { a: { kind: 'class', name: 'A' }, p: { kind: 'interface', datatype: true, name: 'P' }, e: { kind: 'enum', name: 'E' } } };
  expect(missingDotnet(assembly, ['A.cs', 'P.cs', 'IP.cs', 'E.cs', 'Anchor.cs'])).toEqual([]);
  expect(missingDotnet(assembly, ['A.cs', 'P.cs'])).toEqual(['IP.cs', 'E.cs']);
});

test('hiddenParameters finds those that Python users would have to call by another name than the CDK gives them', () => {
  const method = (...names: string[]) => ({ name: 'open', parameters: names.map(name => ({ name })) });
  expect(hiddenParameters({ types: { a: { name: 'A', methods: [method('id', 'options'), { name: 'close' }] }, b: { name: 'B' } } })).toEqual([]);
  expect(hiddenParameters({ types: { a: { name: 'A', methods: [method('id', '_options')] } } })).toEqual(['A.open(_options)']);
});

describe('notMade', () => {
  const assembly = {
    types: {
      v: { kind: 'class', name: 'Vault', base: 'aws-cdk-lib.aws_backup.BackupVault' },
      l: { kind: 'class', name: 'VaultLock' },
      p: { kind: 'interface', name: 'VaultProps', datatype: true },
    },
  };

  test.each([
    ['javascript', "new Vault(stack, 'V')", 'new OtherVault(); new VaultLock(); Vault.from();'],
    ['python', 'Vault(\n    self,', 'OtherVault(self); VaultLock(self); from x import (\n    Vault,\n)'],
    ['java', 'Vault.Builder.create(this, "V")', 'new OtherVault(this); Vault.of(this); import a.Vault;'],
    ['java', 'new Vault(this, "V")', 'new VaultLock(this)'],
    ['go', 'cdkhardened.NewVault(stack', 'cdkhardened.NewOtherVault(stack); cdkhardened.Vault_Of(stack)'],
  ])('%s: a construct counts where it is made', (language, made, not) => {
    expect(notMade(assembly, language, made)).toEqual([]);
    expect(notMade(assembly, language, not)).toEqual(['Vault']);
  });

  test('the application counts where its stack is made', () => {
    const application = { types: { a: { kind: 'class', name: 'ThreeTierApplication', base: 'constructs.Construct' } } };
    expect(notMade(application, 'javascript', 'new ThreeTierSecureStack(app)')).toEqual([]);
    expect(notMade(application, 'javascript', '')).toEqual(['ThreeTierApplication']);
  });
});
