import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addSourceOptions, type SourceOptions } from '../source-options.ts';
import { addWindow } from './night-options.ts';
import { contextOption } from './who-can.ts';

/** What `assay can` can be told. */
export interface CanOptions extends SourceOptions {
  readonly actions?: readonly string[];
  readonly resource?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly emit?: 'policy';
  readonly outputDir?: string;
  readonly config?: string;
  readonly window?: number;
  readonly clock?: string;
}

/** `assay can`: what one user or role can do, and why; or the policy it would need for what it did. */
export function addCan(program: Command, io: Io, end: (code: ExitCode) => void): void {
  const command = program
    .command('can')
    .argument('[principal]', 'ARN of an IAM user or role, or its name where it is the only one');
  addWindow(addSourceOptions(command))
    .summary('what a user or role can do, effectively; its least privilege from real usage')
    .description(
      'Says for each action whether a user or role can do it, after denies, permission boundaries, SCPs and RCPs, and which statements decide. Without --actions it asks for the sensitive permissions (docs/sensitive-permissions.md) and tells the ways to more rights that are open. With --emit policy it prints the policy that is left of today’s grants without what was not used in the window, what that changes, and the proof (docs/least-privilege.md). Ends 2 when some policy or usage could not be read or a policy does not fit, 64 on bad input.',
    )
    .option('--actions <patterns>', 'actions to ask for, with wildcards, apart by commas; repeatable', actionsOption)
    .option('--resource <arn>', 'on this resource alone (default: any resource of the principal’s account)')
    .option('--context <key=value>', 'fix a context key; repeat for more', contextOption)
    .option('--all', 'list what it cannot do as well, with what stops it; with --emit: every user and role')
    .addOption(
      new Option('--emit <what>', 'policy: the policy on standard output, what it changes on standard error').choices([
        'policy',
      ]),
    )
    .option('--output-dir <dir>', 'with --emit: a new directory for policies and what they change')
    .option('--config <file>', 'with --emit: a configuration, whose break-glass identities are left as they are')
    .option('--clock <moment>', 'with --emit, of a snapshot or --demo: the end of the window (default: now)')
    .option('--json', 'print one JSON object')
    .action(async (principal: string | undefined, options: CanOptions) => {
      if (options.emit === undefined) {
        const { can } = await import('../bodies/can.ts');
        end(await can(principal, options, io));
      } else {
        const { emitPolicy } = await import('../bodies/emit-policy.ts');
        end(await emitPolicy(principal, options, io));
      }
    });
}

const actionsOption = (value: string, previous: readonly string[] = []): string[] => [
  ...previous,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];
