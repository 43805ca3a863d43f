import { type Exception, endsSoon, isExpired } from '../domain/exception.ts';
import type { ExceptionSummary } from '../domain/summary.ts';
import type { FindingRow } from '../domain/tables.ts';
import { isAbout, mayBeAbout } from '../judge/exceptions.ts';
import { byKey, summed } from './counts.ts';

type Counts = Pick<ExceptionSummary, 'findings' | 'notMeasured' | 'returned'>;

/** What an `ExceptionTally` is written down as: counts by id. */
export type ExceptionTallyData = readonly (readonly [id: string, counts: Counts])[];

const none: Counts = { findings: 0, notMeasured: 0, returned: 0 };

/** What each exception is about, finding by finding. Addition is associative and commutative. */
export class ExceptionTally {
  readonly #byId = new Map<string, Counts>();

  /** Adds findings that know the exceptions which cover them. */
  add(rows: readonly FindingRow[], exceptions: readonly Exception[], clock: string): void {
    const byControl = Map.groupBy(rows, ({ control }) => control);
    for (const exception of exceptions) {
      const expired = isExpired(exception, clock);
      const own = [...new Set(exception.controls)].flatMap((control) => byControl.get(control) ?? []);
      const open = own.filter((row) => row.status === 'fail' && isAbout(exception, row));
      this.#count(exception.id, {
        findings: expired ? 0 : open.length,
        notMeasured: own.filter((row) => row.status === 'not-measured' && mayBeAbout(exception, row)).length,
        returned: expired ? open.filter((row) => row.exception === null).length : 0,
      });
    }
  }

  #count(id: string, counts: Counts): void {
    this.#byId.set(id, summed(this.#byId.get(id) ?? none, counts));
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: ExceptionTallyData): void {
    for (const [id, counts] of data) this.#count(id, counts);
  }

  toJSON(): ExceptionTallyData {
    return [...this.#byId].sort(byKey);
  }

  /** Every exception of the file, in its order, with what became of it tonight. */
  summary(exceptions: readonly Exception[], clock: string): ExceptionSummary[] {
    return exceptions.map((exception) => {
      const counts = this.#byId.get(exception.id) ?? none;
      const { accounts = null, resources = null, controls, ...told } = exception;
      return {
        ...told,
        controls: [...controls],
        accounts: accounts && [...accounts],
        resources: resources && [...resources],
        status: statusOf(exception, counts, clock),
        ...counts,
      };
    });
  }
}

function statusOf(exception: Exception, { findings }: Counts, clock: string): ExceptionSummary['status'] {
  if (isExpired(exception, clock)) return 'expired';
  if (findings === 0) return 'unused';
  return endsSoon(exception, clock) ? 'expiring-soon' : 'active';
}
