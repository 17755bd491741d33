package com.example.shop;

import io.github.cdkhardened.AlbTargetProps;
import io.github.cdkhardened.AuditTrail;
import io.github.cdkhardened.BackupPolicy;
import io.github.cdkhardened.CisAlarms;
import io.github.cdkhardened.ConfigNotifications;
import io.github.cdkhardened.ConfigRecorder;
import io.github.cdkhardened.CustomerManagedKey;
import io.github.cdkhardened.EncryptedBucket;
import io.github.cdkhardened.EncryptedDatabase;
import io.github.cdkhardened.EncryptedLogGroup;
import io.github.cdkhardened.EventNotification;
import io.github.cdkhardened.LoadBalancerDomain;
import io.github.cdkhardened.LockedBackupVault;
import io.github.cdkhardened.LogBucket;
import io.github.cdkhardened.NotificationTopic;
import io.github.cdkhardened.PrivateFargateService;
import io.github.cdkhardened.PrivateImage;
import io.github.cdkhardened.PrivateRepository;
import io.github.cdkhardened.ProtectedResource;
import io.github.cdkhardened.SecureVpc;
import io.github.cdkhardened.SecurityFoundation;
import io.github.cdkhardened.ServiceLinkedRole;
import io.github.cdkhardened.ThreatDetection;
import io.github.cdkhardened.TlsAlb;
import io.github.cdkhardened.WebFirewall;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.interfaces.cloudtrail.ITrailRef;
import software.amazon.awscdk.interfaces.config.IConfigurationRecorderRef;
import software.amazon.awscdk.interfaces.events.IRuleRef;
import software.amazon.awscdk.interfaces.guardduty.IDetectorRef;
import software.amazon.awscdk.interfaces.wafv2.IWebACLRef;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.backup.BackupPlan;
import software.amazon.awscdk.services.backup.BackupResource;
import software.amazon.awscdk.services.backup.BackupSelection;
import software.amazon.awscdk.services.backup.BackupSelectionOptions;
import software.amazon.awscdk.services.backup.CfnBackupPlan;
import software.amazon.awscdk.services.backup.IBackupPlan;
import software.amazon.awscdk.services.backup.IBackupVault;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudtrail.CfnTrail;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.AlarmState;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.CreateAlarmOptions;
import software.amazon.awscdk.services.cloudwatch.IAlarmRule;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.codepipeline.Artifact;
import software.amazon.awscdk.services.codepipeline.Pipeline;
import software.amazon.awscdk.services.codepipeline.PipelineType;
import software.amazon.awscdk.services.codepipeline.actions.EcrSourceAction;
import software.amazon.awscdk.services.codepipeline.actions.EcsDeployAction;
import software.amazon.awscdk.services.config.ManagedRule;
import software.amazon.awscdk.services.config.ManagedRuleIdentifiers;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.IConnectable;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.IBaseService;
import software.amazon.awscdk.services.elasticloadbalancingv2.IApplicationLoadBalancer;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.guardduty.CfnDetector;
import software.amazon.awscdk.services.guardduty.CfnFilter;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.DockerImageCode;
import software.amazon.awscdk.services.lambda.DockerImageFunction;
import software.amazon.awscdk.services.lambda.EcrImageCodeProps;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.rds.IDatabaseCluster;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.PublicHostedZone;
import software.amazon.awscdk.services.route53.PublicHostedZoneAttributes;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.LoadBalancerTarget;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * Each construct of the library, passed as the interface of the CDK that it implements. The methods know nothing but the CDK: they
 * hand what they get to one of its constructs, and call what a CDK user calls first.
 */
public final class InterfacesApp {
    private static final String DIGEST = "sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8";
    private static final String CODE = "exports.handler = async () => {};";

    private static Role role(final Construct scope, final String id) {
        return Role.Builder.create(scope, id).assumedBy(new ServicePrincipal("ec2.amazonaws.com")).build();
    }

    private static void output(final Construct scope, final String id, final String value) {
        CfnOutput.Builder.create(scope, id).value(value).build();
    }

    private static CreateAlarmOptions above(final int threshold, final int evaluationPeriods) {
        return CreateAlarmOptions.builder().threshold(threshold).evaluationPeriods(evaluationPeriods).build();
    }

