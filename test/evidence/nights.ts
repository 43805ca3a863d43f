import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSigner } from '../../src/adapters/files/signer.ts';
import { canonicalJson, sha256 } from '../../src/evidence/canonical.ts';
import { type SealDraft, type SealedNight, sealNight } from '../../src/evidence/seal-night.ts';
import type { Area, ObjectStore } from '../../src/ports/object-store.ts';
import type { Signer } from '../../src/ports/signer.ts';

/** An object store in memory whose objects a test may change behind its back. */
export interface MemoryStore extends ObjectStore {
  readonly objects: Map<string, Uint8Array>;
  /** Keys that are listed but whose `get` throws. */
  readonly unreadable: Set<string>;
  /** Called before each write with `area:key`; may throw. */
  beforeWrite: (key: string) => void | Promise<void>;
}

export function memoryStore(objects = new Map<string, Uint8Array>()): MemoryStore {
  const unreadable = new Set<string>();
  const store: MemoryStore = {
    objects,
    unreadable,
    beforeWrite: () => {},
    async get(area, key) {
      if (unreadable.has(key)) throw new Error('permission denied');
      return objects.get(`${area}:${key}`);
    },
    async putIfAbsent(area, key, bytes) {
      await store.beforeWrite(`${area}:${key}`);
      if (objects.has(`${area}:${key}`)) return 'exists';
      objects.set(`${area}:${key}`, bytes);
      return 'created';
    },
    async put(area, key, bytes) {
      objects.set(`${area}:${key}`, bytes);
    },
    async *list(area, prefix) {
      const start = `${area}:${prefix}`;
      for (const key of [...objects.keys()].filter((it) => it.startsWith(start)).sort())
        yield key.slice(area.length + 1);
    },
    async *folders(area, prefix) {
      const names = new Set<string>();
      for await (const key of store.list(area, prefix)) {
        const [name = '', ...rest] = key.slice(prefix.length).split('/');
        if (rest.length > 0) names.add(name);
      }
      yield* [...names].sort();
    },
  };
  return store;
}

export function copyOf(store: MemoryStore): MemoryStore {
  return memoryStore(new Map(store.objects));
}

const keys = mkdtempSync(join(tmpdir(), 'assay-keys-'));
afterAll(() => rmSync(keys, { recursive: true, force: true }));
export const newSigner = (name: string): Signer => fileSigner(join(keys, `${name}.pem`));
export const signer = newSigner('ours');

export const runOf = (name: string): string => sha256(name).slice(0, 12);

/** A draft that differs from another night's in its run, clock and what the test is about. */
export function draftOf(run: string, clock: string, overrides: Partial<SealDraft> = {}): SealDraft {
  return {
    schema: 'assay/seal/1',
    kind: 'night',
    run,
    summary: null,
    clock,
    sealedAt: clock,
    scope: 'the whole organisation',
    scopeDigest: sha256('scope'),
    completeness: { measured: 2 },
    counts: { users: 7 },
    versions: { code: '0.1.0' },
    input: { source: 'simulator', digest: null },
    reports: [{ audience: 'auditor', format: 'html', status: 'rendered', reason: null }],
    failure: null,
    ...overrides,
  };
}

/** Writes the objects of a night: two of evidence (one a losing attempt), one table, the summary and a report. */
export async function writeRun(store: ObjectStore, run: string, clock: string): Promise<void> {
  const at = `dt=${clock.slice(0, 10)}/run=${run}`;
  const write = (key: string, text: string) =>
    store.putIfAbsent('archive' as Area, key, Buffer.from(text)) as Promise<unknown>;
  await write(`evidence/${at}/organization/attempt=1/plan.json`, `plan ${run}`);
  await write(`evidence/${at}/account=111122223333/attempt=1/iam.part-0001.jsonl.gz`, `lost ${run}`);
  await write(`evidence/${at}/account=111122223333/attempt=2/iam.part-0001.jsonl.gz`, `won ${run}`);
  await write(`results/identities/${at}/part-0001.jsonl.gz`, `rows ${run}`);
  await write(`results/summary/${at}/summary.json`, canonicalJson({ run }));
  await write(`reports/auditor/${at}/index.html`, `<title>${run}</title>`);
}

export const first = { run: runOf('first'), clock: '2025-11-23T01:00:00Z' };
export const second = { run: runOf('second'), clock: '2025-11-24T01:00:00Z' };

export async function sealRun(
  store: ObjectStore,
  { run, clock }: typeof first,
  by: Signer = signer,
  next: string | null = null,
): Promise<SealedNight> {
  await writeRun(store, run, clock);
  return sealNight(store, by, draftOf(run, clock), next);
}

/** Two sealed nights. */
export async function twoNights(store: MemoryStore = memoryStore()): Promise<MemoryStore> {
  await sealRun(store, first);
  await sealRun(store, second);
  return store;
}

/** Text of an archive object. */
export const textOf = (store: MemoryStore, key: string): string => Buffer.from(bytesOf(store, key)).toString();

export function bytesOf(store: MemoryStore, key: string): Uint8Array {
  const bytes = store.objects.get(`archive:${key}`);
  if (bytes === undefined) throw new Error(`no object ${key}`);
  return bytes;
}

/** Replaces an archive object behind the store's back. */
export function overwrite(store: MemoryStore, key: string, content: Uint8Array | string): void {
  store.objects.set(`archive:${key}`, typeof content === 'string' ? Buffer.from(content) : content);
}
