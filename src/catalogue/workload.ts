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

type Counting = (workload: Workload) => number;
const ofEachUser: Counting = ({ users }) => users;
const perOu: Counting = ({ ous }) => ous + 1; // and the root
const perPolicy: Counting = ({ policies }) => policies;
/** What is asked of each trail or store where it lives: most accounts own one or none. */
const perTrail: Counting = () => 1;
/** Roles and users of a page, by AWS's default. */
const identitiesOfPage = 100;

/** Calls in one account, or of one organisation; an operation that is not here is made once, in each Region if it is regional. */
const counts: Partial<Record<Operation, Counting>> = {
  'organizations:ListOrganizationalUnitsForParent': perOu,
  'organizations:ListAccountsForParent': perOu,
  'organizations:ListPolicies': () => 4, // one for each type of policy that is read
  'organizations:ListTargetsForPolicy': perPolicy,
  'organizations:DescribePolicy': perPolicy,
  'organizations:ListTagsForResource': ({ accounts }) => accounts,
  'iam:GetAccountAuthorizationDetails': ({ users, roles }) =>
    Math.max(1, Math.ceil((users + roles) / identitiesOfPage)),
  'iam:GenerateServiceLastAccessedDetails': ({ users, roles }) => users + roles,
  'iam:GetServiceLastAccessedDetails': ({ users, roles }) => 2 * (users + roles), // a poll, and the report
  'iam:ListServiceSpecificCredentials': () => credentialServices.length,
  'iam:ListMFADevices': ofEachUser,
  'iam:ListSSHPublicKeys': ofEachUser,
  'iam:ListSigningCertificates': ofEachUser,
  'cloudtrail:GetTrailStatus': perTrail,
  'cloudtrail:GetEventSelectors': perTrail,
  'cloudtrail:GetInsightSelectors': perTrail,
  'cloudtrail:GetEventConfiguration': perTrail,
  'cloudtrail:GetEventDataStore': perTrail,
};

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
    const count = counts[operation]?.(workload) ?? (where === 'region' ? workload.regions : 1);
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
