import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';

interface Type {
  readonly interfaces?: string[];
  readonly properties?: { readonly name: string }[];
  readonly methods?: { readonly name: string }[];
}

let types: Record<string, Type> | undefined;

/** The types of the CDK that is installed, as its jsii assembly describes them. */
function typesOfCdk(): Record<string, Type> {
  if (types) { return types; }
  const root = path.dirname(require.resolve('aws-cdk-lib/package.json'));
  const packed = path.join(root, '.jsii.gz');
  const text = fs.existsSync(packed) ? zlib.gunzipSync(fs.readFileSync(packed)).toString() : fs.readFileSync(path.join(root, '.jsii'), 'utf8');
  types = JSON.parse(text).types as Record<string, Type>;
  return types;
}

/** Every member of an interface of the CDK, and of the interfaces that it extends: `aws-cdk-lib.aws_ec2.IVpc`. */
export function membersOf(name: string): string[] {
  const type = typesOfCdk()[name];
  if (!type) { return []; } // of another assembly: `constructs`
  const own = [...type.properties ?? [], ...type.methods ?? []].map(member => member.name);
  return [...new Set([...own, ...(type.interfaces ?? []).flatMap(membersOf)])];
}

/**
 * The members of an interface of the CDK that an object lacks. A construct that delegates has to have them all: TypeScript tells for
 * the oldest CDK that we compile against, and this for the newest one, when the tests run with it (`compat`).
 */
export function missingMembers(object: object, name: string): string[] {
  return membersOf(name).filter(member => !(member in object));
}
