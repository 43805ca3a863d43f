import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addSourceOptions, type SourceOptions } from '../source-options.ts';
import { addWindow } from './night-options.ts';
import { accountList } from './run.ts';

/** What `assay guardrails` can be told. */
export interface GuardrailsOptions extends SourceOptions {
  readonly accounts?: readonly string[];
  readonly guardrail?: readonly string[];
  readonly scp?: readonly string[];
  readonly attach?: readonly string[];
  readonly emit?: 'scp';
  readonly outputDir?: string;
  readonly closeExceptions?: boolean;
  readonly maxKeyAge?: number;
  readonly allowAudience?: readonly string[];
  readonly approve?: readonly string[];
  readonly config?: string;
  readonly clock?: string;
  readonly window?: number;
  readonly json?: boolean;
  readonly cases?: boolean;
  /** Whether a source was named: without one SCPs are tried on their own. */
  readonly sourceGiven: boolean;
}

/** `assay guardrails`: the matrix of accounts and guardrails, proven, and what SCPs would change in it. */
export function addGuardrails(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addWindow(addSourceOptions(program.command('guardrails')))
    .summary('where each guardrail stands in each account, proven')
    .description(
      'Grades the guardrails (docs/guardrails.md) in every account by evaluating the SCPs and RCPs on its path over all principals and contexts; what is open is shown with a request that gets through. With --scp it tells what SCPs that are not attached yet would change; without a source they are graded on their own, in a member account of no organisation. --emit scp makes SCPs that close the gaps, exempts only principals that used what they deny, and grades every account again with them attached. Ends 2 when something that matters could not be read, 64 on bad input.',
    )
    .option('--accounts <ids>', 'in these accounts only, apart by commas; repeatable', accountList)
    .option('--guardrail <id...>', 'these guardrails only')
    .option('--scp <file...>', 'SCPs to try, as if they were attached')
    .option('--attach <target...>', 'where to try them: root, or the id of a root, OU or account (default: root)')
    .addOption(
      new Option('--emit <what>', 'make SCPs that close exactly the gaps found, and prove them').choices(['scp']),
    )
    .option('--output-dir <dir>', 'new directory for what is made, one file for each SCP')
    .option('--close-exceptions', 'with --emit: close exceptions that policies name as well, but for those in use')
    .option('--config <file>', 'settings of guardrails, as YAML (docs/configuration.md); options go before it')
    .option('--max-key-age <days>', 'days after which an AI key must expire', wholeDays)
    .option('--allow-audience <audience...>', 'audiences that outbound tokens may be made for')
    .option('--approve <arn...>', 'exempted principals that are wanted, as the policies write them')
    .option('--clock <moment>', 'end of the window of a snapshot, e.g. 2026-09-30T06:00:00Z (default: now)')
    .option('--json', 'print one JSON object')
    .option('--cases', 'print the requests that get through, with the policies on their path, for `assay evaluate -`')
    .action(async (options: Omit<GuardrailsOptions, 'sourceGiven'>, command: Command) => {
      const { guardrails } = await import('../bodies/guardrails.ts');
      end(await guardrails({ ...options, sourceGiven: namesSource(command) }, io));
    });
}

const namesSource = (command: Command): boolean =>
  ['snapshot', 'demo', 'archive', 'night'].some((name) => command.getOptionValueSource(name) === 'cli');

function wholeDays(value: string): number {
  const days = Number(value);
  if (!Number.isInteger(days) || days < 1 || days > 36_600)
    throw new InvalidArgumentError('choose a whole number of days from 1 to 36600: AWS takes no more.');
  return days;
}
