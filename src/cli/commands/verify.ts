import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** What `assay verify` can be told. */
export interface VerifyOptions {
  readonly key?: string;
  readonly head?: string;
  readonly quiet?: boolean;
}

/** `assay verify`: every byte of an archive against its seals, offline. */
export function addVerify(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('verify')
    .argument('<dir>', 'archive to check: the output directory of demo or run')
    .summary('check an evidence archive offline')
    .description(
      'Checks every file under evidence/, results/, reports/ and seals/: digests, signatures, the chain of seals, and that nothing else lies there. Ends 3 on any difference, naming each file. Pin the key and the newest seal to detect an archive that was replaced or cut short as a whole.',
    )
    .option('--key <file|sha256>', 'public key you trust: a PEM file, or the SHA-256 of key.pem')
    .option('--head <sha256>', 'SHA-256 of the newest seal.json you know of')
    .option('--quiet', 'print faults only')
    .action(async (dir: string, options: VerifyOptions) => {
      const { verify } = await import('../bodies/verify.ts');
      end(await verify(dir, options, io));
    });
}