    private static Function.Builder function(final Construct scope) {
        return Function.Builder.create(scope, "Function").runtime(Runtime.NODEJS_22_X).handler("index.handler").code(Code.fromInline(CODE));
    }

    /** A queue and a secret under a key. */
    static Queue takeKey(final Construct scope, final IKey key) {
        final Queue queue = Queue.Builder.create(scope, "Queue").encryptionMasterKey(key).build();
        queue.grantConsumeMessages(role(scope, "Consumer"));
        Secret.Builder.create(scope, "Secret").encryptionKey(key).build().grantRead(role(scope, "Reader"));
        key.grantEncryptDecrypt(role(scope, "Worker"));
        key.grantDecrypt(role(scope, "Auditor"));
        output(scope, "Arn", key.getKeyArn());
        return queue;
    }

    /** A distribution of what is in a bucket. */
    static void takeBucket(final Construct scope, final IBucket bucket) {
        Distribution.Builder.create(scope, "Distribution")
            .defaultBehavior(BehaviorOptions.builder().origin(S3BucketOrigin.withOriginAccessControl(bucket)).build())
            .build();
        Annotations.of(bucket).acknowledgeWarning("@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac",
            "No distribution of the account is for strangers");
        bucket.grantRead(role(scope, "Reader"));
        bucket.grantReadWrite(role(scope, "Writer"), "orders/*");
        bucket.addToResourcePolicy(PolicyStatement.Builder.create()
            .effect(Effect.DENY)
            .principals(List.of(new AnyPrincipal()))
            .actions(List.of("s3:PutObject"))
            .resources(List.of(bucket.arnForObjects("archive/*")))
            .build());
        output(scope, "Arn", bucket.getBucketArn());
    }

    /** The access logs of a bucket. */
    static void takeLogBucket(final Construct scope, final IBucket logBucket) {
        Bucket.Builder.create(scope, "Plain").serverAccessLogsBucket(logBucket).serverAccessLogsPrefix("s3/plain/").build();
        logBucket.grantRead(role(scope, "Auditor"), "elb/*");
        output(scope, "Arn", logBucket.getBucketArn());
        output(scope, "Url", logBucket.s3UrlForObject("elb/"));
    }

    /** An alarm, and a queue of what is published. */
    static void takeTopic(final Construct scope, final ITopic topic, final IQueue queue) {
        topic.metricNumberOfNotificationsFailed().createAlarm(scope, "Failed", above(1, 1)).addAlarmAction(new SnsAction(topic));
        topic.addSubscription(new SqsSubscription(queue));
        topic.grantPublish(role(scope, "Publisher"));
        output(scope, "Arn", topic.getTopicArn());
    }

    /** A filter of a log group, and a function that logs to it. */
    static void takeLogGroup(final Construct scope, final ILogGroup logGroup) {
        MetricFilter.Builder.create(scope, "Filter")
            .logGroup(logGroup)
            .metricNamespace("Interfaces")
            .metricName("Errors")
            .filterPattern(FilterPattern.anyTerm("ERROR"))
            .build();
        function(scope).logGroup(logGroup).build();
        logGroup.addStream("Stream");
        logGroup.grantWrite(role(scope, "Writer"));
        logGroup.metricIncomingLogEvents().createAlarm(scope, "Silence", CreateAlarmOptions.builder()
            .threshold(1)
            .evaluationPeriods(1)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .build());
        output(scope, "Arn", logGroup.getLogGroupArn());
    }

    /** A function in a VPC. */
    static IConnectable takeVpc(final Construct scope, final IVpc vpc, final SubnetSelection vpcSubnets, final ILogGroup logGroup) {
        final SecurityGroup client = SecurityGroup.Builder.create(scope, "Client")
            .vpc(vpc)
            .allowAllOutbound(false)
            .description("A client of the database")
            .build();
        function(scope).vpc(vpc).vpcSubnets(vpcSubnets).securityGroups(List.of(client)).build();
        vpc.addInterfaceEndpoint("Sqs", InterfaceVpcEndpointOptions.builder().service(InterfaceVpcEndpointAwsService.SQS).build());
        vpc.addFlowLog("More", FlowLogOptions.builder().destination(FlowLogDestination.toCloudWatchLogs(logGroup)).build());
        output(scope, "Subnets", String.join(" ", vpc.selectSubnets(vpcSubnets).getSubnetIds()));
        output(scope, "Id", vpc.getVpcId());
        return client;
    }

