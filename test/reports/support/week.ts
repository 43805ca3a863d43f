import { type ChangeRow, periodKinds, quietStatuses } from '../../../src/domain/change-table.ts';
import type { NightSummary } from '../../../src/domain/summary.ts';
import { severities } from '../../../src/domain/tables.ts';
import type { KindCounts, WeekSummary } from '../../../src/domain/week.ts';
import { trendOf } from '../../../src/history/trend.ts';
import { type TrendNight, trendNightOf } from '../../../src/history/trend-night.ts';
import { weekFigures } from '../../../src/pipeline/week-figures.ts';
import type { WeekInput } from '../../../src/reports/week/input.ts';

/** The same night, seven days before. */
export const weekBefore = (summary: NightSummary): NightSummary => ({
  ...summary,
  run: { ...summary.run, id: '0123456789ab', clock: '2026-11-17T02:00:00Z' },
});

const ref = ({ run, completeness }: NightSummary, seq: number): WeekSummary['nights'][number] => ({
  run: run.id,
  dt: run.clock.slice(0, 10),
  clock: run.clock,
  seq,
  seal: 'a'.repeat(64),
  summary: 'b'.repeat(64),
  accounts: completeness.accounts,
});

/** A week between two nights, with the counts of its rows. */
export function weekOf(first: NightSummary | null, last: NightSummary, rows: readonly ChangeRow[] = []): WeekInput {
  const count = (of: readonly ChangeRow[]): KindCounts =>
    Object.fromEntries(periodKinds.map((kind) => [kind, of.filter((row) => row.kind === kind).length])) as KindCounts;
  const open = rows.filter((row) => row.open);
  const week: WeekSummary = {
    schema: 'assay/week/1',
    run: { id: 'ab0123456789', kind: 'week', clock: last.run.clock, versions: last.run.versions },
    scope: last.scope,
    period: { from: '2026-11-18', to: '2026-11-24', days: 7 },
    nights: [ref(last, 9)],
    base: first === null ? null : ref(first, 2),
    baseIn: 'before',
    failed: [],
    missing: ['2026-11-19'],
    lastWeek: null,
    lookedBackTo: null,
    accounts: { joined: 0, left: 0, named: [] },
    changes: {
      counts: count(open),
      bySeverity: Object.fromEntries(
        severities.map((severity) => [severity, count(open.filter((row) => row.severity === severity))]),
      ) as WeekSummary['changes']['bySeverity'],
      others: Object.fromEntries(
        periodKinds.map((kind) => [
          kind,
          Object.fromEntries(
            quietStatuses.map((status) => [
              status,
              rows.filter((row) => !row.open && row.kind === kind && (row.after ?? row.before) === status).length,
            ]),
          ),
        ]),
      ) as WeekSummary['changes']['others'],
      newInJoined: 0,
    },
    findings: { from: first?.findings ?? null, to: last.findings },
    figures: weekFigures(first, last),
  };
  const nights = [first, last].flatMap((night): TrendNight[] =>
    night === null ? [] : [trendNightOf(night) as TrendNight],
  );
  return {
    week,
    first,
    last,
    names: new Map(),
    history: { trend: trendOf(nights), movements: new Map() },
    async *changes() {
      yield* rows;
    },
  };
}

/** A finding that changed. */
export const changeRow = (given: Partial<ChangeRow> = {}): ChangeRow => {
  const { account = '200000000001', control = 'root-mfa', resource = 'root', before = 'pass', after = 'fail' } = given;
  return {
    id: `${account}/${control}/${resource}`,
    account,
    control,
    severity: 'high',
    resourceType: 'root user',
    resource,
    region: null,
    kind: 'new',
    cause: 'it is so',
    before,
    after,
    open: before === 'fail' || after === 'fail',
    exception: null,
    remedy: null,
    steps: [{ dt: '2026-11-20', kind: given.kind ?? 'new', cause: 'it is so' }],
    ...given,
  };
};
