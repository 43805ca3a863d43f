import { operations } from '../../src/catalogue/operations.ts';

// Written out, so that a wrong word in the table fails: the reader role's policy follows from it, and so does what of a list is read.

/** Call, IAM action, actions asked for as well, paging token of the answer > of the question: lists of a page. */
const golden: readonly (readonly [operation: string, action: string, also: string, paging: string])[] = [
  ['sts:GetCallerIdentity', 'sts:GetCallerIdentity', '', ''],
  ['sts:AssumeRole', 'sts:AssumeRole', '', ''],
  ['organizations:DescribeOrganization', 'organizations:DescribeOrganization', '', ''],
  ['organizations:ListRoots', 'organizations:ListRoots', '', 'NextToken > NextToken: Roots'],
  [
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListOrganizationalUnitsForParent',
    '',
    'NextToken > NextToken: OrganizationalUnits',
  ],
  ['organizations:ListAccountsForParent', 'organizations:ListAccountsForParent', '', 'NextToken > NextToken: Accounts'],
  ['organizations:ListPolicies', 'organizations:ListPolicies', '', 'NextToken > NextToken: Policies'],
  ['organizations:ListTargetsForPolicy', 'organizations:ListTargetsForPolicy', '', 'NextToken > NextToken: Targets'],
  ['organizations:DescribePolicy', 'organizations:DescribePolicy', '', ''],
  ['organizations:ListTagsForResource', 'organizations:ListTagsForResource', '', 'NextToken > NextToken: Tags'],
  [
    'organizations:ListDelegatedAdministrators',
    'organizations:ListDelegatedAdministrators',
    '',
    'NextToken > NextToken: DelegatedAdministrators',
  ],
  [
    'organizations:ListDelegatedServicesForAccount',
    'organizations:ListDelegatedServicesForAccount',
    '',
    'NextToken > NextToken: DelegatedServices',
  ],
  [
    'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListAWSServiceAccessForOrganization',
    '',
    'NextToken > NextToken: EnabledServicePrincipals',
  ],
  ['iam:ListOrganizationsFeatures', 'iam:ListOrganizationsFeatures', '', ''],
  ['account:ListRegions', 'account:ListRegions', '', 'NextToken > NextToken: Regions'],
  [
    'iam:GetAccountAuthorizationDetails',
    'iam:GetAccountAuthorizationDetails',
    '',
    'Marker > Marker: UserDetailList GroupDetailList RoleDetailList Policies',
  ],
  ['iam:GenerateCredentialReport', 'iam:GenerateCredentialReport', '', ''],
  ['iam:GetCredentialReport', 'iam:GetCredentialReport', '', ''],
  [
    'iam:ListServiceSpecificCredentials',
    'iam:ListServiceSpecificCredentials',
    '',
    'Marker > Marker: ServiceSpecificCredentials',
  ],
  ['iam:GenerateServiceLastAccessedDetails', 'iam:GenerateServiceLastAccessedDetails', '', ''],
  [
    'iam:GetServiceLastAccessedDetails',
    'iam:GetServiceLastAccessedDetails',
    '',
    'Marker > Marker: ServicesLastAccessed',
  ],
  ['iam:GetAccountSummary', 'iam:GetAccountSummary', '', ''],
  ['iam:GetAccountPasswordPolicy', 'iam:GetAccountPasswordPolicy', '', ''],
  ['iam:ListVirtualMFADevices', 'iam:ListVirtualMFADevices', '', 'Marker > Marker: VirtualMFADevices'],
  ['iam:ListMFADevices', 'iam:ListMFADevices', '', 'Marker > Marker: MFADevices'],
  ['iam:ListSSHPublicKeys', 'iam:ListSSHPublicKeys', '', 'Marker > Marker: SSHPublicKeys'],
  ['iam:ListSigningCertificates', 'iam:ListSigningCertificates', '', 'Marker > Marker: Certificates'],
  ['iam:ListServerCertificates', 'iam:ListServerCertificates', '', 'Marker > Marker: ServerCertificateMetadataList'],
  ['iam:ListSAMLProviders', 'iam:ListSAMLProviders', '', ''],
  ['iam:ListOpenIDConnectProviders', 'iam:ListOpenIDConnectProviders', '', ''],
  ['iam:GetOutboundWebIdentityFederationInfo', 'iam:GetOutboundWebIdentityFederationInfo', '', ''],
  ['cloudtrail:DescribeTrails', 'cloudtrail:DescribeTrails', '', ''],
  ['cloudtrail:GetTrailStatus', 'cloudtrail:GetTrailStatus', '', ''],
  ['cloudtrail:GetEventSelectors', 'cloudtrail:GetEventSelectors', '', ''],
  ['cloudtrail:ListEventDataStores', 'cloudtrail:ListEventDataStores', '', 'NextToken > NextToken: EventDataStores'],
  ['cloudtrail:GetEventDataStore', 'cloudtrail:GetEventDataStore', '', ''],
  ['cloudtrail:GetInsightSelectors', 'cloudtrail:GetInsightSelectors', '', ''],
  ['cloudtrail:GetEventConfiguration', 'cloudtrail:GetEventConfiguration', '', ''],
  ['cloudtrail:LookupEvents', 'cloudtrail:LookupEvents', '', 'NextToken > NextToken: Events'],
  ['bedrock:GetModelInvocationLoggingConfiguration', 'bedrock:GetModelInvocationLoggingConfiguration', '', ''],
  [
    'bedrock:ListEnforcedGuardrailsConfiguration',
    'bedrock:ListEnforcedGuardrailsConfiguration',
    '',
    'nextToken > nextToken: guardrailsConfig',
  ],
  ['accessanalyzer:ListAnalyzers', 'access-analyzer:ListAnalyzers', '', 'nextToken > nextToken: analyzers'],
  ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorders', '', ''],
  ['config:DescribeConfigurationRecorderStatus', 'config:DescribeConfigurationRecorderStatus', '', ''],
  ['logs:DescribeMetricFilters', 'logs:DescribeMetricFilters', '', 'nextToken > nextToken: metricFilters'],
  [
    'logs:DescribeSubscriptionFilters',
    'logs:DescribeSubscriptionFilters',
    '',
    'nextToken > nextToken: subscriptionFilters',
  ],
  [
    'logs:DescribeAccountPolicies',
    'logs:DescribeAccountPolicies',
    'logs:DescribeSubscriptionFilters',
    'nextToken > nextToken: accountPolicies',
  ],
  ['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarms', '', 'NextToken > NextToken: MetricAlarms CompositeAlarms'],
  ['events:ListRules', 'events:ListRules', '', 'NextToken > NextToken: Rules'],
  ['events:ListTargetsByRule', 'events:ListTargetsByRule', '', 'NextToken > NextToken: Targets'],
  [
    'cloudcontrol:ListResources',
    'cloudformation:ListResources',
    'aws-external-anthropic:ListWorkspaces',
    'NextToken > NextToken: ResourceDescriptions',
  ],
];

test('every call asks for the action that AWS names, and pages as its API does', () => {
  const told = Object.entries(operations).map(([operation, { action, also = [], paging }]) => {
    const pages = paging === null ? '' : `${paging.give} > ${paging.take}: ${paging.lists.join(' ')}`;
    return [operation, action, also.join(' '), pages];
  });
  expect(told).toEqual(golden);
});
