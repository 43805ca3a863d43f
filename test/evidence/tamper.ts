import { ECDH, type KeyObject } from 'node:crypto';
import type { Seal } from '../../src/domain/seal.ts';
import { canonicalJson, sha256 } from '../../src/evidence/canonical.ts';
import { type SealFile, sealKey } from '../../src/evidence/chain.ts';
import { canonicalSignature } from '../../src/evidence/signature.ts';
import { formatSums, parseSums } from '../../src/evidence/sums.ts';
import { type Pins, verifyArchive } from '../../src/evidence/verify.ts';
import { bytesOf, type first, type MemoryStore, overwrite, runOf, signer, textOf, twoNights } from './nights.ts';

export const intact = await twoNights();
export const intactHead = sha256(bytesOf(intact, sealKey(2, 'seal.json')));
export const pem = await signer.publicKeyPem();
export const archiveKeys = [...intact.objects.keys()]
  .filter((key) => key.startsWith('archive:'))
  .map((key) => key.slice(8));
export const at = (night: typeof first) => `dt=${night.clock.slice(0, 10)}/run=${night.run}`;
export const plan = (night: typeof first) => `evidence/${at(night)}/organization/attempt=1/plan.json`;
export const third = { run: runOf('third'), clock: '2025-11-25T01:00:00Z' };

export async function codesOf(store: MemoryStore, pins?: Pins): Promise<readonly string[]> {
  const { faults } = await verifyArchive(store, pins);
  return faults.map(({ code, file }) => `${code} ${file}`);
}

export function remove(store: MemoryStore, key: string): void {
  if (!store.objects.delete(`archive:${key}`)) throw new Error(`no object ${key}`);
}

export function swap(store: MemoryStore, a: string, b: string): void {
  const [bytesOfA, bytesOfB] = [bytesOf(store, a), bytesOf(store, b)];
  overwrite(store, a, bytesOfB);
  overwrite(store, b, bytesOfA);
}

export const sealFiles: readonly SealFile[] = ['seal.json', 'SHA256SUMS', 'seal.sig', 'key.pem'];

/** Signs a changed seal anew with the true key: what only its holder can do, so that the rules behind the signature are seen. */
export async function resign(store: MemoryStore, seq: number, change: Partial<Seal>, by = signer): Promise<void> {
  const seal = JSON.parse(textOf(store, sealKey(seq, 'seal.json'))) as Seal;
  const json = canonicalJson({ ...seal, ...change });
  overwrite(store, sealKey(seq, 'seal.json'), json);
  overwrite(store, sealKey(seq, 'seal.sig'), canonicalSignature(await by.sign(Buffer.from(json))) ?? new Uint8Array());
}

/** Gives a seal another list, signed with the true key. */
export async function relist(
  store: MemoryStore,
  seq: number,
  change: (sums: Map<string, string>) => void,
): Promise<void> {
  const sums = new Map(parseSums(bytesOf(store, sealKey(seq, 'SHA256SUMS'))));
  change(sums);
  overwrite(store, sealKey(seq, 'SHA256SUMS'), formatSums(sums));
  await resign(store, seq, { sums: sha256(formatSums(sums)), files: sums.size });
}

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that verifies: s becomes n - s. */
export function highS(der: Uint8Array): Uint8Array {
  const endOfR = 4 + Number(der[3]);
  const s = order - BigInt(`0x${Buffer.from(der.subarray(endOfR + 2)).toString('hex')}`);
  const bytes = Buffer.from(`00${s.toString(16).padStart(64, '0')}`, 'hex');
  const body = Buffer.concat([der.subarray(2, endOfR), Buffer.from([0x02, bytes.length]), bytes]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** The same key in another PEM: its point compressed. */
export function compressed(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  const point = ECDH.convertKey(der.subarray(-65), 'prime256v1', undefined, undefined, 'compressed') as Buffer;
  const head = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
  return `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([head, point]).toString('base64')}\n-----END PUBLIC KEY-----\n`;
}
