/** Where a value stands in a template: keys and indexes from its root. */
export type Path = readonly (string | number)[];

/** What an edit returns to take a value out. */
export const GONE = Symbol('gone');

/** A copy of a JSON value with one place changed. What is not on the way to it is shared with the original. */
export function edit(value: any, path: Path, change: (old: any) => any): any {
  if (path.length === 0) { return change(value); }
  const [key, ...rest] = path;
  if (value === null || typeof value !== 'object' || !(key in value)) {
    throw new Error(`there is nothing to change at '${path.join('/')}': ${JSON.stringify(value)?.slice(0, 80)}`);
  }
  const next = edit(value[key], rest, change);
  if (Array.isArray(value)) {
    return next === GONE ? value.filter((_, i) => i !== key) : value.map((v, i) => i === key ? next : v);
  }
  if (next !== GONE) { return { ...value, [key]: next }; }
  const { [key as string]: _, ...others } = value;
  return others;
}

/** The value at a path, or undefined. */
export function at(value: any, path: Path): any {
  return path.reduce((v, key) => v?.[key], value);
}

/** Whether a value is an intrinsic function: opaque to the mutators. */
export function isIntrinsic(value: any): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) { return false; }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

/** What is one value or many, as a list. */
export function list(value: any): any[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}
