// Each construct of the library, passed as the interface of the CDK that it implements. The functions know nothing but the CDK: they
// hand what they get to one of its constructs, and call what a CDK user calls first.
package main

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsbackup"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfrontorigins"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudtrail"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscodepipeline"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscodepipelineactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsconfig"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsguardduty"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsrds"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssnssubscriptions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awswafv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawscloudtrail"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawsconfig"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawsguardduty"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawswafv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-hardened/cdk-hardened-go/cdkhardened"
)

const digest = "sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8"
const code = "exports.handler = async () => {};"

func role(scope constructs.Construct, id string) awsiam.Role {
	return awsiam.NewRole(scope, jsii.String(id), &awsiam.RoleProps{AssumedBy: awsiam.NewServicePrincipal(jsii.String("ec2.amazonaws.com"), nil)})
}

func output(scope constructs.Construct, id string, value *string) {
	awscdk.NewCfnOutput(scope, jsii.String(id), &awscdk.CfnOutputProps{Value: value})
}

func above(threshold float64, evaluationPeriods float64) *awscloudwatch.CreateAlarmOptions {
	return &awscloudwatch.CreateAlarmOptions{Threshold: jsii.Number(threshold), EvaluationPeriods: jsii.Number(evaluationPeriods)}
}

// A queue and a secret under a key.
func takeKey(scope constructs.Construct, key awskms.IKey) awssqs.Queue {
	queue := awssqs.NewQueue(scope, jsii.String("Queue"), &awssqs.QueueProps{EncryptionMasterKey: key})
	queue.GrantConsumeMessages(role(scope, "Consumer"))
	awssecretsmanager.NewSecret(scope, jsii.String("Secret"), &awssecretsmanager.SecretProps{EncryptionKey: key}).
		GrantRead(role(scope, "Reader"), nil)
	key.GrantEncryptDecrypt(role(scope, "Worker"))
	key.GrantDecrypt(role(scope, "Auditor"))
	output(scope, "Arn", key.KeyArn())
	return queue
}

// A distribution of what is in a bucket.
func takeBucket(scope constructs.Construct, bucket awss3.IBucket) {
	awscloudfront.NewDistribution(scope, jsii.String("Distribution"), &awscloudfront.DistributionProps{
		DefaultBehavior: &awscloudfront.BehaviorOptions{
			Origin: awscloudfrontorigins.S3BucketOrigin_WithOriginAccessControl(bucket, nil),
		},
	})
	awscdk.Annotations_Of(bucket).AcknowledgeWarning(jsii.String("@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac"),
		jsii.String("No distribution of the account is for strangers"))
	bucket.GrantRead(role(scope, "Reader"), nil)
	bucket.GrantReadWrite(role(scope, "Writer"), "orders/*")
	bucket.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Effect:     awsiam.Effect_DENY,
		Principals: &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()},
		Actions:    jsii.Strings("s3:PutObject"),
		Resources:  &[]*string{bucket.ArnForObjects(jsii.String("archive/*"))},
	}))
	output(scope, "Arn", bucket.BucketArn())
}

// The access logs of a bucket.
func takeLogBucket(scope constructs.Construct, logBucket awss3.IBucket) {
	awss3.NewBucket(scope, jsii.String("Plain"), &awss3.BucketProps{
		ServerAccessLogsBucket: logBucket,
		ServerAccessLogsPrefix: jsii.String("s3/plain/"),
	})
	logBucket.GrantRead(role(scope, "Auditor"), "elb/*")
	output(scope, "Arn", logBucket.BucketArn())
	output(scope, "Url", logBucket.S3UrlForObject(jsii.String("elb/")))
}

// An alarm, and a queue of what is published.
func takeTopic(scope constructs.Construct, topic awssns.ITopic, queue awssqs.IQueue) {
	topic.MetricNumberOfNotificationsFailed(nil).CreateAlarm(scope, jsii.String("Failed"), above(1, 1)).
		AddAlarmAction(awscloudwatchactions.NewSnsAction(topic))
	topic.AddSubscription(awssnssubscriptions.NewSqsSubscription(queue, nil))
	topic.GrantPublish(role(scope, "Publisher"))
	output(scope, "Arn", topic.TopicArn())
}

