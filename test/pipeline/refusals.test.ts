import {
  headline,
  headlineOfOrganization,
  organization,
  refusing,
  refusingWhole,
  summaryOf,
  victim,
} from '../support/refusals.ts';
import { better, cellsOf } from '../support/world.ts';

const whole = await summaryOf(organization);

test('figures of every basis, kind and class are compared', () => {
  const named = cellsOf(whole).map(({ id, basis, scope }) => `${id} ${basis} ${scope}`);
  for (const basis of ['effective', 'nominal']) {
    expect(named).toContain(`permission.unused-sensitive-identity-rate ${basis} kind:user`);
    expect(named).toContain(`permission.unused-sensitive-pair-rate ${basis} class:ai-entry`);
  }
});

test('figures and controls have exceptions to lose', () => {
  const excepted = cellsOf(whole).filter((it) => it.scope === 'organization' && it.excepted > 0);
  expect(new Set(excepted.map(({ id }) => id.split(':')[0])).size).toBeGreaterThanOrEqual(6);
  expect(whole?.controls.filter((it) => it.excepted.accounts > 0).length).toBeGreaterThanOrEqual(10);
  expect(
    whole?.controls.filter((it) => it.excepted.findings > 0 && it.excepted.accounts < it.accounts.fail).length,
  ).toBeGreaterThanOrEqual(10);
});

test('exceptions move nothing but what is said of them', async () => {
  const told = new Set(['excepted', 'withExceptions', 'exceptions', 'actions']); // nobody is asked to change what was agreed
  const rest = (summary: unknown): unknown =>
    JSON.parse(JSON.stringify(summary, (key, value) => (told.has(key) ? undefined : value)));
  expect(rest(await summaryOf(organization, []))).toEqual(rest(whole));
});

test.each(headline)(
  'an account that refuses %s is named, makes no figure better and touches no other account',
  async (operation) => {
    const lost = await summaryOf(refusing({ [operation]: 'AccessDenied' }));
    expect(better(lost, whole)).toEqual([]);
    const changed = lost?.completeness.accountsNotMeasured.filter(
      ({ account }) => !whole?.completeness.accountsNotMeasured.some((it) => it.account === account),
    );
    const cause = lost?.completeness.accountsNotMeasured.find(({ account }) => account === victim?.id)?.causes ?? [];
    const notAsked = operation === 'cloudtrail:GetEventDataStore' && victim?.eventDataStores.length === 0;
    expect(changed?.map(({ account }) => account)).toEqual(notAsked ? [] : [victim?.id]);
    expect(notAsked || cause.length > 0).toBe(true); // partial is never without a reason
  },
);

test.each(headlineOfOrganization)(
  'an organisation that refuses %s makes no figure better, and no account whole',
  async (operation) => {
    const lost = await summaryOf(refusingWhole(operation));
    expect(better(lost, whole)).toEqual([]);
    expect(lost?.completeness.accounts.measured).toBeLessThanOrEqual(1); // no policy of the organisation binds its management account
    for (const { causes } of lost?.completeness.accountsNotMeasured ?? []) expect(causes.length).toBeGreaterThan(0);
  },
);
