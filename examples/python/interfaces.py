#!/usr/bin/env python3
"""Each construct of the library, passed as the interface of the CDK that it implements.

The functions know nothing but the CDK: they hand what they get to one of its constructs, and call what a CDK user calls first.
"""

from aws_cdk import Annotations, App, CfnOutput, Environment, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_backup as backup
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_cloudtrail as cloudtrail
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as pipeline_actions
from aws_cdk import aws_config as config
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_events as events
from aws_cdk import aws_guardduty as guardduty
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_rds as rds
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as aliases
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_wafv2 as wafv2
from aws_cdk.interfaces.aws_cloudtrail import ITrailRef
from aws_cdk.interfaces.aws_config import IConfigurationRecorderRef
from aws_cdk.interfaces.aws_events import IRuleRef
from aws_cdk.interfaces.aws_guardduty import IDetectorRef
from aws_cdk.interfaces.aws_wafv2 import IWebACLRef
from cdk_hardened import (
    AuditTrail,
    BackupPolicy,
    CisAlarms,
    ConfigNotifications,
    ConfigRecorder,
    CustomerManagedKey,
    EncryptedBucket,
    EncryptedDatabase,
    EncryptedLogGroup,
    EventNotification,
    LoadBalancerDomain,
    LockedBackupVault,
    LogBucket,
    NotificationTopic,
    PrivateFargateService,
    PrivateImage,
    PrivateRepository,
    ProtectedResource,
    SecureVpc,
    SecurityFoundation,
    ServiceLinkedRole,
    ThreatDetection,
    TlsAlb,
    WebFirewall,
)
from constructs import Construct

DIGEST = "sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8"
CODE = "exports.handler = async () => {};"


def role(scope: Construct, id: str) -> iam.Role:
    return iam.Role(scope, id, assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))


def take_key(scope: Construct, key: kms.IKey) -> sqs.Queue:
    """A queue and a secret under a key."""
    queue = sqs.Queue(scope, "Queue", encryption_master_key=key)
    queue.grant_consume_messages(role(scope, "Consumer"))
    secretsmanager.Secret(scope, "Secret", encryption_key=key).grant_read(role(scope, "Reader"))
    key.grant_encrypt_decrypt(role(scope, "Worker"))
    key.grant_decrypt(role(scope, "Auditor"))
    CfnOutput(scope, "Arn", value=key.key_arn)
    return queue


def take_bucket(scope: Construct, bucket: s3.IBucket) -> None:
    """A distribution of what is in a bucket."""
    cloudfront.Distribution(
        scope,
        "Distribution",
        default_behavior=cloudfront.BehaviorOptions(origin=origins.S3BucketOrigin.with_origin_access_control(bucket)),
    )
    Annotations.of(bucket).acknowledge_warning(
        "@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac", "No distribution of the account is for strangers"
    )
    bucket.grant_read(role(scope, "Reader"))
    bucket.grant_read_write(role(scope, "Writer"), "orders/*")
    bucket.add_to_resource_policy(
        iam.PolicyStatement(
            effect=iam.Effect.DENY,
            principals=[iam.AnyPrincipal()],
            actions=["s3:PutObject"],
            resources=[bucket.arn_for_objects("archive/*")],
        )
    )
    CfnOutput(scope, "Arn", value=bucket.bucket_arn)


def take_log_bucket(scope: Construct, log_bucket: s3.IBucket) -> None:
    """The access logs of a bucket."""
    s3.Bucket(scope, "Plain", server_access_logs_bucket=log_bucket, server_access_logs_prefix="s3/plain/")
    log_bucket.grant_read(role(scope, "Auditor"), "elb/*")
    CfnOutput(scope, "Arn", value=log_bucket.bucket_arn)
    CfnOutput(scope, "Url", value=log_bucket.s3_url_for_object("elb/"))


def take_topic(scope: Construct, topic: sns.ITopic, queue: sqs.IQueue) -> None:
    """An alarm, and a queue of what is published."""
    topic.metric_number_of_notifications_failed().create_alarm(
        scope, "Failed", threshold=1, evaluation_periods=1
    ).add_alarm_action(actions.SnsAction(topic))
    topic.add_subscription(subscriptions.SqsSubscription(queue))
    topic.grant_publish(role(scope, "Publisher"))
    CfnOutput(scope, "Arn", value=topic.topic_arn)


