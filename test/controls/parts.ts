import type { AccountSummary, MfaDevice, PasswordPolicy } from '../../src/domain/account-settings.ts';
import type { CredentialReport, CredentialReportRow, ServiceCredential, UserFact } from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { clock, credential, factsWith, read, reportRow, user } from '../support/facts.ts';

// Facts as the cases of controls state them: each names only what it is about.

const { summary: noSummary } = factsWith();
export const summary = (more: Partial<AccountSummary>): Reading<AccountSummary> =>
  noSummary.kind === 'known' ? read({ ...noSummary.value, ...more }) : noSummary;

export const policy = (more: Partial<PasswordPolicy> = {}): Reading<PasswordPolicy | null> =>
  read({
    minimumLength: 14,
    requireSymbols: true,
    requireNumbers: true,
    requireUppercase: true,
    requireLowercase: true,
    usersMayChange: true,
    maxAgeDays: 90,
    reusePrevention: 24,
    hardExpiry: false,
    ...more,
  });

/** A credential report of these users; their authorization details as well, so that both lists agree. */
export const usersWith = (
  rows: Readonly<Record<string, Partial<CredentialReportRow>>>,
  more: Partial<UserFact> = {},
) => ({
  authorization: {
    users: read(Object.keys(rows).map((name) => user(name, more))),
    groups: read([]),
    roles: read([]),
    policies: read([]),
  },
  credentialReport: report(rows),
});

export const report = (
  rows: Readonly<Record<string, Partial<CredentialReportRow>>>,
  root: CredentialReportRow | null = null,
): Reading<CredentialReport> =>
  read({ generated: clock, users: Object.entries(rows).map(([name, row]) => reportRow(name, row)), root });

export const key = (rotated: string | null, more: Partial<CredentialReportRow['accessKeys'][number]> = {}) => ({
  active: true,
  lastUsed: null,
  rotated,
  ...more,
});

export const devices = (of: Readonly<Record<string, readonly string[]>>) => ({
  virtual: read([]),
  byUser: Object.fromEntries(
    Object.entries(of).map(([name, serials]) => [
      name,
      read(serials.map((serial): MfaDevice => ({ serial, enabled: null }))),
    ]),
  ),
});

/** Service-specific credentials of the account, all of them in the lists of all users. */
export const keysOf = (...credentials: readonly ServiceCredential[]) => ({
  byService: Object.fromEntries(
    ['bedrock.amazonaws.com', 'aws-external-anthropic.amazonaws.com'].map((service) => [
      service,
      read(credentials.filter((it) => it.service === service)),
    ]),
  ),
  byUser: {},
});

/** A day so many days before the clock. */
export const before = (days: number): string =>
  new Date(Date.parse(clock) - days * 86_400_000).toISOString().replace('.000Z', 'Z');
export const after = (days: number): string => before(-days);

export { credential };
