import { operations } from '../../../catalogue/operations.ts';
import type { Operation } from '../../../ports/aws-calls.ts';
import { InputError, type Where } from '../input-error.ts';
import type { JsonObject } from './json.ts';

/** Keys that tell an output; those of paged calls are the lists of the operation table. */
const tellingKeys: Partial<Record<Operation, readonly string[]>> = {
  'sts:AssumeRole': ['AssumedRoleUser'],
  'organizations:DescribeOrganization': ['Organization'],
  'organizations:DescribePolicy': ['Policy'],
  'iam:GenerateCredentialReport': ['State'],
  'iam:GetCredentialReport': ['Content'],
  'iam:GenerateServiceLastAccessedDetails': ['JobId'],
  'iam:GetServiceLastAccessedDetails': ['JobStatus', 'ServicesLastAccessed'],
  'cloudtrail:DescribeTrails': ['trailList'],
  'cloudtrail:GetTrailStatus': ['IsLogging'],
  'cloudtrail:GetEventSelectors': ['EventSelectors', 'AdvancedEventSelectors'],
  'cloudtrail:GetEventDataStore': ['EventDataStoreArn'],
  'cloudtrail:GetInsightSelectors': ['InsightSelectors'],
  'cloudtrail:GetEventConfiguration': ['AggregationConfigurations', 'ContextKeySelectors', 'MaxEventSize'],
  'iam:ListOrganizationsFeatures': ['EnabledFeatures'],
  'iam:GetAccountSummary': ['SummaryMap'],
  'iam:GetAccountPasswordPolicy': ['PasswordPolicy'],
  'iam:ListSAMLProviders': ['SAMLProviderList'],
  'iam:ListOpenIDConnectProviders': ['OpenIDConnectProviderList'],
  'iam:GetOutboundWebIdentityFederationInfo': ['JwtVendingEnabled', 'IssuerIdentifier'],
  'bedrock:GetModelInvocationLoggingConfiguration': ['loggingConfig'],
  'config:DescribeConfigurationRecorders': ['ConfigurationRecorders'],
  'config:DescribeConfigurationRecorderStatus': ['ConfigurationRecordersStatus'],
};
/** Calls of which an answer without any key is whole: nothing is set up. */
const mayBeEmpty: ReadonlySet<Operation> = new Set(['bedrock:GetModelInvocationLoggingConfiguration']);
const unpagedLists = [
  'trailList',
  'EnabledFeatures',
  'SAMLProviderList',
  'OpenIDConnectProviderList',
  'InsightSelectors',
  'ConfigurationRecorders',
  'ConfigurationRecordersStatus',
];
const lists = new Set([...unpagedLists, ...Object.values(operations).flatMap(({ paging }) => paging?.lists ?? [])]);
const keysOf = (operation: Operation): readonly string[] =>
  tellingKeys[operation] ?? operations[operation].paging?.lists ?? [];

/** Calls that AWS or Assay makes with an input only: a bare output does not say which one it answers. */
const asked: ReadonlySet<Operation> = new Set([
  'sts:AssumeRole',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
  'organizations:ListPolicies',
  'organizations:ListTargetsForPolicy',
  'organizations:DescribePolicy',
  'iam:ListServiceSpecificCredentials', // with no input AWS lists the caller's own
  'iam:GenerateServiceLastAccessedDetails',
  'iam:GetServiceLastAccessedDetails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetEventDataStore',
  'organizations:ListTagsForResource',
  'organizations:ListDelegatedServicesForAccount',
  'iam:ListMFADevices',
  'iam:ListSSHPublicKeys',
  'iam:ListSigningCertificates',
  'cloudtrail:GetInsightSelectors',
  'cloudtrail:GetEventConfiguration',
  'cloudtrail:LookupEvents',
  'cloudcontrol:ListResources',
  'logs:DescribeMetricFilters',
  'logs:DescribeSubscriptionFilters',
  'logs:DescribeAccountPolicies',
  'events:ListTargetsByRule',
]);
export const needsInput = (operation: Operation): boolean => asked.has(operation);

/** First those whose keys occur in the outputs of others too. */
const order = [
  ...new Set<Operation>([
    'iam:GetAccountAuthorizationDetails',
    'cloudtrail:GetEventDataStore',
    ...(Object.keys(operations) as Operation[]),
  ]),
];

/** Which call an output answers, judged by its keys. */
export const recognise = (output: JsonObject): Operation | undefined =>
  order.find((operation) => keysOf(operation).some((key) => Object.hasOwn(output, key)));

/** A bare output must be that of its call, and whole: an empty object is not an empty list, one page not the list. */
export function wholeOutput(operation: Operation, output: JsonObject, where: Where): JsonObject {
  const keys = keysOf(operation);
  const empty = mayBeEmpty.has(operation) && Object.keys(output).length === 0;
  if (!empty && !keys.some((key) => Object.hasOwn(output, key))) {
    const names = keys.map((key) => `\`${key}\``).join(', ');
    throw new InputError('WRONG_SHAPE', where, `no ${names} in the output of ${operation}`, 'export the call again');
  }
  const { IsTruncated, Marker, NextToken, nextToken, ...rest } = output;
  if (IsTruncated === true || [Marker, NextToken, nextToken].some(isToken)) {
    const problem = 'one page of a longer list (`IsTruncated` or a paging token is set)';
    throw new InputError(
      'INCOMPLETE',
      where,
      problem,
      'export all pages, or remove these keys once the pages are merged',
    );
  }
  return rest;
}

const isToken = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Where lists belong must be lists, in a whole output and in a page. */
export function checkLists(operation: Operation, output: JsonObject, where: Where): void {
  const wrong = keysOf(operation).find(
    (key) => lists.has(key) && Object.hasOwn(output, key) && !Array.isArray(output[key]),
  );
  if (wrong !== undefined)
    throw new InputError('WRONG_SHAPE', where, `\`${wrong}\` is not a list`, 'export the call again');
}
