import { Command, CommanderError } from 'commander';
import { InputError } from '../adapters/files/input-error.ts';
import { FilesError } from '../adapters/files/object-store.ts';
import { EvidenceError } from '../evidence/error.ts';
import { codeVersion } from '../pipeline/code-version.ts';
import { addCan } from './commands/can.ts';
import { addDemo } from './commands/demo.ts';
import { addDiff } from './commands/diff.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addFrameworks } from './commands/frameworks.ts';
import { addGuardrails } from './commands/guardrails.ts';
import { addLogging } from './commands/logging.ts';
import { addPolicy } from './commands/policy.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addSql } from './commands/sql.ts';
import { addTrend } from './commands/trend.ts';
import { addVerify } from './commands/verify.ts';
import { addWeek } from './commands/week.ts';
import { addWhoCan } from './commands/who-can.ts';
import { ExitCode } from './exit-code.ts';
import { type Io, UsageError } from './io.ts';

const help = `
Exit codes: 0 complete and within thresholds, 1 thresholds exceeded (none are set by default), 2 complete with
gaps (beats 1; what this version does not build yet is named and is no gap), 3 evidence does not verify, 64 usage or bad input, 70 internal, 130 stopped with Ctrl-C.

Examples:
  assay demo                                     a simulated organisation, reports in ./out
  assay run --dry-run                            what a night over your organisation would ask of AWS
  assay run --snapshot authorization.json        one account, from a file the AWS CLI wrote
  assay who-can iam:PassRole                     who holds a permission effectively, and why
  assay can app --emit policy > policy.json      what a role needs for what it did, and proof
  assay guardrails --emit scp                    which SCPs would close the gaps, and whom they would stop
  assay verify out                               check the evidence of all nights in ./out`;

/** Runs a command line and gives its exit code; only main.ts exits. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = ExitCode.Ok;
  const end = (ended: ExitCode): void => {
    code = ended;
  };
  const program = new Command('assay')
    .description(
      'Who holds power nobody uses, which standing credentials exist, would we see misuse: answered for an AWS organisation, with proof.',
    )
    .version(codeVersion, '--version', 'print the version')
    .addHelpText('after', help)
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();
  for (const add of [
    addDemo,
    addRun,
    addWeek,
    addReport,
    addReplay,
    addDiff,
    addTrend,
    addVerify,
    addWhoCan,
    addCan,
    addGuardrails,
    addFrameworks,
    addLogging,
    addEvaluate,
    addPolicy,
    addSql,
  ])
    add(program, io, end);
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

/** What a person can mend is one line and 64; anything else is a bug of ours and says so. */
function failure(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
  if (
    error instanceof UsageError ||
    error instanceof InputError ||
    error instanceof FilesError ||
    error instanceof EvidenceError
  ) {
    io.err(`assay: ${error.message}\n`);
    return error instanceof EvidenceError ? ExitCode.EvidenceInvalid : ExitCode.Usage;
  }
  io.err(
    `assay: internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return ExitCode.Internal;
}
