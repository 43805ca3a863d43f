// The peers' side: measured in the same run where they are installed, else the figures published for them.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newFolder, nodeProgram, type Program } from './measure.ts';

/** A folder outside the repository that holds the peers (README.md says how to make it); null without one. */
export const peersFolder = folderOf(process.env['ASSAY_BENCH_PEERS']);

function folderOf(named: string | undefined): string | null {
  if (named === undefined || named === '') return null;
  const folder = resolve(named);
  for (const part of ['node_modules/@cloud-copilot/iam-simulate/package.json', 'venv/bin/python'])
    if (!existsSync(join(folder, part))) throw new Error(`ASSAY_BENCH_PEERS: ${part} is missing`);
  return folder;
}

/** Has Cloudsplaining tell its peak memory at the end, as peak.mjs does for Assay. */
const python = `
import atexit, resource, sys
atexit.register(lambda: print('\\npeak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 'kB', file=sys.stderr))
from cloudsplaining.bin.cli import main
main()`;

/** Cloudsplaining's own scan of a file to HTML. */
export const cloudsplaining = (folder: string, file: string): Program =>
  withFolder(join(folder, 'venv/bin/python'), [
    '-c',
    python,
    'scan',
    '--skip-open-report',
    '--input-file',
    file,
    '--output',
    newFolder,
  ]);

/** It wants its output folder, the last argument, to exist. */
const withFolder = (command: string, args: readonly string[]): Program => ({
  command: '/bin/sh',
  args: ['-c', 'for folder; do :; done; mkdir -p "$folder"; exec "$0" "$@"', command, ...args],
  exit: 0,
});

/** The fastest mode of iam-simulate over a file of cases. */
export const iamSimulate = (folder: string, file: string): Program =>
  nodeProgram('peer-iam-simulate.ts', [folder, file]);
