import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** What `assay evaluate` can be told. */
export interface EvaluateOptions {
  readonly explain?: boolean;
  readonly timing?: boolean;
}

/** `assay evaluate`: request cases in, decisions out, so that SCPs can be tested like code. */
export function addEvaluate(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('evaluate')
    .argument('<cases>', 'file of cases, one JSON object a line (docs/asking.md); - reads standard input')
    .summary('decide request cases against policies')
    .description(
      'Decides each case as AWS would: identity, boundary, session and resource policies, SCPs and RCPs. Prints one JSON line per case: {"id","decision"} with Allowed, ExplicitlyDenied or ImplicitlyDenied. A case that cannot be read has a gap in place of a decision. Ends 1 when a case carries `expected` and the decision differs, 64 when a case could not be read.',
    )
    .option('--explain', 'add the statements that decided, and the layers whose Allow is missing')
    .option('--timing', 'print {"cases","parseMs","evaluateMs"} on standard error at the end')
    .action(async (cases: string, options: EvaluateOptions) => {
      const { evaluate } = await import('../bodies/evaluate.ts');
      end(await evaluate(cases, options, io));
    });
}
