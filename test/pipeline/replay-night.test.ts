import { gunzipSync } from 'node:zlib';
import { nightReplay } from '../../src/pipeline/replay-night.ts';
import { demoOrganization } from '../../src/simulator/demo/organization.ts';
import { idOf } from '../../src/simulator/demo/places.ts';
import { simulatorReaders } from '../../src/simulator/readers.ts';
import { inputAt, memoryStore, night, world } from '../support/world.ts';

// Accounts that answer, refuse, throttle, seal a listing and hold a broken policy; the day before the throttled one answered as well.
const kept = (['management', 'acquired-erp', 'data-lake', 'dev-web', 'payments-core'] as const).map(idOf);
const at = (clock: string) => inputAt(clock, { selection: { accounts: kept, skip: [], ous: [] } });
const [yesterday, today] = ['2026-10-04T04:00:00Z', '2026-10-05T04:00:00Z'];

function readersAt(clock: string, whole: boolean) {
  const demo = demoOrganization(clock);
  const accounts = demo.accounts.map((account) =>
    whole && account.name === 'data-lake' ? { ...account, refuses: {} } : account,
  );
  return simulatorReaders({ ...demo, accounts });
}

/** Result tables and summary of a run, unpacked, by key. */
const resultsOf = ({ objects }: ReturnType<typeof memoryStore>, run: string) =>
  new Map(
    [...objects]
      .filter(([key]) => key.startsWith('archive/results/') && key.includes(`run=${run}`))
      .map(([key, bytes]) => [key, (key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8')]),
  );

test('a night judged again from its recorded answers gives the same bytes, in an archive that knows no other night', async () => {
  const store = memoryStore();
  const before = await night(world(readersAt(yesterday, true), { store }), at(yesterday));
  expect(before.outcome).toMatchObject({ status: 'sealed' });
  const first = world(readersAt(today, false), { store });
  const { outcome, summary } = await night(first, at(today));
  expect(outcome).toMatchObject({ status: 'sealed' });
  const { dt, run } = outcome.night;
  const again = await nightReplay(store, { dt, run });
  const target = memoryStore();
  const { settings } = first;
  const { outcome: second } = await night(
    { ...world(again.readers, { store: target, populations: again.populations }), settings },
    again.input,
  );
  expect(second).toMatchObject({ status: 'sealed' });
  expect([again.readerRole, again.own, second.night.run]).toEqual(['AssayReader', null, run]);
  expect(summary?.completeness.accounts).toMatchObject({ failed: 1, partial: 3 });
  expect(resultsOf(target, run)).toEqual(resultsOf(store, run));
});
