// Times Assay, and its peers where they are installed: `npm run bench`, or `npm run bench -- --quick`. Prints one table; README.md
// says what each row is.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCases } from './cases.ts';
import { cloneDetails, type Details } from './clone-example.ts';
import { assay, jsonIn, type Measured, measure, measureTogether, median, newFolder, nodeProgram } from './measure.ts';
import { cloudsplaining, iamSimulate, peersFolder } from './peers.ts';
import { sharedData } from './policies.ts';

const quick = process.argv.includes('--quick');
const times = quick ? 3 : 5;
const root = fileURLToPath(new URL('../', import.meta.url));
const example = join(sharedData, 'gaad-cloudsplaining/example.json');
const clock = ['--clock', '2026-09-30T06:00:00Z'];

/** One line of the table; what is not there is an empty cell. */
interface Row {
  readonly what: string;
  readonly ours: string;
  readonly range?: string;
  readonly megabytes?: number;
  readonly peer?: string;
  readonly peerMegabytes?: number | undefined;
  readonly ratio?: string;
  /** The target, and whether this run meets it. */
  readonly asked?: readonly [text: string, met: boolean];
}

const seconds = (value: number): string => `${value.toFixed(2)} s`;
const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
const factor = (value: number): string => `${value.toFixed(1)}x`;
const rangeOf = ({ range: [least, most] }: Measured): string => `${least.toFixed(2)}–${most.toFixed(2)}`;
/** A figure that was not measured here (peers.md §5). */
const published = (text: string): string => `${text} †`;

/** The row of a whole command, process start included. */
const wholeRow = (what: string, measured: Measured): Row => ({
  what,
  ours: seconds(measured.seconds),
  range: rangeOf(measured),
  megabytes: measured.megabytes,
});

/** Decisions a second of each run, from the timing line that both sides print. */
const rateOf = ({ runs }: Measured): number =>
  median(runs.map(({ err }) => jsonIn(err)).map(({ cases = 0, evaluateMs = 0 }) => (cases / evaluateMs) * 1_000));

function evaluationRows(folder: string): Row[] {
  const small = quick ? 20 : 60;
  const [file, count] = casesIn(folder, small);
  const both = [assay(['evaluate', '--timing', file]), nodeProgram('bare-parse.ts', [file])];
  const peers = peersFolder === null ? [] : [iamSimulate(peersFolder, file)];
  const [ours, bare, peer] = measureTogether([...both, ...peers], times) as [Measured, Measured, Measured?];
  const rows = [evaluationRow(count, ours, peer), bareRow(`assay evaluate, ${small} MB`, ours, bare)];
  if (!quick) rows.push(...largeRows(folder, ours, bare));
  return rows;
}

function casesIn(folder: string, megabytes: number): [file: string, count: number] {
  const file = join(folder, `cases-${megabytes}.jsonl`);
  return [file, writeCases(file, megabytes)];
}

function evaluationRow(count: number, ours: Measured, peer?: Measured): Row {
  const rate = rateOf(ours);
  const row = { what: `evaluation alone, ${count.toLocaleString('en')} cases`, ours: perSecond(rate) };
  if (peer === undefined)
    return { ...row, peer: published('4,056–9,405/s, smaller cases'), asked: ['≥ 20,000/s', rate >= 20_000] };
  return {
    ...row,
    peer: `${perSecond(rateOf(peer))}, ${agreement(ours, peer)}`,
    peerMegabytes: peer.megabytes,
    ratio: factor(rate / rateOf(peer)),
    asked: ['≥ 20,000/s, ≥ 5x', rate >= 20_000 && rate >= 5 * rateOf(peer)],
  };
}

/** How many decisions the two share: a sign that they do the same work. */
function agreement(ours: Measured, theirs: Measured): string {
  const decisionsOf = ({ runs: [run] }: Measured): string[] => (run?.out ?? '').trim().split('\n');
  const [mine, other] = [decisionsOf(ours), decisionsOf(theirs)];
  const same = mine.filter((line, at) => line === other[at]).length;
  return `${((100 * same) / mine.length).toFixed(1)} % same decisions`;
}

/** A whole command beside the bare parsing of the same lines. */
function bareRow(what: string, ours: Measured, bare: Measured): Row {
  const share = bare.seconds / ours.seconds;
  return {
    ...wholeRow(what, ours),
    peer: `bare JSON.parse ${seconds(bare.seconds)}`,
    peerMegabytes: bare.megabytes,
    ratio: `${Math.round(share * 100)} %`,
    asked: ['≥ 40 %', share >= 0.4],
  };
}

