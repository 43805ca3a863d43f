import type { Region } from '../../domain/ids.ts';
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

/** The demo organisation as it stands at the clock; the same clock gives the same organisation. */
export function demoOrganization(clock: string): SimulatedOrganization {
  const calendar = calendarOf(clock);
  const accounts = places.map((place, index) => demoAccount(calendar, place, index));
  return buildOrganization({ clock, units, scps, rcps, accounts });
}

/** Holders of service-specific credentials of an account, with what lets them use them. */
function holdersIn(place: Place): UserSpec[] {
  const here = ({ account }: KeyHolder): boolean => account === place.name;
  return [
    ...phantoms.filter(here).map((phantom) => ({ ...phantom, attached: phantomPolicies(phantom.name) })),
    ...ordinaryHolders.filter(here).map((holder) => ({
      ...holder,
      groups: holder.password === undefined ? [] : ['people'],
      attached: (holder.keys ?? []).length === 0 ? [] : [policyArn(place.id, own.machine)],
      inline: credentialGrants((holder.credentials ?? []).map(({ service }) => service)),
    })),
  ];
}

function demoAccount(calendar: Calendar, place: (typeof places)[number], index: number): AccountSpec {
  const { id, name, parent, state = 'ACTIVE', optIn = [], refuses = {} }: Place = place;
  const population = populations.get(place.name);
  const { users, roles } = population === undefined ? nobody : identitiesOf(index, id, population);
  const everyUser = [...users, ...holdersIn(place)];
  const everyRole = [...roles, ...plantedRoles.filter(({ account }) => account === name), ...emergencyRoles(id, name)];
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
    refuses,
    users: everyUser,
    roles: everyRole,
    groups,
    policies: managedPolicies(id, [...everyUser, ...everyRole, ...groups], calendar),
    trails: trail === undefined ? [] : [trail],
    eventDataStores: store === undefined ? [] : [store],
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