def take_log_group(scope: Construct, log_group: logs.ILogGroup) -> None:
    """A filter of a log group, and a function that logs to it."""
    logs.MetricFilter(
        scope,
        "Filter",
        log_group=log_group,
        metric_namespace="Interfaces",
        metric_name="Errors",
        filter_pattern=logs.FilterPattern.any_term("ERROR"),
    )
    lambda_.Function(
        scope,
        "Function",
        runtime=lambda_.Runtime.NODEJS_22_X,
        handler="index.handler",
        code=lambda_.Code.from_inline(CODE),
        log_group=log_group,
    )
    log_group.add_stream("Stream")
    log_group.grant_write(role(scope, "Writer"))
    log_group.metric_incoming_log_events().create_alarm(
        scope,
        "Silence",
        threshold=1,
        evaluation_periods=1,
        comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    )
    CfnOutput(scope, "Arn", value=log_group.log_group_arn)


def take_vpc(
    scope: Construct, vpc: ec2.IVpc, vpc_subnets: ec2.SubnetSelection, log_group: logs.ILogGroup
) -> ec2.IConnectable:
    """A function in a VPC."""
    client = ec2.SecurityGroup(
        scope, "Client", vpc=vpc, allow_all_outbound=False, description="A client of the database"
    )
    lambda_.Function(
        scope,
        "Function",
        runtime=lambda_.Runtime.NODEJS_22_X,
        handler="index.handler",
        code=lambda_.Code.from_inline(CODE),
        vpc=vpc,
        vpc_subnets=vpc_subnets,
        security_groups=[client],
    )
    vpc.add_interface_endpoint("Sqs", service=ec2.InterfaceVpcEndpointAwsService.SQS)
    vpc.add_flow_log("More", destination=ec2.FlowLogDestination.to_cloud_watch_logs(log_group))
    CfnOutput(scope, "Subnets", value=" ".join(vpc.select_subnets(subnet_group_name=vpc_subnets.subnet_group_name).subnet_ids))
    CfnOutput(scope, "Id", value=vpc.vpc_id)
    return client


def take_load_balancer(
    scope: Construct, load_balancer: elbv2.IApplicationLoadBalancer, zone: route53.IHostedZone
) -> None:
    """A record for a load balancer."""
    route53.ARecord(
        scope,
        "Record",
        zone=zone,
        record_name="www",
        target=route53.RecordTarget.from_alias(aliases.LoadBalancerTarget(load_balancer)),
    )
    load_balancer.metrics.request_count().create_alarm(scope, "Requests", threshold=10000, evaluation_periods=1)
    load_balancer.connections.allow_default_port_from(ec2.Peer.ipv4("198.51.100.0/24"))
    CfnOutput(scope, "Arn", value=load_balancer.load_balancer_arn)
    CfnOutput(scope, "Name", value=load_balancer.load_balancer_dns_name)


def take_web_acl(scope: Construct, web_acl: IWebACLRef) -> None:
    """An API behind a web firewall."""
    api = apigateway.RestApi(scope, "Api", cloud_watch_role=False)
    api.root.add_method("GET")
    association = wafv2.CfnWebACLAssociation(
        scope,
        "Association",
        resource_arn=api.deployment_stage.stage_arn,
        web_acl_arn=wafv2.CfnWebACL.arn_for_web_acl(web_acl),
    )
    association.node.add_dependency(web_acl)
    CfnOutput(scope, "Id", value=web_acl.web_acl_ref.web_acl_id)
    CfnOutput(scope, "Name", value=web_acl.web_acl_ref.web_acl_name)


def take_database(
    scope: Construct, database: rds.IDatabaseCluster, client: ec2.IConnectable, plan: backup.BackupPlan
) -> None:
    """A client of a database, and a backup of it."""
    plan.add_selection("Database", resources=[backup.BackupResource.from_rds_database_cluster(database)])
    database.connections.allow_default_port_from(client)
    database.grant_connect(role(scope, "Client"), "reporting")
    database.metric_cpu_utilization().create_alarm(scope, "Busy", threshold=80, evaluation_periods=3)
    CfnOutput(scope, "Host", value=database.cluster_endpoint.hostname)
    CfnOutput(scope, "Id", value=database.cluster_identifier)


