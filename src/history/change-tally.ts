import { type QuietStatus, quietStatuses } from '../domain/change-table.ts';
import { type FindingRow, type FindingStatus, type Severity, severities } from '../domain/tables.ts';
import type { Change, ChangeKind } from './difference.ts';

/** Kinds that only a finding has which is open or was. */
const ofOpen: ReadonlySet<ChangeKind> = new Set(['new', 'reopened', 'exception-ended', 'excepted', 'resolved']);

/**
 * Whether a change is of a finding that is open or was, on a night that is compared or between; for a resolved one, where it was last measured.
 * Only these have a severity that anybody has to weigh: what passed and is gone, or is new and passes, asks nobody for anything.
 */
export const isOfOpen = (kind: ChangeKind, rows: readonly (Pick<FindingRow, 'status'> | null)[]): boolean =>
  ofOpen.has(kind) || rows.some((row) => row?.status === 'fail');

/** How a finding that was never seen open stood where it was last measured. */
export const quietStatus = (ends: {
  readonly before: FindingStatus | null;
  readonly after: FindingStatus | null;
}): QuietStatus =>
  ([ends.after, ends.before].find((status) => status !== null && status !== 'not-measured') ??
    'not-measured') as QuietStatus;

/** Counts of changes. */
export interface ChangeCounts<Kind extends ChangeKind> {
  /** Of findings that are or were open, by kind. */
  readonly counts: Record<Kind, number>;
  /** The same by severity. */
  readonly bySeverity: Record<Severity, Record<Kind, number>>;
  /** Of findings that were never seen open, by kind and by how they were last measured: with `counts`, every change. */
  readonly others: Record<Kind, Record<QuietStatus, number>>;
}

/** Counts changes by kind: those of open findings by severity, the others plainly by their status. */
export class ChangeTally<Kind extends ChangeKind> implements ChangeCounts<Kind> {
  readonly counts: Record<Kind, number>;
  readonly bySeverity: Record<Severity, Record<Kind, number>>;
  readonly others: Record<Kind, Record<QuietStatus, number>>;

  constructor(kinds: readonly Kind[]) {
    const zeroes = () => each(kinds, () => 0);
    this.counts = zeroes();
    this.bySeverity = each(severities, zeroes);
    this.others = each(kinds, () => each(quietStatuses, () => 0));
  }

  add(change: Pick<Change, 'before' | 'after' | 'open'> & { readonly kind: Kind }, severity: Severity): void {
    const { kind, open, before, after } = change;
    if (!open) {
      this.others[kind][quietStatus({ before: before?.status ?? null, after: after?.status ?? null })] += 1;
      return;
    }
    this.counts[kind] += 1;
    this.bySeverity[severity][kind] += 1;
  }

  totals(): ChangeCounts<Kind> {
    return { counts: this.counts, bySeverity: this.bySeverity, others: this.others };
  }
}

const each = <Name extends string, Value>(names: readonly Name[], value: () => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, value()])) as Record<Name, Value>;
