import type { RoleSpec, UserSpec } from '../build-identities.ts';
import { uniqueId } from '../unique-id.ts';
import { machineGrants, permissionSetGrants, personGrants, roleGrants } from './grants.ts';
import { linkedServices, machines, people, permissionSets, purposes } from './names.ts';
import type { Column, Population } from './population.ts';

/** Deals names and days in a fixed order, so that dates differ and every night is the same. */
interface Dealer {
  /** A name not yet dealt in this account. */
  name(list: readonly string[]): string;
  /** 1 to 90: the last is the first moment of the window, which still counts as in it. */
  inside(): number;
  /** 91 to 390: before the window, within AWS's memory of 400 days. */
  before(): number;
  /** 420 to 1,819: the age of whatever is not new. */
  age(): number;
}

/** Step sizes share no factor with their range, so that every day of a range comes up. */
function dealer(account: number): Dealer {
  const dealt = new Map<readonly string[], number>();
  let turn = account * 41;
  const next = (step: number, range: number): number => (++turn * step) % range;
  return {
    name: (list) => {
      const taken = dealt.get(list) ?? 0;
      dealt.set(list, taken + 1);
      return list[(account * 5 + taken) % list.length] ?? '';
    },
    inside: () => 1 + next(17, 90),
    before: () => 91 + next(37, 300),
    age: () => 420 + next(53, 1400),
  };
}

type Maker<Spec> = (deal: Dealer, id: string) => Spec;

function person(deal: Dealer, id: string): Pick<UserSpec, 'name' | 'groups' | 'boundary'> {
  const name = deal.name(people);
  return { name, ...personGrants(id, name) };
}

function machine(deal: Dealer, id: string): Pick<UserSpec, 'name' | 'attached' | 'inline' | 'boundary'> {
  const name = deal.name(machines);
  return { name, ...machineGrants(id, name) };
}

/** What one user of each column looks like. */
const users: Readonly<Partial<Record<Column, Maker<UserSpec>>>> = {
  userByPassword: (deal, id) => ({ ...person(deal, id), created: deal.age(), password: deal.inside() }),
  userByKey: (deal, id) => ({ ...machine(deal, id), created: deal.age(), keys: [deal.inside()] }),
  userBySecondKey: (deal, id) => ({ ...machine(deal, id), created: deal.age(), keys: [deal.before(), deal.inside()] }),
  userIdle: (deal, id) => ({
    ...person(deal, id),
    created: deal.age(),
    password: deal.before(),
    keys: [deal.before()],
  }),
  userNeverUsed: (deal, id) => ({ ...machine(deal, id), created: deal.age(), keys: [null] }),
  userWithCertificate: (deal, id) => ({
    ...person(deal, id),
    created: deal.age(),
    password: deal.before(),
    certificate: true,
  }),
  userNewUsed: (deal, id) =>
    usedSince(deal.inside(), (created, used) => ({ ...person(deal, id), created, password: used })),
  userNewUnused: (deal, id) => ({ ...machine(deal, id), created: deal.inside(), keys: [null] }),
};

/** A new identity was used half-way between its creation and now. */
const usedSince = <Spec>(created: number, make: (created: number, used: number) => Spec): Spec =>
  make(created, created / 2);

const ownRole = (deal: Dealer, id: string): Pick<RoleSpec, 'name' | 'service' | 'inline' | 'attached' | 'boundary'> => {
  const name = deal.name(purposes);
  return { name, service: 'lambda.amazonaws.com', ...roleGrants(id, name) };
};

const centerRole = (deal: Dealer, id: string): Pick<RoleSpec, 'name' | 'path' | 'inline' | 'attached' | 'boundary'> => {
  const set = deal.name(permissionSets);
  const suffix = uniqueId('', `${id}/${set}`).toLowerCase().slice(0, 16);
  return {
    name: `AWSReservedSSO_${set}_${suffix}`,
    path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
    ...permissionSetGrants(id, set),
  };
};

/** What one role of each column looks like. */
const roles: Readonly<Partial<Record<Column, Maker<RoleSpec>>>> = {
  roleUsed: (deal, id) => ({ ...ownRole(deal, id), created: deal.age(), used: deal.inside() }),
  roleIdle: (deal, id) => ({ ...ownRole(deal, id), created: deal.age(), used: deal.before() }),
  roleNeverUsed: (deal, id) => ({ ...ownRole(deal, id), created: deal.age() }),
  roleNewUsed: (deal, id) => usedSince(deal.inside(), (created, used) => ({ ...ownRole(deal, id), created, used })),
  roleNewUnused: (deal, id) => ({ ...ownRole(deal, id), created: deal.inside() }),
  centerUsed: (deal, id) => ({ ...centerRole(deal, id), created: deal.age(), used: deal.inside() }),
  centerIdle: (deal, id) => ({ ...centerRole(deal, id), created: deal.age(), used: deal.before() }),
  centerNewUsed: (deal, id) =>
    usedSince(deal.inside(), (created, used) => ({ ...centerRole(deal, id), created, used })),
};

function linkedRoles(count: number): RoleSpec[] {
  return linkedServices.slice(0, count).map(({ name, service }) => ({
    name,
    service,
    path: `/aws-service-role/${service}/`,
    created: 1800,
    used: 1,
  }));
}

/** The identities of one line of the population table. */
export function identitiesOf(index: number, id: string, population: Population) {
  const deal = dealer(index);
  const made = <Spec>(makers: Readonly<Partial<Record<Column, Maker<Spec>>>>): Spec[] =>
    (Object.entries(makers) as [Column, Maker<Spec>][]).flatMap(([column, make]) =>
      Array.from({ length: population[column] }, () => make(deal, id)),
    );
  return {
    users: made(users),
    roles: [...made(roles), ...linkedRoles(population.serviceLinked)],
  };
}
