// Texts that AWS would refuse for their characters or their length: CloudFormation finds that only at deployment.
import type { RenderedTemplate } from './template';
import type { Json } from './values';
import { at, functionOf, isList, isObject, list } from './values';

/** What a text may be. */
interface Form {
  readonly characters?: RegExp;
  readonly longest: number;
  /** What `characters` are, for messages. */
  readonly of?: string;
}

/** Source: EC2 API reference, "CreateSecurityGroup", `GroupDescription`, and "IpRange", `Description`. */
const GROUP: Form = {
  characters: /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/, longest: 255, of: 'ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
};
/** Source: IAM API reference, "CreateRole" and "CreatePolicy", `Description`. */
const IDENTITY: Form = { characters: /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/, longest: 1000, of: 'those of Latin-1' };

/** Properties with a form, by type. Sources: the API reference of each service. */
const FORMS: Record<string, Record<string, Form>> = {
  'AWS::EC2::SecurityGroup': { GroupDescription: GROUP },
  'AWS::EC2::SecurityGroupIngress': { Description: GROUP },
  'AWS::EC2::SecurityGroupEgress': { Description: GROUP },
  'AWS::IAM::Role': { Description: IDENTITY },
  'AWS::IAM::ManagedPolicy': { Description: IDENTITY },
  'AWS::KMS::Key': { Description: { longest: 8192 } },
  'AWS::Events::Rule': { Description: { longest: 512 } },
  'AWS::CloudWatch::Alarm': { AlarmDescription: { longest: 1024 }, AlarmName: { longest: 255 } },
  'AWS::SNS::Topic': { DisplayName: { longest: 100 } },
};
/** Lists of rules in a security group, each with a description. */
const RULES = ['SecurityGroupIngress', 'SecurityGroupEgress'];
/** Source: AWS General Reference, "Tag naming limits and requirements". */
const TAG = { key: { longest: 128 }, value: { longest: 256 } };

/** A text that does not fit. */
export interface Misfit {
  readonly logicalId: string;
  readonly told: string;
}

/** The texts of a template that AWS would refuse. What only the deployment knows of them fits. */
export function misfits(template: RenderedTemplate): Misfit[] {
  return template.all.flatMap(({ logicalId, type, properties }) => [
    ...Object.entries(FORMS[type] ?? {}).map(([name, form]) => faultOf(`'${name}'`, properties[name], form)),
    ...type === 'AWS::EC2::SecurityGroup' ? RULES.flatMap(name => list(properties[name]).map(rule =>
      faultOf(`the description of a rule in '${name}'`, at(rule, 'Description'), GROUP))) : [],
    ...list(properties.Tags).flatMap(tag => {
      const [key, value] = [at(tag, 'Key'), at(tag, 'Value')];
      return [faultOf('the key of a tag', key, TAG.key), faultOf(`the tag '${String(key)}'`, value, TAG.value)];
    }),
  ].flatMap(told => told === undefined ? [] : [{ logicalId, told }]));
}

function faultOf(what: string, value: Json, { characters, longest, of }: Form): string | undefined {
  const text = knownOf(value);
  const wrong = characters && [...text].find(c => !characters.test(c));
  if (wrong !== undefined) {
    return `has the character '${wrong}' in ${what}, and AWS takes ${of}: name the construct, or describe it, otherwise`;
  }
  return text.length <= longest ? undefined
    : `has ${text.length} characters in ${what}, and AWS takes ${longest}: give the construct, or those above it, a shorter name`;
}

/** What is known of a text. */
function knownOf(value: Json): string {
  if (typeof value === 'string') { return value; }
  if (!isObject(value) || functionOf(value) !== 'Fn::Join') { return ''; }
  const parts = at(value, 'Fn::Join');
  const [separator, texts] = isList(parts) ? parts : ['', []];
  return list(texts).map(knownOf).join(String(separator));
}
