import { isDate } from '../domain/iso-date.ts';
import { UsageError } from './io.ts';

/** The clock of a night: as given with `--clock`, else now, in whole seconds, UTC. */
export function clockOf(given: string | undefined, now: Date): string {
  if (given === undefined) return wholeSeconds(now);
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given);
  if (!hasZone || !isDate(given))
    throw new UsageError(`--clock: not a moment with a zone: \`${given}\`; write it like 2026-09-30T06:00:00Z`);
  return wholeSeconds(new Date(given));
}

const wholeSeconds = (moment: Date): string => moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
