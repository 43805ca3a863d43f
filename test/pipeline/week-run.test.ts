import type { ChangeRow } from '../../src/domain/change-table.ts';
import { type WeekSummary, weekSchema } from '../../src/domain/week.ts';
import { findSealOfRun } from '../../src/evidence/chain.ts';
import { summaryKey } from '../../src/evidence/run-files.ts';
import { verifyArchive } from '../../src/evidence/verify.ts';
import { reportFolder, tableFolder } from '../../src/pipeline/keys.ts';
import { fromJson } from '../../src/pipeline/stored.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import { decodeLines } from '../../src/transcripts/lines.ts';
import { accountRow } from '../reports/support/rows.ts';
import { finding, type SealedNight, sealNights } from '../support/sealed-nights.ts';
import { inputAt, memoryStore, night as run, world } from '../support/world.ts';

const nobody = { accounts: () => [] } as unknown as AwsReaders; // a week asks nothing of AWS
const at = (day: number): string => `2026-09-${String(day).padStart(2, '0')}T02:00:00Z`;
const [one, two, three] = ['200000000001', '200000000002', '200000000003'];
const accounts = [accountRow(one, { name: 'prod <b>' }), accountRow(two), accountRow(three)];
const nights: SealedNight[] = [
  {
    clock: at(23),
    accounts,
    findings: [
      finding('fail'),
      finding('fail', { account: two }),
      finding('pass', { account: three, severity: 'critical' }),
      finding('pass', { account: three, control: 'root-use', severity: 'critical' }),
    ],
  },
  { clock: at(26), accounts, findings: [finding('pass'), finding('fail', { account: two })] },
  { clock: at(27), failure: 'the disk was full' },
  {
    clock: at(30),
    accounts: [
      accountRow(one, { name: 'prod <b>' }),
      accountRow(two, { status: 'failed', reason: 'no role' }),
      accountRow(three),
    ],
    findings: [finding('fail'), finding('fail', { account: three, severity: 'critical' })],
  },
];

async function week(of: readonly SealedNight[] = nights, clock = at(30)) {
  const dependencies = world(nobody, { store: memoryStore() });
  await sealNights(dependencies.store, of);
  const { outcome } = await run(dependencies, inputAt(clock, { kind: 'week' }));
  const { store } = dependencies;
  const text = async (area: 'archive' | 'portal', key: string) =>
    Buffer.from((await store.get(area, key)) ?? []).toString('utf8');
  /** The page of a report without its styles. */
  const page = async (audience: string, path = 'index.html') =>
    (await text('archive', reportFolder(outcome.night, audience) + path)).replace(/<style>.*?<\/style>/s, '');
  return { store, outcome, text, page, place: outcome.night };
}

