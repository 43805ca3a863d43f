import { aiCredentialServices } from '../catalogue/credential-services.ts';
import type { SamlProvider, ServerCertificate } from '../domain/account-settings.ts';
import type { AccountFacts, CredentialReportRow, RoleFact, SharedFacts, TrailFact, UserFact } from '../domain/facts.ts';
import { isCounted, isServiceLinked } from '../domain/identity.ts';
import { accountOfArn } from '../domain/ids.ts';
import { ofUser } from '../domain/of-user.ts';
import { arnIn } from '../domain/partition.ts';
import { itemsOf, type Reading, unknownsIn } from '../domain/reading.ts';
import type { CredentialRow, GuardrailRow, IdentityRow } from '../domain/tables.ts';
import type { Population, Unknown } from './define.ts';
import type { AccountSubject } from './subject.ts';
import { askedFor } from './verdict.ts';

type OfAccount<Item> = Population<AccountSubject, Item>;

/** The readings of a list that are unknown. */
export const unreadOf = (readings: readonly Reading<unknown>[]): Unknown[] =>
  readings.filter((reading): reading is Unknown => reading.kind === 'unknown');

/** The account as a whole. */
export const theAccount: OfAccount<'account'> = {
  scope: 'account',
  type: 'account',
  nobody: 'there is no account',
  list: () => ({ items: ['account'], unread: [] }),
  resource: (_, { account }) => account,
};

/** Its root user. */
export const theRootUser: OfAccount<'root'> = {
  scope: 'account',
  type: 'root user',
  nobody: 'there is no root user',
  list: () => ({ items: ['root'], unread: [] }),
  resource: (_, { account, shared }) => arnIn(shared.partition, `iam::${account}:root`),
};

export interface UserName {
  readonly name: string;
  readonly arn: string;
}

/** Its IAM users: from the authorization details, else from the credential report, which names them too. */
export const users: OfAccount<UserName> = {
  scope: 'account',
  type: 'user',
  nobody: 'the account has no IAM users',
  list: ({ facts: { authorization, credentialReport } }) => {
    if (authorization.users.kind === 'known') return { items: authorization.users.value, unread: [] };
    if (credentialReport.kind === 'unknown') return { items: [], unread: unreadOf([authorization.users]) };
    const byName = new Map(credentialReport.value.users.map(({ user, arn }) => [user, { name: user, arn }]));
    return { items: [...byName.values()], unread: [] };
  },
  resource: ({ arn }) => arn,
};

/** Rows of the credential report about a user: a user can have two. Known and empty where the report does not know the user. */
export function reportRows({ credentialReport }: AccountFacts, name: string): Reading<readonly CredentialReportRow[]> {
  if (credentialReport.kind === 'unknown') return credentialReport;
  const rows = ofUser(credentialReport.value.users, name);
  const operation = `iam:GetCredentialReport row of ${name}`;
  if (rows.length > 0) return { ...credentialReport, value: rows };
  return {
    kind: 'unknown',
    gap: { code: 'NOT_IN_SNAPSHOT', operation },
    place: { region: 'global', operation: 'iam:GetCredentialReport' },
  };
}

/** Its service-specific credentials that open an AI service now. A list that was refused hides others. */
export const liveAiKeys: OfAccount<CredentialRow> = {
  scope: 'account',
  type: 'AI API key',
  nobody: 'the account has no live AI API keys',
  list: ({ facts: { serviceCredentials }, credentials }) => {
    const own = Object.values(serviceCredentials.byUser); // asked where a list of all users was refused
    const lists = [...aiCredentialServices].map((service) =>
      askedFor(serviceCredentials.byService, service, 'iam:ListServiceSpecificCredentials'),
    );
    return { items: credentials.filter(({ ai, live }) => ai && live), unread: unreadOf(own.length > 0 ? own : lists) };
  },
  resource: ({ credentialId }) => credentialId,
};

/** Its enabled Regions; where they were not listed, those enabled by default, and a word on the others. */
export const regions: OfAccount<string> = {
  scope: 'account',
  type: 'Region',
  nobody: 'the account has no enabled Regions',
  list: ({ facts }) => ({ items: facts.regions.regions, unread: unreadOf([facts.regions.reading]) }),
  resource: (region) => region,
  region: (region) => region,
};

/** Its IAM users with their policies: from the authorization details alone. */
export const listedUsers: OfAccount<UserFact> = {
  scope: 'account',
  type: 'user',
  nobody: 'the account has no IAM users',
  list: ({ facts: { authorization } }) => listed(authorization.users),
  resource: ({ arn }) => arn,
};

/** A list as a population: all of it, or what hides it. */
export const listed = <T>(list: Reading<readonly T[]>) =>
  list.kind === 'known' ? { items: list.value, unread: [] } : { items: [], unread: [list] };

