// What tells credentials from other environment variables.
import type { Json } from '../../core/values';
import { isList, isObject, textOf } from '../../core/values';

/** Environment variables that hold nothing but credentials, whatever their value. */
const ALWAYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'ECS_ENGINE_AUTH_DATA'];

const VALUES = [
  /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)/, // access keys
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\{\{resolve:(secretsmanager|ssm-secure):/, // CloudFormation would write the secret out
  /[a-z][a-z0-9+.-]*:\/\/[^/\s:@"]*:[^/\s@"]+@/i, // user and password in a URL
];

const NAMES = /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_PWD$|_PASS$/i;
const POINTERS = /_(ARN|NAME|ID|URL|URI|ENDPOINT|FILE|PATH|TTL|POLICY)$/i;

/** The texts of a rendered value: itself, put together, and what stands in it at any depth. */
function textsOf(value: Json): string[] {
  if (isList(value)) { return value.flatMap(textsOf); }
  return isObject(value) ? [textOf(value), ...Object.values(value).flatMap(textsOf)] : [textOf(value)];
}

/** Whether a variable is a credential beyond doubt. The value may be rendered: text, or CloudFormation functions. */
export function isCredential(name: string, value: Json): boolean {
  return ALWAYS.includes(name) || textsOf(value).some(text => VALUES.some(v => v.test(text)));
}

/** Whether a variable is called like a credential, and not like something that points to one (`DB_SECRET_ARN`). */
export function isNamedLikeCredential(name: string): boolean {
  return NAMES.test(name) && !POINTERS.test(name);
}
