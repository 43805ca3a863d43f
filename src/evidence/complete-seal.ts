import type { ObjectStore } from '../ports/object-store.ts';
import { sha256 } from './canonical.ts';
import { type SealFile, type StoredSeal, sealKey } from './chain.ts';
import { EvidenceError } from './error.ts';
import { isSignedBy, readPublicKey } from './signature.ts';

/** The bytes of a seal before it is committed. */
export type StagedSeal = Readonly<Record<SealFile, Uint8Array>>;

const afterCommit = ['SHA256SUMS', 'seal.sig', 'key.pem'] as const;

/** Where the copy of a seal waits in work/. Named by its digest: two attempts never mix, and one seal.json has one signature. */
function stagedKey(run: string, digest: string, file: SealFile): string {
  return `run=${run}/seal/${digest}/${file}`;
}

/** Stores the whole seal in work/, before its seal.json is committed. */
export async function stage(store: ObjectStore, run: string, staged: StagedSeal): Promise<void> {
  const digest = sha256(staged['seal.json']);
  for (const file of [...afterCommit, 'seal.json'] as const)
    await store.putIfAbsent('work', stagedKey(run, digest, file), staged[file]);
}

/**
 * Gives a committed seal the files that a crash kept from it. Those that are there must be the ones seal.json names; a signature of
 * the same bytes by the same key is one too.
 */
export async function completeSeal(store: ObjectStore, { seal, digest, key }: StoredSeal): Promise<void> {
  const parts = await Promise.all(afterCommit.map((file) => partOf(store, { seal, digest, key }, file)));
  const [sums, signature, pem] = parts.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array];
  const json = (await store.get('archive', key)) as Uint8Array;
  const publicKey = readPublicKey(pem);
  const fits =
    sha256(sums) === seal.sums &&
    sha256(pem) === seal.key.sha256 &&
    publicKey &&
    isSignedBy(publicKey, json, signature);
  if (!fits) throw new EvidenceError('SEAL_CONFLICT', `the files beside \`${key}\` are not the ones it names`);
  for (const { file, bytes, present } of parts)
    if (!present) await store.putIfAbsent('archive', sealKey(seal.seq, file), bytes);
}

interface Part {
  readonly file: SealFile;
  readonly bytes: Uint8Array;
  readonly present: boolean;
}

async function partOf(store: ObjectStore, { seal, digest }: StoredSeal, file: SealFile): Promise<Part> {
  const present = await store.get('archive', sealKey(seal.seq, file));
  if (present !== undefined) return { file, bytes: present, present: true };
  const staged = await store.get('work', stagedKey(seal.run, digest, file));
  if (staged !== undefined) return { file, bytes: staged, present: false };
  throw new EvidenceError('STAGED_SEAL_MISSING', `neither the archive nor work/ holds \`${sealKey(seal.seq, file)}\``);
}
