import { CIS_PATTERNS } from '../../../src/services/cloudwatch/facts';

const byNumber = new Map(CIS_PATTERNS.map(p => [p.number, p]));

test('there are fifteen, 5.1 to 5.15', () => {
  expect(CIS_PATTERNS.map(p => p.number)).toEqual(Array.from({ length: 15 }, (_, i) => `5.${i + 1}`));
});

test('every name is there once', () => expect(new Set(CIS_PATTERNS.map(p => p.name)).size).toBe(15));

test('Security Hub has fourteen of them', () => {
  expect(CIS_PATTERNS.map(p => p.fsbp).filter(Boolean).sort()).toEqual(Array.from({ length: 14 }, (_, i) => `CloudWatch.${i + 1}`).sort());
});

const texts: [string, string][] = CIS_PATTERNS.flatMap(p => [[p.number, p.pattern], [`${p.number} of Security Hub`, p.securityHub ?? p.pattern]]);

describe.each(texts)('%s', (_number, text) => {
  test('is not longer than CloudWatch Logs takes', () => expect(text.length).toBeLessThanOrEqual(1024));

  test('is in braces, its parentheses and quotes in pairs', () => {
    expect(text).toMatch(/^\{.*\}$/);
    let depth = 0;
    for (const c of text) {
      depth += c === '(' ? 1 : c === ')' ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(text.split('"').length % 2).toBe(1);
  });
});

/** The names of events in a text. */
const events = (text: string) => [...text.matchAll(/\$\.eventName ?= ?"?(\w+)/g)].map(m => m[1]);

test.each([
  ['5.1', 0], ['5.2', 1], ['5.3', 0], ['5.4', 16], ['5.5', 5], ['5.6', 1], ['5.7', 2], ['5.8', 9], ['5.9', 4],
  ['5.10', 7], ['5.11', 6], ['5.12', 6], ['5.13', 7], ['5.14', 11], ['5.15', 18],
])('%s names %d events, each once', (number, count) => {
  const named = events(byNumber.get(number)!.pattern);
  expect(named).toHaveLength(count);
  expect(new Set(named).size).toBe(count);
});

test('the texts of 5.1 exclude no more than the benchmark says', () => {
  expect(byNumber.get('5.1')!.pattern).toBe(
    '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }');
  expect(byNumber.get('5.1')!.securityHub).toBe('{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}');
});

test('5.4 and 5.13 name the service, as Security Hub and the benchmark both accept', () => {
  expect(byNumber.get('5.4')!.pattern).toMatch(/^\{\(\$\.eventSource=iam\.amazonaws\.com\) && \(\(\$\.eventName=DeleteGroupPolicy\)\|\|.*\|\|\(\$\.eventName=DetachGroupPolicy\)\)\}$/);
  expect(byNumber.get('5.13')!.pattern).toMatch(/^\{\(\$\.eventSource=ec2\.amazonaws\.com\) && \(\(\$\.eventName = CreateRoute\) \|\| .* \|\| \(\$\.eventName = DisassociateRouteTable\)\)\}$/);
});

test('5.10 differs by ModifySecurityGroupRules, which Security Hub refuses', () => {
  const { pattern, securityHub } = byNumber.get('5.10')!;
  expect(events(pattern)).toEqual([...events(securityHub!), 'ModifySecurityGroupRules']);
});

test('5.3 keeps the order of its terms', () => {
  expect(byNumber.get('5.3')!.pattern).toBe('{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }');
});
