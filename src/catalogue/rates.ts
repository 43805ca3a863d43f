import type { Operation } from '../ports/aws-calls.ts';
import { operations } from './operations.ts';

/** A token bucket as AWS describes its own: `burst` calls at once, and `rate` calls a second from then on. */
export interface Ceiling {
  readonly rate: number;
  readonly burst: number;
}

/** A published limit: a rate with its burst, or calls per second with no word of a burst. */
export type Published = Ceiling | { readonly perSecond: number };

/** What AWS allows the calls that share a limit: in one account (and Region), and in the whole organisation. Null: nothing is published. */
export interface PublishedLimit {
  readonly account: Published | null;
  readonly organization: Published | null;
}

/** A limit as a run keeps it; `key` names the calls that share it. */
export interface Limit {
  readonly key: string;
  readonly account: Ceiling | null;
  readonly organization: Ceiling | null;
}

/** All ceilings of a run. `run` caps its calls of every kind together. */
export interface Rates {
  readonly run: Ceiling | null;
  limitOf(operation: Operation): Limit;
}

type Figures = readonly [rate: number, burst: number];
const organizations = (account: Figures, organization: Figures | null = null): PublishedLimit => ({
  account: { rate: account[0], burst: account[1] },
  organization: organization === null ? null : { rate: organization[0], burst: organization[1] },
});
const inAccount = (account: Published): PublishedLimit => ({ account, organization: null });
const cloudtrail = inAccount({ perSecond: 10 });

/**
 * Ceilings by operation, or by family where one limit holds for all its calls (domain facts E.6):
 * - Organizations: AWS Organizations User Guide, orgs_reference_limits, "Throttling limits"
 * - CloudTrail: AWS CloudTrail User Guide, WhatIsCloudTrail-Limits, "Transactions per second"
 * - Account Management: AWS Account Management Reference Guide, quotas
 * - STS: IAM User Guide, reference_iam-quotas, "STS request quotas": 600 a second per account and Region, and a call across accounts
 *   counts for the caller's account alone. So all our `AssumeRole` calls share one limit.
 */
export const published: Readonly<Record<string, PublishedLimit>> = {
  'organizations:DescribeOrganization': organizations([1, 2]),
  'organizations:ListRoots': organizations([1, 2]),
  'organizations:ListOrganizationalUnitsForParent': organizations([5, 8], [6, 10]),
  'organizations:ListAccountsForParent': organizations([5, 8], [6, 10]),
  'organizations:ListParents': organizations([5, 8], [6, 10]),
  'organizations:ListChildren': organizations([6, 10]),
  'organizations:ListAccounts': organizations([8, 12], [9, 15]),
  'organizations:DescribeAccount': organizations([20, 30], [24, 36]),
  'organizations:ListPolicies': organizations([5, 8], [6, 10]),
  'organizations:ListPoliciesForTarget': organizations([5, 8], [6, 10]),
  'organizations:ListTargetsForPolicy': organizations([5, 8], [6, 10]),
  'organizations:DescribePolicy': organizations([2, 2], [2, 3]),
  'organizations:ListTagsForResource': organizations([10, 15]),
  'organizations:ListDelegatedAdministrators': organizations([5, 8]),
  'cloudtrail:DescribeTrails': cloudtrail,
  'cloudtrail:GetTrail': cloudtrail,
  'cloudtrail:GetTrailStatus': cloudtrail,
  'cloudtrail:GetEventSelectors': cloudtrail,
  'cloudtrail:GetInsightSelectors': cloudtrail,
  'cloudtrail:ListEventDataStores': cloudtrail,
  'cloudtrail:GetEventDataStore': cloudtrail,
  'cloudtrail:LookupEvents': inAccount({ perSecond: 2 }),
  'account:ListRegions': inAccount({ rate: 5, burst: 5 }),
  sts: { account: null, organization: { perSecond: 600 } },
};

/**
 * Ours, by family, where AWS publishes no rate; throttling lowers them.
 * - IAM publishes none at all (domain facts E.6): all IAM calls of an account together may be half of the 20 a second that AWS names for
 *   the newer calls of the same service (IAM User Guide, aam-quotas, "Throttle limits").
 * - Organizations: a call without a row above is held to the lowest one.
 */
export const ours: Readonly<Record<string, PublishedLimit>> = {
  iam: inAccount({ perSecond: 10 }),
  organizations: organizations([1, 2]),
};

/** Ours as well, for all other families: settings that are read once or twice in each Region. */
export const unlisted: PublishedLimit = inAccount({ rate: 2, burst: 4 });

export interface RateOptions {
  /** `--max-rate`: calls per second of the whole run, of whatever kind. */
  readonly maxRate?: number | null;
  /**
   * Calls per second to IAM in all accounts together. AWS counts an IAM call by several criteria and does not name them all; sources
   * disagree whether the account that assumed the role is one (design §8). Set it where members are throttled together.
   */
  readonly iamRate?: number | null;
  /** How many processes call side by side, each with a budget of its own: what holds for all of them is divided among them. */
  readonly processes?: number;
}

/** The ceilings of a run. Organizations is not divided: one process alone asks it, before accounts are read. */
export function ratesOf({ maxRate = null, iamRate = null, processes = 1 }: RateOptions): Rates {
  const divided = (perSecond: number | null): Ceiling | null =>
    perSecond === null ? null : evenly(positive(perSecond) / positive(processes));
  const run = divided(maxRate);
  const iam = divided(iamRate);
  const limitOf = (operation: Operation): Limit => {
    const { family } = operations[operation];
    const key = Object.hasOwn(published, operation) ? operation : family;
    const { account, organization } = published[key] ?? ours[key] ?? unlisted;
    const shared =
      organization !== null && 'perSecond' in organization ? divided(organization.perSecond) : organization;
    return { key, account: ceilingOf(account), organization: family === 'iam' ? iam : shared };
  };
  return { run, limitOf };
}

const ceilingOf = (limit: Published | null): Ceiling | null =>
  limit === null || 'rate' in limit ? limit : evenly(limit.perSecond);

/**
 * A bucket that lets no second hold more than `perSecond` calls. With burst b and rate r, less than b + r calls fit into a second that
 * does not count its own end; so b + r is one more than the limit, and b a tenth of it.
 */
export function evenly(perSecond: number): Ceiling {
  const burst = Math.max(1, Math.floor(perSecond / 10));
  return { rate: perSecond + 1 - burst, burst };
}

function positive(figure: number): number {
  if (!(figure > 0 && figure < Number.POSITIVE_INFINITY)) throw new RangeError(`${figure} is not above 0`);
  return figure;
}