/** Ten times the input, and what it does to the memory. */
function largeRows(folder: string, small: Measured, smallBare: Measured): Row[] {
  const [file] = casesIn(folder, 600);
  const programs = [assay(['evaluate', '--timing', file]), nodeProgram('bare-parse.ts', [file])];
  const [ours, bare] = measureTogether(programs, 3) as [Measured, Measured];
  rmSync(file);
  const growth = ours.megabytes / small.megabytes;
  return [
    bareRow('assay evaluate, 600 MB', ours, bare),
    {
      what: 'assay evaluate, peak memory at 600 MB beside 60 MB',
      ours: factor(growth),
      peer: `bare JSON.parse ${factor(bare.megabytes / smallBare.megabytes)}`,
      asked: ['flat (< 2x for 10x the input)', growth < 2],
    },
  ];
}

/** The example and its clones. */
interface Snapshot {
  readonly size: number;
  readonly file: string;
}

function snapshotsIn(folder: string): Snapshot[] {
  const details = JSON.parse(readFileSync(example, 'utf8')) as Details;
  return (quick ? [1, 10] : [1, 10, 40]).map((size) => {
    const file = join(folder, `x${size}.json`);
    writeFileSync(file, JSON.stringify(cloneDetails(details, size)));
    return { size, file };
  });
}

const lensRates: Readonly<Record<number, string>> = { 1: '6.5/s', 10: '1.2/s' };

function reachRow({ size, file }: Snapshot, which: 'sensitive' | 'all'): Row {
  const { runs, megabytes } = measure(nodeProgram('reach.ts', [file, which]), times);
  const told = runs.map(({ out }) => jsonIn(out));
  const rate = median(told.map(({ perSecond: value = 0 }) => value));
  const { principals = 0, actions = 0 } = told[0] ?? {};
  const lens = lensRates[size];
  return {
    what: `reach x${size}: ${principals.toLocaleString('en')} principals x ${actions.toLocaleString('en')} ${which === 'all' ? 'actions, all of AWS' : 'sensitive actions'}`,
    ours: `${perSecond(rate)} principals`,
    megabytes,
    asked: ['≥ 50/s', rate >= 50],
    ...(which === 'all' && lens !== undefined ? { peer: published(`${lens} principals`) } : {}),
  };
}

const lensCold: Readonly<Record<number, string>> = { 1: '4.4 s', 10: '8.7 s' };

function whoCanRow({ size, file }: Snapshot): Row {
  const ours = measure(assay(['who-can', 'iam:PassRole', '--snapshot', file], 2), times);
  const lens = lensCold[size];
  return {
    ...wholeRow(`who-can iam:PassRole, x${size}`, ours),
    ...(lens === undefined ? {} : { peer: published(lens) }),
    asked: ['< 1 s', ours.seconds < 1],
  };
}

const publishedScans: Readonly<Record<number, readonly [seconds: number, megabytes: number]>> = {
  1: [7, 226],
  10: [49.3, 485],
  40: [206, 1_500],
};
const htmlTargets: Readonly<Record<number, readonly [most: number, times: number]>> = {
  1: [1, 5],
  10: [5, 10],
  40: [20, 10],
};

function htmlRows(snapshots: readonly Snapshot[]): Row[] {
  const measured = snapshots.map(({ size, file }): [ours: Measured, peer: Measured | null] => {
    const args = ['run', '--snapshot', file, ...clock, '--format', 'html', '--quiet', '--output-dir', newFolder];
    const ours = assay(args, 2);
    if (peersFolder === null || (quick && size > 1)) return [measure(ours, times), null];
    const theirs = cloudsplaining(peersFolder, file);
    if (size === 1) return measureTogether([ours, theirs], quick ? 1 : times) as [Measured, Measured];
    return [measure(ours, times), measure(theirs, 1, false)]; // it takes minutes
  });
  const rows = snapshots.map(({ size }, at) => htmlRow(size, ...(measured[at] as [Measured, Measured | null])));
  return [
    ...rows,
    growthRow(
      snapshots,
      measured.map(([ours]) => ours),
    ),
  ];
}

