import { reference } from '../../../build-tools/iam-facts';
import { isWithoutResource } from '../../../src/services/iam/actions';

test.each(Object.entries(reference()))('each action of %s is told as the reference has it', (service, actions) => {
  expect(actions.filter(([name, free]) => isWithoutResource(`${service}:${name}`) !== free)).toEqual([]);
});

test.each([
  'textract:DetectDocumentText', 'xray:PutTraceSegments', 'rekognition:DetectLabels', 'dynamodb:ListStreams', 'ecr:GetAuthorizationToken',
  'XRay:putTraceSegments', 'xray:Put*', 'xray:PutT?lemetry*', 'textract:Analyze*', 'ec2:DescribeSecurityGroups', 's3:ListAllMyBuckets',
])('%s knows no resource', action => expect(isWithoutResource(action)).toBe(true));

test.each([
  's3:GetObject', 'kms:Decrypt', 'iam:PassRole', 'secretsmanager:GetSecretValue', 'sts:AssumeRole', 'ec2:Describe*', 'ec2:DescribeS*', 's3:List*',
  's3:*', 'xray:*', 'x*', '*', '', 'nothing', 'unheard-of:Get', 'textract:', 'textract:DetectDocument', 'textract:DetectDocumentTextOf',
])("'%s' does, or nobody knows", action => expect(isWithoutResource(action)).toBe(false));
