import { classFields } from '../catalogue/ai-event-classes.ts';
import { type Cell, eventClassOf } from '../cloudtrail/classes.ts';
import { type Coverage, cover } from '../cloudtrail/cover.ts';
import { recordOf } from '../cloudtrail/record.ts';
import { type Recorder, selectorsIn } from '../cloudtrail/recorders.ts';
import { narrowingWords, selectorName } from '../cloudtrail/words.ts';
import type { AdvancedSelector } from '../domain/facts.ts';
import type { CoverageStatus } from '../domain/tables.ts';

/** What a cell of the matrix comes to: its status, who records it, what narrows it, and an event that leaves no trace. */
export interface CellVerdict {
  readonly status: CoverageStatus;
  readonly by: readonly string[];
  readonly why: string | null;
  readonly witness: Readonly<Record<string, unknown>> | null;
}

/** A selector with the recorder it belongs to. */
interface Placed {
  readonly recorder: Recorder;
  readonly selector: AdvancedSelector;
  readonly index: number;
}

/** Judges event classes of one account against what records there; Regions with the same recorders are decided once. */
export class CoverageJudge {
  readonly #decided = new Map<string, Coverage>();

  /** `here`: the recorders that apply to the Region, stopped ones included. `hidden`: why another could be unseen. */
  judge(name: string, cell: Cell, here: readonly Recorder[], hidden: string | null): CellVerdict {
    const recording = placed(here, 'recording', cell.region);
    const found = this.#coverage(name, cell, recording, 'recording');
    const by = [...new Set(found.by.map((index) => recording[index]?.recorder.arn ?? ''))];
    if (found.status === 'covered') return { status: 'covered', by, why: null, witness: null };
    const doubt = this.#doubt(name, cell, here, found, hidden);
    if (doubt !== null) return { status: 'not-measured', by, why: doubt, witness: null };
    if (found.status === 'partial') {
      const hits = found.by.flatMap((index) => recording[index] ?? []);
      const witness = found.witness === null ? null : recordOf(found.witness, cell);
      return { status: 'partial', by, why: narrowings(name, hits), witness };
    }
    return { status: 'not-covered', by: [], why: this.#stopped(name, cell, here), witness: null };
  }

  #coverage(name: string, cell: Cell, selectors: readonly Placed[], state: string): Coverage {
    const told = selectors.map(({ recorder, index }) => `${recorder.arn}#${index}`).join(' ');
    // INVARIANT: one judge is of one account.
    const key = `${name} ${state} ${looksAtPlace(selectors) ? cell.region : ''} ${told}`;
    const known = this.#decided.get(key);
    if (known !== undefined) return known;
    const eventClass = eventClassOf(name, cell);
    const found: Coverage =
      eventClass === null
        ? { status: 'unknown', by: [], witness: null }
        : cover(
            selectors.map(({ selector }) => selector),
            eventClass,
          );
    this.#decided.set(key, found);
    return found;
  }

  /** Why what was read does not settle the cell; null = it does. */
  #doubt(name: string, cell: Cell, here: readonly Recorder[], found: Coverage, hidden: string | null): string | null {
    if (hidden !== null) return hidden;
    const dark = here.find(({ state, selectors }) => state === 'doubtful' && selectors === null);
    if (dark !== undefined) return `${dark.arn}: ${dark.why}`;
    const doubtful = placed(here, 'doubtful', cell.region);
    const might = this.#coverage(name, cell, doubtful, 'doubtful');
    if (might.status !== 'not-covered') {
      const one = doubtful[might.by[0] ?? 0];
      return `${one?.recorder.arn} selects it, but ${one?.recorder.why}`;
    }
    return found.status === 'unknown'
      ? 'a selector that might take it cannot be read: an operator or field that is not known'
      : null;
  }

  #stopped(name: string, cell: Cell, here: readonly Recorder[]): string | null {
    const stopped = placed(here, 'stopped', cell.region);
    const { by } = this.#coverage(name, cell, stopped, 'stopped');
    const one = stopped[by[0] ?? -1];
    return one === undefined ? null : `${one.recorder.arn} selects it, but ${one.recorder.why}`;
  }
}

/** Whether Regions can differ for the same selectors: by the ARNs in them, or by the events of global services. */
const looksAtPlace = (selectors: readonly Placed[]): boolean =>
  selectors.some(
    ({ recorder, selector }) =>
      !recorder.globalEvents || selector.fields.some(({ field }) => field === 'resources.ARN'),
  );

const placed = (here: readonly Recorder[], state: Recorder['state'], region: string): Placed[] =>
  here
    .filter((recorder) => recorder.state === state)
    .flatMap((recorder) => selectorsIn(recorder, region).map((selector, index) => ({ recorder, selector, index })));

/** Which selectors narrow a class, and how. */
function narrowings(name: string, hits: readonly Placed[]): string {
  const fixed = Object.keys(classFields(name) ?? {});
  const words = hits.map(
    ({ recorder, selector, index }) =>
      `${recorder.arn.split('/').at(-1)}, ${selectorName(selector, index)}: only ${narrowingWords(selector, fixed)}`,
  );
  return [...new Set(words)].join('; ');
}
