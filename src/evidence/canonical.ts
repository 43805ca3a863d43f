import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { EvidenceError } from './error.ts';

/** Canonical JSON (RFC 8785): one text for one value. Throws NOT_CANONICAL for what JSON cannot say. */
export function canonicalJson(value: unknown): string {
  const text = attempt(() => canonicalize(value));
  if (text === undefined) throw new EvidenceError('NOT_CANONICAL', 'JSON has no form for this value');
  return text;
}

/** SHA-256 in lower-case hex. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of a value's canonical JSON: what a run id, a scope and a version are digests of. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));

/** Whether two byte strings are the same. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The result, or undefined where the bytes at hand are not what the function can read. Only for pure functions of foreign bytes. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
