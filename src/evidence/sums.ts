import { EvidenceError } from './error.ts';

/** Digests by key. */
export type Sums = ReadonlyMap<string, string>;

/** The text of SHA256SUMS: what `sha256sum -c` reads, one line per file, sorted by key. Keys that it would escape are refused. */
export function formatSums(sums: Sums): string {
  const keys = [...sums.keys()].sort();
  const odd = keys.find((key) => !isPlain(key));
  if (odd !== undefined) throw new EvidenceError('SUMS_MALFORMED', `a key that cannot be listed: \`${odd}\``);
  return keys.map((key) => `${sums.get(key)}  ${key}\n`).join('');
}

/** Reads SHA256SUMS; undefined where the bytes are not exactly what `formatSums` would write. */
export function parseSums(bytes: Uint8Array): Sums | undefined {
  const text = Buffer.from(bytes).toString('latin1'); // ASCII, or not ours
  const rows = [...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(
    ([, digest, key]) => [`${key}`, `${digest}`] as const,
  );
  const sums = new Map(rows);
  return rows.every(([key]) => isPlain(key)) && formatSums(sums) === text ? sums : undefined;
}

/** Printable ASCII without a backslash: no system and no tool writes such a name in another way. */
function isPlain(key: string): boolean {
  return /^[ -[\]-~]+$/.test(key);
}
