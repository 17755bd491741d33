import { Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** A web tier, an application tier and a data tier as CDK makes them when nobody asks for more. */
export class UndefendedStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    // Named zones: a look-up would need credentials.
    const vpc = new ec2.Vpc(this, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    const bucket = new s3.Bucket(this, 'Bucket');
    const database = new rds.DatabaseCluster(this, 'Database', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_5 }),
      vpc,
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
    });
    const service = new patterns.ApplicationLoadBalancedFargateService(this, 'Service', {
      vpc,
      desiredCount: 2,
      taskImageOptions: {
        image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Repository', 'shop')),
        containerPort: 8080,
        environment: { DATABASE_HOST: database.clusterEndpoint.hostname, BUCKET: bucket.bucketName },
        secrets: { DATABASE_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') },
      },
    });
    database.connections.allowDefaultPortFrom(service.service);
    bucket.grantReadWrite(service.taskDefinition.taskRole);
  }
}
