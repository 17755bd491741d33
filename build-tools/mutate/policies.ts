import { GONE, list, Path } from './edit';
import { Mutation, mutation, Place } from './mutation';
import { isPolicy } from './settings';

/** The paths of every policy document below a value. */
export function policyPaths(value: any, path: Path): Path[] {
  if (value === null || typeof value !== 'object') { return []; }
  if (isPolicy(value)) { return [path]; }
  return Object.entries(value).flatMap(([key, child]) => policyPaths(child, [...path, Array.isArray(value) ? Number(key) : key]));
}

const isWide = (actions: any[]) => actions.some(a => a === '*' || /:\*$/.test(a));

function mutateAllow(place: Place, statement: any, path: Path): Mutation[] {
  const services = [...new Set(list(statement.Action).map(a => String(a).split(':')[0]))];
  return [
    mutation(place, path, 'remove-allow', () => GONE),
    ...statement.Principal !== undefined && statement.Principal !== '*' && !list(statement.Principal.AWS).includes('*')
      ? [mutation(place, [...path, 'Principal'], 'everyone', () => '*')] : [],
    ...isWide(list(statement.Action)) ? [] : [mutation(place, [...path, 'Action'], 'all-actions', () => services.map(s => `${s}:*`))],
    // In these a resource other than * has no meaning.
    ...statement.Resource === undefined || list(statement.Resource).includes('*') ? [] : [mutation(place, [...path, 'Resource'], 'all-resources', () => '*')],
  ];
}

function mutateDeny(place: Place, statement: any, path: Path): Mutation[] {
  const each = (name: string, operator: string) => Array.isArray(statement[name])
    ? statement[name].map((_: any, i: number) => mutation(place, [...path, name, i], operator, () => GONE)) : [];
  return [
    mutation(place, path, 'remove-deny', () => GONE),
    mutation(place, [...path, 'Effect'], 'allow', () => 'Allow'),
    ...statement.Principal === undefined ? [] : [mutation(place, [...path, 'Principal'], 'one-role', () => ({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/one' } }))],
    ...each('Action', 'drop-action'),
    ...each('Resource', 'drop-resource'),
  ];
}

/** What a condition asks for, turned round or emptied of meaning. */
function mutateConditions(place: Place, statement: any, path: Path): Mutation[] {
  const blocks = Object.entries<any>(statement.Condition ?? {});
  return blocks.flatMap(([operator, block]) => {
    const here: Path = [...path, 'Condition', operator];
    const keys = Object.entries<any>(block);
    return [
      mutation(place, here, 'drop-conditions', () => GONE),
      ...keys.length > 1 ? keys.map(([key]) => mutation(place, [...here, key], 'drop-condition', () => GONE)) : [],
      ...keys.flatMap(([key, value]) => {
        if (value === 'true' || value === 'false') { return [mutation(place, [...here, key], 'invert', v => v === 'true' ? 'false' : 'true')]; }
        if (operator.startsWith('Numeric')) { return [mutation(place, [...here, key], 'lower', () => '1.0')]; }
        // A value that lets everything through, under an operator that takes patterns. Of a deny: that denies nothing.
        return [mutation(place, [...path, 'Condition'], `any-value(${operator} ${key})`, condition => {
          const { [key]: _, ...others } = condition[operator];
          const like = statement.Effect === 'Deny' ? operator : operator.replace(/(String|Arn)(Not)?Equals(IfExists)?$/, '$1$2Like$3');
          const { [operator]: __, ...rest } = condition;
          return { ...rest, ...Object.keys(others).length > 0 && { [operator]: others }, [like]: { ...like === operator ? others : condition[like], [key]: '*' } };
        })];
      }),
    ];
  });
}

/** Every policy document of a resource, statement by statement. */
export function mutatePolicies(place: Place, resource: any): Mutation[] {
  return policyPaths(resource.Properties, ['Properties']).flatMap(path => {
    const document = path.reduce((v: any, key) => v[key], resource);
    return document.Statement.flatMap((statement: any, i: number) => {
      const here: Path = [...path, 'Statement', i];
      return [
        ...statement.Effect === 'Deny' ? mutateDeny(place, statement, here) : mutateAllow(place, statement, here),
        ...mutateConditions(place, statement, here),
      ];
    });
  });
}
