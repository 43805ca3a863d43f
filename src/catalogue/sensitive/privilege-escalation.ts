import type { Grounds } from './classes.ts';

export const privilegeEscalation: Grounds = {
  'any policy for an identity that the attacker controls': `
    iam:AttachGroupPolicy iam:AttachRolePolicy iam:AttachUserPolicy iam:PutGroupPolicy iam:PutRolePolicy
    iam:PutUserPolicy`,
  'new content for a policy that is already attached':
    'iam:CreatePolicyVersion iam:DeletePolicyVersion iam:SetDefaultPolicyVersion',
  'the rights of another group': 'iam:AddUserToGroup',
  'the ceiling over an identity lifted': `
    iam:DeleteRolePermissionsBoundary iam:DeleteUserPermissionsBoundary iam:PutRolePermissionsBoundary
    iam:PutUserPermissionsBoundary`,
  'a Deny taken off together with the policy that holds it': `
    iam:DeleteGroupPolicy iam:DeletePolicy iam:DeleteRolePolicy iam:DeleteUserPolicy iam:DetachGroupPolicy
    iam:DetachRolePolicy iam:DetachUserPolicy iam:RemoveUserFromGroup`,
  'the right to become a role, by changing whom it trusts': 'iam:UpdateAssumeRolePolicy',
  'a role in the hands of a service the attacker commands':
    'bedrock-agentcore:PassCapacityProvider iam:AddRoleToInstanceProfile iam:CreateServiceLinkedRole iam:PassRole',
  'a new identity or policy, ready to be given rights':
    'iam:CreateGroup iam:CreateInstanceProfile iam:CreatePolicy iam:CreateRole iam:CreateUser iam:UpdateRole',
  'a login as another user': 'iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile',
  'a second factor of the attacker in place of that of the user':
    'iam:CreateVirtualMFADevice iam:EnableMFADevice iam:ResyncMFADevice',
  'an outside identity provider that the account believes': `
    iam:AddClientIDToOpenIDConnectProvider iam:CreateOpenIDConnectProvider iam:CreateSAMLProvider
    iam:UpdateOpenIDConnectProviderThumbprint iam:UpdateSAMLProvider rolesanywhere:CreateProfile
    rolesanywhere:CreateTrustAnchor sso:CreateTrustedTokenIssuer`,
  'the rights of every role that trusts the caller': 'sts:AssumeRole',
  'root of a member account':
    'iam:EnableOrganizationsRootCredentialsManagement iam:EnableOrganizationsRootSessions sts:AssumeRoot',
  'a delegation of rights that was waiting for consent': 'iam:AcceptDelegationRequest',
  'rights in accounts through the company directory': `
    account-access:CreateEntitlement identitystore:CreateGroupMembership
    sso:AttachCustomerManagedPolicyReferenceToPermissionSet sso:AttachManagedPolicyToPermissionSet
    sso:CreateAccountAssignment sso:DeletePermissionsBoundaryFromPermissionSet sso:PutInlinePolicyToPermissionSet
    sso:PutPermissionsPolicy`,
  'the right to use a key, granted past its policy': 'kms:CreateGrant',
  'code of the attacker, run with the role of an existing function, job or pipeline': `
    apprunner:UpdateService codebuild:StartBuild codebuild:StartBuildBatch codebuild:UpdateProject
    glue:UpdateDevEndpoint lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration states:UpdateStateMachine`,
  'resources made with the role of an existing stack': 'cloudformation:ExecuteChangeSet cloudformation:UpdateStack',
  'a shell, or commands, on a machine and with it the role of that machine': `
    ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey
    ec2:CreateLaunchTemplateVersion ec2:ModifyInstanceAttribute ecs:ExecuteCommand sagemaker:CreatePresignedDomainUrl
    sagemaker:CreatePresignedNotebookInstanceUrl ssm:CreateAssociation ssm:SendCommand ssm:StartAutomationExecution
    ssm:StartSession`,
  'another role on a running machine':
    'ec2:AssociateIamInstanceProfile ec2:ReplaceIamInstanceProfileAssociation redshift:ModifyClusterIamRoles',
  'administration of a Kubernetes cluster and the roles of its pods':
    'eks:AssociateAccessPolicy eks:CreateAccessEntry eks:CreatePodIdentityAssociation',
  'the role that visitors without a login are given': 'cognito-identity:SetIdentityPoolRoles',
  'membership of a project that comes with its roles': 'codestar:AssociateTeamMember codestar:CreateProject',
  'commands in a sandbox that holds a role': `
    bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:InvokeAgentRuntimeCommand
    bedrock-agentcore:InvokeAgentRuntimeCommandShell bedrock-agentcore:InvokeCodeInterpreter
    bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:UpdateAgentRuntime`,
};
