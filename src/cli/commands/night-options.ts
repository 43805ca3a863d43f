import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ReportFormat } from '../../reports/input.ts';

/** Options that every command which runs a night has. */
export interface NightOptions {
  readonly outputDir: string;
  readonly clock?: string;
  readonly window?: number;
  readonly format?: readonly ReportFormat[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress: boolean;
  readonly resume?: boolean;
  readonly exceptions?: string;
}

export const defaultWindow = 90;

const repeatable = <T>(value: T, previous: readonly T[] | undefined): T[] => [...(previous ?? []), value];

export function formatOption(): Option {
  return new Option('--format <format>', 'html or pdf; repeat for both (default: both)').argParser(
    (value, previous: ReportFormat[] | undefined) => {
      if (value !== 'html' && value !== 'pdf') throw new InvalidArgumentError('choose html or pdf.');
      return repeatable<ReportFormat>(value, previous);
    },
  );
}

export function addNightOptions(command: Command, outputDir: string): Command {
  return command
    .option('--output-dir <dir>', 'where evidence, results, reports and seals go', outputDir)
    .option('--clock <moment>', "the night's clock, e.g. 2026-09-30T06:00:00Z (default: now)")
    .addOption(formatOption())
    .option('--exceptions <file>', 'findings that were agreed to be lived with, as YAML (docs/exceptions.md)')
    .option('--json', 'print the whole result as one JSON object on standard output')
    .option('--quiet', 'no progress and no closing block')
    .option('--no-progress', 'no progress on standard error');
}

/** Not of the demo: its truth is planted for 90 days. */
export const addWindow = (command: Command): Command =>
  command.option('--window <days>', `days in which use counts (default: ${defaultWindow})`, days);

function days(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 400)
    throw new InvalidArgumentError(
      'choose a whole number of days from 1 to 400: AWS keeps the last use of a role for 400 days.',
    );
  return number;
}
