import { operations } from '../../src/catalogue/operations.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import { demoOrganization, simulatorReaders } from '../../src/simulator/demo/index.ts';
import type { SimulatedOrganization } from '../../src/simulator/organization.ts';
import { better, cellsOf, clock, figure, inputAt, memoryStore, night, world } from '../support/world.ts';

const organization = demoOrganization(clock);
/** A member that refuses nothing and has something of every kind: users, one with a key of a service, a trail of its own. */
const victim = organization.accounts
  .slice(1)
  .find(
    ({ users, trails, refuses }) =>
      users.some(({ credentials }) => credentials.length > 0) && trails.length > 0 && Object.keys(refuses).length === 0,
  );

/** The demo organisation in which one account refuses some calls. */
function refusing(refuses: Readonly<Record<string, string>>): SimulatedOrganization {
  return {
    ...organization,
    accounts: organization.accounts.map((account) => (account === victim ? { ...account, refuses } : account)),
  };
}

/** A night without documents: the laws are about its summary. */
async function summaryOf(it: SimulatedOrganization): Promise<NightSummary | undefined> {
  const dependencies = world(simulatorReaders(it));
  const settings = { ...dependencies.settings, formats: [] };
  return (await night({ ...dependencies, settings })).summary;
}

const whole = await summaryOf(organization);

test('figures of every basis, kind and class are compared', () => {
  const named = cellsOf(whole).map(({ id, basis, scope }) => `${id} ${basis} ${scope}`);
  for (const basis of ['effective', 'nominal']) {
    expect(named).toContain(`permission.unused-sensitive-identity-rate ${basis} kind:user`);
    expect(named).toContain(`permission.unused-sensitive-pair-rate ${basis} class:ai-entry`);
  }
});

/** Calls that a headline figure needs: an account that refuses one is not fully measured (design §3). */
const headline: readonly Operation[] = [
  'sts:AssumeRole',
  'account:ListRegions',
  'iam:GetAccountAuthorizationDetails',
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  'iam:ListServiceSpecificCredentials',
  'iam:GenerateServiceLastAccessedDetails',
  'iam:GetServiceLastAccessedDetails',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:ListEventDataStores',
  'cloudtrail:GetEventDataStore',
];
const headlineOfOrganization: readonly Operation[] = [
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
  'organizations:ListPolicies',
  'organizations:ListTargetsForPolicy',
  'organizations:DescribePolicy',
];
const others = (Object.keys(operations) as Operation[]).filter(
  (operation) => ![...headline, ...headlineOfOrganization].includes(operation) && operation !== 'sts:GetCallerIdentity', // asked once, of nobody in particular
);
/** Calls that one figure needs which is no headline: it is less known without them. */
const forwarding: readonly Operation[] = [
  'logs:DescribeMetricFilters',
  'logs:DescribeSubscriptionFilters',
  'cloudwatch:DescribeAlarms',
  'events:ListRules',
  'events:ListTargetsByRule',
];
const ofOrganization = (operation: Operation): boolean => operation.startsWith('organizations:');

/** The demo organisation in which calls about the organisation are refused. */
function refusingWhole(operation: Operation): SimulatedOrganization {
  const [management] = organization.accounts;
  const refuses = { [operation]: 'AccessDeniedException' };
  return {
    ...organization,
    accounts: organization.accounts.map((account) => (account === management ? { ...account, refuses } : account)),
  };
}

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

test.each(others)(
  '%s, which no headline figure needs: refused, it changes none, and no account is less than whole',
  async (operation) => {
    const lost = await summaryOf(
      ofOrganization(operation) ? refusingWhole(operation) : refusing({ [operation]: 'AccessDenied' }),
    );
    expect(better(lost, whole)).toEqual([]);
    const ownFigure = ({ id }: { readonly id: string }): boolean =>
      forwarding.includes(operation) && id === 'logging.ai-monitored-rate';
    expect(lost?.metrics.filter((it) => !ownFigure(it))).toEqual(whole?.metrics.filter((it) => !ownFigure(it)));
    expect(lost?.completeness.accountsNotMeasured).toEqual(whole?.completeness.accountsNotMeasured);
  },
);

test('any failure inside a task becomes a result that is all gap, and the night goes on', async () => {
  const store = memoryStore();
  const readers = simulatorReaders(organization);
  const broken: typeof readers = {
    ...readers,
    for: (scope) => {
      if (scope.account === victim?.id) throw new RangeError('a bug of ours');
      return readers.for(scope);
    },
  };
  const { outcome, summary } = await night(world(broken, { store }));
  expect(outcome.status).toBe('sealed');
  expect(summary?.completeness.gaps).toContainEqual(
    expect.objectContaining({ code: 'TASK_FAILED', cause: 'the task failed with RangeError', accounts: 1 }),
  );
});

