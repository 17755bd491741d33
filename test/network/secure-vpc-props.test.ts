import * as fs from 'fs';
import * as path from 'path';
import { SecureVpc } from '../../src/network/secure-vpc';
import { VpcEncryptionMode } from '../../src/network/secure-vpc-props';
import { newStack, render } from '../support/prove';

const TEXT = fs.readFileSync(path.join(__dirname, '../../src/network/secure-vpc-props.ts'), 'utf8');

/** The default that the documentation of a prop names. */
function documented(prop: string): string {
  return TEXT.slice(0, TEXT.indexOf(`readonly ${prop}?:`)).split('@default ').slice(-1)[0].split('\n')[0];
}

const rendered = (props: object = {}) => {
  const stack = newStack();
  const network = new SecureVpc(stack, 'Network', props);
  return { network, json: render(stack).json };
};

test.each<[string, unknown]>([
  ['cidr', '10.0.0.0/16'], ['azCount', 2], ['applicationPort', 8443], ['databasePort', 5440], ['publicHttp', true],
])('%s is by default what the documentation says', (prop, value) => {
  expect(documented(prop)).toBe(typeof value === 'string' ? `'${value}'` : String(value));
  expect(rendered({ [prop]: value }).json).toEqual(rendered().json);
});

test('every prop has a default', () => {
  const props = [...TEXT.matchAll(/readonly (\w+)\??:/g)].map(m => m[0]);
  expect(props).toHaveLength(15);
  expect(props.filter(prop => !prop.endsWith('?:'))).toEqual([]);
  expect([...TEXT.matchAll(/@default /g)]).toHaveLength(15);
});

test('modes are written as CloudFormation takes them', () => {
  expect(Object.entries(VpcEncryptionMode)).toEqual([['MONITOR', 'monitor'], ['ENFORCE', 'enforce']]);
});
