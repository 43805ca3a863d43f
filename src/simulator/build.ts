import { type AccountId, accountId, type Region } from '../domain/ids.ts';
import { buildRole, buildUser, type RoleSpec, type UserSpec } from './build-identities.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import type {
  SimulatedAccount,
  SimulatedEventDataStore,
  SimulatedOrganization,
  SimulatedScp,
  SimulatedTrail,
  SimulatedUnit,
} from './organization.ts';

/** The role Assay assumes in members; its trust and name are what `assay init` would create. */
export const readerRole = 'AssayReader';
const defaultClock = '2026-10-01T06:00:00Z';
const defaultRoot = 'r-a1b2';

type Settled = 'id' | 'users' | 'roles' | 'trails' | 'eventDataStores' | 'joined';

export interface AccountSpec extends Partial<Omit<SimulatedAccount, Settled>> {
  readonly id?: string;
  readonly users?: readonly UserSpec[];
  readonly roles?: readonly RoleSpec[];
  readonly trails?: readonly TrailSpec[];
  readonly eventDataStores?: readonly StoreSpec[];
}
export type TrailSpec = Pick<SimulatedTrail, 'name'> & Partial<SimulatedTrail>;
export type StoreSpec = Pick<SimulatedEventDataStore, 'name'> & Partial<SimulatedEventDataStore>;

export interface OrganizationSpec {
  readonly clock?: string;
  readonly units?: readonly SimulatedUnit[];
  /** The first one is the management account. */
  readonly accounts?: readonly AccountSpec[];
  /** Besides `FullAWSAccess`, which is attached everywhere. */
  readonly scps?: readonly SimulatedScp[];
  /** Besides `RCPFullAWSAccess`, which is attached everywhere. */
  readonly rcps?: readonly SimulatedScp[];
}

/** A simulated organisation from the few facts a test is about; the rest is ordinary and old. */
export function buildOrganization(spec: OrganizationSpec = {}): SimulatedOrganization {
  const { units = [], scps = [], rcps = [] } = spec;
  const calendar = calendarOf(spec.clock ?? defaultClock);
  const specs = spec.accounts ?? [{}];
  const accounts = specs.map((account, index) => buildAccount(calendar, account, index));
  const targets = [defaultRoot, ...units.map(({ id }) => id), ...accounts.map(({ id }) => id)];
  return {
    id: 'o-a1b2c3d4e5',
    root: defaultRoot,
    management: accounts[0]?.id ?? idAt(0),
    clock: calendar.clock,
    units,
    accounts,
    scps: [fullAccess('FullAWSAccess', targets), ...scps],
    rcps: [fullAccess('RCPFullAWSAccess', targets), ...rcps],
  };
}

function buildAccount(calendar: Calendar, spec: AccountSpec, index: number): SimulatedAccount {
  const { users = [], roles = [], trails = [], eventDataStores = [], ...given } = spec;
  const id = spec.id === undefined ? idAt(index) : accountId(spec.id);
  const own = index === 0 ? roles : [...roles, { name: readerRole, used: 1 }];
  return {
    name: index === 0 ? 'management' : `member-${index}`,
    parent: defaultRoot,
    state: 'ACTIVE',
    optIn: [],
    groups: [],
    policies: [],
    refuses: {},
    ...given,
    id,
    joined: calendar.before(2000 - index),
    users: users.map((user) => buildUser(id, calendar, user)),
    roles: own.map((role) => buildRole(id, calendar, role)),
    trails: trails.map(buildTrail),
    eventDataStores: eventDataStores.map(buildStore),
  };
}

/** 111111111111, 222222222222 and so on for accounts that need no telling id. */
const idAt = (index: number): AccountId => accountId(String(111111111111 * (index + 1)));

const ordinary = { home: 'us-east-1' as Region, multiRegion: true, organization: false };

const buildTrail = (spec: TrailSpec): SimulatedTrail => ({
  ...ordinary,
  logging: true,
  selectors: { kind: 'none' },
  ...spec,
});

const buildStore = (spec: StoreSpec): SimulatedEventDataStore => ({
  ...ordinary,
  id: '00000000-0000-4000-8000-000000000001',
  status: 'ENABLED',
  selectors: [],
  ...spec,
});

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

/** The policy that AWS attaches everywhere, so that others can deny; that of resources names a principal. */
const fullAccess = (name: 'FullAWSAccess' | 'RCPFullAWSAccess', targets: readonly string[]): SimulatedScp => ({
  id: `p-${name}`,
  name,
  description: 'Allows access to every operation',
  awsManaged: true,
  document: {
    Version: '2012-10-17',
    Statement: [name === 'FullAWSAccess' ? everything : { ...everything, Principal: '*' }],
  },
  targets,
});