test('the same input and clock give the same bytes in every sealed area', async () => {
  const [one, two] = [memoryStore(), memoryStore()];
  for (const store of [one, two]) await night(world(simulatorReaders(organization), { store }));
  const sealed = (store: typeof one) =>
    [...store.objects].filter(([key]) => /^archive\/(evidence|results|reports)\//.test(key)).sort();
  const [first, second] = [sealed(one), sealed(two)];
  expect(second.map(([key]) => key)).toEqual(first.map(([key]) => key));
  const different = first.filter(
    ([, bytes], index) => Buffer.compare(bytes, second[index]?.[1] ?? new Uint8Array()) !== 0,
  );
  expect(different.map(([key]) => key)).toEqual([]);
});

test('a night that is sealed already is told, not repeated; another clock is another night of the chain', async () => {
  const dependencies = world(simulatorReaders(organization));
  await night(dependencies);
  expect((await night(dependencies)).outcome).toMatchObject({
    status: 'sealed',
    already: true,
    seal: { seal: { seq: 1 } },
  });
  expect((await night(dependencies, inputAt('2026-10-01T06:00:00Z'))).outcome).toMatchObject({
    already: false,
    seal: { seal: { seq: 2 } },
  });
});

test('an account that was measured last night counts as unread tonight, as large as it was; the figure stays closed for it', async () => {
  const store = memoryStore();
  const { summary: first } = await night(world(simulatorReaders(organization), { store }));
  const { summary: second } = await night(
    world(simulatorReaders(refusing({ 'sts:AssumeRole': 'AccessDenied' })), { store }),
    inputAt('2026-10-01T06:00:00Z'),
  );
  const [before, after] = [figure(first, 'credential.ai-key-user-rate'), figure(second, 'credential.ai-key-user-rate')];
  const users = victim?.users.length ?? 0;
  expect(users).toBeGreaterThan(0);
  expect(after?.unread).toBe((before?.unread ?? 0) + users);
  expect(after?.accountsNotMeasured).toEqual(before?.accountsNotMeasured);
  const { summary: third } = await night(
    world(simulatorReaders(refusing({ 'sts:AssumeRole': 'AccessDenied' })), { store }),
    inputAt('2026-10-02T06:00:00Z'),
  );
  expect(figure(third, 'credential.ai-key-user-rate')?.unread).toBe(after?.unread); // the last population is carried on
});

test('a night that fails after its claim is sealed as failed, with the reason', async () => {
  const store = memoryStore();
  const dependencies = world(simulatorReaders(organization), { store });
  const failing = {
    ...dependencies,
    store: {
      ...store,
      putIfAbsent: async (...[area, key, bytes]: Parameters<typeof store.putIfAbsent>) => {
        if (key.startsWith('results/')) throw Object.assign(new Error('no space left'), { name: 'DiskFull' });
        return store.putIfAbsent(area, key, bytes);
      },
    },
  };
  const { outcome } = await night(failing);
  expect(outcome).toMatchObject({ status: 'failed', error: 'NightFailed', cause: expect.stringContaining('DiskFull') });
  const seal = JSON.parse(Buffer.from(store.objects.get('archive/seals/seq=000001/seal.json') ?? []).toString());
  expect(seal).toMatchObject({ kind: 'failed', failure: { error: 'DiskFull' }, summary: null });
});

test('a night taken up again after it was cut off before the seal reads nothing twice and ends with the same bytes', async () => {
  const store = memoryStore();
  const readers = simulatorReaders(organization);
  const cut = { ...world(readers, { store }) };
  const failing = {
    ...cut,
    store: {
      ...store,
      putIfAbsent: async (...[area, key, bytes]: Parameters<typeof store.putIfAbsent>) => {
        if (key.startsWith('seals/')) throw Object.assign(new Error('killed'), { name: 'Killed' });
        return store.putIfAbsent(area, key, bytes);
      },
    },
  };
  expect((await night(failing)).outcome.status).toBe('failed');
  const before = [...store.objects.keys()].filter((key) => key.startsWith('archive/')).sort();
  const { outcome } = await night(cut);
  expect(outcome).toMatchObject({
    status: 'sealed',
    seal: { seal: { reports: expect.not.arrayContaining([expect.objectContaining({ status: 'failed' })]) } },
  });
  expect([...store.objects.keys()].filter((key) => /^archive\/(evidence|results|reports)/.test(key)).sort()).toEqual(
    before,
  );
});

test.each([
  {
    name: 'the organisation itself is not told and its accounts are refused',
    refuses: {
      'organizations:ListRoots': 'AccessDeniedException',
      'organizations:DescribeOrganization': 'AccessDeniedException',
    },
  },
  { name: 'its accounts are refused', refuses: { 'organizations:ListAccountsForParent': 'AccessDeniedException' } },
])('where $name, figures stay open and the gaps are named', async ({ refuses }) => {
  const [management] = organization.accounts;
  const it = {
    ...organization,
    accounts: organization.accounts.map((account) => (account === management ? { ...account, refuses } : account)),
  };
  const summary = await summaryOf(it);
  expect(summary?.metrics.filter(({ scope }) => scope === 'organization').every(({ open }) => open)).toBe(true);
  expect(summary?.completeness.gaps.filter(({ code }) => code === 'ACCESS_DENIED').length).toBeGreaterThan(0);
});