// A filter of a log group, and a function that logs to it.
func takeLogGroup(scope constructs.Construct, logGroup awslogs.ILogGroup) {
	awslogs.NewMetricFilter(scope, jsii.String("Filter"), &awslogs.MetricFilterProps{
		LogGroup:        logGroup,
		MetricNamespace: jsii.String("Interfaces"),
		MetricName:      jsii.String("Errors"),
		FilterPattern:   awslogs.FilterPattern_AnyTerm(jsii.String("ERROR")),
	})
	awslambda.NewFunction(scope, jsii.String("Function"), &awslambda.FunctionProps{
		Runtime:  awslambda.Runtime_NODEJS_22_X(),
		Handler:  jsii.String("index.handler"),
		Code:     awslambda.Code_FromInline(jsii.String(code)),
		LogGroup: logGroup,
	})
	logGroup.AddStream(jsii.String("Stream"), nil)
	logGroup.GrantWrite(role(scope, "Writer"))
	logGroup.MetricIncomingLogEvents(nil).CreateAlarm(scope, jsii.String("Silence"), &awscloudwatch.CreateAlarmOptions{
		Threshold:          jsii.Number(1),
		EvaluationPeriods:  jsii.Number(1),
		ComparisonOperator: awscloudwatch.ComparisonOperator_LESS_THAN_THRESHOLD,
	})
	output(scope, "Arn", logGroup.LogGroupArn())
}

// A function in a VPC.
func takeVpc(scope constructs.Construct, vpc awsec2.IVpc, vpcSubnets *awsec2.SubnetSelection, logGroup awslogs.ILogGroup) awsec2.IConnectable {
	client := awsec2.NewSecurityGroup(scope, jsii.String("Client"), &awsec2.SecurityGroupProps{
		Vpc:              vpc,
		AllowAllOutbound: jsii.Bool(false),
		Description:      jsii.String("A client of the database"),
	})
	awslambda.NewFunction(scope, jsii.String("Function"), &awslambda.FunctionProps{
		Runtime:        awslambda.Runtime_NODEJS_22_X(),
		Handler:        jsii.String("index.handler"),
		Code:           awslambda.Code_FromInline(jsii.String(code)),
		Vpc:            vpc,
		VpcSubnets:     vpcSubnets,
		SecurityGroups: &[]awsec2.ISecurityGroup{client},
	})
	vpc.AddInterfaceEndpoint(jsii.String("Sqs"), &awsec2.InterfaceVpcEndpointOptions{
		Service: awsec2.InterfaceVpcEndpointAwsService_SQS(),
	})
	vpc.AddFlowLog(jsii.String("More"), &awsec2.FlowLogOptions{
		Destination: awsec2.FlowLogDestination_ToCloudWatchLogs(logGroup, nil),
	})
	var subnetIds []string
	for _, subnetId := range *vpc.SelectSubnets(vpcSubnets).SubnetIds {
		subnetIds = append(subnetIds, *subnetId)
	}
	output(scope, "Subnets", jsii.String(strings.Join(subnetIds, " ")))
	output(scope, "Id", vpc.VpcId())
	return client
}

// A record for a load balancer.
func takeLoadBalancer(scope constructs.Construct, loadBalancer awselasticloadbalancingv2.IApplicationLoadBalancer, zone awsroute53.IHostedZone) {
	awsroute53.NewARecord(scope, jsii.String("Record"), &awsroute53.ARecordProps{
		Zone:       zone,
		RecordName: jsii.String("www"),
		Target:     awsroute53.RecordTarget_FromAlias(awsroute53targets.NewLoadBalancerTarget(loadBalancer, nil)),
	})
	loadBalancer.Metrics().RequestCount(nil).CreateAlarm(scope, jsii.String("Requests"), above(10000, 1))
	loadBalancer.Connections().AllowDefaultPortFrom(awsec2.Peer_Ipv4(jsii.String("198.51.100.0/24")), nil)
	output(scope, "Arn", loadBalancer.LoadBalancerArn())
	output(scope, "Name", loadBalancer.LoadBalancerDnsName())
}

// An API behind a web firewall.
func takeWebAcl(scope constructs.Construct, webAcl interfacesawswafv2.IWebACLRef) {
	api := awsapigateway.NewRestApi(scope, jsii.String("Api"), &awsapigateway.RestApiProps{CloudWatchRole: jsii.Bool(false)})
	api.Root().AddMethod(jsii.String("GET"), nil, nil)
	association := awswafv2.NewCfnWebACLAssociation(scope, jsii.String("Association"), &awswafv2.CfnWebACLAssociationProps{
		ResourceArn: api.DeploymentStage().StageArn(),
		WebAclArn:   awswafv2.CfnWebACL_ArnForWebACL(webAcl),
	})
	association.Node().AddDependency(webAcl)
	output(scope, "Id", webAcl.WebAclRef().WebAclId)
	output(scope, "Name", webAcl.WebAclRef().WebAclName)
}

