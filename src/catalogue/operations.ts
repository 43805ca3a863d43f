import type { Operation } from '../ports/aws-calls.ts';

/** How an operation hands over a long list: which input takes the token that which output gave. */
export interface Paging {
  readonly give: string;
  readonly take: string;
  /** Lists of a page that are joined when pages are merged into one (AWS CLI output). */
  readonly lists: readonly string[];
}

/** One AWS call Assay makes. `where` decides the folder in a snapshot and the Region of the client. */
export interface OperationRow {
  readonly action: string;
  /** Actions that AWS asks for as well, behind the call. */
  readonly also?: readonly string[];
  readonly where: 'organization' | 'global' | 'region';
  /** Calls of one family share a rate budget (design §8). */
  readonly family: string;
  readonly paging: Paging | null;
  /** Inputs that only shape pages: they never select a recorded answer. */
  readonly pageSize: readonly string[];
}

const marker = (...lists: string[]): Paging => ({ give: 'Marker', take: 'Marker', lists });
const nextToken = (...lists: string[]): Paging => ({ give: 'NextToken', take: 'NextToken', lists });
/** As JSON services spell it that begin their fields with a small letter. */
const smallNextToken = (...lists: string[]): Paging => ({ give: 'nextToken', take: 'nextToken', lists });
const pageSizes: Readonly<Record<string, string>> = {
  Marker: 'MaxItems',
  NextToken: 'MaxResults',
  nextToken: 'maxResults',
};
const row = (action: string, where: OperationRow['where'], paging: Paging | null = null): OperationRow => ({
  action,
  where,
  family: action.slice(0, action.indexOf(':')),
  paging,
  pageSize: paging === null ? [] : [pageSizes[paging.give] ?? 'MaxResults'],
});

/** Services that call the size of a page `Limit`, or `limit`. */
const limited = (action: string, paging: Paging): OperationRow => ({
  ...row(action, 'region', paging),
  pageSize: [paging.give === 'NextToken' ? 'Limit' : 'limit'],
});

