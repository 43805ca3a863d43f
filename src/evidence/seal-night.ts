import { type Seal, sealSchema } from '../domain/seal.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Signer } from '../ports/signer.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import {
  dtOf,
  findSealOfRun,
  parseSeal,
  type RawSeal,
  readRaw,
  type StoredSeal,
  sealKey,
  sealNumbers,
  stored,
} from './chain.ts';
import { completeSeal, type StagedSeal, stage } from './complete-seal.ts';
import { EvidenceError } from './error.ts';
import { hashRun, summaryKey } from './run-files.ts';
import { canonicalSignature, isExportOf, isSignedBy, readPublicKey } from './signature.ts';
import { formatSums, type Sums } from './sums.ts';

/** What the caller knows of a night; the rest of the seal follows from the archive. */
export type SealDraft = Omit<Seal, 'seq' | 'previous' | 'sums' | 'files' | 'key'>;

/** A run's seal; `created` is false where it existed already. */
export interface SealedNight extends StoredSeal {
  readonly created: boolean;
}

/**
 * Seals a run: hashes all its objects, stages the seal in work/ and commits it by creating seal.json at the next free number. Safe to
 * call again after a crash at any write, and at the same time as others: one seal per run, one run per number.
 * `nextKey` announces the digest of the key that later seals may use.
 */
export async function sealNight(
  archive: ObjectStore,
  signer: Signer,
  draft: SealDraft,
  nextKey: string | null = null,
): Promise<SealedNight> {
  const existing = await findSealOfRun(archive, draft.run);
  if (existing !== undefined) return finish(archive, existing);
  const pem = await signer.publicKeyPem();
  const sums = await hashRun(archive, { dt: dtOf(draft.clock), run: draft.run });
  const whole = { ...draft, summary: summaryOf(draft, sums), key: { sha256: sha256(pem), next: nextKey } };
  const head = await headOf(archive);
  const meanwhile = await findSealOfRun(archive, draft.run); // hashing takes time: whoever sealed this run since is at or before the head
  return meanwhile === undefined
    ? commit(archive, signer, { draft: whole, pem, sums }, head)
    : finish(archive, meanwhile);
}

/** Throws KEY_MISMATCH where the newest seal neither uses nor announces the signer's key: worth asking before a night begins. */
export async function assertKeyContinues(store: ObjectStore, signer: Signer): Promise<void> {
  assertContinues(await headOf(store), sha256(await signer.publicKeyPem()));
}

interface Ready {
  readonly draft: SealDraft & Pick<Seal, 'key'>;
  readonly pem: string;
  readonly sums: Sums;
}

/** Takes the number after `head`, or the first free one after it. */
async function commit(
  archive: ObjectStore,
  signer: Signer,
  ready: Ready,
  head: RawSeal | undefined,
): Promise<SealedNight> {
  assertContinues(head, ready.draft.key.sha256);
  await heal(archive, head);
  const seal = sealAfter(head, ready);
  const staged = await sign(signer, ready, seal);
  await stage(archive, seal.run, staged);
  const key = sealKey(seal.seq, 'seal.json');
  if ((await archive.putIfAbsent('archive', key, staged['seal.json'])) === 'created') {
    return { ...(await finish(archive, { seal, digest: sha256(staged['seal.json']), key })), created: true };
  }
  const taken = await readTaken(archive, seal.seq);
  const other = stored(taken);
  if (other?.seal.run === seal.run) return finish(archive, other);
  return commit(archive, signer, ready, taken);
}

async function finish(archive: ObjectStore, found: StoredSeal): Promise<SealedNight> {
  await completeSeal(archive, found);
  return { ...found, created: false };
}

/** Completes the seal before ours, should its own run have been killed half-way. What cannot be healed, `verifyArchive` names. */
async function heal(archive: ObjectStore, head: RawSeal | undefined): Promise<void> {
  const torn = head && stored(head);
  if (torn === undefined) return;
  await completeSeal(archive, torn).catch((error: unknown) => {
    if (!(error instanceof EvidenceError)) throw error;
  });
}

async function readTaken(store: ObjectStore, seq: number): Promise<RawSeal> {
  const raw = await readRaw(store, seq);
  if (raw === undefined)
    throw new EvidenceError('SEAL_CONFLICT', `\`${sealKey(seq, 'seal.json')}\` exists but cannot be read`);
  return raw;
}

function sealAfter(head: RawSeal | undefined, { draft, sums }: Ready): Seal {
  const seal = sealSchema.safeParse({
    ...draft,
    seq: (head?.seq ?? 0) + 1,
    previous: head?.digest ?? null,
    sums: sha256(formatSums(sums)),
    files: sums.size,
  });
  if (!seal.success) throw new EvidenceError('SEAL_MALFORMED', `the draft is not a seal: ${seal.error.message}`);
  return seal.data;
}

/** Signs, and trusts no signer: what would not verify later is never committed. */
async function sign(signer: Signer, { pem, sums }: Ready, seal: Seal): Promise<StagedSeal> {
  const bytes = Buffer.from(canonicalJson(seal));
  if (parseSeal(bytes) === undefined)
    throw new EvidenceError('SEAL_MALFORMED', 'the run or the clock has not its form');
  const signature = canonicalSignature(await signer.sign(bytes)); // DER with low s: one form for each signature
  const keyFile = Buffer.from(pem);
  const key = readPublicKey(keyFile);
  if (key === undefined || !isExportOf(key, keyFile))
    throw new EvidenceError('KEY_NOT_CANONICAL', 'not the PEM of a P-256 key');
  if (signature === undefined || !isSignedBy(key, bytes, signature))
    throw new EvidenceError('SIGNATURE_INVALID', "the signer's signature does not verify");
  return { 'seal.json': bytes, SHA256SUMS: Buffer.from(formatSums(sums)), 'seal.sig': signature, 'key.pem': keyFile };
}

/** The digest of the summary as it is stored; a caller who knows another one sees an error. */
function summaryOf(draft: SealDraft, sums: Sums): string | null {
  const found = sums.get(summaryKey({ dt: dtOf(draft.clock), run: draft.run }, draft.kind)) ?? null;
  if (draft.summary !== null && draft.summary !== found)
    throw new EvidenceError('SUMMARY_MISMATCH', `the summary has digest ${found}, not ${draft.summary}`);
  return found;
}

function assertContinues(head: RawSeal | undefined, key: string): void {
  const allowed = head && stored(head)?.seal.key;
  if (allowed === undefined || allowed.sha256 === key || allowed.next === key) return;
  throw new EvidenceError(
    'KEY_MISMATCH',
    `the archive is sealed with key ${allowed.sha256}, this one is ${key}: restore that key or start a new archive`,
  );
}

async function headOf(store: ObjectStore): Promise<RawSeal | undefined> {
  const last = (await sealNumbers(store)).at(-1);
  return last === undefined ? undefined : readRaw(store, last);
}
