// What the emulator was given, held against the templates: a resolver of our own says what each property must have become.
const ARN = /^arn:aws:([a-z0-9-]+):([a-z]{2}-[a-z]+-\d|\*)?:(\d{12}|aws)?:(.+)$/;
/** Services whose ARNs have no region, and those that have no account either. */
const GLOBAL = ['iam', 's3', 'cloudfront', 'route53'];
const NO_ACCOUNT = ['s3', 'route53'];

/** Strings of a value, each with its path. */
function strings(value, path = '') {
  if (typeof value === 'string') { return [[path, value]]; }
  if (value === null || typeof value !== 'object') { return []; }
  return Object.entries(value).flatMap(([k, v]) => [...(Array.isArray(value) ? [] : [[`${path}.${k} (name)`, k]]), ...strings(v, `${path}.${k}`)]);
}

/** What CloudFormation makes of a value of a stack. */
function resolver(world, stack) {
  const at = logicalId => {
    const found = world.record[`${stack.region}/${stack.name}/${logicalId}`];
    if (!found) { throw new Error(`'${logicalId}' is referenced and was not deployed`); }
    return found;
  };
  const attribute = ([logicalId, name]) => {
    const { Attributes } = at(logicalId);
    if (!(name in Attributes)) { throw new Error(`'${logicalId}' has no attribute '${name}'`); }
    return Attributes[name];
  };
  const output = (region, name, matches) => {
    const [producer, found] = world.stacks.filter(s => s.region === region && (name === undefined || s.name === name))
      .flatMap(s => Object.entries(s.template.Outputs ?? {}).map(([key, o]) => [s, { key, ...o }])).find(([, o]) => matches(o)) ?? [];
    if (!found) { throw new Error(`no stack in ${region} has the output`); }
    return resolver(world, producer)(found.Value);
  };
  const pseudo = {
    'AWS::AccountId': world.account, 'AWS::Region': stack.region, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackName': stack.name, 'AWS::StackId': stack.id,
  };
  const functions = {
    'Ref': x => pseudo[x] ?? at(x).PhysicalId,
    'Fn::GetAtt': attribute,
    'Fn::Join': ([glue, parts]) => resolve(parts).join(glue),
    'Fn::Split': ([glue, text]) => resolve(text).split(glue),
    'Fn::Select': ([index, list]) => resolve(list)[index],
    'Fn::GetAZs': region => ['a', 'b', 'c'].map(zone => (resolve(region) || stack.region) + zone),
    'Fn::ImportValue': name => output(stack.region, undefined, o => o.Export && o.Export.Name === name),
    'Fn::GetStackOutput': ({ StackName, OutputName, Region }) => output(Region ?? stack.region, StackName, o => o.key === OutputName),
  };
  function resolve(value) {
    if (value === null || typeof value !== 'object') { return value; }
    if (Array.isArray(value)) { return value.map(resolve); }
    const [name = '', ...more] = Object.keys(value);
    if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      if (!functions[name]) { throw new Error(`'${name}' is not known here: teach build-tools/emulator/record.js`); }
      return functions[name](value[name]);
    }
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolve(v)]));
  }
  return resolve;
}

/** First difference between what must be and what is. */
function difference(expected, actual, path = '') {
  if (expected === actual || (expected === undefined && isEmpty(actual))) { return undefined; }
  if (!expected || !actual || typeof expected !== 'object' || typeof actual !== 'object') {
    return `${path} is ${JSON.stringify(actual)} and should be ${JSON.stringify(expected)}`;
  }
  return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].reduce((found, key) => found ?? difference(expected[key], actual[key], `${path}.${key}`), undefined);
}

const isEmpty = value => value !== null && typeof value === 'object' && Object.keys(value).length === 0;

/** Without the tags that CloudFormation adds by itself. */
function untagged(value) {
  if (value === null || typeof value !== 'object') { return value; }
  if (Array.isArray(value)) { return value.filter(x => !/^aws:cloudformation:/.test(x?.Key ?? '')).map(untagged); }
  return Object.fromEntries(Object.entries(value).filter(([k]) => !/^aws:cloudformation:/.test(k)).map(([k, v]) => [k, untagged(v)]));
}

/** The attributes of a type that CloudFormation has, as aws-cdk-lib knows them. */
function documents(type, attribute) {
  const [, service, resource] = type.split('::');
  const construct = require(`aws-cdk-lib/aws-${service.toLowerCase()}`)[`Cfn${resource}`];
  const property = `attr${attribute.replace(/\./g, '')}`.toLowerCase();
  return Object.getOwnPropertyNames(construct.prototype).some(name => name.toLowerCase() === property);
}

