import { known, type Reading, unknown } from '../domain/reading.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { fail, notMeasured, pass, type Verdict } from './verdict.ts';

const operation = 'cloudtrail:DescribeTrails';

/** The calls whose answers decide a cell. */
export const cellOperations = [
  'account:ListRegions',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:ListEventDataStores',
] as const;

/** The cells of one Region that a control is about. None at all: the Region was not looked at. */
export function cellsOf(
  rows: readonly LoggingRow[],
  region: string,
  of: (row: LoggingRow) => boolean,
): Reading<readonly LoggingRow[]> {
  const here = rows.filter((row) => row.region === region && of(row));
  return here.length > 0 ? known(here, null) : unknown({ code: 'NOT_IN_SNAPSHOT', operation }, { region, operation });
}

/** Every cell covered passes; one that is not fails, whatever the others are. */
export function judgeCells(cells: readonly LoggingRow[], what: string): Verdict {
  const open = cells.filter(({ status }) => status === 'partial' || status === 'not-covered');
  if (open.length > 0) {
    const why = open.length === 1 && open[0]?.why ? `: ${open[0].why}` : '';
    const names = open.map(({ eventClass, status }) => `${eventClass.replace('#', ' ')} (${status})`);
    return fail(`${what} not logged in full: ${names.join(', ')}${why}`, {
      missing: open.map((row) => row.eventClass),
    });
  }
  const dark = cells.find(({ status }) => status === 'not-measured');
  if (dark !== undefined)
    return notMeasured({
      code: 'UNPARSABLE',
      file: dark.eventClass,
      place: dark.region,
      problem: dark.why ?? 'not read',
    });
  return pass(`${what} logged in full`, { by: [...new Set(cells.flatMap(({ by }) => by))] });
}
