import * as sns from 'aws-cdk-lib/aws-sns';
import { BackupNotifications } from '../../src/recovery/backup-notifications';
import { newStack, proveControls, render } from '../support/prove';

const build = (stack: any) => { new BackupNotifications(stack, 'Notifications', { topic: new sns.Topic(stack, 'Topic'), backupVaultName: 'v', planIds: ['p1', 'p2'] }); };

proveControls(build);

function rules(): any[] {
  const stack = newStack();
  build(stack);
  return render(stack).resourcesOf('AWS::Events::Rule').map(r => r.properties);
}

test('failures are read from the state or the status, whichever the event has', () => {
  const either = rules()[0].EventPattern.detail.$or;
  expect(either.map((x: any) => Object.keys(x)[0])).toEqual(['state', 'status']);
  expect(either[0].state).toEqual(['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL']);
});

test('tampering is about this vault and these plans', () => {
  const { $or: either, ...beside } = rules()[1].EventPattern.detail;
  expect(beside).toEqual({}); // EventBridge refuses a $or with neighbours
  expect(either.map((x: any) => x.requestParameters)).toEqual([{ backupVaultName: ['v'] }, { backupPlanId: ['p1', 'p2'] }]);
  for (const alternative of either) {
    expect(alternative.eventSource).toEqual(['backup.amazonaws.com']);
    expect(alternative.eventName).toContain('DeleteRecoveryPoint');
  }
});

test('the patterns are short enough for EventBridge, with names as long as they come', () => {
  for (const rule of rules()) {
    const text = JSON.stringify(rule.EventPattern).replace('"v"', `"${'v'.repeat(50)}"`).replace(/"p\d"/g, `"${'p'.repeat(36)}"`);
    expect(text.length).toBeLessThanOrEqual(2048);
  }
});

test('expired backups that are removed, as every day, do not notify', () => {
  expect(JSON.stringify(rules().map(r => r.EventPattern))).not.toContain('"DELETED"');
});

test('the messages use what they take from the event', () => {
  for (const rule of rules()) {
    const { InputPathsMap: paths, InputTemplate: template } = rule.Targets[0].InputTransformer;
    expect([...template.matchAll(/<(\w+)>/g)].map(m => m[1]).sort()).toEqual(Object.keys(paths).sort());
  }
});
