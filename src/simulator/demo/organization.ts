import { accountId, type Region } from '../../domain/ids.ts';
import { type AccountSpec, buildOrganization } from '../build.ts';
import { type Calendar, calendarOf } from '../calendar.ts';
import type { SimulatedOrganization } from '../organization.ts';
import { identitiesOf } from './identities.ts';
import { ordinaryHolders, phantoms } from './key-holders.ts';
import { type Place, places, units } from './places.ts';
import { managedPolicies, peopleGroup, phantomPolicies } from './policies.ts';
import { populations } from './population.ts';
import { scps } from './scps.ts';
import { eventDataStores, trails } from './trails.ts';

/** The demo organisation as it stands at the clock; the same clock gives the same organisation. */
export function demoOrganization(clock: string): SimulatedOrganization {
  const calendar = calendarOf(clock);
  const accounts = places.map((place, index) => demoAccount(calendar, place, index));
  return buildOrganization({ clock, units, scps, accounts });
}

const holders = [
  ...phantoms.map((phantom) => ({ ...phantom, attached: phantomPolicies(phantom.name) })),
  ...ordinaryHolders,
];

function demoAccount(calendar: Calendar, place: (typeof places)[number], index: number): AccountSpec {
  const { id, name, parent, state = 'ACTIVE', optIn = [], refuses = {} }: Place = place;
  const population = populations.get(place.name);
  const own = holders.filter(({ account }) => account === place.name);
  const { users, roles } = population === undefined ? nobody : identitiesOf(index, id, population, own);
  const trail = trails[place.name];
  const store = eventDataStores[place.name];
  return {
    id,
    name,
    parent,
    state,
    optIn: optIn as readonly Region[],
    refuses,
    users,
    roles: [...roles, ...emergencyRoles(name)],
    groups: [peopleGroup(calendar)],
    policies: managedPolicies(accountId(id), users, calendar),
    trails: trail === undefined ? [] : [trail],
    eventDataStores: store === undefined ? [] : [store],
  };
}

const breakGlassName = 'BreakGlass';
const breakGlassIn: ReadonlySet<string> = new Set(['management', 'security-tooling']);

/** Roles kept for emergencies: nobody uses them, and the demo's configuration lists them, so that no rate counts them. */
const emergencyRoles = (account: string) => (breakGlassIn.has(account) ? [{ name: breakGlassName }] : []);

/** Their ARNs, as a configuration would list them. */
export const demoBreakGlass: readonly string[] = places
  .filter(({ name }) => breakGlassIn.has(name))
  .map(({ id }) => `arn:aws:iam::${id}:role/${breakGlassName}`);

const nobody = { users: [], roles: [] };
