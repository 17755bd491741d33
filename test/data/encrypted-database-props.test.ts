import * as fs from 'fs';
import * as path from 'path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Duration } from 'aws-cdk-lib/core';
import { EncryptedDatabase } from '../../src/data/encrypted-database';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { newStack, render } from '../support/prove';
import { newVpc } from '../support/vpc';

function template(props: object) {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  new EncryptedDatabase(stack, 'Database', { vpc: newVpc(stack), ...props });
  return render(stack).json;
}

/** The default that the documentation of a prop names. */
function documented(prop: string): string | undefined {
  const text = fs.readFileSync(path.join(__dirname, '../../src/data/encrypted-database-props.ts'), 'utf8');
  const comments = text.split(`readonly ${prop}?:`)[0];
  return comments.slice(comments.lastIndexOf('/**')).match(/@default (.*)/)?.[1];
}

test.each([
  ['engineVersion', "'17'", '17'],
  ['port', '5440', 5440],
  ['masterUsername', "'dbadmin'", 'dbadmin'],
  ['instances', '2, 1 in a disposable scope', 2],
  ['backupRetention', 'Duration.days(35), 1 day in a disposable scope', Duration.days(35)],
  ['deletionProtection', 'true, false in a disposable scope', true],
  ['databaseInsightsMode', 'rds.DatabaseInsightsMode.ADVANCED', rds.DatabaseInsightsMode.ADVANCED],
  ['caCertificate', 'rds.CaCertificate.RDS_CA_RSA2048_G1', rds.CaCertificate.RDS_CA_RSA2048_G1],
  ['logRetention', 'RetentionDays.ONE_YEAR, a week in a disposable scope', RetentionDays.ONE_YEAR],
])("the default of '%s' is what its documentation says", (prop, text, value) => {
  expect(documented(prop)).toBe(text);
  expect(template({ [prop]: value })).toEqual(template({}));
});
