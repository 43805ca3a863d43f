import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addSourceOptions, type SourceOptions } from '../source-options.ts';
import { contextOption } from './who-can.ts';

/** What `assay can` can be told. */
export interface CanOptions extends SourceOptions {
  readonly actions?: readonly string[];
  readonly resource?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `assay can`: what one user or role can do, and why. */
export function addCan(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addSourceOptions(
    program.command('can').argument('<principal>', 'ARN of an IAM user or role, or its name where it is the only one'),
  )
    .summary('what a user or role can do, effectively')
    .description(
      'Says for each action whether a user or role can do it, after denies, permission boundaries, SCPs and RCPs, and which statements decide. Without --actions it asks for the sensitive permissions (docs/sensitive-permissions.md) and tells the ways to more rights that are open. Ends 2 when some policy could not be read, 64 on bad input.',
    )
    .option('--actions <patterns>', 'actions to ask for, with wildcards, apart by commas; repeatable', actionsOption)
    .option('--resource <arn>', 'on this resource alone (default: any resource of the principal’s account)')
    .option('--context <key=value>', 'fix a context key; repeat for more', contextOption)
    .option('--all', 'list what it cannot do as well, with what stops it')
    .option('--json', 'print one JSON object')
    .action(async (principal: string, options: CanOptions) => {
      const { can } = await import('../bodies/can.ts');
      end(await can(principal, options, io));
    });
}

const actionsOption = (value: string, previous: readonly string[] = []): string[] => [
  ...previous,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];
