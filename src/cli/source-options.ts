import { type Command, InvalidArgumentError } from 'commander';

/** Where a question about principals is answered from. */
export interface SourceOptions {
  readonly snapshot?: string;
  readonly demo?: boolean;
  readonly archive: string;
  readonly night: string;
  readonly account?: readonly string[];
}

/** Options of every command that asks about principals. */
export const addSourceOptions = (command: Command): Command =>
  command
    .option('--snapshot <path>', 'file or directory to ask (docs/snapshots.md) in place of a past night')
    .option('--demo', 'ask the simulated organisation of `assay demo`')
    .option('--archive <dir>', 'archive that holds the night to ask', 'out')
    .option('--night <night>', 'run id, date, or `latest`', 'latest')
    .option('--account <id>', 'ask in this account only; repeat for more', accountOption);

function accountOption(value: string, previous: readonly string[] = []): string[] {
  if (!/^\d{12}$/.test(value)) throw new InvalidArgumentError('an account id has 12 digits.');
  return [...previous, value];
}
