// Where IAM keeps the last use of a single action, not only of a service. IAM User Guide, "IAM action last accessed information services and
// actions", the table of actions; as published by October 2026. Carried over: every action of the sensitive list and of the escalation sets under
// a service prefix that the page names. Data-plane calls are missing there, and some management calls are too.

const words = (text: string): string[] => text.trim().split(/\s+/);

/** By service prefix: the actions that the page lists. */
const listed: Readonly<Record<string, string>> = {
  'access-analyzer': 'DeleteAnalyzer',
  account: 'AcceptPrimaryEmailUpdate EnableRegion StartPrimaryEmailUpdate',
  appsync: 'GetDataSource GetFunction ListApiKeys',
  athena: 'GetQueryExecution GetQueryResults GetQueryResultsStream',
  backup: 'DeleteBackupVaultAccessPolicy PutBackupVaultAccessPolicy',
  cloudformation: `
    CreateChangeSet CreateStack CreateStackInstances CreateStackSet ExecuteChangeSet GetTemplate SetStackPolicy
    UpdateStack UpdateStackSet`,
  cloudfront: 'GetFunction',
  cloudsearch: 'UpdateServiceAccessPolicies',
  cloudtrail: `
    DeleteEventDataStore DeleteTrail DeregisterOrganizationDelegatedAdmin LookupEvents PutEventConfiguration
    PutEventSelectors PutInsightSelectors StopEventDataStoreIngestion StopLogging UpdateEventDataStore UpdateTrail`,
  cloudwatch: 'DeleteAlarms DisableAlarmActions',
  codeartifact: `
    DeleteDomainPermissionsPolicy DeleteRepositoryPermissionsPolicy GetAuthorizationToken GetPackageVersionAsset
    PutDomainPermissionsPolicy PutRepositoryPermissionsPolicy ReadFromRepository`,
  codepipeline: 'PollForJobs',
  codestar: 'AssociateTeamMember CreateProject',
  'cognito-identity': 'CreateIdentityPool LookupDeveloperIdentity SetIdentityPoolRoles UpdateIdentityPool',
  'cognito-idp': `
    AdminGetUser AdminListGroupsForUser AdminListUserAuthEvents AdminSetUserPassword DescribeUserPoolClient GetUser
    GetUserAttributeVerificationCode ListUsers`,
  'cognito-sync': 'ListRecords',
  config: 'DeleteConfigRule DeleteConfigurationRecorder DeleteDeliveryChannel StopConfigurationRecorder',
  connect: 'GetFederationToken ListSecurityKeys ListUsers',
  datapipeline: 'ActivatePipeline CreatePipeline PutPipelineDefinition',
  dynamodb: 'ExportTableToPointInTime',
  ec2: `
    AssociateIamInstanceProfile AuthorizeSecurityGroupIngress CreateLaunchTemplateVersion
    CreateNetworkInterfacePermission DeleteFlowLogs DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess
    GetConsoleOutput GetPasswordData ModifyImageAttribute ModifyInstanceAttribute ModifyLaunchTemplate
    ModifySecurityGroupRules ModifySnapshotAttribute ModifyVpcEndpointServicePermissions
    ReplaceIamInstanceProfileAssociation RequestSpotInstances RunInstances StartInstances`,
  'ecr-public': 'GetAuthorizationToken',
  ecr: 'DeleteRepositoryPolicy GetAuthorizationToken GetDownloadUrlForLayer',
  ecs: 'CreateCluster CreateService ExecuteCommand RunTask StartTask',
  eks: 'AssociateAccessPolicy CreateAccessEntry',
  elasticfilesystem: 'DeleteFileSystemPolicy PutFileSystemPolicy',
  es: 'UpdateElasticsearchDomainConfig',
  events: 'DeleteRule DisableRule PutPermission',
  gamelift: 'GetComputeAuthToken GetInstanceAccess RequestUploadCredentials',
  glacier: 'AbortVaultLock CompleteVaultLock DeleteVaultAccessPolicy InitiateVaultLock SetVaultAccessPolicy',
  greengrass: 'AssociateServiceRoleToAccount',
  guardduty: 'DeleteDetector DisassociateFromAdministratorAccount StopMonitoringMembers UpdateDetector',
  healthlake: 'ReadResource SearchWithGet SearchWithPost',
  iam: `
    AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile AddUserToGroup AttachGroupPolicy AttachRolePolicy
    AttachUserPolicy ChangePassword CreateAccessKey CreateGroup CreateInstanceProfile CreateLoginProfile
    CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole
    CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey
    DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy DeleteInstanceProfile DeleteLoginProfile
    DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary
    DeleteRolePolicy DeleteSAMLProvider DeleteSSHPublicKey DeleteServerCertificate DeleteServiceLinkedRole
    DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser DeleteUserPermissionsBoundary DeleteUserPolicy
    DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy DetachUserPolicy
    DisableOrganizationsRootCredentialsManagement EnableMFADevice EnableOrganizationsRootCredentialsManagement
    EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation PutGroupPolicy PutRolePermissionsBoundary
    PutRolePolicy PutUserPermissionsBoundary PutUserPolicy RemoveClientIDFromOpenIDConnectProvider
    RemoveRoleFromInstanceProfile RemoveUserFromGroup ResetServiceSpecificCredential ResyncMFADevice
    SetDefaultPolicyVersion SetSecurityTokenServicePreferences UpdateAccessKey UpdateAccountPasswordPolicy
    UpdateAssumeRolePolicy UpdateGroup UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole
    UpdateSAMLProvider UpdateSSHPublicKey UpdateServerCertificate UpdateServiceSpecificCredential
    UpdateSigningCertificate UpdateUser UploadSSHPublicKey UploadServerCertificate UploadSigningCertificate`,
  identitystore: 'CreateGroupMembership CreateUser UpdateUser',
  imagebuilder: 'PutComponentPolicy PutImagePolicy PutImageRecipePolicy',
  inspector2: 'Disable',
  iot: 'AttachPolicy AttachPrincipalPolicy SetDefaultAuthorizer SetDefaultPolicyVersion',
  kendra: 'Query',
  kms: 'CreateGrant Decrypt DisableKey ScheduleKeyDeletion',
  lambda: `
    AddLayerVersionPermission AddPermission CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig
    GetFunction GetLayerVersion UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionUrlConfig`,
  lightsail: `
    DownloadDefaultKeyPair GetBucketAccessKeys GetKeyPair GetKeyPairs GetRelationalDatabaseMasterUserPassword`,
  logs: `
    DeleteDataProtectionPolicy DeleteLogGroup DeleteResourcePolicy DeleteSubscriptionFilter GetLogRecord
    GetQueryResults PutResourcePolicy PutRetentionPolicy`,
  mediastore: 'DeleteContainerPolicy PutContainerPolicy',
  organizations: `
    DeletePolicy DetachPolicy DisableAWSServiceAccess DisablePolicyType LeaveOrganization MoveAccount
    PutResourcePolicy RegisterDelegatedAdministrator RemoveAccountFromOrganization UpdatePolicy`,
  ram: `
    AcceptResourceShareInvitation AssociateResourceShare CreateResourceShare EnableSharingWithAwsOrganization
    UpdateResourceShare`,
  rds: `
    AuthorizeDBSecurityGroupIngress DownloadCompleteDBLogFile DownloadDBLogFilePortion
    ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute StartExportTask`,
  'redshift-data': 'ExecuteStatement',
  redshift: 'AuthorizeSnapshotAccess GetClusterCredentials GetClusterCredentialsWithIAM ModifyClusterIamRoles',
  rolesanywhere: 'CreateProfile CreateTrustAnchor',
  route53resolver: 'DeleteResolverQueryLogConfig',
  s3: `
    DeleteAccessPointPolicy DeleteBucketPolicy GetDataAccess PutAccessPointPolicy PutAccountPublicAccessBlock
    PutBucketAcl PutBucketLogging PutBucketPolicy PutBucketPublicAccessBlock PutLifecycleConfiguration
    PutReplicationConfiguration`,
  secretsmanager: 'DeleteResourcePolicy GetSecretValue PutResourcePolicy',
  securityhub: 'DisableSecurityHub',
  servicecatalog: 'CreatePortfolioShare',
  snowball: 'GetJobUnlockCode',
  sqs: 'AddPermission SetQueueAttributes',
  ssm: `
    CreateActivation CreateAssociation GetDocument GetParameter GetParameterHistory GetParameters GetParametersByPath
    ModifyDocumentPermission SendCommand StartAutomationExecution StartSession`,
  states: 'UpdateStateMachine',
  sts: 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity GetFederationToken GetSessionToken GetWebIdentityToken',
  wafv2: 'DeleteWebACL DisassociateWebACL GetSampledRequests UpdateWebACL',
  xray: 'PutEncryptionConfig',
};

