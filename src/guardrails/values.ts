import type { Condition } from '../iam/condition.ts';

/** One value a request may carry for a key; undefined = none. */
export type Value = string | readonly string[] | undefined;

/** Keys of AWS's own that may have several values (IAM user guide, "Multivalued context keys"); keys of services are taken to. */
const severalValued =
  /^aws:(calledvia|tagkeys|principalorgpaths|resourceorgpaths|sourceorgpaths|vpceorgpaths|principalservicenameslist)$/;
const mayBeSeveral = (key: string): boolean => !key.startsWith('aws:') || severalValued.test(key);

const filler = 'zq7';
const addresses = ['192.0.2.7', '10.0.0.7', '8.8.8.8', '2001:db8::7'];
const most = 64;

/** Values of one key that its conditions tell apart: for each a hit and a miss, what meets two at once, and none. */
export function valuesOf(key: string, conditions: readonly Condition[], fill: (value: string) => string): Value[] {
  const single = new Set<string>();
  for (const { operator, values } of conditions) {
    const kind = operator?.name ?? 'Null';
    for (const value of values.map(fill)) for (const it of alternativesTo(kind, value)) single.add(it);
    for (const it of missesOf(kind)) single.add(it);
  }
  const patterns = conditions.flatMap(({ operator, values }) => (operator?.wild ? values.map(fill) : []));
  for (const [at, one] of patterns.entries())
    for (const other of patterns.slice(at + 1, at + 20)) {
      const both = intersection(one, other);
      if (both !== null) single.add(both);
    }
  const plain = [...single].slice(0, most);
  if (!conditions.some(({ set }) => set !== null) || !mayBeSeveral(key)) return [undefined, ...plain];
  const lists = plain.map((value) => [value]);
  return [undefined, ...lists, ...plain.map((value) => [value, `${filler}-miss`]), plain];
}

function alternativesTo(kind: string, value: string): string[] {
  if (kind === 'Null') return [];
  if (kind === 'Bool') return ['true', 'false'];
  if (kind.startsWith('Numeric')) return [value, String(Number(value) - 1), String(Number(value) + 1)];
  if (kind.startsWith('Date')) return [value, '1971-01-01T00:00:00Z', '2999-01-01T00:00:00Z'];
  if (kind.endsWith('IpAddress')) return [value.split('/')[0] ?? value];
  if (kind.startsWith('Arn') || kind.endsWith('Like')) return [filled(value, filler), filled(value, '')];
  return [value, value.toUpperCase(), value.toLowerCase()];
}

const filled = (pattern: string, text: string): string => pattern.replaceAll('*', text).replaceAll('?', 'z');

function missesOf(kind: string): string[] {
  if (kind.endsWith('IpAddress')) return addresses;
  if (kind.startsWith('Arn')) return [`arn:aws:${filler}:::${filler}`];
  return [`${filler}-miss`];
}

/** A text that two patterns both match, the shortest found; null where there is none. */
export function intersection(one: string, other: string): string | null {
  const seen = new Set<number>();
  const width = other.length + 1;
  const from = (i: number, j: number): string | null => {
    if (i === one.length && j === other.length) return '';
    const place = i * width + j;
    if (seen.has(place)) return null;
    seen.add(place);
    const [a, b] = [one[i], other[j]];
    if (a === '*') {
      const skipped = from(i + 1, j);
      if (skipped !== null) return skipped;
      return b === undefined || b === '*' ? (b === '*' ? from(i, j + 1) : null) : emitting(b, from(i, j + 1));
    }
    if (b === '*') {
      const skipped = from(i, j + 1);
      return skipped ?? (a === undefined ? null : emitting(a, from(i + 1, j)));
    }
    if (a === undefined || b === undefined || (a !== b && a !== '?' && b !== '?')) return null;
    return emitting(a === '?' ? b : a, from(i + 1, j + 1));
  };
  return from(0, 0);
}

const emitting = (letter: string, rest: string | null): string | null =>
  rest === null ? null : (letter === '?' ? 'z' : letter) + rest;