def take_service(
    scope: Construct, service: ecs.IBaseService, artifact_bucket: s3.IBucket, repository: ecr.IRepository
) -> None:
    """A pipeline that deploys a service."""
    source_output = codepipeline.Artifact("Image")
    codepipeline.Pipeline(
        scope,
        "Pipeline",
        artifact_bucket=artifact_bucket,
        pipeline_type=codepipeline.PipelineType.V2,
        stages=[
            codepipeline.StageProps(
                stage_name="Source",
                actions=[
                    pipeline_actions.EcrSourceAction(action_name="Image", repository=repository, output=source_output)
                ],
            ),
            codepipeline.StageProps(
                stage_name="Deploy",
                actions=[pipeline_actions.EcsDeployAction(action_name="Tasks", service=service, input=source_output)],
            ),
        ],
    )
    CfnOutput(scope, "Arn", value=service.service_arn)
    CfnOutput(scope, "Name", value=service.service_name)
    CfnOutput(scope, "Cluster", value=service.cluster.cluster_name)


def take_client(
    client: ec2.IConnectable, grantee: iam.IGrantable, database: ec2.IConnectable, bucket: s3.IBucket
) -> None:
    """What reaches others, and what they are granted."""
    client.connections.allow_to_default_port(database)
    client.connections.allow_from(ec2.Peer.ipv4("10.0.0.0/16"), ec2.Port.tcp(8443))
    bucket.grant_read(grantee)


def take_repository(scope: Construct, repository: ecr.IRepository) -> None:
    """A task and a function of a repository's images."""
    ecs.FargateTaskDefinition(scope, "Task").add_container(
        "Container", image=ecs.ContainerImage.from_ecr_repository(repository, "1")
    )
    lambda_.DockerImageFunction(
        scope, "Function", code=lambda_.DockerImageCode.from_ecr(repository, tag_or_digest="1")
    )
    repository.grant_pull(role(scope, "Reader"))
    repository.grant_pull_push(role(scope, "Builder"))
    repository.on_image_scan_completed("Scanned")
    CfnOutput(scope, "Uri", value=repository.repository_uri)


def take_vault(scope: Construct, backup_vault: backup.IBackupVault) -> backup.BackupPlan:
    """A plan that backs up to a vault."""
    backup_vault.grant(role(scope, "Copier"), "backup:CopyIntoBackupVault")
    CfnOutput(scope, "Arn", value=backup_vault.backup_vault_arn)
    CfnOutput(scope, "Name", value=backup_vault.backup_vault_name)
    return backup.BackupPlan.daily35_day_retention(scope, "Plan", backup_vault)


def take_backup_plan(scope: Construct, backup_plan: backup.IBackupPlan) -> None:
    """More that a plan backs up."""
    backup.BackupSelection(
        scope,
        "Selection",
        backup_plan=backup_plan,
        resources=[backup.BackupResource.from_tag("backup", "daily")],
    )
    CfnOutput(scope, "Id", value=backup_plan.backup_plan_id)
    CfnOutput(scope, "Arn", value=backup.CfnBackupPlan.arn_for_backup_plan(backup_plan))
    role(scope, "Later").node.add_dependency(backup_plan)


def take_trail(scope: Construct, trail: ITrailRef) -> None:
    """Who may look at a trail."""
    role(scope, "Auditor").add_to_policy(
        iam.PolicyStatement(
            actions=["cloudtrail:GetTrailStatus"], resources=[cloudtrail.CfnTrail.arn_for_trail(trail)]
        )
    )
    CfnOutput(scope, "Arn", value=trail.trail_ref.trail_arn)
    CfnOutput(scope, "Name", value=trail.trail_ref.trail_name)
    role(scope, "Later").node.add_dependency(trail)


def take_recorder(scope: Construct, recorder: IConfigurationRecorderRef) -> config.ManagedRule:
    """A rule that needs a recorder."""
    rule = config.ManagedRule(scope, "Rule", identifier=config.ManagedRuleIdentifiers.EBS_ENCRYPTED_VOLUMES)
    rule.node.add_dependency(recorder)
    CfnOutput(scope, "Region", value=recorder.env.region)
    return rule


def take_detector(scope: Construct, detector: IDetectorRef) -> None:
    """A filter of findings."""
    filter = guardduty.CfnFilter(
        scope,
        "Filter",
        detector_id=detector.detector_ref.detector_id,
        action="ARCHIVE",
        name="mild",
        finding_criteria=guardduty.CfnFilter.FindingCriteriaProperty(criterion={"severity": {"Lt": 2}}),
    )
    filter.node.add_dependency(detector)
    CfnOutput(scope, "Arn", value=guardduty.CfnDetector.arn_for_detector(detector))


