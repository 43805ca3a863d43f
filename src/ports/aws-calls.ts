// Types only: what each operation takes and gives, from the SDK's own models, as JSON.
import type * as AccessAnalyzer from '@aws-sdk/client-accessanalyzer';
import type * as Account from '@aws-sdk/client-account';
import type * as Bedrock from '@aws-sdk/client-bedrock';
import type * as CloudControl from '@aws-sdk/client-cloudcontrol';
import type * as CloudTrail from '@aws-sdk/client-cloudtrail';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import type * as Config from '@aws-sdk/client-config-service';
import type * as EventBridge from '@aws-sdk/client-eventbridge';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Organizations from '@aws-sdk/client-organizations';
import type * as Sts from '@aws-sdk/client-sts';

/** The JSON projection of an SDK value: dates as ISO strings, blobs as base64, no `$metadata` (design §2). */
export type Json<T> = T extends Date
  ? string
  : T extends Uint8Array
    ? string
    : T extends readonly (infer Item)[]
      ? Json<Item>[]
      : T extends object
        ? { [Key in keyof T as Key extends '$metadata' ? never : Key]: Json<T[Key]> }
        : T;

interface Call<In, Out> {
  readonly input: Json<In>;
  readonly output: Json<Out>;
}

/** Every AWS call Assay makes, by `service:Operation`; the rows with their facts are in `src/catalogue/operations.ts`. */
export interface AwsCalls {
  'sts:GetCallerIdentity': Call<Sts.GetCallerIdentityCommandInput, Sts.GetCallerIdentityCommandOutput>;
  'sts:AssumeRole': Call<Sts.AssumeRoleCommandInput, Omit<Sts.AssumeRoleCommandOutput, 'Credentials'>>;
  'organizations:DescribeOrganization': Call<
    Organizations.DescribeOrganizationCommandInput,
    Organizations.DescribeOrganizationCommandOutput
  >;
  'organizations:ListRoots': Call<Organizations.ListRootsCommandInput, Organizations.ListRootsCommandOutput>;
  'organizations:ListOrganizationalUnitsForParent': Call<
    Organizations.ListOrganizationalUnitsForParentCommandInput,
    Organizations.ListOrganizationalUnitsForParentCommandOutput
  >;
  'organizations:ListAccountsForParent': Call<
    Organizations.ListAccountsForParentCommandInput,
    Organizations.ListAccountsForParentCommandOutput
  >;
  'organizations:ListPolicies': Call<Organizations.ListPoliciesCommandInput, Organizations.ListPoliciesCommandOutput>;
  'organizations:ListTargetsForPolicy': Call<
    Organizations.ListTargetsForPolicyCommandInput,
    Organizations.ListTargetsForPolicyCommandOutput
  >;
  'organizations:DescribePolicy': Call<
    Organizations.DescribePolicyCommandInput,
    Organizations.DescribePolicyCommandOutput
  >;
  'organizations:ListTagsForResource': Call<
    Organizations.ListTagsForResourceCommandInput,
    Organizations.ListTagsForResourceCommandOutput
  >;
  'organizations:ListDelegatedAdministrators': Call<
    Organizations.ListDelegatedAdministratorsCommandInput,
    Organizations.ListDelegatedAdministratorsCommandOutput
  >;
  'organizations:ListDelegatedServicesForAccount': Call<
    Organizations.ListDelegatedServicesForAccountCommandInput,
    Organizations.ListDelegatedServicesForAccountCommandOutput
  >;
  'organizations:ListAWSServiceAccessForOrganization': Call<
    Organizations.ListAWSServiceAccessForOrganizationCommandInput,
    Organizations.ListAWSServiceAccessForOrganizationCommandOutput
  >;
  'iam:ListOrganizationsFeatures': Call<
    Iam.ListOrganizationsFeaturesCommandInput,
    Iam.ListOrganizationsFeaturesCommandOutput
  >;
  'account:ListRegions': Call<Account.ListRegionsCommandInput, Account.ListRegionsCommandOutput>;
  'iam:GetAccountAuthorizationDetails': Call<
    Iam.GetAccountAuthorizationDetailsCommandInput,
    Iam.GetAccountAuthorizationDetailsCommandOutput
  >;
  'iam:GenerateCredentialReport': Call<
    Iam.GenerateCredentialReportCommandInput,
    Iam.GenerateCredentialReportCommandOutput
  >;
  'iam:GetCredentialReport': Call<Iam.GetCredentialReportCommandInput, Iam.GetCredentialReportCommandOutput>;
  'iam:ListServiceSpecificCredentials': Call<
    Iam.ListServiceSpecificCredentialsCommandInput,
    Iam.ListServiceSpecificCredentialsCommandOutput
  >;
  'iam:GenerateServiceLastAccessedDetails': Call<
    Iam.GenerateServiceLastAccessedDetailsCommandInput,
    Iam.GenerateServiceLastAccessedDetailsCommandOutput
  >;
  'iam:GetServiceLastAccessedDetails': Call<
    Iam.GetServiceLastAccessedDetailsCommandInput,
    Iam.GetServiceLastAccessedDetailsCommandOutput
  >;
  'iam:GetAccountSummary': Call<Iam.GetAccountSummaryCommandInput, Iam.GetAccountSummaryCommandOutput>;
  'iam:GetAccountPasswordPolicy': Call<
    Iam.GetAccountPasswordPolicyCommandInput,
    Iam.GetAccountPasswordPolicyCommandOutput
  >;
  'iam:ListVirtualMFADevices': Call<Iam.ListVirtualMFADevicesCommandInput, Iam.ListVirtualMFADevicesCommandOutput>;
  'iam:ListMFADevices': Call<Iam.ListMFADevicesCommandInput, Iam.ListMFADevicesCommandOutput>;
  'iam:ListSSHPublicKeys': Call<Iam.ListSSHPublicKeysCommandInput, Iam.ListSSHPublicKeysCommandOutput>;
  'iam:ListSigningCertificates': Call<
    Iam.ListSigningCertificatesCommandInput,
    Iam.ListSigningCertificatesCommandOutput
  >;
  'iam:ListServerCertificates': Call<Iam.ListServerCertificatesCommandInput, Iam.ListServerCertificatesCommandOutput>;
  'iam:ListSAMLProviders': Call<Iam.ListSAMLProvidersCommandInput, Iam.ListSAMLProvidersCommandOutput>;
  'iam:ListOpenIDConnectProviders': Call<
    Iam.ListOpenIDConnectProvidersCommandInput,
    Iam.ListOpenIDConnectProvidersCommandOutput
  >;
  'iam:GetOutboundWebIdentityFederationInfo': Call<
    Iam.GetOutboundWebIdentityFederationInfoCommandInput,
    Iam.GetOutboundWebIdentityFederationInfoCommandOutput
  >;
  'cloudtrail:DescribeTrails': Call<CloudTrail.DescribeTrailsCommandInput, CloudTrail.DescribeTrailsCommandOutput>;
  'cloudtrail:GetTrailStatus': Call<CloudTrail.GetTrailStatusCommandInput, CloudTrail.GetTrailStatusCommandOutput>;
  'cloudtrail:GetEventSelectors': Call<
    CloudTrail.GetEventSelectorsCommandInput,
    CloudTrail.GetEventSelectorsCommandOutput
  >;
  'cloudtrail:ListEventDataStores': Call<
    CloudTrail.ListEventDataStoresCommandInput,
    CloudTrail.ListEventDataStoresCommandOutput
  >;
  'cloudtrail:GetEventDataStore': Call<
    CloudTrail.GetEventDataStoreCommandInput,
    CloudTrail.GetEventDataStoreCommandOutput
  >;
  'cloudtrail:GetInsightSelectors': Call<
    CloudTrail.GetInsightSelectorsCommandInput,
    CloudTrail.GetInsightSelectorsCommandOutput
  >;
  'cloudtrail:GetEventConfiguration': Call<
    CloudTrail.GetEventConfigurationCommandInput,
    CloudTrail.GetEventConfigurationCommandOutput
  >;
  'cloudtrail:LookupEvents': Call<CloudTrail.LookupEventsCommandInput, CloudTrail.LookupEventsCommandOutput>;
  'bedrock:GetModelInvocationLoggingConfiguration': Call<
    Bedrock.GetModelInvocationLoggingConfigurationCommandInput,
    Bedrock.GetModelInvocationLoggingConfigurationCommandOutput
  >;
  'bedrock:ListEnforcedGuardrailsConfiguration': Call<
    Bedrock.ListEnforcedGuardrailsConfigurationCommandInput,
    Bedrock.ListEnforcedGuardrailsConfigurationCommandOutput
  >;
  'accessanalyzer:ListAnalyzers': Call<
    AccessAnalyzer.ListAnalyzersCommandInput,
    AccessAnalyzer.ListAnalyzersCommandOutput
  >;
  'config:DescribeConfigurationRecorders': Call<
    Config.DescribeConfigurationRecordersCommandInput,
    Config.DescribeConfigurationRecordersCommandOutput
  >;
  'config:DescribeConfigurationRecorderStatus': Call<
    Config.DescribeConfigurationRecorderStatusCommandInput,
    Config.DescribeConfigurationRecorderStatusCommandOutput
  >;
  'logs:DescribeMetricFilters': Call<Logs.DescribeMetricFiltersCommandInput, Logs.DescribeMetricFiltersCommandOutput>;
  'logs:DescribeSubscriptionFilters': Call<
    Logs.DescribeSubscriptionFiltersCommandInput,
    Logs.DescribeSubscriptionFiltersCommandOutput
  >;
  'logs:DescribeAccountPolicies': Call<
    Logs.DescribeAccountPoliciesCommandInput,
    Logs.DescribeAccountPoliciesCommandOutput
  >;
  'cloudwatch:DescribeAlarms': Call<CloudWatch.DescribeAlarmsCommandInput, CloudWatch.DescribeAlarmsCommandOutput>;
  'events:ListRules': Call<EventBridge.ListRulesCommandInput, EventBridge.ListRulesCommandOutput>;
  'events:ListTargetsByRule': Call<
    EventBridge.ListTargetsByRuleCommandInput,
    EventBridge.ListTargetsByRuleCommandOutput
  >;
  'cloudcontrol:ListResources': Call<CloudControl.ListResourcesCommandInput, CloudControl.ListResourcesCommandOutput>;
}

export type Operation = keyof AwsCalls;
