import type { Operation } from '../../ports/aws-calls.ts';
import type { SimulatedOrganization, SimulatedScp } from '../organization.ts';
import { type Page, pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import type { Answering, CallScope } from '../scope.ts';
import {
  accountView,
  arnOf,
  organizationView,
  policySummary,
  rootView,
  targetView,
  unitView,
} from './organizations-views.ts';

// Pages are small, so that a reader that forgets the token loses accounts in every test.
const most = 3;

interface Paged {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

function cut<T>(
  operation: Operation,
  all: readonly T[],
  { NextToken, MaxResults }: Paged,
  emptyFirst = false,
): Page<T> {
  return pageOf(all, { operation, token: NextToken, size: MaxResults, most, emptyFirst });
}

const token = ({ next }: Page<unknown>): { NextToken?: string } => (next === undefined ? {} : { NextToken: next });

const describeOrganization: Answering<'organizations:DescribeOrganization'> = ({ organization }) => ({
  Organization: organizationView(organization),
});

const listRoots: Answering<'organizations:ListRoots'> = ({ organization }, input) => {
  const page = cut('organizations:ListRoots', [rootView(organization)], input);
  return { Roots: page.items, ...token(page) };
};

const listUnits: Answering<'organizations:ListOrganizationalUnitsForParent'> = (scope, input) => {
  const operation = 'organizations:ListOrganizationalUnitsForParent';
  const { organization } = scope;
  const parent = knownParent(scope, operation, input.ParentId);
  const page = cut(
    operation,
    organization.units.filter((unit) => unit.parent === parent),
    input,
  );
  return { OrganizationalUnits: page.items.map((unit) => unitView(organization, unit)), ...token(page) };
};

const listAccounts: Answering<'organizations:ListAccountsForParent'> = (scope, input) => {
  const operation = 'organizations:ListAccountsForParent';
  const { organization } = scope;
  const parent = knownParent(scope, operation, input.ParentId);
  const page = cut(
    operation,
    organization.accounts.filter((account) => account.parent === parent),
    input,
    true,
  );
  return { Accounts: page.items.map((account) => accountView(organization, account)), ...token(page) };
};

const listPolicies: Answering<'organizations:ListPolicies'> = ({ organization }, input) => {
  const all = listed(organization, input.Filter);
  const page = cut('organizations:ListPolicies', all, input);
  return { Policies: page.items.map((policy) => policySummary(organization, policy)), ...token(page) };
};

function listed({ scps, rcps }: SimulatedOrganization, type: string | undefined): readonly SimulatedScp[] {
  if (type === 'SERVICE_CONTROL_POLICY') return scps;
  return type === 'RESOURCE_CONTROL_POLICY' ? rcps : [];
}

const listTargets: Answering<'organizations:ListTargetsForPolicy'> = (scope, input) => {
  const { targets } = knownPolicy(scope, 'organizations:ListTargetsForPolicy', input.PolicyId);
  const page = cut('organizations:ListTargetsForPolicy', targets, input);
  return { Targets: page.items.map((target) => targetView(scope.organization, target)), ...token(page) };
};

const describePolicy: Answering<'organizations:DescribePolicy'> = (scope, input) => {
  const policy = knownPolicy(scope, 'organizations:DescribePolicy', input.PolicyId);
  const PolicySummary = policySummary(scope.organization, policy);
  return { Policy: { PolicySummary, Content: JSON.stringify(policy.document) } };
};

function knownParent({ organization }: CallScope, operation: Operation, id: string | undefined): string {
  if (id !== undefined && arnOf(organization, id) !== undefined) return id;
  throw refuse(operation, 'ParentNotFoundException', "You specified parent that doesn't exist.");
}

function knownPolicy({ organization }: CallScope, operation: Operation, id: string | undefined) {
  const policy = [...organization.scps, ...organization.rcps].find((candidate) => candidate.id === id);
  if (policy !== undefined) return policy;
  throw refuse(operation, 'PolicyNotFoundException', "You specified a policy that doesn't exist.");
}

export const organizationsAnswers = {
  'organizations:DescribeOrganization': describeOrganization,
  'organizations:ListRoots': listRoots,
  'organizations:ListOrganizationalUnitsForParent': listUnits,
  'organizations:ListAccountsForParent': listAccounts,
  'organizations:ListPolicies': listPolicies,
  'organizations:ListTargetsForPolicy': listTargets,
  'organizations:DescribePolicy': describePolicy,
};
