import { circleOf } from '../../src/core/circles';
import { RenderedTemplate } from '../../src/core/template';

const of = (resources: Record<string, any>) => circleOf(new RenderedTemplate({ Resources: Object.fromEntries(Object.entries(resources).map(([id, r]) => [id, { Type: 'A', ...r }])) }));

test.each<[string, Record<string, any>, string[] | undefined]>([
  ['none', { A: { Properties: { x: { Ref: 'B' } } }, B: {}, C: { DependsOn: ['A', 'B'] } }, undefined],
  ['a diamond, which is none', { A: { Properties: { x: [{ Ref: 'B' }, { Ref: 'C' }] } }, B: { Properties: { x: { Ref: 'D' } } }, C: { DependsOn: 'D' }, D: {} }, undefined],
  ['two', { A: { Properties: { x: { 'Fn::GetAtt': ['B', 'Arn'] } } }, B: { DependsOn: 'A' } }, ['A', 'B']],
  ['itself', { A: { Properties: { x: { 'Fn::Sub': '${A.Arn}' } } } }, ['A']],
  ['three, behind a way to them', { X: { Properties: { x: { Ref: 'A' } } }, A: { DependsOn: 'B' }, B: { Properties: { x: { Ref: 'C' } } }, C: { DependsOn: 'A' } }, ['A', 'B', 'C']],
  ['parameters and pseudo parameters, which are no resources', { A: { Properties: { x: [{ Ref: 'AWS::Region' }, { Ref: 'P' }] } } }, undefined],
])('%s', (_name, resources, expected) => expect(of(resources)).toEqual(expected));
