import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sdkReaders } from '../../../src/adapters/aws/sdk-readers.ts';
import { localObjectStore } from '../../../src/adapters/files/object-store.ts';
import { accountId } from '../../../src/domain/ids.ts';
import type { ExecutionInput, RunPlan } from '../../../src/domain/night.ts';
import type { Metric, NightSummary } from '../../../src/domain/summary.ts';
import { type TableName, type TableRow, tables } from '../../../src/domain/tables.ts';
import type { TranscriptLine } from '../../../src/domain/transcript.ts';
import { collect, summaryKey } from '../../../src/evidence/run-files.ts';
import type { Settings } from '../../../src/pipeline/dependencies.ts';
import { attemptFolder } from '../../../src/pipeline/keys.ts';
import { fromJson } from '../../../src/pipeline/stored.ts';
import { readTable } from '../../../src/pipeline/table-writer.ts';
import type { Owner } from '../../../src/ports/aws-reader.ts';
import type { ObjectStore } from '../../../src/ports/object-store.ts';
import { decodeLines } from '../../../src/transcripts/lines.ts';
import { replayReaders } from '../../../src/transcripts/replay.ts';
import { recorded } from '../../support/command-line.ts';
import { inputAt, memoryStore, night, world } from '../../support/world.ts';
import { managementAccount } from './aws.ts';
import { clock, externalId } from './live-organization.ts';

const program = join(import.meta.dirname, '../../../src/cli/main.ts');

/** The `--json` of a night, as far as these tests look at it. */
export interface NightJson extends Omit<NightSummary, 'completeness' | 'logging'> {
  readonly exitCode: number;
  readonly completeness: Omit<NightSummary['completeness'], 'gaps'> & { readonly gaps: readonly Gap[] };
}
interface Gap {
  readonly account: string;
  readonly operation: string;
  readonly gap: { readonly code: string; readonly action?: string; readonly by?: string };
  readonly cause: string;
  readonly remedy: string;
}

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly root: string;
  json(): NightJson;
}

const scratch = (): string => mkdtempSync(join(tmpdir(), 'assay-live-'));
export const flagsOfRun = (root: string): string[] => [
  ...['run', '--output-dir', root, '--format', 'html', '--json', '--clock', clock],
  ...['--external-id', externalId, '--org-role', 'AssayReader'],
];

/** `assay run` in this process, into a directory of its own. */
export async function run(...more: string[]): Promise<Ran> {
  const root = scratch();
  const ended = await recorded([...flagsOfRun(root), ...more]);
  return { ...ended, root, json: () => JSON.parse(ended.out) as NightJson };
}