/** By service prefix: the actions of the same services that the page does not list. Nobody can say from IAM when they were last used. */
const notListed: Readonly<Record<string, string>> = {
  cloud9: 'CreateEnvironmentSSH CreateEnvironmentToken',
  cloudtrail: 'GetQueryResults',
  'cognito-identity': 'GetCredentialsForIdentity GetOpenIdToken GetOpenIdTokenForDeveloperIdentity',
  'cognito-sync': 'QueryRecords',
  dax: 'BatchGetItem GetItem Query Scan',
  dynamodb: 'BatchGetItem GetItem GetRecords PartiQLSelect PutResourcePolicy Query Scan',
  ebs: 'GetSnapshotBlock',
  ec2: 'DescribeInstanceAttribute DescribeInstances StopInstances',
  ecr: 'SetRepositoryPolicy',
  ecs: 'RegisterTaskDefinition',
  eks: 'CreatePodIdentityAssociation',
  es: 'ESHttpDelete ESHttpGet ESHttpPatch ESHttpPost ESHttpPut',
  iam: 'AcceptDelegationRequest PassRole',
  kinesis: 'GetRecords',
  kms: 'PutKeyPolicy ReEncryptFrom',
  lambda: 'InvokeFunction',
  lightsail: 'GetInstanceAccessDetails',
  logs: 'CallWithBearerToken FilterLogEvents GetLogEvents Unmask',
  mediastore: 'GetObject',
  redshift: 'CreateClusterUser JoinGroup',
  route53resolver: 'PutResolverRulePolicy',
  s3: `
    BypassGovernanceRetention GetObject GetObjectVersion ObjectOwnerOverrideToBucketOwner PutObjectAcl
    PutObjectVersionAcl`,
  sdb: 'Select',
  secretsmanager: 'BatchGetSecretValue',
  sqs: 'ReceiveMessage',
  sts: 'AssumeRoot GetDelegatedAccessToken GetServiceBearerToken TagGetWebIdentityToken',
};