function htmlRow(size: number, ours: Measured, peer: Measured | null): Row {
  const row = wholeRow(`snapshot x${size} to sealed HTML`, ours);
  const [most = 0, least = 0] = htmlTargets[size] ?? [];
  if (peer !== null)
    return {
      ...row,
      peer: seconds(peer.seconds),
      peerMegabytes: peer.megabytes,
      ratio: factor(peer.seconds / ours.seconds),
      asked: [`< ${most} s, ≥ ${least}x`, ours.seconds < most && peer.seconds >= least * ours.seconds],
    };
  const [theirs = 0, megabytes = 0] = publishedScans[size] ?? [];
  return {
    ...row,
    peer: published(seconds(theirs)),
    peerMegabytes: megabytes,
    ratio: published(factor(theirs / ours.seconds)),
    asked: [`< ${most} s`, ours.seconds < most],
  };
}

/** The largest snapshot beside the smallest: memory should grow slower than the input. */
function growthRow(snapshots: readonly Snapshot[], measured: readonly Measured[]): Row {
  const [first, last] = [snapshots[0] as Snapshot, snapshots.at(-1) as Snapshot];
  const input = statSync(last.file).size / statSync(first.file).size;
  const peak = (measured.at(-1) as Measured).megabytes / (measured[0] as Measured).megabytes;
  return {
    what: `snapshot to sealed HTML, peak memory at x${last.size} beside x${first.size}`,
    ours: factor(peak),
    peer: `the input ${factor(input)}`,
    asked: ['grows slower than the input', peak < input],
  };
}

/** Whole commands that no peer has. */
function otherRows(): Row[] {
  const into = ['--quiet', '--output-dir', newFolder];
  const rows = [
    wholeRow('assay --help', measure(assay(['--help']), times)),
    wholeRow('demo, 24 accounts, HTML', measure(assay(['demo', '--weeks', '0', '--format', 'html', ...into]), times)),
  ];
  if (quick) return rows;
  return [
    ...rows,
    wholeRow('demo, 24 accounts, HTML and three PDFs', measure(assay(['demo', '--weeks', '0', ...into]), times)),
    wholeRow('the same after twelve earlier weeks', measure(assay(['demo', ...into]), times)),
    wholeRow(
      'snapshot x1 to sealed HTML and three PDFs',
      measure(assay(['run', '--snapshot', example, ...clock, ...into], 2), times),
    ),
  ];
}

const cellsOf = (row: Row): string[] => [
  row.what,
  row.ours,
  row.range ?? '',
  row.megabytes === undefined ? '' : Math.round(row.megabytes).toString(),
  row.peer ?? '',
  row.peerMegabytes === undefined ? '' : Math.round(row.peerMegabytes).toString(),
  row.ratio ?? '',
  row.asked === undefined ? '' : `${row.asked[0]}: ${row.asked[1] ? 'met' : 'MISSED'}`,
];

const head = ['What', 'Assay', 'Range s', 'Peak MB', 'Peer', 'Peer MB', 'Assay to peer', 'Target'];

function header(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', 'src') === '' ? '' : ' with changes';
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const load = loadavg()[0]?.toFixed(1);
  return `${new Date().toISOString().slice(0, 10)}, ${machine}, commit ${git('rev-parse', '--short', 'HEAD')}${changed}, load before ${load}; medians of ${times} runs after one warm-up`;
}

function rowsIn(folder: string): Row[] {
  if (!existsSync(example)) {
    process.stderr.write('no shared data (set ASSAY_SHARED_DATA): only the commands that need none are timed\n');
    return otherRows();
  }
  const snapshots = snapshotsIn(folder);
  return [
    ...evaluationRows(folder),
    ...snapshots.map((snapshot) => reachRow(snapshot, 'sensitive')),
    ...snapshots.map((snapshot) => reachRow(snapshot, 'all')),
    ...snapshots.map(whoCanRow),
    ...htmlRows(snapshots),
    ...otherRows(),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-input-'));
try {
  const title = header();
  const rows = rowsIn(folder).map(cellsOf);
  const lines = [head, ['---', ...head.slice(1).map(() => '--:')], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const ran = peersFolder === null ? 'No peer was run (ASSAY_BENCH_PEERS is not set).' : 'Peers ran in the same run.';
  const legend = `${ran} † = published figure, another run (README.md).`;
  process.stdout.write(`${[title, '', ...lines, '', legend].join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
