import type {
  AccountFacts,
  CredentialReportRow,
  EventDataStoreFact,
  EventSelectors,
  LastAccessedReport,
  RoleFact,
  ServiceCredential,
  SharedFacts,
  TrailFact,
  UserFact,
} from '../../src/domain/facts.ts';
import type { Gap } from '../../src/domain/gap.ts';
import { type AccountId, accountId, type Region } from '../../src/domain/ids.ts';
import { known, type Reading, unknown } from '../../src/domain/reading.ts';

// Builders that state only what a test is about.

export const account: AccountId = accountId('111111111111');
export const clock = '2026-09-30T06:00:00Z';
export const window = { clock, days: 90 };
export const special = { readerRoles: ['AssayReader'], breakGlass: [] };
export const long = '2020-01-01T00:00:00Z';
export const recent = '2026-09-01T00:00:00Z';

export const read = <T>(value: T): Reading<T> => known(value, null);
export const denial: Gap = { code: 'ACCESS_DENIED', action: 'some:Action' };
export const denied: Reading<never> = unknown(denial, { region: 'global', operation: 'some:Action' });

export const user = (name: string, more: Partial<UserFact> = {}): UserFact => ({
  arn: `arn:aws:iam::${account}:user/${name}`,
  name,
  path: '/',
  created: long,
  inline: [],
  attached: [],
  boundary: null,
  groups: [],
  ...more,
});

export const role = (name: string, lastUsed: string | null, more: Partial<RoleFact> = {}): RoleFact => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  name,
  path: '/',
  created: long,
  inline: [],
  attached: [],
  boundary: null,
  trust: read({ Statement: [] }),
  lastUsed: read(lastUsed),
  ...more,
});

export const reportRow = (name: string, more: Partial<CredentialReportRow> = {}): CredentialReportRow => ({
  user: name,
  arn: `arn:aws:iam::${account}:user/${name}`,
  created: long,
  passwordEnabled: false,
  passwordLastUsed: null,
  passwordChanged: null,
  accessKeys: [],
  signingCertificateActive: false,
  ...more,
});

export const credential = (owner: string, more: Partial<ServiceCredential> = {}): ServiceCredential => ({
  user: owner,
  service: 'bedrock.amazonaws.com',
  id: `ACCA${owner}`,
  status: 'Active',
  created: long,
  expires: null,
  ...more,
});

export const trail = (name: string, selectors: Partial<EventSelectors>, more: Partial<TrailFact> = {}): TrailFact => ({
  arn: `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`,
  home: 'us-east-1',
  multiRegion: true,
  organization: false,
  logging: read(true),
  selectors: read({ basic: [], advanced: [], ...selectors }),
  ...more,
});

export const store = (
  name: string,
  selectors: EventDataStoreFact['selectors'],
  more: Partial<EventDataStoreFact> = {},
): EventDataStoreFact => ({
  arn: `arn:aws:cloudtrail:us-east-1:${account}:eventdatastore/${name}`,
  home: 'us-east-1',
  multiRegion: true,
  organization: false,
  status: 'ENABLED',
  selectors,
  ...more,
});

/** A last-accessed report from the last use of each service, null = listed and not used. */
export const report = (services: Readonly<Record<string, string | null>>): LastAccessedReport => ({
  granularity: 'ACTION_LEVEL',
  services: Object.entries(services).map(([namespace, lastAuthenticated]) => ({
    namespace,
    lastAuthenticated,
    lastRegion: lastAuthenticated === null ? null : 'us-east-1',
    tracked: [],
  })),
});

/** Field selectors from `{field: values}`. */
export const fields = (wanted: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(wanted).map(([field, equals]) => ({ field, equals, otherOperators: false }));

const regions = ['us-east-1'] as unknown as readonly Region[];

/** An account with one Region where everything was read and nothing found, changed by the given parts. */
export const factsWith = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  account,
  access: read(true as const),
  regions: { regions, assumed: false, reading: read(regions) },
  authorization: { users: read([]), groups: read([]), roles: read([]), policies: read([]) },
  credentialReport: read({ generated: clock, users: [], root: null }),
  serviceCredentials: {
    byService: { 'bedrock.amazonaws.com': read([]), 'aws-external-anthropic.amazonaws.com': read([]) },
    byUser: {},
  },
  lastAccessed: {},
  logging: { trails: { 'us-east-1': read([]) }, stores: { 'us-east-1': read([]) } },
  ...more,
});

export const noShared: SharedFacts = {
  trails: [],
  stores: [],
  storesUnread: null,
  managementAccount: read(null),
  roots: read([]),
  scps: read([]),
  rcps: read([]),
};
