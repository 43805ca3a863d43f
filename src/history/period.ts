import type { PeriodKind } from '../domain/change-table.ts';
import type { FindingRow } from '../domain/tables.ts';
import { isOfOpen } from './change-tally.ts';
import { type Change, type ChangeKind, type ComparedNight, differenceOf, type Past } from './difference.ts';

/** A night of a period, by its date. */
export interface DatedNight extends ComparedNight {
  readonly dt: string;
}

/** What a finding did on one night of a period, against the night before it. */
export interface PeriodStep {
  readonly dt: string;
  readonly kind: PeriodKind;
  readonly cause: string;
}

/** A finding that changed within a period. `before` is its row at the beginning, `after` its row at the end; `steps`: all that happened between. */
export interface PeriodChange extends Change {
  readonly kind: PeriodKind;
  /** Its row where it was last seen. */
  readonly row: FindingRow;
  readonly steps: readonly PeriodStep[];
}

interface Walked {
  readonly row: FindingRow | null;
  readonly step: PeriodStep;
}

/**
 * What became of the findings over a period: from the last night before it, over all of its nights, not just its two ends. What was fixed
 * and came back is told, and so is what was opened and closed between. Holds three nights of findings at most.
 */
export class Period {
  readonly #base: ComparedNight;
  readonly #past: Past;
  readonly #seen = new Map<string, NonNullable<ReturnType<Past>>>();
  readonly #walked = new Map<string, Walked[]>();
  #last: ComparedNight;
  /** Findings that could not be listed on the nights since, as they stood where they were last seen: what is not read is neither gone nor new. */
  readonly #carried = new Map<string, FindingRow>();

  /** `past`: how findings stood in the nights before `base`. */
  constructor(base: ComparedNight, past: Past) {
    this.#base = base;
    this.#past = past;
    this.#last = base;
  }

  /** Adds the next night, in the order of their dates. */
  add(night: DatedNight): void {
    const earlier = { ...this.#last, findings: [...this.#last.findings, ...this.#carried.values()] };
    const present = new Set(night.findings.map(({ id }) => id));
    for (const id of this.#carried.keys()) if (present.has(id)) this.#carried.delete(id);
    for (const change of differenceOf(earlier, night, (id) => this.#seenOf(id))) this.#walk(change, night.dt);
    for (const row of earlier.findings) this.#note(row);
    this.#last = night;
  }

  /** What changed, in the order of the last night, what is not in it at the end. */
  *changes(): Generator<PeriodChange> {
    const before = new Map(this.#base.findings.map((row) => [row.id, row]));
    const after = new Map(this.#last.findings.map((row) => [row.id, row]));
    // What was open between and is at neither end is compared as if it had been there at the beginning: gone, or not listed any more.
    const between = [...this.#walked].flatMap(([id, walked]) =>
      before.has(id) || after.has(id) ? [] : (walked.findLast(({ row }) => row?.status === 'fail')?.row ?? []),
    );
    const base = { ...this.#base, findings: [...this.#base.findings, ...between] };
    const ends = new Map(differenceOf(base, this.#last, this.#past).map((change) => [change.id, change]));
    for (const id of new Set([...after.keys(), ...this.#walked.keys()])) {
      const walked = this.#walked.get(id);
      if (walked === undefined) continue;
      const rows = { before: before.get(id) ?? null, after: after.get(id) ?? null };
      const told = verdict(walked, ends.get(id), rows);
      const row = rows.after ?? walked.findLast((it) => it.row !== null)?.row ?? rows.before;
      if (told === undefined || told.kind === 'reworded' || row === null) continue;
      const { kind, cause } = told;
      const open = isOfOpen(kind, [rows.before, rows.after, ...walked.map((it) => it.row)]);
      yield { id, kind, cause, row, ...rows, open, steps: walked.map(({ step }) => step) };
    }
  }

  #walk({ id, kind, cause, before, after }: Change, dt: string): void {
    if (kind === 'reworded') return;
    const unlisted = after === null && kind === 'not-re-measured';
    if (unlisted && this.#carried.has(id)) return; // as the night before: told once
    if (unlisted && before !== null) this.#carried.set(id, before);
    else this.#carried.delete(id);
    const steps = this.#walked.get(id) ?? [];
    steps.push({ row: after, step: { dt, kind, cause } });
    this.#walked.set(id, steps);
  }

  /** How a finding stood in all nights before the one that is compared with. */
  #seenOf(id: string): ReturnType<Past> {
    return this.#seen.get(id) ?? this.#past(id);
  }

  #note({ id, status }: FindingRow): void {
    if (status === 'not-measured') return;
    const everOpen = status === 'fail' || this.#seenOf(id)?.everOpen === true;
    this.#seen.set(id, { last: status, everOpen });
  }
}

type Word = Pick<Change, 'kind' | 'cause'>;

/** One word for all that happened to a finding; undefined where it stands as it stood, and nothing that counts happened between. */
function verdict(
  walked: readonly Walked[],
  ends: Change | undefined,
  { before, after }: Pick<Change, 'before' | 'after'>,
): Word | undefined {
  const happened = (...kinds: readonly ChangeKind[]): Word | undefined =>
    walked.findLast(({ step }) => kinds.includes(step.kind))?.step;
  if (after === null) return ends;
  if (after.status === 'fail') return happened('reopened') ?? ends;
  const openBetween = before?.status !== 'fail' && walked.some(({ row }) => row?.status === 'fail');
  if (!openBetween) return ends;
  if (after.status === 'not-measured') return happened('not-re-measured') ?? ends;
  return happened('resolved', 'rule-changed') ?? { kind: 'resolved', cause: after.reason };
}
