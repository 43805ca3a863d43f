import { aiCredentialServices } from '../catalogue/credential-services.ts';
import type { AccountSummary, PasswordPolicy } from '../domain/account-settings.ts';
import type { AccountFacts, CredentialReportRow } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import { known, type Reading, unknown } from '../domain/reading.ts';
import { askedFor } from './verdict.ts';

const summaryCall = 'iam:GetAccountSummary';

/** An entry of the account summary; one that the answer leaves out is unknown, not zero. */
export function summaryEntry<Name extends keyof AccountSummary>(
  { summary }: Pick<AccountFacts, 'summary'>,
  name: Name,
): Reading<NonNullable<AccountSummary[Name]>> {
  if (summary.kind === 'unknown') return summary;
  const value = summary.value[name];
  if (value !== null) return { ...summary, value };
  return unknown(
    { code: 'NOT_IN_SNAPSHOT', operation: `${summaryCall} ${name}` },
    { region: 'global', operation: summaryCall },
  );
}

/** What AWS asks of a password where the account has no policy of its own (IAM user guide, "default password policy"). */
export const defaultPasswordPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
  usersMayChange: false,
  maxAgeDays: null,
  reusePrevention: null,
  hardExpiry: false,
};

/** The row of the root user in the credential report; null where it was not read or has none. */
export const rootRow = ({ credentialReport }: Pick<AccountFacts, 'credentialReport'>): CredentialReportRow | null =>
  credentialReport.kind === 'known' ? credentialReport.value.root : null;

/** Every last use of the root user that the credential report dates, and when it was asked. */
export function rootUses({
  credentialReport,
}: Pick<AccountFacts, 'credentialReport'>): Reading<{ readonly dates: readonly string[]; readonly at: string | null }> {
  if (credentialReport.kind === 'unknown') return credentialReport;
  const { root } = credentialReport.value;
  const operation = 'iam:GetCredentialReport';
  if (root === null)
    return unknown({ code: 'NOT_IN_SNAPSHOT', operation: `${operation} root user` }, { region: 'global', operation });
  const dates = [root.passwordLastUsed, ...root.accessKeys.map(({ lastUsed }) => lastUsed)].filter(
    (date) => date !== null,
  );
  return { ...credentialReport, value: { dates, at: credentialReport.at } };
}

/** A row that judging left open, with the reason. */
export const orDoubt = <T>(value: T | null, doubt: Gap | null): Reading<T> =>
  value === null
    ? unknown(doubt ?? { code: 'NO_RESULT' }, { region: 'global', operation: 'iam:GetAccountAuthorizationDetails' })
    : known(value, null);

/** Whether all that could show an AI key of a user was read: the user's own listing, or the lists of both services. */
export function aiListing({ serviceCredentials: { byService, byUser } }: AccountFacts, user: string): Reading<unknown> {
  const own = byUser[user];
  if (own?.kind === 'known') return own;
  const operation = 'iam:ListServiceSpecificCredentials';
  const lists = [...aiCredentialServices].map((service) => askedFor(byService, service, operation));
  return lists.find(({ kind }) => kind === 'unknown') ?? known(null, null);
}
