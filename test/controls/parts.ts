import type {
  AccountSummary,
  MfaDevice,
  PasswordPolicy,
  SamlProvider,
  ServerCertificate,
} from '../../src/domain/account-settings.ts';
import type {
  AccountFacts,
  CredentialReport,
  CredentialReportRow,
  ServiceCredential,
  TrailFact,
  UserFact,
} from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import type { GuardrailRow, IdentityRow, LoggingRow } from '../../src/domain/tables.ts';
import { clock, credential, document, factsWith, read, reportRow, role, user } from '../support/facts.ts';

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

/** A virtual MFA device that is assigned to somebody. */
export const virtual = (assignedTo: string) => ({
  virtual: read([{ serial: 'arn:aws:iam::111111111111:mfa/device', assignedTo, enabled: null }]),
  byUser: {},
});

const nobody = { users: read([]), groups: read([]), roles: read([]), policies: read([]) };
const arn = 'arn:aws:iam::111111111111:policy/p';

/** A role with one managed policy of one statement; null = its document is in no list. */
export const granting = (statement: Readonly<Record<string, unknown>> | null): Partial<AccountFacts> => ({
  authorization: {
    ...nobody,
    roles: read([role('app', null, { attached: [arn] })]),
    policies: read(statement === null ? [] : [{ arn, document: document(statement) }]),
  },
});

/** A role that has one of AWS's managed policies. */
export const attached = (policyName: string): Partial<AccountFacts> => ({
  authorization: {
    ...nobody,
    roles: read([role('app', null, { attached: [`arn:aws:iam::aws:policy/${policyName}`] })]),
  },
});

/** Roles with these trust policies. */
export const trusting = (...statements: readonly Readonly<Record<string, unknown>>[]): Partial<AccountFacts> => ({
  authorization: {
    ...nobody,
    roles: read(statements.map((statement, index) => role(`role-${index}`, null, { trust: document(statement) }))),
  },
});

/** A trust policy's statement. */
export const trust = (Principal: unknown, Condition?: unknown) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
});

export const certificate = (name: string, expires: string | null): ServerCertificate => ({
  arn: `arn:aws:iam::111111111111:server-certificate/${name}`,
  name,
  uploaded: null,
  expires,
});

export const saml = (name: string, validUntil: string | null): SamlProvider => ({
  arn: `arn:aws:iam::111111111111:saml-provider/${name}`,
  created: null,
  validUntil,
});

export const identity = (name: string, more: Partial<IdentityRow> = {}): IdentityRow => ({
  id: name,
  account: '111111111111',
  arn: `arn:aws:iam::111111111111:user/${name}`,
  name,
  kind: 'user',
  created: null,
  tooNew: false,
  activity: 'used',
  lastUsed: null,
  lastUsedSource: null,
  unread: null,
  sensitive: null,
  escalation: [],
  agent: 'no',
  ...more,
});

/** One cell of the only Region. */
export const cell = (eventClass: string, status: LoggingRow['status']): LoggingRow => ({
  id: eventClass,
  account: '111111111111',
  region: 'us-east-1',
  eventClass,
  core: eventClass.startsWith('AWS::Bedrock'),
  status,
  by: [],
  why: null,
  witness: null,
});

export const logging = (...trails: readonly TrailFact[]): Partial<AccountFacts> => ({
  logging: { trails: { 'us-east-1': read(trails) }, stores: { 'us-east-1': read([]) } },
});

export const guardrail = (id: string, grade: GuardrailRow['grade']): GuardrailRow => ({
  id,
  account: '111111111111',
  guardrail: id,
  grade,
  why: null,
  probes: 2,
  open: 1,
  by: [],
  exemptions: [],
  faults: [],
  witness: null,
});

export { credential };
