import { readTable } from '../../src/pipeline/table-writer.ts';
import {
  compareExceptions,
  compareWithTruth,
  demoExceptions,
  demoExceptionTruth,
  demoHoldings,
  demoOrganization,
  demoTruth,
  simulatorReaders,
} from '../../src/simulator/demo/index.ts';
import { clock, memoryStore, night, world } from '../support/world.ts';

const store = memoryStore();
const { settings, ...outside } = world(simulatorReaders(demoOrganization(clock)), { store });
const { outcome, summary } = await night({
  ...outside,
  settings: { ...settings, exceptions: demoExceptions(clock) },
});

test('the demo night meets its planted truth exactly', () => {
  expect(outcome).toMatchObject({ status: 'sealed', already: false });
  expect(summary === undefined ? ['no summary'] : compareWithTruth(summary, demoTruth)).toEqual([]);
});

test('its exceptions cover what was planted, and no figure moves for them', async () => {
  expect(summary === undefined ? ['no summary'] : compareExceptions(summary, demoExceptionTruth)).toEqual([]);
  const covered = new Map<string, number>();
  for await (const { exception, status } of readTable(store, outcome.night, 'findings')) {
    if (exception === null) continue;
    expect(status).toBe('fail');
    covered.set(exception, (covered.get(exception) ?? 0) + 1);
  }
  const planted = demoExceptionTruth.exceptions.map(({ id, findings }) => [id, findings] as const);
  expect(covered).toEqual(new Map(planted.filter(([, findings]) => findings > 0)));
  const inDemo = (id: string) => summary?.metrics.find((it) => it.id === id && it.scope === 'organization');
  expect(inDemo('credential.ai-key-user-rate')?.withExceptions.numerator).toBe(19 - 3);
  expect(inDemo('logging.ai-data-event-coverage')?.withExceptions.numerator).toBe(1021 + 17 * 13);
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
