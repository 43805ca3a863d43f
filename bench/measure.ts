// Runs programs in processes of their own and measures them.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** The exit code it should end with. */
  readonly exit: number;
}

/** One run: wall time of the process, its start included. */
export interface Run {
  readonly seconds: number;
  /** Peak resident memory of the process itself, without its children. */
  readonly megabytes: number;
  readonly out: string;
  readonly err: string;
}

/** What some runs of one program came to. */
export interface Measured {
  readonly seconds: number;
  readonly range: readonly [number, number];
  readonly megabytes: number;
  readonly runs: readonly Run[];
}

/** A file of this repository as a program that tells its peak memory. */
export const nodeProgram = (file: string, args: readonly string[], exit = 0): Program => ({
  command: process.execPath,
  args: ['--import', new URL('peak.mjs', import.meta.url).href, here(file), ...args],
  exit,
});

/** A command line of Assay. */
export const assay = (args: readonly string[], exit = 0): Program => nodeProgram('../src/cli/assay.mjs', args, exit);

/** Stands in arguments for a folder that each run has new. */
export const newFolder = '{folder}';

/** Runs a program once. Its output goes to a file, as a user would send it. */
export function once(program: Program): Run {
  const { command, args, exit } = program;
  process.stderr.write(`… ${told(program)}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const outFile = join(folder, 'stdout');
  const out = openSync(outFile, 'w');
  try {
    const filled = args.map((arg) => (arg === newFolder ? join(folder, 'out') : arg));
    const started = performance.now();
    const ended = spawnSync(command, filled, { stdio: ['ignore', out, 'pipe'], encoding: 'utf8' });
    const seconds = (performance.now() - started) / 1_000;
    const { status, stderr } = ended;
    if (status !== exit) throw new Error(`${[command, ...args].join(' ')} ended ${status}: ${stderr}`);
    const megabytes = Number(/^peak (\d+) kB$/m.exec(stderr)?.[1]) / 1_024;
    return { seconds, megabytes, out: readFileSync(outFile, 'utf8'), err: stderr };
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program some times, each in a new process; `warm` runs it once more before, so that files and compile cache are warm. */
export function measure(program: Program, times: number, warm = true): Measured {
  const runs: Run[] = [];
  if (warm) once(program);
  for (let run = 0; run < times; run++) runs.push(once(program));
  return summed(runs);
}

/** Measures programs that are compared in turns, so that whatever else the machine does meets all of them. */
export function measureTogether(programs: readonly Program[], times: number): Measured[] {
  const runs = programs.map((): Run[] => []);
  for (const program of programs) once(program);
  for (let round = 0; round < times; round++)
    for (const [at, program] of programs.entries()) runs[at]?.push(once(program));
  return runs.map(summed);
}

function summed(runs: readonly Run[]): Measured {
  const seconds = runs.map((run) => run.seconds);
  return {
    seconds: median(seconds),
    range: [Math.min(...seconds), Math.max(...seconds)],
    megabytes: median(runs.map((run) => run.megabytes)),
    runs,
  };
}

/** A command line without folders, for progress. */
const told = ({ args }: Program): string =>
  args
    .filter((arg) => !/\s/.test(arg) && !arg.startsWith('file:'))
    .map((arg) => basename(arg))
    .join(' ');

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The last line of a text that is a JSON object. */
export function jsonIn(text: string): Readonly<Record<string, number>> {
  const line = text
    .split('\n')
    .filter((it) => it.startsWith('{'))
    .at(-1);
  return JSON.parse(line ?? '{}') as Record<string, number>;
}
