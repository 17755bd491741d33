// Constructs that implement an interface of the CDK by hand, held against that interface in another version of the CDK.

/** The members that an interface has, inherited ones included. */
function membersOf(fqn, find) {
  const type = find(fqn);
  if (!type) { return []; }
  return [...type.methods ?? [], ...type.properties ?? []].map(m => m.name).concat((type.interfaces ?? []).flatMap(i => membersOf(i, find)));
}

/** The members that a class has, those of its base classes included. */
function ownMembers(fqn, find) {
  const type = find(fqn);
  if (!type) { return []; }
  return [...type.methods ?? [], ...type.properties ?? []].map(m => m.name).concat(type.base ? ownMembers(type.base, find) : []);
}

/** What our classes lack of the interfaces that they implement, as sentences. */
function missingMembers(own, cdk) {
  const find = fqn => own.types[fqn] ?? cdk.types[fqn];
  const classes = Object.values(own.types).filter(t => t.kind === 'class');
  const pairs = classes.flatMap(c => (c.interfaces ?? []).filter(i => i.startsWith(`${cdk.name}.`)).map(i => [c.fqn, i]));
  if (pairs.length === 0) { throw new Error(`no class of ${own.name} implements an interface of ${cdk.name}: there is nothing to check`); }
  return pairs.flatMap(([type, face]) => {
    if (!find(face)) { return [`${type} implements ${face}, which ${cdk.name} ${cdk.version} does not have any more`]; }
    const has = new Set(ownMembers(type, find));
    return [...new Set(membersOf(face, find))].filter(m => !has.has(m)).map(m => `${type} lacks '${m}' of ${face} in ${cdk.name} ${cdk.version}: delegate it`);
  });
}

module.exports = { missingMembers };
