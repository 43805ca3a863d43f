import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addSourceOptions, type SourceOptions } from '../source-options.ts';

/** What `assay who-can` can be told. */
export interface WhoCanOptions extends SourceOptions {
  readonly resource?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `assay who-can`: every user and role that an action is open to, and why. */
export function addWhoCan(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addSourceOptions(program.command('who-can').argument('<action>', 'such as iam:PassRole'))
    .summary('who can do an action, effectively')
    .description(
      'Names every IAM user and role whose policies let it do an action, after denies, permission boundaries, SCPs and RCPs: `allowed` on some resource of its account in every context, or `conditional`, with the conditions. Context keys that are not given are open. Policies of resources, trust and session policies are not judged. Ends 2 when some policy could not be read, 64 on bad input.',
    )
    .option('--resource <arn>', 'on this resource alone (default: any resource of the principal’s account)')
    .option('--context <key=value>', 'fix a context key; repeat for more', contextOption)
    .option('--all', 'list those who cannot as well, with what stops them')
    .option('--json', 'print one JSON object')
    .action(async (action: string, options: WhoCanOptions) => {
      const { whoCan } = await import('../bodies/who-can.ts');
      end(await whoCan(action, options, io));
    });
}

/** Collects `--context key=value`, repeated. */
export function contextOption(
  value: string,
  previous: Readonly<Record<string, readonly string[]>> = {},
): Record<string, readonly string[]> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write key=value.');
  const key = value.slice(0, at);
  return { ...previous, [key]: [...(previous[key] ?? []), value.slice(at + 1)] };
}
