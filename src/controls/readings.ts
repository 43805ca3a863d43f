import type { AccountSummary, PasswordPolicy } from '../domain/account-settings.ts';
import type { AccountFacts } from '../domain/facts.ts';
import { type Reading, unknown } from '../domain/reading.ts';

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
