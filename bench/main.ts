// Times whole commands, process start included: `npm run bench`. Prints one table; the figures in README.md come from it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const example = process.env['ASSAY_SHARED_DATA'] ?? join(root, '../shared/data');
const runs = 5;

interface Bench {
  readonly name: string;
  readonly args: readonly string[];
  readonly exit: number;
}

const snapshot = [
  'run',
  '--snapshot',
  join(example, 'gaad-cloudsplaining/example.json'),
  '--clock',
  '2026-09-30T06:00:00Z',
];
const benches: readonly Bench[] = [
  { name: 'assay --help', args: ['--help'], exit: 0 },
  ...(existsSync(snapshot[2] ?? '')
    ? [
        {
          name: 'authorization details x1 to sealed HTML',
          args: [...snapshot, '--format', 'html', '--quiet'],
          exit: 2,
        },
        { name: 'the same to sealed HTML and three PDFs', args: [...snapshot, '--quiet'], exit: 2 },
      ]
    : []),
  { name: 'demo, 24 accounts, HTML', args: ['demo', '--format', 'html', '--quiet'], exit: 0 },
  { name: 'demo, 24 accounts, HTML and three PDFs', args: ['demo', '--quiet'], exit: 0 },
];

/** Wall seconds and peak resident memory (MB, of the whole process tree's largest process) of one run in a fresh folder. */
function once({ args, exit }: Bench): { seconds: number; megabytes: number } {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const into = args[0] === '--help' ? [] : ['--output-dir', folder];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bench/measured.mjs'), ...args, ...into], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1_000;
  rmSync(folder, { recursive: true, force: true });
  if (status !== exit) throw new Error(`${args.join(' ')} ended ${status}: ${stderr}`);
  return { seconds, megabytes: Number(/peak (\d+) kB/.exec(stderr)?.[1] ?? 0) / 1_024 };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const rows = benches.map((bench) => {
  once(bench); // warm: compile cache, browser unpacked
  const measured = Array.from({ length: runs }, () => once(bench));
  const seconds = measured.map((it) => it.seconds);
  return `| ${bench.name} | ${median(seconds).toFixed(2)} | ${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)} | ${Math.round(median(measured.map((it) => it.megabytes)))} |`;
});
process.stdout.write(
  [
    `${machine}, commit ${commit}, ${runs} runs after one warm-up`,
    '',
    '| Whole command | Median s | Range s | Peak MB |',
    '|---|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n'),
);