def take_rule(scope: Construct, rule: IRuleRef) -> None:
    """An alarm when a rule fails to notify."""
    cloudwatch.Metric(
        namespace="AWS/Events",
        metric_name="FailedInvocations",
        dimensions_map={"RuleName": events.CfnRule.arn_for_rule(rule)},
    ).create_alarm(scope, "Failed", threshold=1, evaluation_periods=1)
    CfnOutput(scope, "Arn", value=rule.rule_ref.rule_arn)


class InterfacesStack(Stack):
    """The interfaces of the CDK, and what implements them."""

    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)

        def below(name: str) -> Construct:
            return Construct(self, name)

        zone = route53.PublicHostedZone.from_public_hosted_zone_attributes(
            self, "Zone", hosted_zone_id="Z0123456789ABC", zone_name="example.com"
        )

        foundation = SecurityFoundation(self, "Security", notify=["security@example.com"])
        queue = take_key(below("TakesKey"), CustomerManagedKey(self, "Key", description="What is passed on"))
        take_log_bucket(below("TakesLogBucket"), LogBucket(self, "LogBucket"))
        bucket = EncryptedBucket(self, "Bucket")
        take_bucket(below("TakesBucket"), bucket)
        topic = NotificationTopic(self, "Topic", emails=["operations@example.com"])
        take_topic(below("TakesTopic"), topic, queue)
        log_group = EncryptedLogGroup(self, "LogGroup")
        take_log_group(below("TakesLogGroup"), log_group)
        take_key(below("TakesLogKey"), foundation.log_key)
        notification = EventNotification(
            self,
            "Notification",
            description="An instance changed its state",
            event_pattern=events.EventPattern(source=["aws.ec2"]),
            topic=topic,
        )
        take_rule(below("TakesRule"), notification.rule)

        vpc = SecureVpc(self, "Network")
        client = take_vpc(below("TakesVpc"), vpc, vpc.application_subnets, log_group)
        database = EncryptedDatabase(self, "Database", vpc=vpc, vpc_subnets=vpc.data_subnets)
        vault = LockedBackupVault(self, "Vault")
        take_database(below("TakesDatabase"), database, client, take_vault(below("TakesVault"), vault))
        policy = BackupPolicy(self, "Backup", resources=[ProtectedResource.aurora_cluster(database)])
        take_backup_plan(below("TakesBackupPlan"), policy)

        repository = PrivateRepository(self, "Repository")
        take_repository(below("TakesRepository"), repository)
        service = PrivateFargateService(
            self,
            "Service",
            vpc=vpc,
            vpc_subnets=vpc.application_subnets,
            image=PrivateImage.from_repository(repository, DIGEST),
            port=8443,
        )
        take_service(below("TakesService"), service, bucket, repository)
        take_client(service, service, database, bucket)
        firewall = WebFirewall(self, "Firewall")
        take_web_acl(below("TakesWebAcl"), firewall)
        load_balancer = TlsAlb(
            self,
            "LoadBalancer",
            vpc=vpc,
            vpc_subnets=vpc.load_balancer_subnets,
            internet_facing=True,
            domain=LoadBalancerDomain(domain_name="shop.example.com", hosted_zone=zone),
            firewall=firewall,
        )
        load_balancer.add_target("Service", targets=[service], port=8443)
        take_load_balancer(below("TakesLoadBalancer"), load_balancer, zone)

        trail = AuditTrail(self, "Trail")
        take_trail(below("TakesTrail"), trail)
        take_log_group(below("TakesTrailLogs"), trail.log_group)
        recorder = ConfigRecorder(self, "Recorder", service_linked_role=ServiceLinkedRole.EXISTING)
        recorder.precede(take_recorder(below("TakesRecorder"), recorder))
        detection = ThreatDetection(self, "Detection")
        take_detector(below("TakesDetector"), detection)
        detection.scan_uploads(bucket)
        take_rule(below("TakesComplianceRule"), ConfigNotifications(self, "ConfigNotifications").compliance.rule)
        alarms = CisAlarms(self, "Alarms", log_group=log_group, metric_namespace="Interfaces")
        rules = [cloudwatch.AlarmRule.from_alarm(alarm, cloudwatch.AlarmState.ALARM) for alarm in alarms.alarms]
        cloudwatch.CompositeAlarm(
            self, "Any", alarm_rule=cloudwatch.AlarmRule.any_of(*rules)
        ).add_alarm_action(actions.SnsAction(topic))


# `cdk init` sets this: a queue's key lets SNS in for one topic, not for everybody's.
app = App(context={"@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption": True})
InterfacesStack(app, "Interfaces", env=Environment(account="111122223333", region="eu-west-1"))
app.synth()