// A client of a database, and a backup of it.
func takeDatabase(scope constructs.Construct, database awsrds.IDatabaseCluster, client awsec2.IConnectable, plan awsbackup.BackupPlan) {
	plan.AddSelection(jsii.String("Database"), &awsbackup.BackupSelectionOptions{
		Resources: &[]awsbackup.BackupResource{awsbackup.BackupResource_FromRdsDatabaseCluster(database)},
	})
	database.Connections().AllowDefaultPortFrom(client, nil)
	database.GrantConnect(role(scope, "Client"), jsii.String("reporting"))
	database.MetricCPUUtilization(nil).CreateAlarm(scope, jsii.String("Busy"), above(80, 3))
	output(scope, "Host", database.ClusterEndpoint().Hostname())
	output(scope, "Id", database.ClusterIdentifier())
}

// A pipeline that deploys a service.
func takeService(scope constructs.Construct, service awsecs.IBaseService, artifactBucket awss3.IBucket, repository awsecr.IRepository) {
	sourceOutput := awscodepipeline.NewArtifact(jsii.String("Image"), nil)
	awscodepipeline.NewPipeline(scope, jsii.String("Pipeline"), &awscodepipeline.PipelineProps{
		ArtifactBucket: artifactBucket,
		PipelineType:   awscodepipeline.PipelineType_V2,
		Stages: &[]*awscodepipeline.StageProps{
			{
				StageName: jsii.String("Source"),
				Actions: &[]awscodepipeline.IAction{awscodepipelineactions.NewEcrSourceAction(&awscodepipelineactions.EcrSourceActionProps{
					ActionName: jsii.String("Image"), Repository: repository, Output: sourceOutput,
				})},
			},
			{
				StageName: jsii.String("Deploy"),
				Actions: &[]awscodepipeline.IAction{awscodepipelineactions.NewEcsDeployAction(&awscodepipelineactions.EcsDeployActionProps{
					ActionName: jsii.String("Tasks"), Service: service, Input: sourceOutput,
				})},
			},
		},
	})
	output(scope, "Arn", service.ServiceArn())
	output(scope, "Name", service.ServiceName())
	output(scope, "Cluster", service.Cluster().ClusterName())
}

// What reaches others, and what they are granted.
func takeClient(client awsec2.IConnectable, grantee awsiam.IGrantable, database awsec2.IConnectable, bucket awss3.IBucket) {
	client.Connections().AllowToDefaultPort(database, nil)
	client.Connections().AllowFrom(awsec2.Peer_Ipv4(jsii.String("10.0.0.0/16")), awsec2.Port_Tcp(jsii.Number(8443)), nil)
	bucket.GrantRead(grantee, nil)
}

// A task and a function of a repository's images.
func takeRepository(scope constructs.Construct, repository awsecr.IRepository) {
	awsecs.NewFargateTaskDefinition(scope, jsii.String("Task"), nil).AddContainer(jsii.String("Container"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromEcrRepository(repository, jsii.String("1")),
	})
	awslambda.NewDockerImageFunction(scope, jsii.String("Function"), &awslambda.DockerImageFunctionProps{
		Code: awslambda.DockerImageCode_FromEcr(repository, &awslambda.EcrImageCodeProps{TagOrDigest: jsii.String("1")}),
	})
	repository.GrantPull(role(scope, "Reader"))
	repository.GrantPullPush(role(scope, "Builder"))
	repository.OnImageScanCompleted(jsii.String("Scanned"), nil)
	output(scope, "Uri", repository.RepositoryUri())
}

// A plan that backs up to a vault.
func takeVault(scope constructs.Construct, backupVault awsbackup.IBackupVault) awsbackup.BackupPlan {
	backupVault.Grant(role(scope, "Copier"), jsii.String("backup:CopyIntoBackupVault"))
	output(scope, "Arn", backupVault.BackupVaultArn())
	output(scope, "Name", backupVault.BackupVaultName())
	return awsbackup.BackupPlan_Daily35DayRetention(scope, jsii.String("Plan"), backupVault)
}

// More that a plan backs up.
func takeBackupPlan(scope constructs.Construct, backupPlan awsbackup.IBackupPlan) {
	awsbackup.NewBackupSelection(scope, jsii.String("Selection"), &awsbackup.BackupSelectionProps{
		BackupPlan: backupPlan,
		Resources:  &[]awsbackup.BackupResource{awsbackup.BackupResource_FromTag(jsii.String("backup"), jsii.String("daily"), "")},
	})
	output(scope, "Id", backupPlan.BackupPlanId())
	output(scope, "Arn", awsbackup.CfnBackupPlan_ArnForBackupPlan(backupPlan))
	role(scope, "Later").Node().AddDependency(backupPlan)
}

