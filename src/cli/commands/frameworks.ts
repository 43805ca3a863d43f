import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** What `assay frameworks` can be told. */
export interface FrameworksOptions {
  readonly archive: string;
  readonly night: string;
  readonly json?: boolean;
}

/** `assay frameworks`: requirements of frameworks, with what speaks to them and what a night found. */
export function addFrameworks(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('frameworks')
    .argument('[framework]', 'id of one framework: its requirements one by one')
    .summary('what a night says to requirements of CIS, NIST, PCI DSS, ISO 27001, SOC 2')
    .description(
      'Results by requirement, with the rate of findings that pass and its bounds, the controls that speak to it and what is not covered (docs/frameworks.md). Read from a sealed night; nothing is measured again. Ends 3 when the evidence of the night does not verify, 64 on an unknown framework.',
    )
    .option('--archive <dir>', 'archive that holds the night', 'out')
    .option('--night <night>', 'run id, date, or `latest`', 'latest')
    .option('--json', 'print one JSON object')
    .action(async (framework: string | undefined, options: FrameworksOptions) => {
      const { frameworks } = await import('../bodies/frameworks.ts');
      end(await frameworks(framework, options, io));
    });
}