    /** A record for a load balancer. */
    static void takeLoadBalancer(final Construct scope, final IApplicationLoadBalancer loadBalancer, final IHostedZone zone) {
        ARecord.Builder.create(scope, "Record")
            .zone(zone)
            .recordName("www")
            .target(RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)))
            .build();
        loadBalancer.getMetrics().requestCount().createAlarm(scope, "Requests", above(10000, 1));
        loadBalancer.getConnections().allowDefaultPortFrom(Peer.ipv4("198.51.100.0/24"));
        output(scope, "Arn", loadBalancer.getLoadBalancerArn());
        output(scope, "Name", loadBalancer.getLoadBalancerDnsName());
    }

    /** An API behind a web firewall. */
    static void takeWebAcl(final Construct scope, final IWebACLRef webAcl) {
        final RestApi api = RestApi.Builder.create(scope, "Api").cloudWatchRole(false).build();
        api.getRoot().addMethod("GET");
        final CfnWebACLAssociation association = CfnWebACLAssociation.Builder.create(scope, "Association")
            .resourceArn(api.getDeploymentStage().getStageArn())
            .webAclArn(CfnWebACL.arnForWebACL(webAcl))
            .build();
        association.getNode().addDependency(webAcl);
        output(scope, "Id", webAcl.getWebAclRef().getWebAclId());
        output(scope, "Name", webAcl.getWebAclRef().getWebAclName());
    }

    /** A client of a database, and a backup of it. */
    static void takeDatabase(final Construct scope, final IDatabaseCluster database, final IConnectable client, final BackupPlan plan) {
        plan.addSelection("Database", BackupSelectionOptions.builder()
            .resources(List.of(BackupResource.fromRdsDatabaseCluster(database)))
            .build());
        database.getConnections().allowDefaultPortFrom(client);
        database.grantConnect(role(scope, "Client"), "reporting");
        database.metricCPUUtilization().createAlarm(scope, "Busy", above(80, 3));
        output(scope, "Host", database.getClusterEndpoint().getHostname());
        output(scope, "Id", database.getClusterIdentifier());
    }

    /** A pipeline that deploys a service. */
    static void takeService(final Construct scope, final IBaseService service, final IBucket artifactBucket, final IRepository repository) {
        final Artifact sourceOutput = new Artifact("Image");
        Pipeline.Builder.create(scope, "Pipeline")
            .artifactBucket(artifactBucket)
            .pipelineType(PipelineType.V2)
            .stages(List.of(
                software.amazon.awscdk.services.codepipeline.StageProps.builder()
                    .stageName("Source")
                    .actions(List.of(EcrSourceAction.Builder.create().actionName("Image").repository(repository).output(sourceOutput).build()))
                    .build(),
                software.amazon.awscdk.services.codepipeline.StageProps.builder()
                    .stageName("Deploy")
                    .actions(List.of(EcsDeployAction.Builder.create().actionName("Tasks").service(service).input(sourceOutput).build()))
                    .build()))
            .build();
        output(scope, "Arn", service.getServiceArn());
        output(scope, "Name", service.getServiceName());
        output(scope, "Cluster", service.getCluster().getClusterName());
    }

    /** What reaches others, and what they are granted. */
    static void takeClient(final IConnectable client, final IGrantable grantee, final IConnectable database, final IBucket bucket) {
        client.getConnections().allowToDefaultPort(database);
        client.getConnections().allowFrom(Peer.ipv4("10.0.0.0/16"), Port.tcp(8443));
        bucket.grantRead(grantee);
    }

    /** A task and a function of a repository's images. */
    static void takeRepository(final Construct scope, final IRepository repository) {
        new FargateTaskDefinition(scope, "Task").addContainer("Container", ContainerDefinitionOptions.builder()
            .image(ContainerImage.fromEcrRepository(repository, "1"))
            .build());
        DockerImageFunction.Builder.create(scope, "Function")
            .code(DockerImageCode.fromEcr(repository, EcrImageCodeProps.builder().tagOrDigest("1").build()))
            .build();
        repository.grantPull(role(scope, "Reader"));
        repository.grantPullPush(role(scope, "Builder"));
        repository.onImageScanCompleted("Scanned");
        output(scope, "Uri", repository.getRepositoryUri());
    }

    /** A plan that backs up to a vault. */
    static BackupPlan takeVault(final Construct scope, final IBackupVault backupVault) {
        backupVault.grant(role(scope, "Copier"), "backup:CopyIntoBackupVault");
        output(scope, "Arn", backupVault.getBackupVaultArn());
        output(scope, "Name", backupVault.getBackupVaultName());
        return BackupPlan.daily35DayRetention(scope, "Plan", backupVault);
    }

    /** More that a plan backs up. */
    static void takeBackupPlan(final Construct scope, final IBackupPlan backupPlan) {
        BackupSelection.Builder.create(scope, "Selection")
            .backupPlan(backupPlan)
            .resources(List.of(BackupResource.fromTag("backup", "daily")))
            .build();
        output(scope, "Id", backupPlan.getBackupPlanId());
        output(scope, "Arn", CfnBackupPlan.arnForBackupPlan(backupPlan));
        role(scope, "Later").getNode().addDependency(backupPlan);
    }

    /** Who may look at a trail. */
    static void takeTrail(final Construct scope, final ITrailRef trail) {
        role(scope, "Auditor").addToPolicy(PolicyStatement.Builder.create()
            .actions(List.of("cloudtrail:GetTrailStatus"))
            .resources(List.of(CfnTrail.arnForTrail(trail)))
            .build());
        output(scope, "Arn", trail.getTrailRef().getTrailArn());
        output(scope, "Name", trail.getTrailRef().getTrailName());
        role(scope, "Later").getNode().addDependency(trail);
    }

    /** A rule that needs a recorder. */
    static ManagedRule takeRecorder(final Construct scope, final IConfigurationRecorderRef recorder) {
        final ManagedRule rule = ManagedRule.Builder.create(scope, "Rule").identifier(ManagedRuleIdentifiers.EBS_ENCRYPTED_VOLUMES).build();
        rule.getNode().addDependency(recorder);
        output(scope, "Region", recorder.getEnv().getRegion());
        return rule;
    }

    /** A filter of findings. */
    static void takeDetector(final Construct scope, final IDetectorRef detector) {
        final CfnFilter filter = CfnFilter.Builder.create(scope, "Filter")
            .detectorId(detector.getDetectorRef().getDetectorId())
            .action("ARCHIVE")
            .name("mild")
            .findingCriteria(CfnFilter.FindingCriteriaProperty.builder().criterion(Map.of("severity", Map.of("Lt", 2))).build())
            .build();
        filter.getNode().addDependency(detector);
        output(scope, "Arn", CfnDetector.arnForDetector(detector));
    }

    /** An alarm when a rule fails to notify. */
    static void takeRule(final Construct scope, final IRuleRef rule) {
        Metric.Builder.create()
            .namespace("AWS/Events")
            .metricName("FailedInvocations")
            .dimensionsMap(Map.of("RuleName", CfnRule.arnForRule(rule)))
            .build()
            .createAlarm(scope, "Failed", above(1, 1));
        output(scope, "Arn", rule.getRuleRef().getRuleArn());
    }

    /** The interfaces of the CDK, and what implements them. */
    static final class InterfacesStack extends Stack {
        private Construct below(final String name) {
            return new Construct(this, name);
        }

        InterfacesStack(final Construct scope, final String id, final StackProps props) {
            super(scope, id, props);
            final IHostedZone zone = PublicHostedZone.fromPublicHostedZoneAttributes(this, "Zone",
                PublicHostedZoneAttributes.builder().hostedZoneId("Z0123456789ABC").zoneName("example.com").build());

            final SecurityFoundation foundation = SecurityFoundation.Builder.create(this, "Security")
                .notify(List.of("security@example.com"))
                .build();
            final Queue queue = takeKey(below("TakesKey"), CustomerManagedKey.Builder.create(this, "Key").description("What is passed on").build());
            takeLogBucket(below("TakesLogBucket"), new LogBucket(this, "LogBucket"));
            final EncryptedBucket bucket = new EncryptedBucket(this, "Bucket");
            takeBucket(below("TakesBucket"), bucket);
            final NotificationTopic topic = NotificationTopic.Builder.create(this, "Topic").emails(List.of("operations@example.com")).build();
            takeTopic(below("TakesTopic"), topic, queue);
            final EncryptedLogGroup logGroup = new EncryptedLogGroup(this, "LogGroup");
            takeLogGroup(below("TakesLogGroup"), logGroup);
            takeKey(below("TakesLogKey"), foundation.getLogKey());
            takeRule(below("TakesRule"), EventNotification.Builder.create(this, "Notification")
                .description("An instance changed its state")
                .eventPattern(EventPattern.builder().source(List.of("aws.ec2")).build())
                .topic(topic)
                .build()
                .getRule());

            final SecureVpc vpc = new SecureVpc(this, "Network");
            final IConnectable client = takeVpc(below("TakesVpc"), vpc, vpc.getApplicationSubnets(), logGroup);
            final EncryptedDatabase database = EncryptedDatabase.Builder.create(this, "Database")
                .vpc(vpc)
                .vpcSubnets(vpc.getDataSubnets())
                .build();
            final LockedBackupVault vault = new LockedBackupVault(this, "Vault");
            takeDatabase(below("TakesDatabase"), database, client, takeVault(below("TakesVault"), vault));
            takeBackupPlan(below("TakesBackupPlan"), BackupPolicy.Builder.create(this, "Backup")
                .resources(List.of(ProtectedResource.auroraCluster(database)))
                .build());

            final PrivateRepository repository = new PrivateRepository(this, "Repository");
            takeRepository(below("TakesRepository"), repository);
            final PrivateFargateService service = PrivateFargateService.Builder.create(this, "Service")
                .vpc(vpc)
                .vpcSubnets(vpc.getApplicationSubnets())
                .image(PrivateImage.fromRepository(repository, DIGEST))
                .port(8443)
                .build();
            takeService(below("TakesService"), service, bucket, repository);
            takeClient(service, service, database, bucket);
            final WebFirewall firewall = new WebFirewall(this, "Firewall");
            takeWebAcl(below("TakesWebAcl"), firewall);
            final TlsAlb loadBalancer = TlsAlb.Builder.create(this, "LoadBalancer")
                .vpc(vpc)
                .vpcSubnets(vpc.getLoadBalancerSubnets())
                .internetFacing(true)
                .domain(LoadBalancerDomain.builder().domainName("shop.example.com").hostedZone(zone).build())
                .firewall(firewall)
                .build();
            loadBalancer.addTarget("Service", AlbTargetProps.builder().targets(List.of(service)).port(8443).build());
            takeLoadBalancer(below("TakesLoadBalancer"), loadBalancer, zone);

            final AuditTrail trail = new AuditTrail(this, "Trail");
            takeTrail(below("TakesTrail"), trail);
            takeLogGroup(below("TakesTrailLogs"), trail.getLogGroup());
            final ConfigRecorder recorder = ConfigRecorder.Builder.create(this, "Recorder").serviceLinkedRole(ServiceLinkedRole.EXISTING).build();
            recorder.precede(takeRecorder(below("TakesRecorder"), recorder));
            final ThreatDetection detection = new ThreatDetection(this, "Detection");
            takeDetector(below("TakesDetector"), detection);
            detection.scanUploads(bucket);
            takeRule(below("TakesComplianceRule"), new ConfigNotifications(this, "ConfigNotifications").getCompliance().getRule());
            final CisAlarms alarms = CisAlarms.Builder.create(this, "Alarms").logGroup(logGroup).metricNamespace("Interfaces").build();
            final IAlarmRule[] rules = alarms.getAlarms().stream()
                .map(alarm -> AlarmRule.fromAlarm(alarm, AlarmState.ALARM))
                .toArray(IAlarmRule[]::new);
            CompositeAlarm.Builder.create(this, "Any").alarmRule(AlarmRule.anyOf(rules)).build().addAlarmAction(new SnsAction(topic));
        }
    }

    public static void main(final String[] args) {
        // `cdk init` sets this: a queue's key lets SNS in for one topic, not for everybody's.
        final App app = new App(AppProps.builder().context(Map.of("@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption", true)).build());
        new InterfacesStack(app, "Interfaces", StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
        app.synth();
    }
}
