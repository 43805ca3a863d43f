import type { ChangeRow } from '../../src/domain/change-table.ts';
import type { Night } from '../../src/domain/night.ts';
import { withExceptionsOf } from '../../src/domain/share.ts';
import type { SelectedNights, WeekSummary } from '../../src/domain/week.ts';
import { sealKey } from '../../src/evidence/chain.ts';
import { nightOf } from '../../src/pipeline/claim-night.ts';
import { comparePeriod } from '../../src/pipeline/compare-period.ts';
import { tableFolder } from '../../src/pipeline/keys.ts';
import { selectNights } from '../../src/pipeline/select-nights.ts';
import { fromJson } from '../../src/pipeline/stored.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import { decodeLines } from '../../src/transcripts/lines.ts';
import { accountRow } from '../reports/support/rows.ts';
import { finding, type SealedNight, sealNights } from '../support/sealed-nights.ts';
import { figureOf } from '../support/trend-nights.ts';
import { inputAt, memoryStore, world } from '../support/world.ts';

const nobody: AwsReaders = {
  for: () => Promise.reject(new Error('a week asks nothing of AWS')) as never,
  accounts: () => [],
};
const at = (day: number): string => `2026-09-${String(day).padStart(2, '0')}T02:00:00Z`;
const weekAt = (clock: string): Night => nightOf(inputAt(clock, { kind: 'week' }), { code: 'test' });

async function archiveOf(nights: readonly SealedNight[]) {
  const dependencies = world(nobody, { store: memoryStore() });
  const sealed = await sealNights(dependencies.store, nights);
  return { dependencies, sealed };
}

async function selected(nights: readonly SealedNight[], clock: string): Promise<SelectedNights> {
  const { dependencies } = await archiveOf(nights);
  const { nights: pointer } = await selectNights({ night: weekAt(clock) }, dependencies);
  return fromJson<SelectedNights>((await dependencies.store.get('work', pointer.key)) as Uint8Array);
}
const days = (nights: readonly { readonly clock: string }[]): number[] =>
  nights.map(({ clock }) => Number(clock.slice(8, 10)));

describe('the nights of a week', () => {
  const daily = (...list: number[]): SealedNight[] => list.map((day) => ({ clock: at(day) }));

  test('are those of the seven dates that end with the clock, and the one before is what they are compared with', async () => {
    const { period, nights, base, baseIn, history } = await selected(
      daily(20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30),
      at(30),
    );
    expect(period).toEqual({ from: '2026-09-24', to: '2026-09-30', days: 7 });
    expect(days(nights)).toEqual([24, 25, 26, 27, 28, 29, 30]);
    expect([base?.dt, baseIn]).toEqual(['2026-09-23', 'before']);
    expect(days(history)).toEqual([22, 21, 20]);
  });

  test('of each date the last that did not fail; failed and missing dates are named', async () => {
    const { nights, failed, missing } = await selected(
      [
        { clock: '2026-09-24T01:00:00Z' },
        { clock: '2026-09-24T05:00:00Z' },
        { clock: at(26), failure: 'no role' },
        { clock: at(28), failure: 'once' },
        { clock: '2026-09-28T07:00:00Z' },
        { clock: at(30) },
      ],
      at(30),
    );
    expect(nights.map(({ clock }) => clock.slice(8, 13))).toEqual(['24T05', '28T07', '30T02']);
    expect(failed).toEqual([{ dt: '2026-09-26', run: expect.any(String), why: 'the night failed: no role' }]);
    expect(missing).toEqual(['2026-09-25', '2026-09-27', '2026-09-29']);
  });

  test('end yesterday where today has none yet; nights after the clock and of other scopes are left out', async () => {
    const { period, nights } = await selected(
      [...daily(28, 29), { clock: '2026-09-30T09:00:00Z' }, { clock: '2026-09-29T03:00:00Z', only: ['200000000002'] }],
      '2026-09-30T06:00:00Z',
    );
    expect(period.to).toBe('2026-09-29');
    expect(nights.map(({ clock }) => clock)).toEqual([at(28), at(29)]);
  });

  test('without an earlier night, the first of the period is what the others are compared with', async () => {
    const { base, baseIn } = await selected(daily(29, 30), at(30));
    expect([base?.dt, baseIn]).toEqual(['2026-09-29', 'period']);
    expect((await selected(daily(30), at(30))).base).toBeNull();
  });

  test('a period without a night that has figures fails, with the reason', async () => {
    await expect(selected(daily(1), at(30))).rejects.toThrow('from 2026-09-23 to 2026-09-29: none was begun');
    await expect(selected([{ clock: at(30), failure: 'no role' }], at(30))).rejects.toThrow(
      'the last because the night failed: no role',
    );
  });

  test('a chain with another seal in the place of one is not walked', async () => {
    const { dependencies } = await archiveOf(daily(28, 29, 30));
    const store = dependencies.store as ReturnType<typeof memoryStore>;
    const other = await archiveOf(daily(27));
    const foreign = (await other.dependencies.store.get('archive', sealKey(1, 'seal.json'))) as Uint8Array;
    store.objects.set(`archive/${sealKey(1, 'seal.json')}`, foreign);
    await expect(selectNights({ night: weekAt(at(30)) }, dependencies)).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
  });
});