/** What is wrong with an ARN. */
function arnProblem(text, world) {
  const [, service, region, account, resource] = text.match(ARN) ?? [];
  if (!resource) { return 'is no ARN'; }
  if (/arn:|undefined|null|None|\[object|\{|\}/.test(resource.replace(/\$\{[a-z]+:\w+\}/g, ''))) { return 'names no resource'; }
  if (region && GLOBAL.includes(service)) { return `has a region, and ${service} has none`; }
  if (!region && !GLOBAL.includes(service)) { return 'has no region'; }
  if (region && region !== '*' && !world.stacks.some(s => s.region === region)) { return 'is of a region without a stack'; }
  if (account && NO_ACCOUNT.includes(service)) { return `has an account, and ${service} has none`; }
  if (!account && !NO_ACCOUNT.includes(service) && !(service === 'ssm' && /^(automation-definition|document)\//.test(resource))) { return 'has no account'; }
  if (account && ![world.account, 'aws'].includes(account) && !(service === 'ecr' && resource === 'repository/aws-guardduty-agent-fargate')) { return 'is of another account'; }
  return undefined;
}

/**
 * Everything that is wrong with what was deployed.
 *
 * world: { account, types, record, stacks: [{ name, region, id, template }] }
 */
function problems(world) {
  const found = [];
  const say = (where, what) => found.push(`${where}: ${what}`);
  for (const stack of world.stacks) {
    const prefix = `${stack.region}/${stack.name}/`;
    const resolve = resolver(world, stack);
    for (const key of Object.keys(world.record).filter(k => k.startsWith(prefix) && !stack.template.Resources[k.slice(prefix.length)])) {
      say(key, 'was deployed and is not in the template');
    }
    for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
      const where = prefix + logicalId;
      const got = world.record[where];
      if (!got) { say(where, 'is in the template and was not deployed'); continue; }
      if (got.Type !== resource.Type) { say(where, `is a ${got.Type} and should be a ${resource.Type}`); }
      try {
        const wrong = difference(resolve(resource.Properties ?? {}), untagged(got.Properties));
        if (wrong) { say(where, wrong); }
      } catch (e) {
        say(where, e.message);
      }
      for (const [path, text] of strings(got.Properties)) {
        if (/\$\{Token\[|\$\{AWS::|\{\{resolve:|\[object Object\]|\bundefined\b/.test(text) || /^(Ref|Fn::\w+)$/.test(text)) { say(where, `${path} is not resolved: ${text}`); }
        for (const arn of text.match(/arn:[^\s"',\]]*/g) ?? []) {
          const wrong = arnProblem(arn, world);
          if (wrong) { say(where, `${path}: ${arn} ${wrong}`); }
        }
      }
    }
    for (const [logicalId, attribute] of attributesOf(stack.template)) {
      const type = stack.template.Resources[logicalId].Type;
      if (!documents(type, attribute)) { say(prefix + logicalId, `'${attribute}' is no attribute of ${type}`); }
    }
  }
  for (const [type, { attributes = {} }] of Object.entries(world.types)) {
    if (!Object.values(world.record).some(r => r.Type === type)) { say(type, 'is in types.json and no stack has it: remove it'); }
    for (const attribute of Object.keys(attributes)) {
      if (!documents(type, attribute)) { say(type, `types.json has '${attribute}', which is no attribute of it`); }
    }
  }
  return found;
}

function attributesOf(value) {
  if (value === null || typeof value !== 'object') { return []; }
  return Array.isArray(value['Fn::GetAtt']) ? [value['Fn::GetAtt']] : Object.values(value).flatMap(attributesOf);
}

/** Spoils a world in every way that `problems` must find out; returns what it did not find. */
function undetected(world) {
  const main = world.stacks[0];
  const idOf = type => `${main.region}/${main.name}/${Object.keys(main.template.Resources).find(id => main.template.Resources[id].Type === type)}`;
  const spoilers = {
    'a resource that is missing': w => { delete w.record[idOf('AWS::EC2::FlowLog')]; },
    'a resource too many': w => { w.record[`${main.region}/${main.name}/Extra`] = { Type: 'AWS::SNS::Topic', PhysicalId: 'x', Properties: {}, Attributes: {} }; },
    'another type': w => { w.record[idOf('AWS::EC2::FlowLog')].Type = 'AWS::SNS::Topic'; },
    'a property that is missing': w => { delete w.record[idOf('AWS::S3::Bucket')].Properties.BucketEncryption; },
    'a reference that became a logical id': w => { w.record[idOf('AWS::EC2::Subnet')].Properties.VpcId = idOf('AWS::EC2::VPC').split('/')[2]; },
    'an intrinsic that stayed': w => { w.record[idOf('AWS::EC2::Subnet')].Properties.VpcId = { Ref: 'Vpc' }; },
    'a token': w => { w.record[idOf('AWS::EC2::FlowLog')].Properties.ResourceId = '${Token[TOKEN.1]}'; },
    'an ARN of nobody': w => { w.record[idOf('AWS::CloudTrail::Trail')].Properties.KMSKeyId = 'arn:aws:kms:eu-west-1::key/1'; },
    'a value of the wrong stack': w => { w.record[idOf('AWS::CloudTrail::Trail')].Properties.S3BucketName = 'somebody-elses'; },
    'an attribute that CloudFormation does not have': w => { w.stacks[0].template.Outputs.Made = { Value: { 'Fn::GetAtt': [idOf('AWS::EC2::FlowLog').split('/')[2], 'Colour'] } }; },
    'a guess in the list': w => { w.types['AWS::EC2::FlowLog'].attributes.Colour = 'blue'; },
    'a type that nothing needs': w => { w.types['AWS::Athena::NamedQuery'] = { ref: '{id}' }; },
    ...Object.fromEntries(['arn:aws:s3:::undefined', 'arn:aws:iam:eu-west-1:000000000000:role/x', 'arn:aws:sns::000000000000:x', 'arn:aws:sns:eu-west-1:999999999999:x', 'arn:aws:sns:eu-west-1',
      'arn:aws:sns:ap-south-1:000000000000:x'].map(arn => [`the ARN ${arn}`, w => {
      // in the template too, so that only the look of it can tell
      const logicalId = idOf('AWS::EC2::FlowLog').split('/')[2];
      w.record[idOf('AWS::EC2::FlowLog')].Properties.LogGroupName = arn;
      w.stacks[0].template.Resources[logicalId].Properties.LogGroupName = arn;
    }])),
  };
  const missed = Object.entries(spoilers).filter(([, spoil]) => {
    const spoilt = structuredClone(world);
    spoil(spoilt);
    return problems(spoilt).length === 0;
  }).map(([name]) => name);
  return { count: Object.keys(spoilers).length, missed };
}

module.exports = { problems, undetected };
