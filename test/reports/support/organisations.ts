import { coreAiEventClasses } from '../../../src/catalogue/ai-event-classes.ts';
import { escalationSets } from '../../../src/catalogue/escalation.ts';
import { sensitivePermissions } from '../../../src/catalogue/sensitive/index.ts';
import type { IdentityKind } from '../../../src/domain/identity.ts';
import {
  type AccountRow,
  bases,
  type CredentialRow,
  type GapRow,
  type IdentityRow,
  type LoggingRow,
  type PermissionRow,
} from '../../../src/domain/tables.ts';
import { figuresOf } from '../../../src/metrics/figures.ts';
import {
  permissionUnusedSensitiveIdentityRate,
  permissionUnusedSensitivePairRate,
} from '../../../src/metrics/index.ts';
import type { ReportInput } from '../../../src/reports/input.ts';
import { type Held, type Holder, holder, holdingsOf, pairsOf } from './holders.ts';
import { type Change, type NightRows, night } from './night.ts';
import { accountRow, credentialRow, gapRow, loggingRow } from './rows.ts';

/** A plain repeatable sequence: the same organisation on every machine. */
const dice = (seed: number): number => {
  const mixed = Math.imul((seed ^ (seed >>> 15)) + 0x9e3779b9, 0x85ebca6b);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
};

const teams = [
  'payments',
  'ledger',
  'search',
  'mobile',
  'data-lake',
  'identity',
  'billing',
  'claims',
  'fleet',
  'research',
  'support',
  'web',
];
const units = [['ou-wl', 'ou-prod'], ['ou-wl', 'ou-test'], ['ou-sec'], ['ou-lab']] as const;
const stages = ['prod', 'test', 'security', 'sandbox'];
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'ap-southeast-2'];

interface AccountRows {
  readonly account: AccountRow;
  readonly identities: readonly IdentityRow[];
  readonly permissions: readonly PermissionRow[];
  readonly credentials: readonly CredentialRow[];
  readonly logging: readonly LoggingRow[];
  readonly gaps: readonly GapRow[];
}

/** An organisation with all that the reports have to show: gaps, AI keys of every kind, uneven logging. */
export function organisation(accounts: number, change?: Change): ReportInput {
  const parts = Array.from({ length: accounts }, (_, at) => accountPart(at));
  const rows: NightRows = {
    accounts: parts.map((it) => it.account),
    identities: parts.flatMap((it) => it.identities),
    permissions: parts.flatMap((it) => it.permissions),
    credentials: parts.flatMap((it) => it.credentials),
    logging: parts.flatMap((it) => it.logging),
    gaps: parts.flatMap((it) => it.gaps),
  };
  const evidence = rows.accounts.flatMap(({ account }) =>
    ['authorization-details', 'credential-report', 'trails'].map((collector, at) => ({
      key: `evidence/dt=2026-11-24/run=4f2a90c1d7be/account=${account}/attempt=1/${collector}.part-0001.jsonl.gz`,
      sha256: hex(Number(account.slice(-6)) * 7 + at),
    })),
  );
  return night(rows, change, evidence);
}

