import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { organization, refusing, summaryOf, victim } from '../support/refusals.ts';
import { figure, inputAt, memoryStore, night, world } from '../support/world.ts';

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