// Who may look at a trail.
func takeTrail(scope constructs.Construct, trail interfacesawscloudtrail.ITrailRef) {
	role(scope, "Auditor").AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions:   jsii.Strings("cloudtrail:GetTrailStatus"),
		Resources: &[]*string{awscloudtrail.CfnTrail_ArnForTrail(trail)},
	}))
	output(scope, "Arn", trail.TrailRef().TrailArn)
	output(scope, "Name", trail.TrailRef().TrailName)
	role(scope, "Later").Node().AddDependency(trail)
}

// A rule that needs a recorder.
func takeRecorder(scope constructs.Construct, recorder interfacesawsconfig.IConfigurationRecorderRef) awsconfig.ManagedRule {
	rule := awsconfig.NewManagedRule(scope, jsii.String("Rule"), &awsconfig.ManagedRuleProps{
		Identifier: awsconfig.ManagedRuleIdentifiers_EBS_ENCRYPTED_VOLUMES(),
	})
	rule.Node().AddDependency(recorder)
	output(scope, "Region", recorder.Env().Region)
	return rule
}

// A filter of findings.
func takeDetector(scope constructs.Construct, detector interfacesawsguardduty.IDetectorRef) {
	filter := awsguardduty.NewCfnFilter(scope, jsii.String("Filter"), &awsguardduty.CfnFilterProps{
		DetectorId: detector.DetectorRef().DetectorId,
		Action:     jsii.String("ARCHIVE"),
		Name:       jsii.String("mild"),
		FindingCriteria: &awsguardduty.CfnFilter_FindingCriteriaProperty{
			Criterion: map[string]any{"severity": map[string]any{"Lt": 2}},
		},
	})
	filter.Node().AddDependency(detector)
	output(scope, "Arn", awsguardduty.CfnDetector_ArnForDetector(detector))
}

// An alarm when a rule fails to notify.
func takeRule(scope constructs.Construct, rule interfacesawsevents.IRuleRef) {
	awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
		Namespace:     jsii.String("AWS/Events"),
		MetricName:    jsii.String("FailedInvocations"),
		DimensionsMap: &map[string]*string{"RuleName": awsevents.CfnRule_ArnForRule(rule)},
	}).CreateAlarm(scope, jsii.String("Failed"), above(1, 1))
	output(scope, "Arn", rule.RuleRef().RuleArn)
}