/** The operation table: every AWS call, the IAM action it needs, where it is made. Policies and docs derive from it (design §2). */
export const operations: { readonly [O in Operation]: OperationRow } = {
  'sts:GetCallerIdentity': row('sts:GetCallerIdentity', 'organization'),
  'sts:AssumeRole': row('sts:AssumeRole', 'global'),
  'organizations:DescribeOrganization': row('organizations:DescribeOrganization', 'organization'),
  'organizations:ListRoots': row('organizations:ListRoots', 'organization', nextToken('Roots')),
  'organizations:ListOrganizationalUnitsForParent': row(
    'organizations:ListOrganizationalUnitsForParent',
    'organization',
    nextToken('OrganizationalUnits'),
  ),
  'organizations:ListAccountsForParent': row(
    'organizations:ListAccountsForParent',
    'organization',
    nextToken('Accounts'),
  ),
  'organizations:ListPolicies': row('organizations:ListPolicies', 'organization', nextToken('Policies')),
  'organizations:ListTargetsForPolicy': row('organizations:ListTargetsForPolicy', 'organization', nextToken('Targets')),
  'organizations:DescribePolicy': row('organizations:DescribePolicy', 'organization'),
  'organizations:ListTagsForResource': row('organizations:ListTagsForResource', 'organization', nextToken('Tags')),
  'organizations:ListDelegatedAdministrators': row(
    'organizations:ListDelegatedAdministrators',
    'organization',
    nextToken('DelegatedAdministrators'),
  ),
  'organizations:ListDelegatedServicesForAccount': row(
    'organizations:ListDelegatedServicesForAccount',
    'organization',
    nextToken('DelegatedServices'),
  ),
  'organizations:ListAWSServiceAccessForOrganization': row(
    'organizations:ListAWSServiceAccessForOrganization',
    'organization',
    nextToken('EnabledServicePrincipals'),
  ),
  'iam:ListOrganizationsFeatures': row('iam:ListOrganizationsFeatures', 'organization'),
  'account:ListRegions': row('account:ListRegions', 'global', nextToken('Regions')),
  'iam:GetAccountAuthorizationDetails': row(
    'iam:GetAccountAuthorizationDetails',
    'global',
    marker('UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'),
  ),
  'iam:GenerateCredentialReport': row('iam:GenerateCredentialReport', 'global'),
  'iam:GetCredentialReport': row('iam:GetCredentialReport', 'global'),
  'iam:ListServiceSpecificCredentials': row(
    'iam:ListServiceSpecificCredentials',
    'global',
    marker('ServiceSpecificCredentials'),
  ),
  'iam:GenerateServiceLastAccessedDetails': row('iam:GenerateServiceLastAccessedDetails', 'global'),
  'iam:GetServiceLastAccessedDetails': row(
    'iam:GetServiceLastAccessedDetails',
    'global',
    marker('ServicesLastAccessed'),
  ),
  'iam:GetAccountSummary': row('iam:GetAccountSummary', 'global'),
  'iam:GetAccountPasswordPolicy': row('iam:GetAccountPasswordPolicy', 'global'),
  'iam:ListVirtualMFADevices': row('iam:ListVirtualMFADevices', 'global', marker('VirtualMFADevices')),
  'iam:ListMFADevices': row('iam:ListMFADevices', 'global', marker('MFADevices')),
  'iam:ListSSHPublicKeys': row('iam:ListSSHPublicKeys', 'global', marker('SSHPublicKeys')),
  'iam:ListSigningCertificates': row('iam:ListSigningCertificates', 'global', marker('Certificates')),
  'iam:ListServerCertificates': row('iam:ListServerCertificates', 'global', marker('ServerCertificateMetadataList')),
  'iam:ListSAMLProviders': row('iam:ListSAMLProviders', 'global'),
  'iam:ListOpenIDConnectProviders': row('iam:ListOpenIDConnectProviders', 'global'),
  'iam:GetOutboundWebIdentityFederationInfo': row('iam:GetOutboundWebIdentityFederationInfo', 'global'),
  'cloudtrail:DescribeTrails': row('cloudtrail:DescribeTrails', 'region'),
  'cloudtrail:GetTrailStatus': row('cloudtrail:GetTrailStatus', 'region'),
  'cloudtrail:GetEventSelectors': row('cloudtrail:GetEventSelectors', 'region'),
  'cloudtrail:ListEventDataStores': row('cloudtrail:ListEventDataStores', 'region', nextToken('EventDataStores')),
  'cloudtrail:GetEventDataStore': row('cloudtrail:GetEventDataStore', 'region'),
  'cloudtrail:GetInsightSelectors': row('cloudtrail:GetInsightSelectors', 'region'),
  'cloudtrail:GetEventConfiguration': row('cloudtrail:GetEventConfiguration', 'region'),
  'cloudtrail:LookupEvents': row('cloudtrail:LookupEvents', 'region', nextToken('Events')),
  'bedrock:GetModelInvocationLoggingConfiguration': row('bedrock:GetModelInvocationLoggingConfiguration', 'region'),
  'bedrock:ListEnforcedGuardrailsConfiguration': row(
    'bedrock:ListEnforcedGuardrailsConfiguration',
    'region',
    smallNextToken('guardrailsConfig'),
  ),
  'accessanalyzer:ListAnalyzers': row('access-analyzer:ListAnalyzers', 'region', smallNextToken('analyzers')),
  'config:DescribeConfigurationRecorders': row('config:DescribeConfigurationRecorders', 'region'),
  'config:DescribeConfigurationRecorderStatus': row('config:DescribeConfigurationRecorderStatus', 'region'),
  'logs:DescribeMetricFilters': limited('logs:DescribeMetricFilters', smallNextToken('metricFilters')),
  'logs:DescribeSubscriptionFilters': limited(
    'logs:DescribeSubscriptionFilters',
    smallNextToken('subscriptionFilters'),
  ),
  // "To see subscription filter policies" AWS asks for both (CloudWatch Logs API reference, "DescribeAccountPolicies").
  'logs:DescribeAccountPolicies': {
    ...row('logs:DescribeAccountPolicies', 'region', smallNextToken('accountPolicies')),
    also: ['logs:DescribeSubscriptionFilters'],
    pageSize: [],
  },
  'cloudwatch:DescribeAlarms': {
    ...row('cloudwatch:DescribeAlarms', 'region', nextToken('MetricAlarms', 'CompositeAlarms')),
    pageSize: ['MaxRecords', 'AlarmTypes'],
  },
  'events:ListRules': limited('events:ListRules', nextToken('Rules')),
  'events:ListTargetsByRule': limited('events:ListTargetsByRule', nextToken('Targets')),
  // Cloud Control goes by the name of CloudFormation in IAM, and calls the service behind a type with the caller's own permissions.
  'cloudcontrol:ListResources': {
    ...row('cloudformation:ListResources', 'region', nextToken('ResourceDescriptions')),
    also: ['aws-external-anthropic:ListWorkspaces'],
  },
};

export const isOperation = (name: string): name is Operation => Object.hasOwn(operations, name);
