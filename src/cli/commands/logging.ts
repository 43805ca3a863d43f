import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addSourceOptions, type SourceOptions } from '../source-options.ts';

/** What `assay logging` can be told. */
export interface LoggingOptions extends SourceOptions {
  readonly class?: readonly string[];
  readonly selectors?: string;
  readonly calls?: boolean;
  readonly clock?: string;
  readonly json?: boolean;
}

/** What `assay logging verify-event` can be told. */
export interface VerifyEventOptions extends SourceOptions {
  readonly selectors?: string;
  readonly clock?: string;
  readonly json?: boolean;
}

/** `assay logging`: what of AI use leaves a record where, and whether single events would have. */
export function addLogging(program: Command, io: Io, end: (code: ExitCode) => void): void {
  const logging = addShared(program.command('logging'))
    .summary('what of AI use is recorded where, what is not, and the command that closes it')
    .description(
      'The matrix of accounts and event classes over all Regions: management events, data events of AI services, network activity, bodies of model calls (docs/logging.md). Decided over all events of a class: what is partly covered is shown with an event that leaves no trace. Each gap comes with the command that closes it and keeps what the trail has. With --selectors, selectors are tried without any organisation. Ends 2 when something could not be measured, 64 on bad input.',
    )
    .option('--class <class...>', 'these event classes only, such as management or AWS::Bedrock::Model')
    .option('--calls', 'show the calls of AI services one by one as well')
    .option('--json', 'print one JSON object')
    .action(async (options: LoggingOptions) => {
      const { logging: run } = await import('../bodies/logging.ts');
      end(await run(options, io));
    });
  addShared(logging.command('verify-event').argument('<cases...>', 'files of events; - reads standard input'))
    .summary('would these calls have been recorded, and by what')
    .description(
      'Answers for each event `recorded`, `not-recorded` or `not-measured`, with the trails and stores and the selector that decides. A file holds CloudTrail records, one JSON object a line, or {"id", "event", "expected"}; or is a log file as it lies in the bucket, {"Records": […]}, gzip too. Ends 1 when a case carries `expected` and differs, 2 when an answer is not measured that nobody expected so, 64 when a case could not be read.',
    )
    .option('--json', 'print one JSON line for each event')
    .action(async (cases: readonly string[], _: unknown, command: Command) => {
      const { verifyEvents } = await import('../bodies/verify-event.ts');
      // Options that both commands know may stand before or after the subcommand's name.
      end(await verifyEvents(cases, command.optsWithGlobals<VerifyEventOptions>(), io));
    });
}

const addShared = (command: Command): Command =>
  addSourceOptions(command)
    .option('--selectors <file>', 'selectors to try in place of a source: what put-event-selectors takes')
    .option('--clock <moment>', 'when it was looked at, e.g. 2026-09-30T06:00:00Z (default: the night’s, else now)');
