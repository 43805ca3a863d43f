import { existsSync, readFileSync, statSync } from 'node:fs';
import { localObjectStore } from '../../adapters/files/object-store.ts';
import type { Fault } from '../../evidence/fault.ts';
import { type Pins, verifyArchive } from '../../evidence/verify.ts';
import { plural } from '../../reports/numbers.ts';
import type { VerifyOptions } from '../commands/verify.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { printable } from '../printable.ts';

/** Checks an archive. */
export async function verify(dir: string, options: VerifyOptions, io: Io): Promise<ExitCode> {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new UsageError(`verify: no such directory: \`${dir}\``);
  const { faults, notes, seals, files, head } = await verifyArchive(localObjectStore(dir), pinsOf(options));
  for (const fault of faults) io.err(`${faultLine(fault)}\n`);
  const told = notes.filter(({ code }) => options.quiet !== true || code === 'RUN_UNSEALED'); // a run nobody signed is never passed over
  for (const { code, file, problem } of told)
    io.out(`note ${code}: ${file === null ? '' : `${printable(file)}: `}${problem}\n`);
  if (faults.length > 0) {
    io.err(`the evidence does not verify: ${faults.length} fault${faults.length === 1 ? '' : 's'}\n`);
    return ExitCode.EvidenceInvalid;
  }
  if (options.quiet === true) return ExitCode.Ok;
  io.out(`the evidence is intact: ${plural(seals, 'seal')}, ${plural(files, 'file')}\n`);
  if (head !== null) io.out(`newest seal ${head.seq}\n  --head ${head.digest}\n  --key  ${head.key}\n`);
  return ExitCode.Ok;
}

const faultLine = ({ code, file, problem }: Fault): string => printable(`${file}: ${code}: ${problem}`);

function pinsOf({ key, head }: VerifyOptions): Pins {
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head))
    throw new UsageError(`--head: not a SHA-256 in hex: \`${head}\``);
  return {
    ...(key === undefined ? {} : { key: keyPin(key) }),
    ...(head === undefined ? {} : { head: head.toLowerCase() }),
  };
}

function keyPin(key: string): string {
  if (/^[0-9a-f]{64}$/i.test(key)) return key.toLowerCase();
  if (!existsSync(key)) throw new UsageError(`--key: neither a PEM file nor a SHA-256 in hex: \`${key}\``);
  return readFileSync(key, 'utf8');
}
