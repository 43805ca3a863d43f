import type { AccountSummary } from '../../src/domain/account-settings.ts';
import type {
  AccountFacts,
  AdvancedSelector,
  CredentialReportRow,
  EventDataStoreFact,
  EventSelectors,
  FieldSelector,
  LastAccessedReport,
  ManagedPolicyFact,
  NamedPolicy,
  PolicyDocument,
  RoleFact,
  ScpFact,
  ServiceCredential,
  SharedFacts,
  TrailFact,
  TrailStatus,
  UserFact,
} from '../../src/domain/facts.ts';
import type { Gap } from '../../src/domain/gap.ts';
import { type AccountId, accountId, type Region } from '../../src/domain/ids.ts';
import type { PlannedAccount } from '../../src/domain/night.ts';
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
  tags: {},
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
  tags: {},
  trust: document({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }),
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
  mfaActive: null,
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

/** A trail that logs and delivers. */
export const delivering: TrailStatus = {
  logging: true,
  deliveryError: null,
  lastDelivery: clock,
  started: null,
  stopped: null,
};

export const trail = (name: string, selectors: Partial<EventSelectors>, more: Partial<TrailFact> = {}): TrailFact => ({
  arn: `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`,
  home: 'us-east-1',
  multiRegion: true,
  organization: false,
  globalEvents: true,
  settings: { validated: true, kmsKey: null, logGroup: null, bucket: 'logs' },
  status: read(delivering),
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

/** The last use of a service, null = listed and not used; or with the last use of each of its tracked actions. */
export type ServiceAccess =
  | string
  | null
  | { readonly at: string | null; readonly tracked: Readonly<Record<string, string | null>> };

/** A last-accessed report from the last use of each service. */
export const report = (services: Readonly<Record<string, ServiceAccess>>): LastAccessedReport => ({
  granularity: 'ACTION_LEVEL',
  services: Object.entries(services).map(([namespace, access]) => {
    const { at, tracked } = typeof access === 'string' || access === null ? { at: access, tracked: {} } : access;
    return {
      namespace,
      lastAuthenticated: at,
      lastRegion: at === null ? null : 'us-east-1',
      tracked: Object.entries(tracked).map(([action, lastAccessed]) => ({ action, lastAccessed, region: null })),
    };
  }),
});

type Statement = Readonly<Record<string, unknown>>;
export const allow = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  ...allow(Action, more),
  Effect: 'Deny',
});
export const document = (...Statement: readonly Statement[]): Reading<PolicyDocument> =>
  read({ Version: '2012-10-17', Statement });
/** An inline policy. */
export const inline = (...statements: readonly Statement[]): NamedPolicy => ({
  name: 'inline',
  document: document(...statements),
});
export const managed = (name: string, ...statements: readonly Statement[]): ManagedPolicyFact => ({
  arn: `arn:aws:iam::${account}:policy/${name}`,
  document: document(...statements),
});

/** The way from the root to the account in `organizationWith`. */
export const path = { root: 'r-1', ou: 'ou-1', account } as const;
const everywhere = read([path.root, path.ou, account as string]);

/** A policy of the organisation, attached at the root where nothing else is said. */
export const scp = (name: string, statements: readonly Statement[], more: Partial<ScpFact> = {}): ScpFact => ({
  id: `p-${name}`,
  name,
  targets: read([path.root as string]),
  document: document(...statements),
  ...more,
});
export const fullAccess = scp('FullAWSAccess', [allow('*')], { targets: everywhere });
export const fullRcp = scp('RCPFullAWSAccess', [{ ...allow('*'), Principal: '*' }], { targets: everywhere });

export const planned: PlannedAccount = {
  account,
  name: null,
  ou: [path.ou],
  state: 'ACTIVE',
  owner: null,
  ownerRead: true,
  action: 'collect',
  reason: null,
  role: null,
  lastPopulation: null,
};

/** An advanced selector from `{field: values}`, which must equal one of them; other operators as `{field: {NotEquals: values}}`. */
export const fields = (
  wanted: Readonly<Record<string, readonly string[] | FieldSelector['values']>>,
): AdvancedSelector => ({
  name: null,
  fields: Object.entries(wanted).map(([field, given]) => ({
    field,
    values: Array.isArray(given) ? { Equals: given } : (given as FieldSelector['values']),
    strange: [],
  })),
});

const regions = ['us-east-1'] as unknown as readonly Region[];

/** Settings of an account that has set nothing; each of its users was asked for keys and devices, and has none. */
const settings = ({ authorization, credentialReport: report }: Partial<AccountFacts>) => {
  const listed = authorization?.users.kind === 'known' ? authorization.users.value.map(({ name }) => name) : [];
  const reported = report?.kind === 'known' ? report.value.users.map(({ user: name }) => name) : [];
  const ofUsers = Object.fromEntries([...listed, ...reported].map((name) => [name, read([])]));
  const inRegion = { 'us-east-1': read([]) };
  return {
    sshKeys: ofUsers,
    signingCertificates: ofUsers,
    mfa: { virtual: read([]), byUser: ofUsers },
    summary: read(emptySummary),
    passwordPolicy: read(null),
    serverCertificates: read([]),
    identityProviders: { saml: read([]), oidc: read([]) },
    outboundFederation: read({ enabled: false, issuer: null }),
    trailSettings: {},
    invocationLogging: { 'us-east-1': read(null) },
    enforcedGuardrails: inRegion,
    analyzers: inRegion,
    recorders: inRegion,
    workspaces: inRegion,
    workspaceEvents: inRegion,
    forwarding: { groups: {}, alarms: {}, rules: inRegion, buses: {} },
  } satisfies Partial<AccountFacts>;
};

const emptySummary: AccountSummary = {
  rootMfa: true,
  rootAccessKeys: false,
  rootPassword: true,
  rootSigningCertificates: false,
  users: 0,
  roles: 0,
  groups: 0,
  policies: 0,
  providers: 0,
  serverCertificates: 0,
  mfaDevices: 0,
  mfaDevicesInUse: 0,
};

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
  ...settings(more),
  ...more,
});

export const noShared: SharedFacts = {
  trails: [],
  stores: [],
  storesUnread: null,
  organization: read(null),
  managementAccount: read(null),
  roots: read([]),
  scps: read([]),
  rcps: read([]),
};

/** An organisation whose one OU holds the account, changed by the given parts. */
export const organizationWith = (more: Partial<SharedFacts> = {}): SharedFacts => ({
  ...noShared,
  organization: read('o-1'),
  managementAccount: read(accountId('999999999999')),
  roots: read([path.root]),
  scps: read([fullAccess]),
  rcps: read([fullRcp]),
  ...more,
});