/** `assay` as a process of its own that has nothing but this environment. */
export async function child(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const root = scratch();
  const own = { PATH: process.env['PATH'] ?? '', HOME: root, AWS_EC2_METADATA_DISABLED: 'true' };
  const started = spawn(
    process.execPath,
    [program, ...args.map((arg) => (arg === '<root>' ? join(root, 'out') : arg))],
    {
      env: { ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const streams = { out: '', err: '' };
  started.stdout.on('data', (chunk) => {
    streams.out += chunk;
  });
  started.stderr.on('data', (chunk) => {
    streams.err += chunk;
  });
  const exit = await new Promise<number>((ended) => started.once('close', (code) => ended(code ?? -1)));
  return { exit, ...streams, root: join(root, 'out'), json: () => JSON.parse(streams.out) as NightJson };
}

/** The organisation's figure: numerator, denominator, untrackable, unread. */
export function figure(
  night: Pick<NightJson, 'metrics'>,
  id: string,
  basis = 'effective',
): readonly number[] | undefined {
  const metric = night.metrics.find((it) => it.id === id && it.scope === 'organization' && it.basis === basis);
  return metric && [metric.numerator, metric.denominator, metric.untrackable, metric.unread];
}

export const organizationFigures = ({ metrics }: Pick<NightJson, 'metrics'>): Metric[] =>
  metrics.filter(({ scope }) => scope === 'organization');

/** Everything that a night wrote down about its accounts. */
export interface Written {
  readonly summary: NightSummary;
  readonly rows: { readonly [Name in TableName]: readonly TableRow<Name>[] };
}

async function written(store: ObjectStore, place: { dt: string; run: string }): Promise<Written> {
  const at = place as Parameters<typeof readTable>[1];
  const summary = fromJson<NightSummary>((await store.get('archive', summaryKey(at))) ?? new Uint8Array());
  const names = Object.keys(tables) as TableName[];
  const rows = await Promise.all(names.map(async (name) => [name, await collect(readTable(store, at, name))] as const));
  return { summary, rows: Object.fromEntries(rows) as unknown as Written['rows'] };
}

const own = { account: accountId(managementAccount), partition: 'aws' };

/** A night over the wire without reports, disk and pauses, of some accounts: for tests that need many. */
export async function quickNight(...accounts: string[]): Promise<Written> {
  const selection = { accounts, skip: [], ous: [] };
  const nightInput = inputAt(clock, { input: { source: 'aws', digest: null }, selection });
  const plain = world(sdkReaders({ externalId, attempts: 1, own: own.account }));
  const dependencies = { ...plain, settings: { ...plain.settings, own, formats: [] } };
  const { outcome } = await night(dependencies, nightInput);
  if (outcome.status === 'failed') throw new Error(outcome.cause);
  return written(dependencies.store, outcome.night);
}

/** What a night in a directory wrote, and the same night performed again from nothing but its evidence. */
export async function performedAgain(root: string): Promise<{ readonly first: Written; readonly again: Written }> {
  const store = localObjectStore(root);
  const { night: past, plan, lines } = await evidenceOf(store);
  const first = await written(store, past);
  const input: ExecutionInput = {
    scheduledTime: past.clock,
    kind: past.kind,
    input: past.input,
    selection: past.selection,
    windowDays: past.windowDays,
  };
  const plain = world(replayReaders(lines), { store: memoryStore() });
  const settings: Settings = {
    ...plain.settings,
    own: plan.managementAccount === null ? null : own,
    special: { readerRoles: ['AssayReader'], breakGlass: [] },
    versions: first.summary.run.versions,
    formats: [],
  };
  const dependencies = { ...plain, settings };
  const { outcome } = await night(dependencies, input);
  return { first, again: await written(dependencies.store, outcome.night) };
}

/** The plan of the one night in an archive, and the recorded lines by owner: each account's last attempt, and the organisation's. */
async function evidenceOf(store: ObjectStore) {
  const planKey = (await collect(store.list('archive', 'evidence/'))).find((key) => key.endsWith('/plan.json')) ?? '';
  const plan = fromJson<RunPlan>((await store.get('archive', planKey)) ?? new Uint8Array());
  const { night: past } = plan;
  const lines = new Map<Owner, TranscriptLine[]>();
  const add = async (owner: Owner, folder: string, wanted: (key: string) => boolean): Promise<void> => {
    const keys = (await collect(store.list('archive', folder))).filter(
      (key) => key.endsWith('.jsonl.gz') && wanted(key),
    );
    const bytes = await Promise.all(keys.map((key) => store.get('archive', key)));
    const there = lines.get(owner) ?? [];
    for (const it of bytes)
      if (it !== undefined) for await (const line of decodeLines<TranscriptLine>(it)) there.push(line);
    lines.set(owner, there);
  };
  const discovered = planKey.slice(0, planKey.lastIndexOf('/') + 1);
  const isShared = (key: string): boolean => key.includes('/shared-'); // read in the management account
  await add('organization', discovered, (key) => !isShared(key));
  if (plan.managementAccount !== null) await add(plan.managementAccount, discovered, isShared);
  for await (const { account, attempt } of readTable(store, past, 'accounts'))
    if (attempt !== null) await add(account as Owner, attemptFolder(past, account as Owner, attempt), () => true);
  return { night: past, plan, lines };
}

/** The transcripts of a night in a directory, as text by key. */
export async function transcripts(root: string): Promise<ReadonlyMap<string, string>> {
  const store = localObjectStore(root);
  const keys = (await collect(store.list('archive', 'evidence/'))).filter((key) => key.endsWith('.jsonl.gz'));
  const texts = keys.map(async (key) => [key, gunzipSync((await store.get('archive', key)) ?? '').toString()] as const);
  return new Map(await Promise.all(texts));
}

/** Every file below a directory as text, unpacked. */
export function everyFile(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return [join(parentPath, name), (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')];
    }),
  );
}