const hex = (seed: number): string =>
  Array.from({ length: 8 }, (_, at) =>
    Math.floor(dice(seed * 11 + at) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

function accountPart(at: number): AccountRows {
  const id = String(200000000001 + at * 1111);
  const unit = at % 4;
  const ou = [...(units[unit] ?? [])];
  const name = `${teams[Math.floor(at / 4) % teams.length]}-${stages[unit]}${at >= 48 ? `-${at}` : ''}`;
  if (at % 12 === 7) return failed(id, name, ou);
  if (at % 23 === 20)
    return {
      account: accountRow(id, {
        name,
        ou,
        state: 'SUSPENDED',
        status: 'suspended',
        reason: 'suspended',
        attempt: null,
        regions: 0,
        credentialReportAt: null,
      }),
      identities: [],
      permissions: [],
      credentials: [],
      logging: [],
      gaps: [],
    };
  const partial = at % 9 === 5;
  const gaps = partial
    ? [
        gapRow(id),
        ...(at % 2 === 0
          ? [
              gapRow(id, {
                region: 'us-east-1',
                collector: 'trails',
                operation: 'cloudtrail:GetEventSelectors',
                cause: 'the reader role may not call cloudtrail:GetEventSelectors',
                remedy:
                  "allow cloudtrail:GetEventSelectors in the reader role's policy, and look for an SCP that denies it",
                gap: { code: 'ACCESS_DENIED', action: 'cloudtrail:GetEventSelectors' },
              }),
            ]
          : []),
      ]
    : [];
  const account = accountRow(id, {
    name,
    ou,
    regions: regions.length,
    status: partial ? 'partial' : 'measured',
    gaps: gaps.length,
    credentialReportAt: partial ? null : '2026-11-24T01:10:00Z',
  });
  const keys = keysOf(id, at);
  const holders = [...holdersOf(id, at, partial), ...keys.users];
  const identities = holders.map(({ identity }) => identity);
  const permissions = holders.flatMap((it) => it.permissions);
  return {
    account: { ...account, figures: figuresFrom(identities, permissions) },
    identities,
    permissions,
    credentials: keys.rows,
    logging: loggingOf(id, at, gaps.length > 1),
    gaps,
  };
}

function failed(id: string, name: string, ou: string[]): AccountRows {
  const gap = gapRow(id, {
    collector: 'account',
    operation: 'sts:AssumeRole',
    gap: { code: 'ROLE_NOT_ASSUMED', role: 'assay-reader' },
    cause: 'the role assay-reader could not be assumed',
    remedy: 'create the reader role in this account and let it trust the account Assay runs in',
  });
  return {
    account: accountRow(id, { name, ou, status: 'failed', regions: 0, credentialReportAt: null, gaps: 1 }),
    identities: [],
    permissions: [],
    credentials: [],
    logging: [],
    gaps: [gap],
  };
}

const figuresFrom = (identities: readonly IdentityRow[], permissions: readonly PermissionRow[]) =>
  figuresOf(
    [permissionUnusedSensitiveIdentityRate, permissionUnusedSensitivePairRate],
    {
      holdings: bases.flatMap((basis) => holdingsOf(identities, basis)),
      pairs: bases.flatMap((basis) => pairsOf(permissions, basis, null)),
    },
    { users: true, roles: true, regions: true },
  );

function holdersOf(id: string, at: number, partial: boolean): Holder[] {
  return Array.from({ length: 18 + Math.floor(dice(at) * 70) }, (_, n): Holder => {
    const seed = at * 997 + n;
    const kind: IdentityKind =
      (['role', 'role', 'role', 'user', 'identity-center-role', 'service-linked-role'] as const)[n % 6] ?? 'role';
    const path =
      kind === 'identity-center-role'
        ? 'aws-reserved/sso.amazonaws.com/eu-central-1/'
        : kind === 'service-linked-role'
          ? 'aws-service-role/'
          : '';
    const name =
      kind === 'user'
        ? `${teams[n % teams.length]}.${['mara', 'jon', 'ines', 'tobias'][n % 4]}`
        : `${path}${['deploy', 'lambda-exec', 'read-only', 'backup', 'ci-runner', 'break'][n % 6]}-${teams[(at + n) % teams.length]}-${n}`;
    const unread = partial && kind === 'user';
    const unused = dice(seed) < 0.58;
    const idle = unused
      ? dice(seed + 5) < 0.3
        ? null
        : `2025-${String(1 + (seed % 12)).padStart(2, '0')}-14T06:00:00Z`
      : '2026-11-21T08:00:00Z';
    const tooNew = seed % 31 === 0;
    const activity = unread ? 'unread' : unused ? 'unused' : 'used';
    const apart = kind === 'service-linked-role';
    const profile = apart ? null : profileOf(at < 48 ? seed : 12, tooNew ? 'too-new' : activity); // a few each: many accounts are about numbers
    return holder(id, name, profile?.held ?? [], {
      kind,
      created: `20${19 + (seed % 7)}-0${1 + (seed % 9)}-11T09:00:00Z`,
      tooNew,
      activity,
      lastUsed: unread ? null : idle,
      unread: unread ? { code: 'ACCESS_DENIED', action: 'iam:GenerateCredentialReport' } : null,
      escalation: profile?.escalation ?? null,
      ...(apart ? { sensitive: null } : {}),
    });
  });
}

/** The list, and parts of it that identities share. */
const list = sensitivePermissions.map(({ action }) => action);
const every = (step: number, from: number): string[] => list.filter((_, at) => at % step === from);
const parts = {
  few: every(53, 7),
  some: every(11, 3),
  half: every(2, 0),
  rest: every(2, 1),
  touched: ['iam:CreateUser', 's3:GetObject'],
};
const ways = escalationSets.map((it) => it.id);

/** What an identity holds: nothing, a reader's few, a deployer's many, an administrator's all; or nobody knows. */
function profileOf(
  seed: number,
  state: 'used' | 'unused' | 'unread' | 'too-new',
): {
  readonly held: Held[];
  readonly escalation: string[] | null;
} {
  const own = (actions: string[]): Held[] =>
    state === 'used'
      ? [
          { state: 'used', actions: parts.touched },
          { state: 'unused', actions: actions.filter((it) => !parts.touched.includes(it)) },
        ]
      : [{ state, actions }];
  const sort = Math.floor(dice(seed + 3) * 20);
  if (sort < 6) return { held: [], escalation: [] };
  const dark = state === 'too-new' ? state : 'unread';
  if (sort === 6) return { held: [{ nominal: 'unread', state: dark, actions: list }], escalation: null };
  if (sort === 7) return { held: own(list), escalation: ways };
  if (sort < 12) {
    const paper: Held = { effective: 'denied', state: state === 'used' ? 'unused' : state, actions: parts.rest };
    return { held: [...own(parts.some.filter((it) => parts.half.includes(it))), paper], escalation: ways.slice(0, 4) };
  }
  if (sort < 15 && state === 'used') return { held: [{ state: 'untrackable', actions: parts.few }], escalation: [] };
  return { held: [{ state, nominal: 'conditional', actions: parts.few }], escalation: ways.slice(9, 10) };
}

function keysOf(id: string, at: number): { users: Holder[]; rows: CredentialRow[] } {
  const many = at % 3 === 0 ? 1 + (at % 4) : at % 5 === 1 ? 1 : 0;
  const users = Array.from({ length: many }, (_, n) => ({
    n,
    phantom: (at + n) % 3 !== 1,
    name:
      (at + n) % 3 === 1
        ? `svc-inference-${n}`
        : (at + n) % 2 === 0
          ? `BedrockAPIKey-${hex(at + n).slice(0, 4)}`
          : `AeaApiKey-${hex(at + n).slice(0, 6)}`,
  }));
  return {
    users: users.map(({ name, phantom }) =>
      holder(id, name, [], { kind: phantom ? 'phantom-user' : 'user', created: '2026-02-02T09:00:00Z' }),
    ),
    rows: users.map(({ n, name, phantom }) => {
      const month = 1 + ((at * 5 + n * 3) % 11);
      const expires =
        (at + n) % 4 === 0
          ? null
          : (at + n) % 4 === 3
            ? '2026-10-02T00:00:00Z'
            : `2027-0${1 + ((at + n) % 8)}-20T00:00:00Z`;
      const live = expires === null || expires > '2026-11-24';
      return credentialRow(id, name, {
        phantom,
        service: name.startsWith('Aea') ? 'aws-external-anthropic.amazonaws.com' : 'bedrock.amazonaws.com',
        credentialId: `ACCA${hex(at * 3 + n)
          .slice(0, 12)
          .toUpperCase()}`,
        created: `202${5 + (n % 2)}-${String(month).padStart(2, '0')}-0${1 + n}T10:00:00Z`,
        expires,
        live: live && (at + n) % 7 !== 6,
        status: (at + n) % 7 === 6 ? 'Inactive' : 'Active',
      });
    }),
  };
}

function loggingOf(id: string, at: number, dark: boolean): LoggingRow[] {
  return regions.flatMap((region, r) =>
    ['management', ...coreAiEventClasses].map((eventClass, c) => {
      if (dark && region === 'us-east-1')
        return loggingRow(id, region, eventClass, {
          status: 'not-measured',
          by: [],
          why: 'the reader role may not call cloudtrail:GetEventSelectors',
        });
      if (eventClass === 'management')
        return loggingRow(id, region, eventClass, at % 11 === 3 ? { status: 'partial', why: 'only write events' } : {});
      const covered = c <= 3 && (at % 4 === 0 || (at % 4 === 2 && r < 2 + (at % 2)));
      return loggingRow(
        id,
        region,
        eventClass,
        covered
          ? {}
          : {
              status: at % 8 === 6 && c === 4 ? 'partial' : 'not-covered',
              by: [],
              why: at % 8 === 6 && c === 4 ? 'narrowed by resources.ARN' : null,
            },
      );
    }),
  );
}