describe('a week through the workflow file', () => {
  let made: Awaited<ReturnType<typeof week>>;
  let rows: ChangeRow[];
  beforeAll(async () => {
    made = await week();
    rows = [];
    for await (const key of made.store.list('archive', tableFolder(made.place, 'changes')))
      rows.push(
        ...(await Array.fromAsync(decodeLines<ChangeRow>((await made.store.get('archive', key)) as Uint8Array))),
      );
  });

  test('is sealed as a week, and the whole archive verifies', async () => {
    expect(made.outcome).toMatchObject({ status: 'sealed', already: false });
    const seal = (await findSealOfRun(made.store, made.place.run))?.seal;
    expect(seal).toMatchObject({
      kind: 'week',
      seq: 5,
      scope: 'o-a1b2c3d4e5',
      counts: { new: 1, reopened: 1, 'not-re-measured': 1 },
    });
    expect(seal?.reports.map(({ audience, format, status }) => [audience, format, status])).toEqual([
      ['executive', 'html', 'rendered'],
      ['team', 'html', 'rendered'],
    ]);
    expect((await verifyArchive(made.store)).faults).toEqual([]);
  });

  test('a byte of its summary that changes is found', async () => {
    const key = `archive/${summaryKey(made.place, 'week')}`;
    const changed = memoryStore(new Map((made.store as ReturnType<typeof memoryStore>).objects));
    changed.objects.set(key, Buffer.from('{}'));
    expect((await verifyArchive(changed)).faults.map(({ code }) => code)).toContain('DIGEST_MISMATCH');
  });

  test('its summary has the published form and names every night with its digests', async () => {
    const summary = weekSchema.parse(
      fromJson((await made.store.get('archive', summaryKey(made.place, 'week'))) as Uint8Array),
    );
    expect(summary.nights.map(({ dt }) => dt)).toEqual(['2026-09-26', '2026-09-30']);
    expect(summary.failed).toMatchObject([{ dt: '2026-09-27', why: 'the night failed: the disk was full' }]);
    expect(summary.base?.dt).toBe('2026-09-23');
  });

  test.each(['executive', 'team'])('%s: the counts printed are those of the table', async (audience) => {
    const html = await made.page(audience);
    const table = /<table class="week-counts[^"]*">.*?<\/table>/s.exec(html)?.[0] ?? '';
    const cells = [...table.matchAll(/data-count="([a-z-]+)(?::([a-z]+))?">(\d+)</g)];
    expect(cells.length).toBeGreaterThan(14);
    for (const [, kind, of, count] of cells) {
      const own = rows.filter((row) => row.kind === kind && row.open === (of !== 'quiet'));
      const counted = of === undefined || of === 'quiet' ? own : own.filter((row) => row.severity === of);
      expect([kind, of, Number(count)]).toEqual([kind, of, counted.length]);
    }
  });

  test('the first sentence answers whether we are safer, and claims no more than was measured', async () => {
    for (const audience of ['executive', 'team'])
      expect(/<h1>(.*)<\/h1>/.exec(await made.page(audience))?.[1]).toBe(
        'Less safe since 2026-09-23: 1 finding is new, 1 came back, 1 that was open was not measured again.',
      );
  });

  test('the team reads what came back, when it was fixed, and what to do; names are escaped', async () => {
    const html = await made.page('team');
    expect(html).toContain('resolved 2026-09-26, reopened 2026-09-30');
    expect(html).toContain('turn it on');
    expect(html).toContain('<bdi>prod &lt;b&gt;</bdi>');
    expect(await made.page('team', 'changes/reopened.html')).toContain('It is fail');
  });

  test('the pointers of the week stand beside those of the night, and the portal shows it', async () => {
    expect(await made.text('portal', 'latest/week-team.html')).toContain(
      `reports/team/dt=2026-09-30/run=${made.place.run}/index.html`,
    );
    expect(JSON.parse(await made.text('portal', 'latest/week.json'))).toMatchObject({ run: made.place.run });
    const portal = (await made.text('portal', 'index.html')).replace(/<style>.*<\/style>/s, '');
    expect(portal).toContain('The newest week');
    expect(portal).toContain('2026-09-27 02:00 UTC');
  });

  test('the next week begins where this one ended', async () => {
    const { outcome } = await run(
      world(nobody, { store: made.store }),
      inputAt('2026-10-09T02:00:00Z', { kind: 'week' }),
    );
    expect(outcome.status).toBe('failed'); // no night since
    await sealNights(made.store, [{ clock: '2026-10-10T02:00:00Z', accounts, findings: [finding('pass')] }]);
    const next = await run(world(nobody, { store: made.store }), inputAt('2026-10-10T02:00:00Z', { kind: 'week' }));
    const bytes = await made.store.get('archive', summaryKey(next.outcome.night, 'week'));
    const summary = fromJson<WeekSummary>(bytes as Uint8Array);
    expect(summary.period).toEqual({ from: '2026-10-01', to: '2026-10-10', days: 10 });
    expect([summary.base?.dt, summary.lastWeek?.run]).toEqual(['2026-09-30', made.place.run]);
  });
});

test('a week without a night is sealed as failed, with the reason, and the portal says so', async () => {
  const { outcome, store, text } = await week([{ clock: at(1) }]);
  expect(outcome.status).toBe('failed');
  const seal = (await findSealOfRun(store, outcome.night.run))?.seal;
  expect(seal).toMatchObject({ kind: 'failed', failure: { error: 'NoNights' } });
  expect((await verifyArchive(store)).faults).toEqual([]);
  expect((await text('portal', 'index.html')).replace(/<style>.*<\/style>/s, '')).toContain(
    'no night of this scope has figures',
  );
});
