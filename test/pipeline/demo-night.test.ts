import { readTable } from '../../src/pipeline/table-writer.ts';
import {
  compareWithTruth,
  demoHoldings,
  demoOrganization,
  demoTruth,
  simulatorReaders,
} from '../../src/simulator/demo/index.ts';
import { clock, memoryStore, night, world } from '../support/world.ts';

const store = memoryStore();
const { outcome, summary } = await night(world(simulatorReaders(demoOrganization(clock)), { store }));

test('the demo night meets its planted truth exactly', () => {
  expect(outcome).toMatchObject({ status: 'sealed', already: false });
  expect(summary === undefined ? ['no summary'] : compareWithTruth(summary, demoTruth)).toEqual([]);
});

test('identities that stand for a case hold, use and could do what was planted', async () => {
  const wanted = new Map(demoHoldings.map((it) => [`${it.account} ${it.name}`, it]));
  const found = [];
  for await (const { account, name, sensitive, escalation } of readTable(store, outcome.night, 'identities'))
    if (wanted.has(`${account} ${name}`)) found.push({ account, name, ...sensitive, escalation });
  const sorted = (rows: readonly { readonly account: string; readonly name: string }[]) =>
    rows.toSorted((a, b) => (`${a.account} ${a.name}` < `${b.account} ${b.name}` ? -1 : 1));
  expect(sorted(found)).toEqual(sorted(demoHoldings));
});
