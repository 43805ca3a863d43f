import type { IdentityKind } from '../../../src/domain/identity.ts';
import type {
  AccountRow,
  CredentialRow,
  GapRow,
  GuardrailRow,
  IdentityRow,
  LoggingRow,
} from '../../../src/domain/tables.ts';

// Builders of result rows: each states only what its caller does not.

export const clock = '2026-11-24T02:00:00Z';

export const accountRow = (account: string, given: Partial<AccountRow> = {}): AccountRow => ({
  id: account,
  account,
  name: `account ${account.slice(-3)}`,
  ou: [],
  owner: null,
  ownerRead: true,
  state: 'ACTIVE',
  status: 'measured',
  reason: null,
  attempt: 1,
  regions: 2,
  regionsAssumed: false,
  untrackedRegions: [],
  credentialReportAt: '2026-11-24T01:10:00Z',
  gaps: 0,
  figures: [],
  ...given,
});

export function identityRow(account: string, name: string, given: Partial<IdentityRow> = {}): IdentityRow {
  const kind: IdentityKind = given.kind ?? 'role';
  const arn = given.arn ?? `arn:aws:iam::${account}:${kind.includes('user') ? 'user' : 'role'}/${name}`;
  return {
    id: arn,
    account,
    arn,
    name,
    kind,
    agent: 'no',
    created: '2024-03-01T09:00:00Z',
    tooNew: false,
    activity: 'used',
    lastUsed: '2026-11-20T00:00:00Z',
    lastUsedSource: 'RoleLastUsed',
    unread: null,
    sensitive: null,
    escalation: null,
    ...given,
  };
}

export const credentialRow = (account: string, user: string, given: Partial<CredentialRow> = {}): CredentialRow => {
  const credentialId = given.credentialId ?? `ACCA${account.slice(-4)}${user.length}EXAMPLE`;
  return {
    id: `${account}/${credentialId}`,
    account,
    user,
    service: 'bedrock.amazonaws.com',
    credentialId,
    status: 'Active',
    created: '2026-03-14T10:00:00Z',
    expires: null,
    phantom: user.startsWith('BedrockAPIKey-') || user.startsWith('AeaApiKey-'),
    ai: true,
    live: true,
    ageDays: 254,
    lastUse: { state: 'none', at: null, sole: true },
    use: 'open',
    ...given,
  };
};

export const loggingRow = (
  account: string,
  region: string,
  eventClass: string,
  given: Partial<LoggingRow> = {},
): LoggingRow => ({
  id: `${account}/${region}/${eventClass}`,
  account,
  region,
  eventClass,
  core: eventClass !== 'management',
  status: 'covered',
  by: [`arn:aws:cloudtrail:eu-central-1:200000000001:trail/organisation`],
  why: null,
  witness: null,
  ...given,
});

export const gapRow = (account: string, given: Partial<GapRow> = {}): GapRow => ({
  id: `${account}/global/${given.operation ?? 'iam:GenerateCredentialReport'}`,
  account,
  region: 'global',
  collector: 'credential-report',
  operation: 'iam:GenerateCredentialReport',
  gap: { code: 'ACCESS_DENIED', action: 'iam:GenerateCredentialReport' },
  cause: 'the reader role may not call iam:GenerateCredentialReport',
  remedy: "allow iam:GenerateCredentialReport in the reader role's policy, and look for an SCP that denies it",
  ...given,
});

export const guardrailRow = (account: string, guardrail: string, given: Partial<GuardrailRow> = {}): GuardrailRow => ({
  id: `${account}/${guardrail}`,
  account,
  guardrail,
  grade: 'enforced',
  why: null,
  probes: 5,
  open: 0,
  by: [],
  exemptions: [],
  faults: [],
  witness: null,
  ...given,
});
