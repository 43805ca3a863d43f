import type { Operation } from '../../ports/aws-calls.ts';
import { calendarOf } from '../calendar.ts';
import type { SimulatedAccount, SimulatedOrganization } from '../organization.ts';
import { type Page, pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import type { Answering } from '../scope.ts';
import { accountView } from './organizations-views.ts';

// What the simulated organisation has switched on and handed on; told from its accounts, so that it needs no planting.

const most = 3;
const cut = <T>(
  operation: Operation,
  all: readonly T[],
  input: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): Page<T> => pageOf(all, { operation, token: input.NextToken, size: input.MaxResults, most });
const token = ({ next }: Page<unknown>): { NextToken?: string } => (next === undefined ? {} : { NextToken: next });

/** The account whose name says that it keeps security tools runs these services for all. */
const delegated = ['access-analyzer.amazonaws.com', 'guardduty.amazonaws.com', 'securityhub.amazonaws.com'];
const trusted = [
  'cloudtrail.amazonaws.com',
  'config.amazonaws.com',
  'iam.amazonaws.com',
  ...delegated,
  'sso.amazonaws.com',
];

const administrators = ({ accounts }: SimulatedOrganization): SimulatedAccount[] =>
  accounts.filter(({ name }) => name.startsWith('security-'));

const listAdministrators: Answering<'organizations:ListDelegatedAdministrators'> = ({ organization }, input) => {
  const page = cut('organizations:ListDelegatedAdministrators', administrators(organization), input);
  const since = calendarOf(organization.clock).before(900);
  return {
    DelegatedAdministrators: page.items.map((account) => ({
      ...accountView(organization, account),
      DelegationEnabledDate: since,
    })),
    ...token(page),
  };
};

const listDelegatedServices: Answering<'organizations:ListDelegatedServicesForAccount'> = ({ organization }, input) => {
  const operation = 'organizations:ListDelegatedServicesForAccount';
  if (!administrators(organization).some(({ id }) => id === input.AccountId))
    throw refuse(operation, 'AccountNotRegisteredException', 'The account is no delegated administrator.');
  const since = calendarOf(organization.clock).before(900);
  const page = cut(operation, delegated, input);
  return {
    DelegatedServices: page.items.map((ServicePrincipal) => ({ ServicePrincipal, DelegationEnabledDate: since })),
    ...token(page),
  };
};

const listServiceAccess: Answering<'organizations:ListAWSServiceAccessForOrganization'> = ({ organization }, input) => {
  const page = cut('organizations:ListAWSServiceAccessForOrganization', trusted.toSorted(), input);
  const since = calendarOf(organization.clock).before(1000);
  return {
    EnabledServicePrincipals: page.items.map((ServicePrincipal) => ({ ServicePrincipal, DateEnabled: since })),
    ...token(page),
  };
};

/** Root credentials of members are managed centrally; root sessions are not opened. */
const listFeatures: Answering<'iam:ListOrganizationsFeatures'> = ({ organization }) => ({
  OrganizationId: organization.id,
  EnabledFeatures: ['RootCredentialsManagement'],
});

/** Each account carries the team it belongs to as its owner: the first word of its name. Sandboxes have none. */
const listTags: Answering<'organizations:ListTagsForResource'> = ({ organization }, input) => {
  const operation = 'organizations:ListTagsForResource';
  const account = organization.accounts.find(({ id }) => id === input.ResourceId);
  if (account === undefined)
    throw refuse(operation, 'TargetNotFoundException', "You specified a target that doesn't exist.");
  const [team = ''] = account.name.split('-');
  const tags =
    team === 'sandbox'
      ? []
      : [
          { Key: 'owner', Value: `${team}@example.com` },
          { Key: 'cost-center', Value: team },
        ];
  const page = cut(operation, tags, { NextToken: input.NextToken });
  return { Tags: page.items, ...token(page) };
};

export const organizationSettingsAnswers = {
  'organizations:ListDelegatedAdministrators': listAdministrators,
  'organizations:ListDelegatedServicesForAccount': listDelegatedServices,
  'organizations:ListAWSServiceAccessForOrganization': listServiceAccess,
  'organizations:ListTagsForResource': listTags,
  'iam:ListOrganizationsFeatures': listFeatures,
};