/** Further service prefixes that the page names; no action of theirs is asked about. */
const otherServices = `
  acm airflow amplify amplifyuibuilder app-integrations appconfig appflow application-cost-profiler
  applicationinsights appmesh appstream aps auditmanager autoscaling aws-marketplace batch braket budgets cloudhsm
  codedeploy codeguru-profiler codeguru-reviewer codestar-notifications comprehendmedical compute-optimizer cur
  databrew dataexchange devicefarm devops-guru directconnect dlm dms docdb-elastic elasticache elasticbeanstalk
  elasticloadbalancing elastictranscoder emr-containers emr-serverless evidently finspace firehose fis fms
  frauddetector fsx geo grafana groundstation honeycode inspector iotanalytics iotdeviceadvisor iotevents iotfleethub
  iotsitewise iottwinmaker iotwireless ivs ivschat kafka kafkaconnect kinesisanalytics lex
  license-manager-linux-subscriptions lookoutequipment lookoutmetrics lookoutvision m2 managedblockchain mediaconnect
  mediaconvert medialive mediatailor memorydb mgh mgn migrationhub-strategy mobiletargeting mq networkmanager nimble
  omics opsworks opsworks-cm outposts panorama pi pipes polly profile qldb rbin refactor-spaces rekognition
  resiliencehub resource-explorer-2 resource-groups robomaker route53 route53-recovery-control-config
  route53-recovery-readiness rum s3-outposts sagemaker-geospatial savingsplans schemas securitylake serverlessrepo
  servicediscovery servicequotas ses shield signer simspaceweaver sms sms-voice ssm-incidents ssm-sap swf synthetics
  tag textract timestream tnb transcribe transfer translate voiceid vpc-lattice wellarchitected wisdom worklink
  workspaces`;

const named = (table: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(
    Object.entries(table).flatMap(([service, actions]) => words(actions).map((action) => `${service}:${action}`)),
  );

/** The service prefixes that the page names. */
export const trackedServices: ReadonlySet<string> = new Set([
  ...Object.keys(listed),
  ...Object.keys(notListed),
  ...words(otherServices),
]);

export const trackedActions = named(listed);
export const untrackedActions = named(notListed);

/** Whether IAM keeps the last use of this action. An action that was not looked up is not tracked: its use stays unknown, never "none". */
export const isTrackedAtActionLevel = (action: string): boolean => trackedActions.has(action);
