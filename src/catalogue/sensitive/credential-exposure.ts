import type { Grounds } from './classes.ts';

export const credentialExposure: Grounds = {
  'a long-lived access key or password of any IAM user':
    'iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile',
  'a password of the attacker in place of one it has learned': 'iam:ChangePassword',
  'a disabled key switched on again': 'iam:UpdateAccessKey iam:UpdateServiceSpecificCredential',
  'an API key or password of a service, in the name of any IAM user':
    'iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential',
  'a key pair or certificate of the attacker that signs in as an IAM user':
    'iam:UpdateSSHPublicKey iam:UpdateSigningCertificate iam:UploadSSHPublicKey iam:UploadSigningCertificate',
  'temporary credentials of a role, an account or a federated user': `
    cognito-identity:GetCredentialsForIdentity eks-auth:AssumeRoleForPodIdentity sts:AssumeRole sts:AssumeRoleWithSAML
    sts:AssumeRoleWithWebIdentity sts:AssumeRoot sts:GetDelegatedAccessToken sts:GetFederationToken
    sts:GetSessionToken`,
  'a signed token that outside services accept as the identity': `
    cognito-identity:GetOpenIdToken cognito-identity:GetOpenIdTokenForDeveloperIdentity sso-oauth:CreateTokenWithIAM
    sts:GetServiceBearerToken sts:GetWebIdentityToken`,
  'the plain text of stored secrets, most often passwords and keys':
    'secretsmanager:BatchGetSecretValue secretsmanager:GetSecretValue',
  'the value of configuration parameters, where many teams keep passwords':
    'ssm:GetParameter ssm:GetParameterHistory ssm:GetParameters ssm:GetParametersByPath',
  'a login to a database as one of its users': `
    dsql:DbConnectAdmin lightsail:GetRelationalDatabaseMasterUserPassword rds-db:connect
    redshift-serverless:GetCredentials redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM
    storagegateway:DescribeChapCredentials`,
  'a password, key or session that opens a machine': `
    cloud9:CreateEnvironmentSSH cloud9:CreateEnvironmentToken ec2-instance-connect:SendSSHPublicKey
    ec2-instance-connect:SendSerialConsoleSSHPublicKey ec2:GetPasswordData gamelift:GetComputeAuthToken
    gamelift:GetInstanceAccess lightsail:DownloadDefaultKeyPair lightsail:GetInstanceAccessDetails
    lightsail:GetKeyPair lightsail:GetKeyPairs snowball:GetJobUnlockCode ssm:CreateActivation`,
  'temporary keys to stored data':
    'gamelift:RequestUploadCredentials lakeformation:GetDataAccess lightsail:GetBucketAccessKeys s3:GetDataAccess',
  'a token of a registry or code host: pulls private software, or pushes altered software': `
    codeartifact:GetAuthorizationToken codeconnections:GetConnectionToken codestar-connections:GetConnectionToken
    ecr-public:GetAuthorizationToken ecr:GetAuthorizationToken`,
  'the input of pipeline jobs, with the credentials to their artefacts': 'codepipeline:PollForJobs',
  'keys or client secrets of an application': `
    appsync:ListApiKeys chatbot:GetMicrosoftTeamsOauthParameters chatbot:GetSlackOauthParameters chime:CreateApiKey
    cognito-idp:DescribeUserPoolClient cognito-idp:GetUserAttributeVerificationCode connect:GetFederationToken
    connect:ListSecurityKeys mediapackage:RotateChannelCredentials mediapackage:RotateIngestEndpointCredentials
    sso-directory:CreateBearerToken sso-directory:ListBearerTokens`,
  'a password of the attacker for somebody in the directory or mail': `
    cognito-idp:AdminSetUserPassword ds:ResetUserPassword sso-directory:UpdatePassword
    storagegateway:SetLocalConsolePassword storagegateway:SetSMBGuestPassword storagegateway:UpdateChapCredentials
    workmail:ResetPassword`,
  'a call with a bearer key instead of a signature, which works from anywhere': 'logs:CallWithBearerToken',
  'the API key or OAuth token that an agent uses at an outside service': `
    bedrock-agentcore:CompleteResourceTokenAuth bedrock-agentcore:GetResourceApiKey
    bedrock-agentcore:GetResourceOauth2Token bedrock-agentcore:GetResourcePaymentToken bedrock:CreateDataSourceToken`,
  'the token of an agent, also in the name of a user it serves': `
    bedrock-agentcore:GetWorkloadAccessToken bedrock-agentcore:GetWorkloadAccessTokenForJWT
    bedrock-agentcore:GetWorkloadAccessTokenForUserId`,
  'a browser that is signed in to sites of the company, or its saved cookies': `
    bedrock-agentcore:ConnectBrowserAutomationStream bedrock-agentcore:ConnectBrowserLiveViewStream
    bedrock-agentcore:SaveBrowserSessionProfile`,
  'the new signing secret of a webhook, with which events can be forged': 'aws-external-anthropic:RotateWebhookSecret',
};
