import { parsed } from '../../src/core/embedded';

test.each<[string, any, any]>([
  ['an object', { a: 1 }, { a: 1 }],
  ['a list', [1], [1]],
  ['a text', '{"a":["b"]}', { a: ['b'] }],
  ['a text with a reference', { 'Fn::Join': ['', ['{"a":"', { Ref: 'A' }, '"}']] }, { a: { Ref: 'A' } }],
  ['a text with a part of one', { 'Fn::Join': ['', ['{"a":"arn:', { Ref: 'AWS::Partition' }, ':x"}']] }, { a: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':x']] } }],
  ['a substitution', { 'Fn::Sub': '{"a":"${A.Arn}","b":"${B}","c":"${!D}"}' }, { a: { 'Fn::GetAtt': ['A', 'Arn'] }, b: { Ref: 'B' }, c: '${D}' }],
  ['a substitution with its own values', { 'Fn::Sub': ['{"a":"${A}"}', { A: 'x' }] }, { a: 'x' }],
  ['what is no JSON', 'hello', undefined],
  ['what only the deployment knows', { 'Fn::Unknown': 'P' }, undefined],
])('%s', (_name, value, expected) => expect(parsed(value)).toEqual(expected));
