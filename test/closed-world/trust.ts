// Who else may take the roles of the application.
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Cases, casesOf, Change } from './harness';
import { ACCOUNT, append, everybodyOf, find, FOREIGN, l1, ownIam, Statement, statement, to } from './touch';

/** A statement in the trust policy of a role: by the document that it is made of, and past it. */
function onTrust(path: string, json: Statement): Record<string, Change> {
  return {
    'assumeRolePolicy.addStatements': to((_, stack) => find<iam.Role>(stack, path).assumeRolePolicy!.addStatements(statement(json))),
    'by an override': to((_, stack) => append(l1(stack, path), 'AssumeRolePolicyDocument.Statement', json)),
  };
}

const assume = (principal: any, action = 'sts:AssumeRole', condition?: any): Statement =>
  ({ Effect: 'Allow', Principal: principal, Action: action, ...condition && { Condition: condition } });

const CASES: Cases = {
  'task role: another account assumes it': onTrust('Service/Task/TaskRole', assume(everybodyOf(FOREIGN))),
  'task role: everybody of the account assumes it': onTrust('Service/Task/TaskRole', assume(everybodyOf(ACCOUNT))),
  'task role: every workflow of a public identity provider assumes it': onTrust('Service/Task/TaskRole',
    assume({ Federated: ownIam('oidc-provider/token.actions.githubusercontent.com') }, 'sts:AssumeRoleWithWebIdentity',
      { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } })),
  'backup role: another account assumes it': onTrust('Backup/Backup/Role', assume(everybodyOf(FOREIGN))),
};

export const TRUST = casesOf('trust', CASES);
