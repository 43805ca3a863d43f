import { type ChangeRow, changeRow, periodKinds } from '../domain/change-table.ts';
import type { Night, Pointer } from '../domain/night.ts';
import { type SelectedNights, type WeekSummary, weekSchema } from '../domain/week.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { ChangeTally } from '../history/change-tally.ts';
import type { Past } from '../history/difference.ts';
import { Period, type PeriodChange } from '../history/period.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { encodeLines } from '../transcripts/lines.ts';
import type { Dependencies } from './dependencies.ts';
import { tablePart } from './keys.ts';
import { NightTables, theOrganization } from './night-tables.ts';
import { archive, fetchPointer, fromJson, toJson } from './stored.ts';
import { weekFigures } from './week-figures.ts';

export interface ComparePeriodInput {
  readonly night: Night;
  readonly nights: Pointer;
}

/**
 * What changed over the nights of a week: table `changes`, and the week's summary with the digests of every night it was made from. Goes
 * through the accounts as they lie in the parts of the last night, so that a thousand accounts are held at once, of three nights.
 */
export async function comparePeriod(
  { night, nights: pointer }: ComparePeriodInput,
  { store, settings }: Dependencies,
): Promise<{ readonly summary: Pointer }> {
  const selected = fromJson<SelectedNights>(await fetchPointer(store, 'work', pointer));
  const opened = await open(store, selected);
  const { base, nights } = opened;
  const accounts = populationOf(base, nights.at(-1));
  const tally = new ChangeTally(periodKinds);
  let newInJoined = 0;
  for (const [index, batch] of batchesOf(opened).entries()) {
    const changes = await changesOf(opened, batch);
    for (const change of changes) tally.add(change, change.row.severity);
    newInJoined += changes.filter(({ kind, row }) => kind === 'new' && accounts.joined.has(row.account)).length;
    const rows = changes.map(rowOf);
    if (rows.length > 0) await archive(store, tablePart(night, 'changes', index + 1), await encodeLines(rows));
  }
  const last = nights.at(-1)?.summary;
  if (last === undefined) throw new Error('a week has a night at least');
  const { history, ...found } = selected;
  const summary: WeekSummary = {
    schema: 'assay/week/1',
    run: { id: night.run, kind: 'week', clock: night.clock, versions: { ...settings.versions } },
    scope: last.scope,
    ...found,
    lookedBackTo: history.at(-1)?.dt ?? selected.base?.dt ?? null,
    accounts: toldOf(accounts),
    changes: { ...tally.totals(), newInJoined },
    findings: { from: base?.summary.findings ?? null, to: last.findings },
    figures: weekFigures(base?.summary ?? null, last),
  };
  const bytes = toJson(weekSchema.parse(summary));
  return { summary: await archive(store, summaryKey(night, 'week'), bytes) };
}

/** The nights of a week, opened: the last is the newest. `base`: what the others are compared with. */
interface Opened {
  readonly base: NightTables | null;
  readonly nights: readonly NightTables[];
  readonly history: readonly NightTables[];
}

async function open(store: ObjectStore, { base, nights, history }: SelectedNights): Promise<Opened> {
  const all = (refs: SelectedNights['nights']) => Promise.all(refs.map((ref) => NightTables.open(store, ref)));
  return {
    base: base === null ? null : await NightTables.open(store, base),
    nights: await all(nights.filter(({ run }) => run !== base?.run)),
    history: await all(history),
  };
}

/** The accounts that one end of the period has and the other has not. */
interface Population {
  readonly joined: ReadonlySet<string>;
  readonly left: ReadonlySet<string>;
}

function populationOf(base: NightTables | null, last: NightTables | undefined): Population {
  const [before, after] = [base?.accounts, last?.accounts];
  if (before === undefined || after === undefined) return { joined: new Set(), left: new Set() };
  const missing = (from: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): Set<string> =>
    new Set([...from.keys()].filter((account) => !other.has(account)));
  return { joined: missing(after, before), left: missing(before, after) };
}

function toldOf({ joined, left }: Population): WeekSummary['accounts'] {
  const named = [
    ...[...joined].map((account) => ({ account, change: 'joined' as const })),
    ...[...left].map((account) => ({ account, change: 'left' as const })),
  ];
  return { joined: joined.size, left: left.size, named: named.slice(0, 50) };
}

/** So many accounts that only earlier nights have are compared at once. */
const batchSize = 1_000;

/** The accounts that are compared at once: a part of the last night each, then those that it has no more. */
function batchesOf({ base, nights }: Opened): ReadonlySet<string>[] {
  const last = nights.at(-1)?.accounts ?? new Map<string, { part: number }>();
  const parts = new Map<number, Set<string>>([[1, new Set([theOrganization])]]);
  for (const [account, { part }] of last) parts.set(part, (parts.get(part) ?? new Set<string>()).add(account));
  const earlier = [base, ...nights].flatMap((night) => (night === null ? [] : [...night.accounts.keys()]));
  const gone = [...new Set(earlier)].filter((account) => !last.has(account));
  const rest = Array.from({ length: Math.ceil(gone.length / batchSize) }, (_, index) =>
    gone.slice(index * batchSize, (index + 1) * batchSize),
  );
  return [...[...parts].sort(([a], [b]) => a - b).map(([, accounts]) => accounts), ...rest.map((ids) => new Set(ids))];
}

async function changesOf({ base, nights, history }: Opened, accounts: ReadonlySet<string>): Promise<PeriodChange[]> {
  if (base === null) return [];
  const period = new Period(await base.compared(accounts), await pastOf(history, accounts));
  for (const night of nights) period.add({ ...(await night.compared(accounts)), dt: night.ref.dt });
  return [...period.changes()];
}

/** How findings stood in the nights before the one compared with; `history` comes newest first. */
async function pastOf(history: readonly NightTables[], accounts: ReadonlySet<string>): Promise<Past> {
  const known = new Map<string, NonNullable<ReturnType<Past>>>();
  for (const night of history)
    for (const { id, status } of (await night.compared(accounts)).findings) {
      const later = known.get(id);
      if (status === 'not-measured' || later?.everOpen === true) continue;
      known.set(id, { last: later?.last ?? status, everOpen: status === 'fail' });
    }
  return (id) => known.get(id);
}

function rowOf({ id, kind, cause, row, before, after, open, steps }: PeriodChange): ChangeRow {
  const { account, control, severity, resourceType, resource, region } = row;
  return changeRow.parse({
    id,
    account,
    control,
    severity,
    resourceType,
    resource,
    region,
    kind,
    cause,
    before: before?.status ?? null,
    after: after?.status ?? null,
    open,
    exception: after?.exception ?? null,
    remedy: after?.status === 'fail' ? after.remedy : null,
    steps: steps.map((step) => ({ ...step })),
  });
}
