import { aiCredentialServices } from '../catalogue/credential-services.ts';
import type { AccountFacts, CredentialReportRow } from '../domain/facts.ts';
import type { Reading } from '../domain/reading.ts';
import type { CredentialRow } from '../domain/tables.ts';
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
  resource: (_, { account }) => `arn:aws:iam::${account}:root`,
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
  const rows = credentialReport.value.users.filter(({ user }) => user === name);
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