/** Its roles, but for those of AWS's own services. */
export const roles: OfAccount<RoleFact> = {
  scope: 'account',
  type: 'role',
  nobody: 'the account has no roles of its own',
  list: ({ facts: { authorization } }) => {
    const { items, unread } = listed(authorization.roles);
    return { items: items.filter(({ path }) => !isServiceLinked(path)), unread };
  },
  resource: ({ arn }) => arn,
};

/** Its users and roles of the counted kinds. */
export const countedIdentities: OfAccount<IdentityRow> = {
  scope: 'account',
  type: 'identity',
  nobody: 'the account has no users and no roles of its own',
  list: ({ facts: { authorization, credentialReport }, identities }) => ({
    items: identities.filter(({ kind }) => isCounted(kind)),
    unread: unreadOf([credentialReport.kind === 'known' ? credentialReport : authorization.users, authorization.roles]),
  }),
  resource: ({ arn }) => arn,
};

/** The row of a user by name. */
export const identityNamed = (identities: readonly IdentityRow[], user: string): IdentityRow | undefined =>
  identities.find(
    ({ name, kind }) => name === user && (kind === 'user' || kind === 'phantom-user' || kind === 'break-glass'),
  );

/** Names of its users who hold a live AI key. */
export const aiKeyHolders: OfAccount<string> = {
  scope: 'account',
  type: 'user with a live AI API key',
  nobody: 'the account has no live AI API keys',
  list: (subject) => {
    const { items, unread } = liveAiKeys.list(subject);
    return { items: [...new Set(items.map(({ user }) => user))], unread };
  },
  resource: (name, { account, shared }) => arnIn(shared.partition, `iam::${account}:user/${name}`),
};

/** TLS certificates that IAM keeps. */
export const serverCertificates: OfAccount<ServerCertificate> = {
  scope: 'account',
  type: 'server certificate',
  nobody: 'IAM keeps no TLS certificates',
  list: ({ facts }) => listed(facts.serverCertificates),
  resource: ({ arn }) => arn,
};

export const samlProviders: OfAccount<SamlProvider> = {
  scope: 'account',
  type: 'SAML provider',
  nobody: 'the account has no SAML providers',
  list: ({ facts }) => listed(facts.identityProviders.saml),
  resource: ({ arn }) => arn,
};

/** Trails that the account owns, the organisation's among them where it is the management account. */
export const ownTrails: OfAccount<TrailFact> = {
  scope: 'account',
  type: 'trail',
  nobody: 'the account has no trails of its own',
  list: ({ account, facts: { logging }, shared }) => {
    const lists = Object.values(logging.trails);
    const seen = [...lists.flatMap(itemsOf), ...shared.trails];
    const own = seen.filter(({ arn }) => accountOfArn(arn) === account);
    return { items: [...new Map(own.map((trail) => [trail.arn, trail])).values()], unread: unreadOf(lists) };
  },
  resource: ({ arn }) => arn,
};

/** The account, with its place in the organisation. */
export const thisAccount: OfAccount<{ readonly account: string; readonly ou: readonly string[] }> = {
  scope: 'account',
  type: 'account',
  nobody: 'there is no account',
  list: ({ account, ou }) => ({ items: [{ account, ou }], unread: [] }),
  resource: ({ account }) => account,
};

/** The policy of the organisation without which a guardrail cannot be graded. */
export function unreadPolicy({ managementAccount, roots, scps, rcps }: SharedFacts): Unknown {
  const [hidden] = unknownsIn({ managementAccount, roots, scps, rcps });
  const operation = 'organizations:DescribePolicy';
  const unparsable = {
    code: 'UNPARSABLE',
    file: 'a policy of the organisation',
    place: 'Statement',
    problem: 'not readable',
  } as const;
  return { kind: 'unknown', gap: hidden?.gap ?? unparsable, place: hidden?.place ?? { region: 'global', operation } };
}

/** The guardrails of the account. They are always graded: none at all means that nobody looked. */
export const guardrails: OfAccount<GuardrailRow> = {
  scope: 'account',
  type: 'guardrail',
  nobody: 'there are no guardrails',
  list: ({ guardrails: rows, shared }) => ({ items: rows, unread: rows.length === 0 ? [unreadPolicy(shared)] : [] }),
  resource: ({ guardrail }) => guardrail,
};

/** Trails that the account owns, without the organisation's, whose settings are read with the organisation. */
export const accountTrails: OfAccount<TrailFact> = {
  ...ownTrails,
  list: (subject) => {
    const { items, unread } = ownTrails.list(subject);
    return { items: items.filter(({ organization }) => !organization), unread };
  },
};
