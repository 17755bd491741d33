import { App } from 'aws-cdk-lib';
import { InterfacesStack } from './interfaces';

// `cdk init` sets this: a queue's key lets SNS in for one topic, not for everybody's.
const app = new App({ context: { '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true } });
new InterfacesStack(app, 'Interfaces', { env: { account: '111122223333', region: 'eu-west-1' } });
app.synth();
