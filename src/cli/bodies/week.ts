import { resolve } from 'node:path';
import type { WeekOptions } from '../commands/week.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { makeWeek } from '../make-week.ts';
import { weekClosing, weekExitOf, writeWeekJson } from '../week-told.ts';

/** Makes the report of a week and tells how it went. */
export async function week(options: WeekOptions, io: Io): Promise<ExitCode> {
  const started = performance.now();
  const made = await makeWeek(options, io);
  if (typeof made === 'number') return made;
  const { summary, seal, already, input } = made;
  const exit = weekExitOf(summary, seal);
  if (options.json === true) await writeWeekJson(io.out, { summary, stored: seal, exit }, input.changes());
  if (options.quiet === true) return exit;
  const root = resolve(options.archive);
  const seconds = already ? null : (performance.now() - started) / 1_000;
  (options.json === true ? io.err : io.out)(weekClosing(input, { stored: seal, root, seconds }));
  return exit;
}