// The interfaces of the CDK, and what implements them.
func newInterfacesStack(scope constructs.Construct, id string, props *awscdk.StackProps) {
	stack := awscdk.NewStack(scope, jsii.String(id), props)
	below := func(name string) constructs.Construct { return constructs.NewConstruct(stack, jsii.String(name)) }
	zone := awsroute53.PublicHostedZone_FromPublicHostedZoneAttributes(stack, jsii.String("Zone"), &awsroute53.PublicHostedZoneAttributes{
		HostedZoneId: jsii.String("Z0123456789ABC"), ZoneName: jsii.String("example.com"),
	})

	foundation := cdkhardened.NewSecurityFoundation(stack, jsii.String("Security"), &cdkhardened.SecurityFoundationProps{
		Notify: jsii.Strings("security@example.com"),
	})
	queue := takeKey(below("TakesKey"), cdkhardened.NewCustomerManagedKey(stack, jsii.String("Key"), &cdkhardened.CustomerManagedKeyProps{
		Description: jsii.String("What is passed on"),
	}))
	takeLogBucket(below("TakesLogBucket"), cdkhardened.NewLogBucket(stack, jsii.String("LogBucket"), nil))
	bucket := cdkhardened.NewEncryptedBucket(stack, jsii.String("Bucket"), nil)
	takeBucket(below("TakesBucket"), bucket)
	topic := cdkhardened.NewNotificationTopic(stack, jsii.String("Topic"), &cdkhardened.NotificationTopicProps{
		Emails: jsii.Strings("operations@example.com"),
	})
	takeTopic(below("TakesTopic"), topic, queue)
	logGroup := cdkhardened.NewEncryptedLogGroup(stack, jsii.String("LogGroup"), nil)
	takeLogGroup(below("TakesLogGroup"), logGroup)
	takeKey(below("TakesLogKey"), foundation.LogKey())
	takeRule(below("TakesRule"), cdkhardened.NewEventNotification(stack, jsii.String("Notification"), &cdkhardened.EventNotificationProps{
		Description:  jsii.String("An instance changed its state"),
		EventPattern: &awsevents.EventPattern{Source: jsii.Strings("aws.ec2")},
		Topic:        topic,
	}).Rule())

	vpc := cdkhardened.NewSecureVpc(stack, jsii.String("Network"), nil)
	client := takeVpc(below("TakesVpc"), vpc, vpc.ApplicationSubnets(), logGroup)
	database := cdkhardened.NewEncryptedDatabase(stack, jsii.String("Database"), &cdkhardened.EncryptedDatabaseProps{
		Vpc: vpc, VpcSubnets: vpc.DataSubnets(),
	})
	vault := cdkhardened.NewLockedBackupVault(stack, jsii.String("Vault"), nil)
	takeDatabase(below("TakesDatabase"), database, client, takeVault(below("TakesVault"), vault))
	takeBackupPlan(below("TakesBackupPlan"), cdkhardened.NewBackupPolicy(stack, jsii.String("Backup"), &cdkhardened.BackupPolicyProps{
		Resources: &[]cdkhardened.ProtectedResource{cdkhardened.ProtectedResource_AuroraCluster(database, nil)},
	}))

	repository := cdkhardened.NewPrivateRepository(stack, jsii.String("Repository"), nil)
	takeRepository(below("TakesRepository"), repository)
	service := cdkhardened.NewPrivateFargateService(stack, jsii.String("Service"), &cdkhardened.PrivateFargateServiceProps{
		Vpc:        vpc,
		VpcSubnets: vpc.ApplicationSubnets(),
		Image:      cdkhardened.PrivateImage_FromRepository(repository, jsii.String(digest)),
		Port:       jsii.Number(8443),
	})
	takeService(below("TakesService"), service, bucket, repository)
	takeClient(service, service, database, bucket)
	firewall := cdkhardened.NewWebFirewall(stack, jsii.String("Firewall"), nil)
	takeWebAcl(below("TakesWebAcl"), firewall)
	loadBalancer := cdkhardened.NewTlsAlb(stack, jsii.String("LoadBalancer"), &cdkhardened.TlsAlbProps{
		Vpc:            vpc,
		VpcSubnets:     vpc.LoadBalancerSubnets(),
		InternetFacing: jsii.Bool(true),
		Domain:         &cdkhardened.LoadBalancerDomain{DomainName: jsii.String("shop.example.com"), HostedZone: zone},
		Firewall:       firewall,
	})
	loadBalancer.AddTarget(jsii.String("Service"), &cdkhardened.AlbTargetProps{
		Targets: &[]awselasticloadbalancingv2.IApplicationLoadBalancerTarget{service}, Port: jsii.Number(8443),
	})
	takeLoadBalancer(below("TakesLoadBalancer"), loadBalancer, zone)

	trail := cdkhardened.NewAuditTrail(stack, jsii.String("Trail"), nil)
	takeTrail(below("TakesTrail"), trail)
	takeLogGroup(below("TakesTrailLogs"), trail.LogGroup())
	recorder := cdkhardened.NewConfigRecorder(stack, jsii.String("Recorder"), &cdkhardened.ConfigRecorderProps{
		ServiceLinkedRole: cdkhardened.ServiceLinkedRole_EXISTING(),
	})
	recorder.Precede(takeRecorder(below("TakesRecorder"), recorder))
	detection := cdkhardened.NewThreatDetection(stack, jsii.String("Detection"), nil)
	takeDetector(below("TakesDetector"), detection)
	detection.ScanUploads(bucket)
	takeRule(below("TakesComplianceRule"),
		cdkhardened.NewConfigNotifications(stack, jsii.String("ConfigNotifications"), nil).Compliance().Rule())
	alarms := cdkhardened.NewCisAlarms(stack, jsii.String("Alarms"), &cdkhardened.CisAlarmsProps{
		LogGroup: logGroup, MetricNamespace: jsii.String("Interfaces"),
	})
	var rules []awscloudwatch.IAlarmRule
	for _, alarm := range *alarms.Alarms() {
		rules = append(rules, awscloudwatch.AlarmRule_FromAlarm(alarm, awscloudwatch.AlarmState_ALARM))
	}
	awscloudwatch.NewCompositeAlarm(stack, jsii.String("Any"), &awscloudwatch.CompositeAlarmProps{
		AlarmRule: awscloudwatch.AlarmRule_AnyOf(rules...),
	}).AddAlarmAction(awscloudwatchactions.NewSnsAction(topic))
}

func main() {
	defer jsii.Close()

	// `cdk init` sets this: a queue's key lets SNS in for one topic, not for everybody's.
	app := awscdk.NewApp(&awscdk.AppProps{Context: &map[string]any{"@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption": true}})
	newInterfacesStack(app, "Interfaces", &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")},
	})
	app.Synth(nil)
}
