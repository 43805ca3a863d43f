import type { Grounds } from './classes.ts';

export const loggingGuardrailWeakening: Grounds = {
  'silence: what comes next is not recorded, or recorded where nobody looks': `
    cloudtrail:DeleteEventDataStore cloudtrail:DeleteTrail cloudtrail:DeregisterOrganizationDelegatedAdmin
    cloudtrail:PutEventConfiguration cloudtrail:PutEventSelectors cloudtrail:PutInsightSelectors
    cloudtrail:StopEventDataStoreIngestion cloudtrail:StopLogging cloudtrail:UpdateEventDataStore
    cloudtrail:UpdateTrail config:DeleteConfigRule config:DeleteConfigurationRecorder config:DeleteDeliveryChannel
    config:StopConfigurationRecorder ec2:DeleteFlowLogs route53resolver:DeleteResolverQueryLogConfig
    s3:PutBucketLogging`,
  'recorded logs destroyed or made to expire':
    'logs:DeleteLogGroup logs:DeleteSubscriptionFilter logs:PutRetentionPolicy s3:PutLifecycleConfiguration',
  'who may read or write the logs': 'logs:DeleteResourcePolicy logs:PutResourcePolicy xray:PutEncryptionConfig',
  'masking of personal data in logs switched off': 'logs:DeleteDataProtectionPolicy',
  'alarms and threat detection that no longer fire': `
    access-analyzer:DeleteAnalyzer cloudwatch:DeleteAlarms cloudwatch:DisableAlarmActions events:DeleteRule
    events:DisableRule guardduty:DeleteDetector guardduty:DisassociateFromAdministratorAccount
    guardduty:StopMonitoringMembers guardduty:UpdateDetector inspector2:Disable macie2:DisableMacie
    securityhub:DisableSecurityHub`,
  'the fences of the organisation taken down, or the account taken outside of them': `
    account:EnableRegion iam:DisableOrganizationsRootCredentialsManagement organizations:DeletePolicy
    organizations:DetachPolicy organizations:DisableAWSServiceAccess organizations:DisablePolicyType
    organizations:LeaveOrganization organizations:MoveAccount organizations:PutResourcePolicy
    organizations:RegisterDelegatedAdministrator organizations:RemoveAccountFromOrganization
    organizations:UpdatePolicy`,
  'sign-in without a second factor, or with a weak password': `
    iam:DeactivateMFADevice iam:DeleteAccountPasswordPolicy iam:DeleteVirtualMFADevice
    iam:SetSecurityTokenServicePreferences iam:UpdateAccountPasswordPolicy sso:PutMfaDeviceManagementForDirectory`,
  'keys destroyed, and with them what they protect': 'kms:DisableKey kms:ScheduleKeyDeletion',
  'web attacks let through': 'wafv2:DeleteWebACL wafv2:DisassociateWebACL wafv2:UpdateWebACL',
  'prompts and answers of models no longer logged, or logged to the attacker':
    'bedrock:DeleteModelInvocationLoggingConfiguration bedrock:PutModelInvocationLoggingConfiguration',
  'models that answer what a guardrail forbids': `
    bedrock:DeleteAutomatedReasoningPolicy bedrock:DeleteEnforcedGuardrailConfiguration bedrock:DeleteGuardrail
    bedrock:PutEnforcedGuardrailConfiguration bedrock:UpdateAutomatedReasoningPolicy bedrock:UpdateGuardrail`,
  'prompts and answers kept by the provider against the rule of the company':
    'bedrock-mantle:PutAccountDataRetention bedrock:PutAccountDataRetention',
  'rules that decide what agents may call, changed or removed': `
    bedrock-agentcore:CreatePolicy bedrock-agentcore:DeleteGatewayRule bedrock-agentcore:DeletePolicy
    bedrock-agentcore:DeletePolicyEngine bedrock-agentcore:GatewayDisassociateWebACL
    bedrock-agentcore:ManageAdminPolicy bedrock-agentcore:ManageResourceScopedPolicy
    bedrock-agentcore:UpdateGatewayRule bedrock-agentcore:UpdatePolicy bedrock-agentcore:UpdatePolicyEngine`,
  'tools and agents approved for everybody without a review': 'bedrock-agentcore:UpdateRegistryRecordStatus',
  'encryption of AI data under another key, or under none that works': `
    aws-external-anthropic:DisableKey aws-external-anthropic:RegisterKey aws-external-anthropic:UpdateKey
    bedrock-agentcore:SetTokenVaultCMK`,
  'settings of a workspace loosened, or the workspace and its record closed':
    'aws-external-anthropic:ArchiveWorkspace aws-external-anthropic:UpdateWorkspace',
  'network and package limits of agent sandboxes lifted': 'aws-external-anthropic:UpdateEnvironment',
  'a listener for workspace events silenced or redirected':
    'aws-external-anthropic:DeleteWebhook aws-external-anthropic:UpdateWebhook',
};