async function compared(nights: readonly SealedNight[], clock = at(30)) {
  const { dependencies, sealed } = await archiveOf(nights);
  const night = weekAt(clock);
  const found = await selectNights({ night }, dependencies);
  const { summary: pointer } = await comparePeriod({ night, ...found }, dependencies);
  const { store } = dependencies;
  const rows: ChangeRow[] = [];
  const parts: string[] = [];
  for await (const key of store.list('archive', tableFolder(night, 'changes'))) {
    parts.push(key);
    rows.push(...(await Array.fromAsync(decodeLines<ChangeRow>((await store.get('archive', key)) as Uint8Array))));
  }
  const summary = fromJson<WeekSummary>((await store.get('archive', pointer.key)) as Uint8Array);
  return { dependencies, sealed, night, found, rows, parts, summary };
}
const kinds = (rows: readonly ChangeRow[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ id, kind }) => [id, kind]));

describe('what changed over a week', () => {
  const [one, two] = ['200000000001', '200000000002'];
  const both = [accountRow(one), accountRow(two)];

  test('a finding that was fixed and came back within the week is reopened, though both ends look alike', async () => {
    const night = (day: number, status: 'fail' | 'pass'): SealedNight => ({
      clock: at(day),
      findings: [finding(status)],
    });
    const { rows, summary } = await compared([
      night(23, 'fail'),
      night(25, 'fail'),
      night(26, 'pass'),
      night(28, 'fail'),
      night(30, 'fail'),
    ]);
    expect(rows).toMatchObject([
      {
        kind: 'reopened',
        before: 'fail',
        after: 'fail',
        remedy: { text: 'turn it on' },
        steps: [
          { dt: '2026-09-26', kind: 'resolved' },
          { dt: '2026-09-28', kind: 'reopened' },
        ],
      },
    ]);
    expect(summary.changes.counts.reopened).toBe(1);
  });

  test('open long before, closed at the beginning: looked for in every night before the period', async () => {
    const { rows, summary } = await compared([
      { clock: '2026-03-01T02:00:00Z', findings: [finding('fail')] },
      { clock: '2026-04-01T02:00:00Z', findings: [finding('pass')] },
      { clock: at(23), findings: [finding('pass')] },
      { clock: at(30), findings: [finding('fail')] },
    ]);
    expect(kinds(rows)).toEqual({ [`${one}/root-mfa/root`]: 'reopened' });
    expect(summary.lookedBackTo).toBe('2026-03-01');
  });

  test('an account that could not be entered at the end is not re-measured; one that left is gone', async () => {
    const opened = [one, two].map((account) => finding('fail', { account }));
    const lost = [accountRow(one, { status: 'failed', reason: 'no role' })];
    const { rows, summary } = await compared([
      { clock: at(23), accounts: both, findings: opened },
      { clock: at(30), accounts: lost, findings: [] },
    ]);
    expect(kinds(rows)).toEqual({ [`${one}/root-mfa/root`]: 'not-re-measured', [`${two}/root-mfa/root`]: 'gone' });
    expect(rows[0]?.cause).toContain('no role');
    expect(summary.changes.counts).toMatchObject({ 'not-re-measured': 1, gone: 1 });
  });

  test('counts equal the table, by kind and severity', async () => {
    const { rows, summary } = await compared([
      {
        clock: at(23),
        accounts: both,
        findings: [finding('fail'), finding('pass', { account: two, severity: 'low' })],
      },
      {
        clock: at(30),
        accounts: both,
        findings: [finding('pass'), finding('fail', { account: two, severity: 'low' })],
      },
    ]);
    const count = (kind: string, severity: string) =>
      rows.filter((row) => row.kind === kind && row.severity === severity).length;
    for (const [severity, own] of Object.entries(summary.changes.bySeverity))
      for (const [kind, told] of Object.entries(own))
        expect([kind, severity, told]).toEqual([kind, severity, count(kind, severity)]);
    expect(Object.values(summary.changes.counts).reduce((all, it) => all + it, 0)).toBe(rows.length);
    expect(rows).toHaveLength(2);
  });

  test('the same rows however the accounts lie in the parts of the nights', async () => {
    const accounts = Array.from({ length: 7 }, (_, index) => accountRow(`20000000000${index}`));
    const findings = (day: number) =>
      accounts.map(({ account }, index) => finding((index + day) % 3 === 0 ? 'fail' : 'pass', { account }));
    const nights = (perPart: number, turned: boolean): SealedNight[] =>
      [23, 25, 27, 30].map((day) => ({
        clock: at(day),
        accounts: turned && day < 30 ? accounts.toReversed() : accounts,
        findings: findings(day),
        perPart,
      }));
    const whole = await compared(nights(1_000, false));
    const cut = await compared(nights(2, true));
    expect(cut.parts.length).toBeGreaterThan(2);
    expect(cut.rows).toEqual(whole.rows);
    expect(cut.rows.length).toBeGreaterThan(3);
  });

  test('the digests of every night are kept, and a night that is not as it was sealed ends the week', async () => {
    const { sealed, summary, dependencies, night, found } = await compared([
      { clock: at(23), findings: [finding('fail')] },
      { clock: at(30), findings: [finding('pass')] },
    ]);
    expect([summary.base?.run, ...summary.nights.map(({ run }) => run)]).toEqual(sealed.map(({ run }) => run));
    for (const { seal } of summary.nights) expect(seal).toMatch(/^[0-9a-f]{64}$/);
    const store = dependencies.store as ReturnType<typeof memoryStore>;
    const key = [...store.objects.keys()].find((it) =>
      it.startsWith('archive/results/findings/dt=2026-09-30'),
    ) as string;
    store.objects.set(key, (store.objects.get(key) as Uint8Array).slice(1));
    await expect(comparePeriod({ night, ...found }, dependencies)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  test('figures: never better where somebody could not be read', async () => {
    const night = (day: number, numerator: number, unread: number): SealedNight => ({
      clock: at(day),
      change: (summary) => ({
        ...summary,
        metrics: [
          {
            ...figureOf({ numerator, denominator: 10 - unread, unread }),
            ...{ unknown: unread, accountsNotMeasured: [] },
            ...withExceptionsOf({ numerator, denominator: 10 - unread, untrackable: 0, unread }, 0, 'higher', false),
          },
        ],
      }),
    });
    const verdict = async (numerator: number, unread: number) =>
      (await compared([night(23, 6, 0), night(30, numerator, unread)])).summary.figures[0];
    expect(await verdict(3, 0)).toMatchObject({ verdict: 'better', from: { numerator: 6 }, to: { numerator: 3 } });
    expect(await verdict(3, 1)).toMatchObject({ verdict: 'not-known', why: '1 could not be read on 2026-09-30' });
    expect(await verdict(8, 1)).toMatchObject({ verdict: 'worse' });
    expect((await compared([night(30, 3, 0)])).summary.figures[0]).toMatchObject({ from: null, verdict: 'not-known' });
  });
});
