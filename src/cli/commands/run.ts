import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { LiveOptions } from '../live-source.ts';
import { addNightOptions, addWindow, type NightOptions } from './night-options.ts';

/** What `assay run` can be told. */
export type RunOptions = NightOptions &
  LiveOptions & {
    readonly snapshot?: string;
    readonly config?: string;
    readonly dryRun?: boolean;
  };

/** `assay run`: a night over a real organisation, or over a snapshot of one. */
export function addRun(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addWindow(addNightOptions(program.command('run'), 'assay-nights'))
    .summary('run a night over your organisation, or over a snapshot')
    .description(
      "Runs the nightly pipeline with today's AWS credentials: of the management account, of a delegated administrator or of a single account. Every other account is entered through the reader role (`assay policy` prints what it needs). With --snapshot nothing is asked of AWS: the answers come from files. What could not be read is reported as a gap.",
    )
    .option('--snapshot <path>', 'file or directory to read in place of AWS (docs/snapshots.md)')
    .option('--config <file>', 'thresholds and break-glass identities, as YAML (docs/configuration.md)')
    .option('--profile <name>', 'profile of the shared AWS configuration')
    .option('--region <region>', 'Region for calls that need none, and for STS')
    .option('--org-role <name>', 'role to assume in each account, with its path if it has one', 'AssayReader')
    .option('--external-id <id>', "external ID that the role's trust policy asks for")
    .option('--accounts <ids>', 'these accounts only, apart by commas; repeatable', accountList)
    .option('--skip-accounts <ids>', 'not these accounts; repeatable', accountList)
    .option('--ou <ids>', 'only accounts below these OUs; repeatable', ouList)
    .option(
      '--account-tag <key=value>',
      'only accounts that carry this tag; repeatable: of one key any value, of several all',
      tagList,
    )
    .option('--account-state <state>', 'only accounts in this state, e.g. ACTIVE; repeatable', stateList)
    .option('--resume', 'go on with the night of --output-dir that was stopped; give the same options as then')
    .option(
      '--dry-run',
      'tell the calls, their permissions and the time they take; of AWS it asks at most which accounts there are',
    )
    .option('--max-rate <calls>', 'at most so many calls a second, over the whole run', rate)
    .action(async (options: RunOptions) => {
      const { run } = await import('../bodies/run.ts');
      end(await run(options, io));
    });
}

const listed = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Collects account ids apart by commas, repeated. */
export function accountList(value: string, previous: readonly string[] = []): string[] {
  const ids = listed(value);
  for (const id of ids)
    if (!/^\d{12}$/.test(id)) throw new InvalidArgumentError(`an account id has 12 digits, not \`${id}\`.`);
  return [...previous, ...ids];
}

function ouList(value: string, previous: readonly string[] = []): string[] {
  const ids = listed(value);
  for (const id of ids)
    if (!/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/.test(id))
      throw new InvalidArgumentError(`not the id of an OU: \`${id}\`.`);
  return [...previous, ...ids];
}

function tagList(value: string, previous: readonly string[] = []): string[] {
  if (!/^[^=]+=/.test(value)) throw new InvalidArgumentError(`a tag is key=value, not \`${value}\`.`);
  return [...previous, value];
}

function stateList(value: string, previous: readonly string[] = []): string[] {
  const states = listed(value);
  for (const state of states)
    if (state !== 'ACTIVE' && state !== 'PENDING_ACTIVATION')
      throw new InvalidArgumentError(
        `choose ACTIVE or PENDING_ACTIVATION: accounts that are closed, or on the way there, cannot be read.`,
      );
  return [...previous, ...states];
}

function rate(value: string): number {
  const calls = Number(value);
  if (!(calls > 0)) throw new InvalidArgumentError('choose a number of calls greater than 0.');
  return calls;
}
