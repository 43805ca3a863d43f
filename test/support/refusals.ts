import { operations } from '../../src/catalogue/operations.ts';
import { allControls } from '../../src/controls/all.ts';
import type { Exception } from '../../src/domain/exception.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import { demoOrganization, simulatorReaders } from '../../src/simulator/demo/index.ts';
import type { SimulatedOrganization } from '../../src/simulator/organization.ts';
import { clock, night, world } from './world.ts';

// A part of the demo organisation in which one call is refused: of one account, or about the organisation.

/** Has something of every kind: the management account, a member with a trail of its own, one with a store, one that refuses a call, a suspended one. */
const kept = ['management', 'shared-services', 'ai-gateway', 'ai-research', 'dev-payments', 'sandbox-2024'];

/** The demo organisation with few accounts, so that a law can be tried on every call. */
export const organization = partOf(demoOrganization(clock));

function partOf(whole: SimulatedOrganization): SimulatedOrganization {
  const accounts = whole.accounts.filter(({ name }) => kept.includes(name));
  const gone = new Set<string>(whole.accounts.filter(({ name }) => !kept.includes(name)).map(({ id }) => id));
  const attached = <Policy extends { readonly targets: readonly string[] }>(policies: readonly Policy[]): Policy[] =>
    policies.map((policy) => ({ ...policy, targets: policy.targets.filter((id) => !gone.has(id)) }));
  return { ...whole, accounts, scps: attached(whole.scps), rcps: attached(whole.rcps) };
}
/** A member that refuses nothing and has something of every kind: users, one with a key of a service, a trail of its own. */
export const victim = organization.accounts
  .slice(1)
  .find(
    ({ users, trails, refuses }) =>
      users.some(({ credentials }) => credentials.length > 0) && trails.length > 0 && Object.keys(refuses).length === 0,
  );

/** The organisation in which one account refuses some calls. */
export function refusing(refuses: Readonly<Record<string, string>>): SimulatedOrganization {
  return {
    ...organization,
    accounts: organization.accounts.map((account) => (account === victim ? { ...account, refuses } : account)),
  };
}

/** An exception for some resources of every control: the laws hold for figures with exceptions as well. */
const exceptions: readonly Exception[] = [
  {
    id: 'some',
    controls: allControls.map(({ id }) => id),
    resources: ['*-1', '*a', '*e', '*r', '*t', '*:root', '1*', 'AEAA*'],
    owner: 'o',
    reason: 'r',
    approver: 'a',
    expires: '2026-12-31',
  },
];

/** A night without documents: the laws are about its summary. */
export async function summaryOf(it: SimulatedOrganization, given = exceptions): Promise<NightSummary | undefined> {
  const dependencies = world(simulatorReaders(it));
  const settings = { ...dependencies.settings, exceptions: given, formats: [] };
  return (await night({ ...dependencies, settings })).summary;
}

/** Calls that a headline figure needs: an account that refuses one is not fully measured (design §3). */
export const headline: readonly Operation[] = [
  'sts:AssumeRole',
  'account:ListRegions',
  'iam:GetAccountAuthorizationDetails',
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  'iam:ListServiceSpecificCredentials',
  'iam:GenerateServiceLastAccessedDetails',
  'iam:GetServiceLastAccessedDetails',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:ListEventDataStores',
  'cloudtrail:GetEventDataStore',
];
export const headlineOfOrganization: readonly Operation[] = [
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
  'organizations:ListPolicies',
  'organizations:ListTargetsForPolicy',
  'organizations:DescribePolicy',
];
export const others = (Object.keys(operations) as Operation[]).filter(
  (operation) => ![...headline, ...headlineOfOrganization].includes(operation) && operation !== 'sts:GetCallerIdentity', // asked once, of nobody in particular
);
/** Calls that one figure needs which is no headline: it is less known without them. */
export const forwarding: readonly Operation[] = [
  'logs:DescribeMetricFilters',
  'logs:DescribeSubscriptionFilters',
  'logs:DescribeAccountPolicies',
  'cloudwatch:DescribeAlarms',
  'events:ListRules',
  'events:ListTargetsByRule',
];
export const ofOrganization = (operation: Operation): boolean => operation.startsWith('organizations:');

/** The organisation in which calls about the organisation are refused. */
export function refusingWhole(operation: Operation): SimulatedOrganization {
  const [management] = organization.accounts;
  const refuses = { [operation]: 'AccessDeniedException' };
  return {
    ...organization,
    accounts: organization.accounts.map((account) => (account === management ? { ...account, refuses } : account)),
  };
}
