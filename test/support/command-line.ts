import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/program.ts';

/** A fresh folder outside the repository. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'assay-test-'));

/** Runs a command line in this process and records both streams. */
export async function recorded(args: readonly string[]): Promise<{ exit: number; out: string; err: string }> {
  const streams = { out: '', err: '' };
  const exit = await runCommandLine(args, {
    out: (text) => {
      streams.out += text;
    },
    err: (text) => {
      streams.err += text;
    },
    live: false,
    env: {},
  });
  return { exit, ...streams };
}
