import { add, allow, ARN, beside, CONFIG, deny, OBJECTS, OURS, PARTNER, RIGHT, ROLE, ROOT, second } from './fixtures';
import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/s3/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const stranger = { AWS: `arn:aws:iam::${FOREIGN}:root` };
const unreadable = {
  'the policy is a parameter': [(r: any) => { r.Policy.Properties.PolicyDocument = { 'Fn::Unknown': 'P' }; }, 'Policy'],
  'the statements are a parameter': [(r: any) => { r.Policy.Properties.PolicyDocument.Statement = { 'Fn::Unknown': 'P' }; }, 'Policy'],
  'a statement is a parameter': [(r: any) => { r.Policy.Properties.PolicyDocument.Statement.push({ 'Fn::Unknown': 'P' }); }, 'Policy'],
  'a statement is a text': [(r: any) => { r.Policy.Properties.PolicyDocument.Statement = ['x']; }, 'Policy'],
} as const;
const distribution = (account: string) => ({ StringEquals: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/E1` } });
const CLOUDFRONT = { Service: 'cloudfront.amazonaws.com' };

proveBreaks(controls.S3_OWN_PRINCIPALS, RIGHT, {
  'the account reads': add(allow(ROOT, 's3:GetObject')),
  'a named role reads': add(allow({ AWS: `arn:aws:iam::${OWN}:role/Reader` }, 's3:GetObject*')),
  'the partner lists': add(allow({ AWS: PARTNER }, 's3:ListBucket')),
}, {
  ...unreadable,
  'another account reads': [add(allow(stranger, 's3:GetObject')), 'Policy'],
  'another account reads, by its number': [add(allow({ AWS: FOREIGN }, 's3:GetObject')), 'Policy'],
  'another account reads, beside a role': [add(allow({ AWS: [ROLE.AWS, FOREIGN] }, 's3:GetObject')), 'Policy'],
  'another account reads, by a second policy': [second(allow(stranger, 's3:GetObject')), 'Second'],
  'another account replicates': [add(allow({ AWS: `arn:aws:iam::${FOREIGN}:role/R` }, ['s3:ReplicateObject', 's3:ReplicateDelete'])), 'Policy'],
  'another account reads from an organization': [add(allow(stranger, 's3:GetObject', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })), 'Policy'],
  'the partner writes': [add(allow({ AWS: PARTNER }, ['s3:GetObject', 's3:PutObject'])), 'Policy'],
  'the partner does all but write': [add({ Effect: 'Allow', Principal: { AWS: PARTNER }, NotAction: 's3:PutObject', Resource: OBJECTS }), 'Policy'],
  'a parameter reads': [add(allow({ AWS: { 'Fn::Unknown': 'P' } }, 's3:GetObject')), 'Policy'],
  'the effect is a parameter': [add({ ...allow(stranger, 's3:GetObject'), Effect: { 'Fn::Unknown': 'P' } }), 'Policy'],
  'a canonical user reads': [add(allow({ CanonicalUser: 'abc' }, 's3:GetObject')), 'Policy'],
});
proveBreaks(controls.S3_OWN_SOURCES, RIGHT, {
  'a distribution of the account reads': add(allow(CLOUDFRONT, 's3:GetObject', distribution(OWN))),
  'a bucket of the stack sends logs': add(allow({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', { ArnLike: { 'aws:SourceArn': [{ 'Fn::GetAtt': ['Other', 'Arn'] }] } })),
}, {
  ...unreadable,
  'a distribution of another account reads': [add(allow(CLOUDFRONT, 's3:GetObject', distribution(FOREIGN))), 'Policy'],
  'a service without a condition': [add(allow(CONFIG, 's3:PutObject')), 'Policy'],
  'a service of an organization': [add(allow(CONFIG, 's3:PutObject', { StringEquals: { 'aws:SourceOrgID': 'o-1' } })), 'Policy'],
  'logs of every bucket of every account': [add(allow({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })), 'Policy'],
  'a service by a second policy': [second(allow(CONFIG, 's3:PutObject')), 'Second'],
});
proveBreaks(controls.S3_ONE_POLICY, RIGHT, { 'a policy of another bucket that names this one': beside('Second', 'AWS::S3::BucketPolicy', { Bucket: { Ref: 'Other' }, PolicyDocument: { Statement: [allow(ROLE, 's3:GetObject', { ArnLike: { 'aws:SourceArn': ARN } })] } }) }, {
  'there is a second one': [second(allow(ROLE, 's3:GetObject')), 'Second'],
  'there are two without the denial': [r => { second(allow(ROLE, 's3:GetObject'))(r); r.Policy.Properties.PolicyDocument.Statement.shift(); }, 'Policy', 'Second'],
});
proveBreaks(controls.S3_UNMANAGED, RIGHT, { 'a role deletes objects': add(allow(ROLE, ['s3:DeleteObject', 's3:GetObjectVersion'])) }, {
  ...unreadable,
  ...Object.fromEntries(['s3:PutLifecycleConfiguration', 's3:PutBucketVersioning', 's3:putbucketnotification', 's3:PutBucket*', 's3:*', 's3:BypassGovernanceRetention', 's3:PutAccessPointPolicy']
    .map(a => [`a role may ${a}`, [add(allow(ROLE, a)), 'Policy']] as const)),
  'an action is a parameter': [add(allow(ROLE, { 'Fn::Unknown': 'P' })), 'Policy'],
  'a role does all but read': [add({ Effect: 'Allow', Principal: ROLE, NotAction: 's3:GetObject', Resource: OBJECTS }), 'Policy'],
  'all but a role read': [add({ Effect: 'Allow', NotPrincipal: ROLE, Action: 's3:GetObject', Resource: OBJECTS }), 'Policy'],
});
const may = (Action: any, Resource: any = OBJECTS) => ({ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } });
proveBreaks(controls.S3_EVIDENCE_WRITERS, RIGHT, {
  'a role reads': add(allow(ROLE, 's3:GetObject*')),
  'a role reads, by its policy': beside('Reads', 'AWS::IAM::Policy', may(['s3:GetObject*', 's3:List*'])),
  'a role writes to another bucket': beside('Writes', 'AWS::IAM::Policy', may('s3:PutObject', { 'Fn::GetAtt': ['Other', 'Arn'] })),
  'a role that may break glass deletes': r => {
    add(deny('*', 's3:DeleteObject', { ArnNotLike: { 'aws:PrincipalArn': [ROLE.AWS] } }))(r);
    beside('Deletes', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }], ...may('s3:DeleteObject*') })(r);
  },
  'a role is denied to write': beside('Denied', 'AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Effect: 'Deny', Action: 's3:PutObject', Resource: OBJECTS }] } }),
}, {
  ...unreadable,
  'a role writes': [add(allow(ROLE, 's3:PutObject')), 'Policy'],
  'the account deletes': [add(allow(ROOT, 's3:Delete*')), 'Policy'],
  'everybody writes': [add(allow('*', 's3:PutObject')), 'Policy'],
  'a role writes, by its policy': [beside('Writes', 'AWS::IAM::Policy', may(['s3:Abort*', 's3:PutObject'])), 'Writes'],
  'a role writes, by a managed policy': [beside('Writes', 'AWS::IAM::ManagedPolicy', may('s3:*')), 'Writes'],
  'a role writes, by a policy in it': [r => { r.Role.Properties.Policies.push(may('s3:PutObject')); }, 'Role'],
  'a user writes, by a policy in it': [beside('User', 'AWS::IAM::User', { Policies: [may('s3:ReplicateObject')] }), 'User'],
});

const point = (Properties: any) => beside('Point', 'AWS::S3::AccessPoint', { Bucket: { Ref: 'Bucket' }, ...Properties });
const policy = (...Statement: any[]) => ({ Statement });
const lambda = (...FunctionArn: any[]) => (r: any) => {
  point({ Name: 'p' })(r);
  r.Lambda = {
    Type: 'AWS::S3ObjectLambda::AccessPoint',
    Properties: {
      ObjectLambdaConfiguration: {
        SupportingAccessPoint: { 'Fn::GetAtt': ['Point', 'Arn'] }, TransformationConfigurations: FunctionArn.map(f => ({ ContentTransformation: { AwsLambda: { FunctionArn: f } } })),
      },
    },
  };
};
const grant = (Grantee: any) => (r: any) => {
  r.Location = { Type: 'AWS::S3::AccessGrantsLocation', Properties: { LocationScope: { 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }, '/*']] } } };
  r.Grant = { Type: 'AWS::S3::AccessGrant', Properties: { AccessGrantsLocationId: { 'Fn::GetAtt': ['Location', 'AccessGrantsLocationId'] }, Grantee } };
};
const global = (Properties: any, statement?: any) => (r: any) => {
  r.Global = { Type: 'AWS::S3::MultiRegionAccessPoint', Properties: { Regions: [{ Bucket: { Ref: 'Bucket' } }], ...Properties } };
  if (statement) { r.GlobalPolicy = { Type: 'AWS::S3::MultiRegionAccessPointPolicy', Properties: { MrapName: { Ref: 'Global' }, Policy: policy(statement) } }; }
};
proveBreaks(controls.S3_DOORS, RIGHT, {
  'an access point without a policy': point({}),
  'an access point for a role': point({ Policy: policy(allow(ROLE, 's3:GetObject')), BucketAccountId: { Ref: 'AWS::AccountId' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: 'true' } }),
  'an access point of another bucket': beside('Point', 'AWS::S3::AccessPoint', { Bucket: { Ref: 'Other' }, Policy: policy(allow(stranger, 's3:GetObject')) }),
  'an access point of all regions for a role': global({ PublicAccessBlock: {} }, allow(ROLE, 's3:GetObject')),
  'a function of the account': lambda(`arn:aws:lambda:eu-west-1:${OWN}:function:f`),
  'a grant for a role': grant({ GranteeType: 'IAM', GranteeIdentifier: `arn:aws:iam::${OWN}:role/a` }),
  'a grant for a group of the directory': grant({ GranteeType: 'DIRECTORY_GROUP', GranteeIdentifier: 'abc' }),
}, {
  'an access point is for another account': [point({ Policy: policy(allow(stranger, 's3:GetObject')) }), 'Point'],
  'an access point is for everybody': [point({ Policy: policy(allow('*', 's3:GetObject', { StringEquals: { 's3:DataAccessPointAccount': OWN } })) }), 'Point'],
  'an access point is for a service of anybody': [point({ Policy: policy(allow(CLOUDFRONT, 's3:GetObject')) }), 'Point'],
  'the policy of an access point is a parameter': [point({ Policy: { 'Fn::Unknown': 'P' } }), 'Point'],
  'an access point does not block the public': [point({ PublicAccessBlockConfiguration: { BlockPublicPolicy: false } }), 'Point'],
  'an access point may not block the public': [point({ PublicAccessBlockConfiguration: { BlockPublicPolicy: { 'Fn::Unknown': 'P' } } }), 'Point'],
  'an access point names another owner': [point({ BucketAccountId: FOREIGN }), 'Point'],
  'an access point of all regions does not block the public': [global({ PublicAccessBlockConfiguration: { BlockPublicAcls: false } }), 'Global'],
  'an access point of all regions is for another account': [global({}, allow(stranger, 's3:GetObject')), 'GlobalPolicy'],
  'a function of another account sees the objects': [lambda(`arn:aws:lambda:eu-west-1:${FOREIGN}:function:f`), 'Lambda'],
  'another account reads through a function': [r => {
    lambda(`arn:aws:lambda:eu-west-1:${OWN}:function:f`)(r);
    r.LambdaPolicy = { Type: 'AWS::S3ObjectLambda::AccessPointPolicy', Properties: { ObjectLambdaAccessPoint: { Ref: 'Lambda' }, PolicyDocument: policy(allow(stranger, 's3-object-lambda:GetObject')) } };
  }, 'LambdaPolicy'],
  'a grant is for another account': [grant({ GranteeType: 'IAM', GranteeIdentifier: `arn:aws:iam::${FOREIGN}:role/a` }), 'Grant'],
});

provePredicate(controls.S3_KEY_LETS_IN, RIGHT, {
  'nothing is encrypted': r => { delete r.Bucket.Properties.BucketEncryption; },
  'the key does not let the service write': r => { r.Key.Properties.KeyPolicy.Statement[0].Action = 'kms:Decrypt'; },
  'the key does not let the service in': r => { r.Key.Properties.KeyPolicy.Statement.shift(); },
  'another service writes': add(allow({ Service: 'delivery.logs.amazonaws.com' }, 's3:PutObject', OURS)),
  'the key does not let the partner in': r => { r.Key.Properties.KeyPolicy.Statement.pop(); },
});
const inventory = beside('Other', 'AWS::S3::Bucket', { InventoryConfigurations: [{ Destination: { BucketArn: ARN } }] });
const S3 = { Service: 's3.amazonaws.com' };
const letIn = (...where: ('Policy' | 'Key')[]) => (r: any) => {
  inventory(r);
  if (where.includes('Policy')) { add(allow(S3, 's3:PutObject', OURS))(r); }
  if (where.includes('Key')) { r.Key.Properties.KeyPolicy.Statement.push(allow(S3, 'kms:GenerateDataKey*', OURS)); }
};
proveBreaks(controls.S3_KEY_LETS_IN, RIGHT, { 'an inventory that arrives': letIn('Policy', 'Key') }, {
  'an inventory is not let in': [letIn(), 'Other'],
  'an inventory is let in by the bucket alone': [letIn('Policy'), 'Other'],
  'an inventory is let in by the key alone': [letIn('Key'), 'Other'],
  'an analysis is not let in': [beside('Other', 'AWS::S3::Bucket', { AnalyticsConfigurations: [{ StorageClassAnalysis: { DataExport: { Destination: { BucketArn: ARN } } } }] }), 'Other'],
});
test('what the key lacks is told', () => {
  const told = (change: (r: any) => void) => {
    const resources = structuredClone(RIGHT);
    change(resources);
    const t = new RenderedTemplate({ Resources: resources }, OWN);
    return controls.S3_KEY_LETS_IN.tells!(t.resource('Bucket')!, t);
  };
  expect(told(add(allow({ Service: 'delivery.logs.amazonaws.com' }, 's3:PutObject', OURS), allow({ Service: 'x.amazonaws.com' }, ['s3:GetObject', 's3:PutObject'], OURS)))).toEqual([
    "'delivery.logs.amazonaws.com' gets no kms:GenerateDataKey of the key 'Key': give the key 'KeyAccess.logDelivery()'",
    "'x.amazonaws.com' gets no kms:GenerateDataKey, kms:Decrypt of the key 'Key': give the key 'KeyAccess.publisher('x.amazonaws.com', sourceArn)'",
  ]);
  expect(told(r => { r.Key.Properties.KeyPolicy.Statement.pop(); })).toEqual([`'${PARTNER}' may not decrypt with the key 'Key': use 'grantReadToAccount', which lets it`]);
});

proveBreaks(controls.S3_KNOWN, RIGHT, {
  'a lens': beside('Lens', 'AWS::S3::StorageLens', { Export: { Bucket: ARN } }),
  'a function that knows its name': beside('Function', 'AWS::Lambda::Function', { Environment: { Variables: { BUCKET: { Ref: 'Bucket' } } } }),
  'a distribution': beside('Distribution', 'AWS::CloudFront::Distribution', { Origin: { 'Fn::GetAtt': ['Bucket', 'DomainName'] } }),
}, {
  'something unknown is attached': [beside('New', 'AWS::S3::Something', { Bucket: { Ref: 'Bucket' } }), 'New'],
  'files of it are mounted': [beside('Files', 'AWS::S3Files::FileSystem', { Bucket: ARN }), 'Files'],
});
proveBreaks(controls.S3_REACHABLE, RIGHT, {
  'a role is shut out': add(deny(ROLE, 's3:*')),
  'requests from elsewhere are denied, but for services': add(deny('*', 's3:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } })),
  'other services are shut out': add(deny(CONFIG, 's3:PutObject', { StringNotEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } })),
  'a tagged role is shut out': add(deny('*', 's3:PutObject', { StringEquals: { 'aws:PrincipalTag/team': 'b' } })),
  'deletions are denied': add(deny('*', 's3:DeleteObject')),
  'reading is denied on a condition': add(deny('*', 's3:GetObject', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })),
  'writing for others is denied': add(deny('*', 's3:PutObject', { StringNotEquals: { 'aws:SourceAccount': OWN } })),
  'what is archived is not read any more': add({ ...deny('*', 's3:GetObject'), Resource: { 'Fn::Join': ['', [ARN, '/archive/*']] } }),
}, {
  'nobody writes an archive, where services write too': [add({ ...deny('*', 's3:PutObject'), Resource: { 'Fn::Join': ['', [ARN, '/archive/*']] } }), 'Policy'],
  'all that some name is not read any more': [add({ ...deny('*', 's3:GetObject'), Resource: { 'Fn::Join': ['', [ARN, '/*/archive']] } }), 'Policy'],
  'nobody writes': [add(deny('*', 's3:PutObject')), 'Policy'],
  'nobody reads': [add(deny({ AWS: '*' }, 's3:Get*')), 'Policy'],
  'the account is shut out': [add(deny(ROOT, 's3:*')), 'Policy'],
  'nobody changes the policy': [add(deny('*', 's3:PutBucketPolicy')), 'Policy'],
  'all but a role are shut out': [add({ Effect: 'Deny', NotPrincipal: ROLE, Action: 's3:PutObject', Resource: OBJECTS }), 'Policy'],
  'AWS Config may not write': [add(deny(CONFIG, 's3:PutObject')), 'Policy'],
  'only a role writes, so that no service does': [add(deny('*', 's3:PutObject', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' } })), 'Policy'],
  'only an endpoint is written through': [add(deny('*', 's3:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })), 'Policy'],
  'services are shut out': [add(deny('*', 's3:PutObject', { Bool: { 'aws:PrincipalIsAWSService': 'true' } })), 'Policy'],
});

proveBreaks(controls.S3_NO_MANAGERS, RIGHT, {
  'a role writes objects, as the CDK grants it': beside('Writes', 'AWS::IAM::Policy', may(['s3:PutObject*', 's3:DeleteObject*', 's3:Abort*'])),
  'a role manages another bucket': beside('Manages', 'AWS::IAM::Policy', may('s3:*', { 'Fn::GetAtt': ['Other', 'Arn'] })),
}, {
  'a role changes the policy': [beside('Manages', 'AWS::IAM::Policy', may('s3:PutBucketPolicy', ARN)), 'Manages'],
  'a role changes the lifecycle, by a wildcard': [beside('Manages', 'AWS::IAM::ManagedPolicy', may('s3:Put*', ARN)), 'Manages'],
  'a role does what a parameter says': [r => { r.Role.Properties.Policies.push(may({ 'Fn::Unknown': 'P' }, ARN)); }, 'Role'],
});

const { S3_OWN_PRINCIPALS, S3_OWN_SOURCES, S3_ONE_POLICY, S3_UNMANAGED, S3_EVIDENCE_WRITERS, S3_REACHABLE } = controls;
for (const control of [S3_OWN_PRINCIPALS, S3_OWN_SOURCES, S3_ONE_POLICY, S3_UNMANAGED, S3_EVIDENCE_WRITERS, S3_REACHABLE]) {
  provePredicate(control, RIGHT, { 'there is no policy': r => { delete r.Policy; } });
}
