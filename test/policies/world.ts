import { ENV, newApp, shop } from '../support/shop';
import { ACCOUNT, idOf, REGION, ResolvedTemplate, resolveTemplate } from '../support/simulate';
import { Actor, FOREIGN, policiesIn, Policies, role, Thing } from '../support/table';

/** The application of the README, as if it were deployed. */
export interface World {
  readonly template: ResolvedTemplate;
  readonly policies: Policies;
  readonly application: Actor;
  /** The role that CloudFormation deploys with after the CDK's bootstrap. */
  readonly deployer: Actor;
  /** The logical ID of a resource whose ID begins so. */
  readonly id: (type: string, beginning: string) => string;
  readonly key: (beginning: string, name: string) => Thing;
  /** A bucket by its name and the beginning of its ID, without the suffix `Bucket`. */
  readonly bucket: (beginning: string, name: string) => Thing;
  /** An object of a bucket. */
  readonly object: (bucket: Thing, path: string) => Thing;
  readonly topic: Thing;
}

const STAR = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export function here(service: string, resource: string, account = ACCOUNT): string {
  return `arn:aws:${service}:${REGION}:${account}:${resource}`;
}

export const OTHER_KEY: Thing = { name: 'another key', arn: here('kms', 'key/ffffffff-1234-1234-1234-ffffffffffff'), policy: grantingAccount() };

/** A policy that hands a resource to the account's identities, so that only their own policies are left to refuse. */
export function grantingAccount(account = ACCOUNT, action = 'kms:*'): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: action, Resource: '*' }] };
}

/** A bucket of another account that lets everybody in, as somebody would make it to carry data to. */
export const DROP: Thing = {
  name: 'an object in an open bucket of another account',
  arn: 'arn:aws:s3:::drop-999988887777/loot',
  account: FOREIGN,
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::drop-999988887777/*' }] },
};

export function world(): World {
  const app = newApp();
  shop(app, 'Shop', { env: ENV });
  const template = resolveTemplate(app.synth().getStackByName('Shop').template, { stackName: 'Shop' });
  const id = (type: string, beginning: string) => idOf(template, type, `Application${beginning}`);
  const topic = id('AWS::SNS::Topic', 'SecurityTopic');
  return {
    template,
    policies: policiesIn(template),
    application: role(template, id('AWS::IAM::Role', 'ServiceTaskTaskRole'), 'the application'),
    deployer: { name: 'the role that deploys', principal: `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`, identity: [STAR] },
    id,
    key: (beginning, name) => {
      const key = id('AWS::KMS::Key', beginning);
      return { name, arn: template.arn(key), policy: key };
    },
    bucket: (beginning, name) => {
      const bucket = idOf(template, 'AWS::S3::Bucket', `Application${beginning}Bucket`);
      return { name, arn: template.arn(bucket), policy: id('AWS::S3::BucketPolicy', `${beginning}BucketPolicy`) };
    },
    object: (bucket, path) => ({ ...bucket, name: `an object of ${bucket.name}`, arn: `${bucket.arn}/${path}` }),
    topic: { name: 'the notification topic', arn: template.arn(topic), policy: id('AWS::SNS::TopicPolicy', 'SecurityTopicPolicy') },
  };
}
