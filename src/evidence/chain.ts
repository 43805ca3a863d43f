import { type Seal, sealSchema } from '../domain/seal.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { attempt, canonicalJson, equal, sha256 } from './canonical.ts';
import { EvidenceError } from './error.ts';
import { collect, inBatches } from './run-files.ts';

/** A committed seal. `digest` is the SHA-256 of its seal.json: what the next seal names, and what a person pins. */
export interface StoredSeal {
  readonly seal: Seal;
  readonly digest: string;
  readonly key: string;
}

/** A seal as it lies in the archive, readable or not. */
export interface RawSeal {
  readonly seq: number;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
}

export type SealFile = 'seal.json' | 'SHA256SUMS' | 'seal.sig' | 'key.pem';

const place = /^seals\/seq=(\d{6})\/(seal\.json|SHA256SUMS|seal\.sig|key\.pem)$/;

/** The key of one file of a seal. */
export function sealKey(seq: number, file: SealFile): string {
  return `seals/seq=${String(seq).padStart(6, '0')}/${file}`;
}

/** Number and file that a key in `seals/` names, or undefined for a key that no seal has. */
export function sealPlaceOf(key: string): { readonly seq: number; readonly file: SealFile } | undefined {
  const [, digits, file] = place.exec(key) ?? [];
  const seq = Number(digits);
  return seq > 0 ? { seq, file: file as SealFile } : undefined;
}

/** The date a clock lies on. */
export function dtOf(clock: string): string {
  return clock.slice(0, 10);
}

/** Reads seal.json; undefined where the bytes are no seal. Whether they are canonical is a second question: `isCanonical`. */
export function parseSeal(bytes: Uint8Array): Seal | undefined {
  const { data } = sealSchema.safeParse(attempt(() => JSON.parse(utf8(bytes))));
  return data !== undefined && isDatedRun(data) ? data : undefined;
}

/** Whether JSON bytes are exactly what we would write. */
export function isCanonical(bytes: Uint8Array): boolean {
  const again = attempt(() => Buffer.from(canonicalJson(JSON.parse(utf8(bytes)))));
  return again !== undefined && equal(again, bytes);
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function isDatedRun({ run, clock }: Seal): boolean {
  return /^[0-9a-f]{12}$/.test(run) && /^\d{4}-\d\d-\d\dT/.test(clock);
}

/** The seal's file at a number, or undefined where the number is free. */
export async function readRaw(store: ObjectStore, seq: number): Promise<RawSeal | undefined> {
  const key = sealKey(seq, 'seal.json');
  const bytes = await store.get('archive', key);
  return bytes === undefined ? undefined : { seq, key, bytes, digest: sha256(bytes) };
}

/** Numbers of the committed seals, ascending. */
export async function sealNumbers(store: ObjectStore): Promise<readonly number[]> {
  const keys = await collect(store.list('archive', 'seals/'));
  return keys.map(sealPlaceOf).flatMap((it) => (it?.file === 'seal.json' ? [it.seq] : []));
}

/** All seals from number 1 upward. Throws SEAL_MALFORMED at one that cannot be read: history must not skip it in silence. */
export async function readChain(store: ObjectStore): Promise<readonly StoredSeal[]> {
  return inBatches(await sealNumbers(store), (seq) => readSeal(store, seq));
}

/** The seal of a run, or undefined. Seals that cannot be read are passed over: `verifyArchive` names them. */
export async function findSealOfRun(store: ObjectStore, run: string): Promise<StoredSeal | undefined> {
  const raws = await inBatches(await sealNumbers(store), (seq) => readRaw(store, seq));
  return raws.map((raw) => raw && stored(raw)).find((it) => it?.seal.run === run);
}

/**
 * The night to compare with: kind night, not failed, same scope, of the latest date before the clock's; of several, the last sealed.
 * Walks from the head and stops at yesterday, the latest date there can be.
 */
export async function lastNight(
  store: ObjectStore,
  scopeDigest: string,
  beforeClock: string,
): Promise<StoredSeal | undefined> {
  const yesterday = dtOf(new Date(Date.parse(`${dtOf(beforeClock)}T00:00:00Z`) - 1).toISOString());
  let latest: StoredSeal | undefined;
  for (const seq of (await sealNumbers(store)).toReversed()) {
    const candidate = await readSeal(store, seq);
    const { kind, clock } = candidate.seal;
    if (kind !== 'night' || candidate.seal.scopeDigest !== scopeDigest || dtOf(clock) > yesterday) continue;
    if (latest === undefined || dtOf(clock) > dtOf(latest.seal.clock)) latest = candidate;
    if (dtOf(clock) === yesterday) break;
  }
  return latest;
}

/** All seals, the newest first; each is held to the digest that the seal after it names. Holds one at a time. */
export async function* walkChain(store: ObjectStore): AsyncGenerator<StoredSeal> {
  let named: string | null | undefined;
  for (const seq of (await sealNumbers(store)).toReversed()) {
    const found = await readSeal(store, seq);
    if (named !== undefined && named !== found.digest)
      throw new EvidenceError('CHAIN_BROKEN', `\`${found.key}\` is not the seal that the one after it follows`);
    named = found.seal.previous;
    yield found;
  }
}

async function readSeal(store: ObjectStore, seq: number): Promise<StoredSeal> {
  const raw = await readRaw(store, seq);
  const found = raw && stored(raw);
  if (found === undefined) throw new EvidenceError('SEAL_MALFORMED', `not a seal: \`${sealKey(seq, 'seal.json')}\``);
  return found;
}

/** The seal with its digest, or undefined where its bytes are no seal. */
export function stored({ bytes, digest, key }: RawSeal): StoredSeal | undefined {
  const seal = parseSeal(bytes);
  return seal && { seal, digest, key };
}
