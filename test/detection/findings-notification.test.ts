import * as sns from 'aws-cdk-lib/aws-sns';
import { FindingsNotification } from '../../src/detection/findings-notification';
import { newStack, render } from '../support/prove';

function rule(below?: number): any {
  const stack = newStack();
  new FindingsNotification(stack, 'Findings', { topic: new sns.Topic(stack, 'Topic'), from: 4, below });
  return render(stack).resourcesOf('AWS::Events::Rule')[0].properties;
}

test('matches by number, without an upper bound unless there is one', () => {
  expect(rule().EventPattern.detail).toEqual({ severity: [{ numeric: ['>=', 4] }] });
  expect(rule(7).EventPattern.detail).toEqual({ severity: [{ numeric: ['>=', 4, '<', 7] }] });
});

test('says what was found and where, and repeats nothing of the finding itself', () => {
  const { InputPathsMap: paths, InputTemplate: template } = rule().Targets[0].InputTransformer;
  expect(Object.values(paths).sort()).toEqual(['$.account', '$.detail.id', '$.detail.severity', '$.detail.type', '$.region']);
  expect([...template.matchAll(/<(\w+)>/g)].map(m => m[1]).sort()).toEqual(Object.keys(paths).sort());
});
