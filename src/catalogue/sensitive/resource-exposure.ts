import type { Grounds } from './classes.ts';

export const resourceExposure: Grounds = {
  'stored objects opened to other accounts or to everybody': `
    elasticfilesystem:DeleteFileSystemPolicy elasticfilesystem:PutFileSystemPolicy glacier:DeleteVaultAccessPolicy
    glacier:SetVaultAccessPolicy mediastore:DeleteContainerPolicy mediastore:PutContainerPolicy
    s3:DeleteAccessPointPolicy s3:DeleteBucketPolicy s3:ObjectOwnerOverrideToBucketOwner s3:PutAccessPointPolicy
    s3:PutAccountPublicAccessBlock s3:PutBucketAcl s3:PutBucketPolicy s3:PutBucketPublicAccessBlock s3:PutObjectAcl
    s3:PutObjectVersionAcl`,
  'write-once protection of objects and archives broken or misused':
    'glacier:AbortVaultLock glacier:CompleteVaultLock glacier:InitiateVaultLock s3:BypassGovernanceRetention',
  'data copied to another account for good': 's3:PutReplicationConfiguration',
  'disks and images shared with other accounts': `
    ec2:DisableImageBlockPublicAccess ec2:DisableSnapshotBlockPublicAccess ec2:ModifyImageAttribute
    ec2:ModifySnapshotAttribute`,
  'database copies shared with other accounts': `
    backup:DeleteBackupVaultAccessPolicy backup:PutBackupVaultAccessPolicy dynamodb:PutResourcePolicy
    rds:AuthorizeDBSecurityGroupIngress rds:ModifyDBClusterSnapshotAttribute rds:ModifyDBSnapshotAttribute
    redshift:AuthorizeSnapshotAccess`,
  'users and groups of a data warehouse': 'redshift:CreateClusterUser redshift:JoinGroup',
  'the network opened towards machines': `
    ds:CreateConditionalForwarder ec2:AuthorizeSecurityGroupIngress ec2:CreateNetworkInterfacePermission
    ec2:ModifySecurityGroupRules ec2:ModifyVpcEndpointServicePermissions route53resolver:PutResolverRulePolicy`,
  'keys and secrets opened to other accounts, or their owners shut out': `
    acm-pca:CreatePermission acm-pca:DeletePolicy acm-pca:PutPolicy kms:CreateGrant kms:PutKeyPolicy
    secretsmanager:DeleteResourcePolicy secretsmanager:PutResourcePolicy`,
  'functions and interfaces that anybody may call, or layers anybody may load': `
    apigateway:UpdateRestApiPolicy lambda:AddLayerVersionPermission lambda:AddPermission
    lambda:CreateFunctionUrlConfig lambda:UpdateFunctionUrlConfig`,
  'queues and topics opened to outsiders':
    'events:PutPermission sns:AddPermission sns:SetTopicAttributes sqs:AddPermission sqs:SetQueueAttributes',
  'software, images and build components shared or their guards changed': `
    cloudformation:SetStackPolicy codeartifact:DeleteDomainPermissionsPolicy
    codeartifact:DeleteRepositoryPermissionsPolicy codeartifact:PutDomainPermissionsPolicy
    codeartifact:PutRepositoryPermissionsPolicy codebuild:DeleteResourcePolicy codebuild:ImportSourceCredentials
    codebuild:PutResourcePolicy ecr:DeleteRepositoryPolicy ecr:SetRepositoryPolicy imagebuilder:PutComponentPolicy
    imagebuilder:PutImagePolicy imagebuilder:PutImageRecipePolicy servicecatalog:CreatePortfolioShare
    ssm:ModifyDocumentPermission`,
  'anything shareable, shared out of the account or the organisation': `
    ram:AcceptResourceShareInvitation ram:AssociateResourceShare ram:CreateResourceShare
    ram:EnableSharingWithAwsOrganization ram:UpdateResourceShare`,
  'tables, search domains and catalogues opened or closed': `
    cloudsearch:UpdateServiceAccessPolicies elasticmapreduce:PutBlockPublicAccessConfiguration
    es:UpdateElasticsearchDomainConfig glue:DeleteResourcePolicy glue:PutResourcePolicy
    lakeformation:BatchGrantPermissions lakeformation:GrantPermissions lakeformation:PutDataLakeSettings`,
  'users, groups and permissions of business reports': `
    quicksight:CreateAdmin quicksight:CreateGroup quicksight:CreateGroupMembership
    quicksight:CreateIAMPolicyAssignment quicksight:CreateUser quicksight:RegisterUser
    quicksight:UpdateDashboardPermissions quicksight:UpdateIAMPolicyAssignment quicksight:UpdateTemplatePermissions
    quicksight:UpdateUser`,
  'who may sign in to accounts and applications through the company directory': `
    sso:AssociateDirectory sso:AssociateProfile sso:CreateApplicationInstance sso:CreateApplicationInstanceCertificate
    sso:CreatePermissionSet sso:CreateProfile sso:CreateTrust sso:DisassociateDirectory
    sso:ImportApplicationInstanceServiceProviderMetadata sso:StartSSO sso:UpdateApplicationInstanceActiveCertificate
    sso:UpdateApplicationInstanceSecurityConfiguration sso:UpdateApplicationInstanceServiceProviderConfiguration
    sso:UpdateApplicationInstanceStatus sso:UpdatePermissionSet sso:UpdateProfile sso:UpdateSSOConfiguration
    sso:UpdateTrust`,
  'people and groups of a directory, made or changed': `
    cognito-identity:CreateIdentityPool cognito-identity:UpdateIdentityPool ds:CreateTrust ds:ShareDirectory
    identitystore:CreateUser identitystore:UpdateUser sso-directory:AddMemberToGroup sso-directory:CreateGroup
    sso-directory:CreateUser sso-directory:DeleteUser sso-directory:DisableUser sso-directory:EnableUser
    sso-directory:UpdateGroup sso-directory:UpdateUser`,
  'owners locked out, or traces removed: identities and their credentials deleted': `
    iam:DeleteAccessKey iam:DeleteGroup iam:DeleteInstanceProfile iam:DeleteLoginProfile
    iam:DeleteOpenIDConnectProvider iam:DeleteRole iam:DeleteSAMLProvider iam:DeleteSSHPublicKey
    iam:DeleteServerCertificate iam:DeleteServiceLinkedRole iam:DeleteServiceSpecificCredential
    iam:DeleteSigningCertificate iam:DeleteUser iam:RemoveClientIDFromOpenIDConnectProvider
    iam:RemoveRoleFromInstanceProfile`,
  'an identity under another name or path, past rules that go by it': 'iam:UpdateGroup iam:UpdateUser',
  'the certificate that clients trust, replaced': 'iam:UpdateServerCertificate iam:UploadServerCertificate',
  'the root mail address of an account, and with it the reset of its password':
    'account:AcceptPrimaryEmailUpdate account:StartPrimaryEmailUpdate',
  'devices and what they may do': `
    greengrass:AssociateServiceRoleToAccount iot:AttachPolicy iot:AttachPrincipalPolicy iot:SetDefaultAuthorizer
    iot:SetDefaultPolicyVersion`,
  'who takes part in a project': 'codestar:AssociateTeamMember',
  'AI models, agents and gateways opened to other accounts': `
    bedrock-agentcore:DeleteResourcePolicy bedrock-agentcore:PutResourcePolicy bedrock:DeleteResourcePolicy
    bedrock:PutResourcePolicy`,
};
