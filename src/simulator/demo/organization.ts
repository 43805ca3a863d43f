import type { Region } from '../../domain/ids.ts';
import { asOf } from '../as-of.ts';
import { type AccountSpec, buildOrganization } from '../build.ts';
import type { RoleSpec, UserSpec } from '../build-identities.ts';
import { type Calendar, calendarOf } from '../calendar.ts';
import type { SimulatedOrganization } from '../organization.ts';
import { forwarding } from './forwarding.ts';
import { credentialGrants } from './grants.ts';
import { identitiesOf } from './identities.ts';
import { type KeyHolder, ordinaryHolders, phantoms } from './key-holders.ts';
import { type Place, places, units } from './places.ts';
import { plantedRoles } from './planted-roles.ts';
import { groupsOf, managedPolicies, own, phantomPolicies, policyArn } from './policies.ts';
import { populations } from './population.ts';
import { rcps, scps } from './scps.ts';
import { eventDataStores, trails } from './trails.ts';
import {
  holderIn,
  isNewcomer,
  refusedIn,
  roleIn,
  rolesOnlyIn,
  scpsIn,
  storeIn,
  trailIn,
  usersOnlyIn,
} from './weeks.ts';

/** The demo organisation as it stands at the clock, `week` weeks before tonight; the same clock and week give the same organisation. */
export function demoOrganization(clock: string, week = 0): SimulatedOrganization {
  const tonight = calendarOf(clock).after(week * 7);
  const calendar = calendarOf(tonight);
  const accounts = places.map((place, index) => demoAccount(calendar, place, index, week));
  const organization = buildOrganization({ clock: tonight, units, scps: scpsIn(scps, week), rcps, accounts });
  return week === 0 ? { ...organization, clock } : asOf(organization, clock);
}

/** Holders of service-specific credentials of an account, with what lets them use them. */
function holdersIn(place: Place, week: number): UserSpec[] {
  const here = (all: readonly KeyHolder[]): KeyHolder[] =>
    all.filter(({ account }) => account === place.name).map((holder) => holderIn(holder, week));
  return [
    ...here(phantoms).map((phantom) => ({ ...phantom, attached: phantomPolicies(phantom.name) })),
    ...here(ordinaryHolders).map((holder) => ({
      ...holder,
      groups: holder.password === undefined ? [] : ['people'],
      attached: (holder.keys ?? []).length === 0 ? [] : [policyArn(place.id, own.machine)],
      inline: credentialGrants((holder.credentials ?? []).map(({ service }) => service)),
    })),
  ];
}

function demoAccount(calendar: Calendar, place: (typeof places)[number], index: number, week: number): AccountSpec {
  const { id, name, parent, state = 'ACTIVE', optIn = [] }: Place = place;
  const population = populations.get(place.name);
  const { users, roles } = population === undefined ? nobody : identitiesOf(index, id, population);
  const planted = plantedRoles.filter(({ account }) => account === name).map((role) => roleIn(role, week));
  const everyUser = [...users, ...holdersIn(place, week), ...usersOnlyIn(name, week)];
  const everyRole = [...roles, ...planted, ...emergencyRoles(id, name), ...rolesOnlyIn(name, week)];
  const groups = groupsOf(id, calendar);
  const trail = trails[place.name];
  const store = eventDataStores[place.name];
  const forwarded = forwarding[place.name];
  return {
    id,
    name,
    parent,
    state,
    optIn: optIn as readonly Region[],
    ...(isNewcomer(place) ? { invited: calendar.before(3) } : {}),
    refuses: refusedIn(place, week),
    users: everyUser,
    roles: everyRole,
    groups,
    policies: managedPolicies(id, [...everyUser, ...everyRole, ...groups], calendar),
    trails: trail === undefined ? [] : [trailIn(place.name, trail, week)],
    eventDataStores: store === undefined ? [] : [storeIn(place.name, store, week)],
    ...(forwarded === undefined ? {} : { forwarding: forwarded }),
  };
}

const breakGlassName = 'BreakGlass';
const breakGlassIn: ReadonlySet<string> = new Set(['management', 'security-tooling']);

/** Roles kept for emergencies: nobody uses them, and the demo's configuration lists them, so that no rate counts them. */
const emergencyRoles = (id: string, account: string): RoleSpec[] =>
  breakGlassIn.has(account) ? [{ name: breakGlassName, attached: [policyArn(id, 'AdministratorAccess')] }] : [];

/** Their ARNs, as a configuration would list them. */
export const demoBreakGlass: readonly string[] = places
  .filter(({ name }) => breakGlassIn.has(name))
  .map(({ id }) => `arn:aws:iam::${id}:role/${breakGlassName}`);

const nobody: { readonly users: UserSpec[]; readonly roles: RoleSpec[] } = { users: [], roles: [] };
