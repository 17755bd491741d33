import * as iam from 'aws-cdk-lib/aws-iam';
import { Lazy } from 'aws-cdk-lib/core';
import { PolicySize } from '../../../src/services/iam/policy-size';

const statement = (resources: string[], more: iam.PolicyStatementProps = {}) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources, ...more });
const filled = (...statements: iam.PolicyStatement[]) => {
  const size = new PolicySize();
  statements.forEach(s => size.add(s));
  return size;
};
const long = (characters: number) => statement(['x'.repeat(characters)]);

test('the first statement always fits, and a further one if there is room', () => {
  expect(new PolicySize().takes(long(7000))).toBe(true);
  expect(filled(long(3000)).takes(long(2900))).toBe(true);
  expect(filled(long(3000)).takes(long(3200))).toBe(false);
});

test('a resource counts once, and a kind of statement too', () => {
  const same = filled(...Array.from({ length: 100 }, () => statement(['arn:aws:s3:::orders'])));
  expect(same.takes(long(5900))).toBe(true);
  const apart = filled(...Array.from({ length: 60 }, (_, i) => statement(['arn:aws:s3:::orders'], { sid: `S${i}` })));
  expect(apart.takes(long(1500))).toBe(false);
});

test('what only the deployment knows is taken to be long', () => {
  const token = () => Lazy.string({ produce: () => 'short' });
  expect(filled(statement(Array.from({ length: 55 }, token))).takes(long(500))).toBe(false);
  expect(filled(statement(Array.from({ length: 50 }, token))).takes(long(500))).toBe(true);
});
