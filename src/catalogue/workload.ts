import type { Operation } from '../ports/aws-calls.ts';
import { credentialServices } from './credential-services.ts';
import { operations } from './operations.ts';
import type { Rates } from './rates.ts';

// How many calls a night makes, as far as that can be told before it: for `assay run --dry-run`. Figures of time are estimates.

/** What an organisation holds, as far as calls depend on it. */
export interface Workload {
  readonly accounts: number;
  readonly ous: number;
  /** Control policies: each is read once, with its targets. */
  readonly policies: number;
  /** Of each account. */
  readonly regions: number;
  readonly users: number;
  readonly roles: number;
}

/** What is assumed of an account, and of policies, where nobody looked yet. */
export const assumed = { policies: 10, regions: 17, users: 20, roles: 100 } as const;

/** How often a call is made in one account, or for the one organisation. */
interface Counting {
  readonly made: string;
  times(workload: Workload): number;
}

const forEachUser: Counting = { made: 'for each user', times: ({ users }) => users };
const forEachOu: Counting = { made: 'for the root and each OU', times: ({ ous }) => ous + 1 };
const forEachPolicy: Counting = { made: 'for each control policy', times: ({ policies }) => policies };
/** Asked where the trail or store lives: most accounts own one or none. */
const forEachTrail: Counting = { made: 'for each trail, where it lives', times: () => 1 };
/** Roles and users of a page, by AWS's default. */
const identitiesOfPage = 100;

/** An operation that is not here is made once, in each Region if it is regional; a long list in pages. */
const counts: Partial<Record<Operation, Counting>> = {
  'organizations:ListOrganizationalUnitsForParent': forEachOu,
  'organizations:ListAccountsForParent': forEachOu,
  'organizations:ListPolicies': { made: 'for each type of policy that is read', times: () => 4 },
  'organizations:ListTargetsForPolicy': forEachPolicy,
  'organizations:DescribePolicy': forEachPolicy,
  'organizations:ListTagsForResource': { made: 'for each account', times: ({ accounts }) => accounts },
  'organizations:ListDelegatedServicesForAccount': { made: 'for each delegated administrator', times: () => 1 },
  'iam:GetAccountAuthorizationDetails': {
    made: 'once per account, in pages',
    times: ({ users, roles }) => Math.max(1, Math.ceil((users + roles) / identitiesOfPage)),
  },
  'iam:GenerateServiceLastAccessedDetails': {
    made: 'for each user and role',
    times: ({ users, roles }) => users + roles,
  },
  'iam:GetServiceLastAccessedDetails': {
    made: 'for each user and role, and for each poll',
    times: ({ users, roles }) => 2 * (users + roles),
  },
  'iam:ListServiceSpecificCredentials': {
    made: 'for each service that has such credentials; for each user where that is refused',
    times: () => credentialServices.length,
  },
  'iam:ListMFADevices': forEachUser,
  'iam:ListSSHPublicKeys': forEachUser,
  'iam:ListSigningCertificates': forEachUser,
  'cloudtrail:GetTrailStatus': forEachTrail,
  'cloudtrail:GetEventSelectors': forEachTrail,
  'cloudtrail:GetInsightSelectors': forEachTrail,
  'cloudtrail:GetEventConfiguration': forEachTrail,
  'cloudtrail:LookupEvents': {
    made: 'once per Region of an account, in at most 20 pages',
    times: ({ regions }) => regions,
  },
  'logs:DescribeMetricFilters': { made: 'for each log group of a trail', times: () => 1 },
  'logs:DescribeSubscriptionFilters': { made: 'for each log group of a trail', times: () => 1 },
  'logs:DescribeAccountPolicies': { made: 'for each Region where a trail writes to a log group', times: () => 1 },
  'events:ListRules': {
    made: 'once per Region of an account, and for each bus that a rule of the default bus sends to',
    times: ({ regions }) => regions,
  },
  'events:ListTargetsByRule': { made: 'for each rule that is looked into', times: () => 1 },
  'cloudtrail:GetEventDataStore': { made: 'for each event data store, where it lives', times: () => 1 },
};

const places = {
  organization: 'once per organisation',
  global: 'once per account',
  region: 'once per Region of an account',
};

/** How often a call is made, in words. */
export const madeOf = (operation: Operation): string => counts[operation]?.made ?? places[operations[operation].where];

export interface ExpectedCalls {
  readonly operation: Operation;
  readonly action: string;
  /** In one account; null for what is asked once for the organisation. */
  readonly each: number | null;
  readonly calls: number;
}

/** The calls of a night over so much, in the order of the operation table. */
export function expectedCalls(workload: Workload): ExpectedCalls[] {
  return (Object.keys(operations) as Operation[]).map((operation) => {
    const { action, where } = operations[operation];
    const count = counts[operation]?.times(workload) ?? (where === 'region' ? workload.regions : 1);
    if (where === 'organization') return { operation, action, each: null, calls: count };
    return { operation, action, each: count, calls: count * workload.accounts };
  });
}

/** Seconds that a call takes to be answered, roughly. */
const answerTime = 0.1;

/** Seconds a night takes at its rates, with so many accounts side by side. */
export function expectedSeconds(
  expected: readonly ExpectedCalls[],
  rates: Rates,
  accounts: number,
  aside: number,
): number {
  const paced = (calls: number, operation: Operation): number =>
    Math.max(calls * answerTime, calls / (rates.limitOf(operation).account?.rate ?? Number.POSITIVE_INFINITY));
  const once = expected.filter(({ each }) => each === null);
  const discovering = once.reduce((sum, { calls, operation }) => sum + paced(calls, operation), 0);
  const everywhere = expected.filter(({ each }) => each !== null);
  const inAccount = everywhere.reduce((sum, { each, operation }) => sum + inOneAccount(each ?? 0, operation, paced), 0);
  const total = expected.reduce((sum, { calls }) => sum + calls, 0);
  const atOnce = discovering + inAccount * Math.ceil(accounts / aside);
  return Math.max(atOnce, rates.run === null ? 0 : total / rates.run.rate);
}

/** A regional operation has a rate for each Region: no two calls of it wait for each other. */
const inOneAccount = (
  each: number,
  operation: Operation,
  paced: (calls: number, operation: Operation) => number,
): number => (operations[operation].where === 'region' ? each * answerTime : paced(each, operation));
