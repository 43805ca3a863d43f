import { secretFields } from '../../transcripts/secrets.ts';

/** The JSON projection of an SDK output (design §2): dates as ISO strings, blobs as base64, no `$metadata`, no secrets. */
export function projection(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, 'Z');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(projection);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(
    ([key, item]) => item !== undefined && key !== '$metadata' && !secretFields.has(key),
  );
  return Object.fromEntries(kept.map(([key, item]) => [key, projection(item)]));
}
