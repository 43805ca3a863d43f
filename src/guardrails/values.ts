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
  for (const set of smallSets(patterns.slice(0, 12)).slice(patterns.length)) {
    const all = textMatchingAll(set);
    if (all !== null) single.add(all);
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

/** Places that are looked at for one text; patterns of policies need a few hundred. */
const places = 20_000;

/**
 * A text that all patterns match, null where there is none. Where each of them has a `*`, `text` stands for it; else it is as short as can be.
 */
export function textMatchingAll(patterns: readonly string[], text = ''): string | null {
  const seen = new Set<string>();
  const from = (at: readonly number[]): string | null => {
    const place = at.join();
    if (seen.has(place) || seen.size > places) return null;
    seen.add(place);
    const letters = patterns.map((pattern, n) => pattern[at[n] ?? 0]);
    if (letters.every((letter) => letter === undefined)) return '';
    if (letters.every((letter) => letter === '*')) {
      const rest = from(at.map((n) => n + 1));
      if (rest !== null) return text + rest;
    }
    for (const [n, letter] of letters.entries()) {
      const skipped = letter === '*' ? from(at.with(n, (at[n] ?? 0) + 1)) : null;
      if (skipped !== null) return skipped;
    }
    const asked = letters.filter((letter) => letter !== '*');
    const [literal = 'z', ...others] = new Set(asked.filter((letter) => letter !== '?'));
    if (asked.length === 0 || others.length > 0 || asked.includes(undefined)) return null;
    const rest = from(at.map((n, of) => (letters[of] === '*' ? n : n + 1)));
    return rest === null ? null : literal + rest;
  };
  return from(patterns.map(() => 0));
}

/** Sets of one to three of some things, the small ones first; no set holds a thing twice. */
export function smallSets<T>(all: readonly T[]): T[][] {
  const placed = [...all.entries()];
  const after = ([place]: readonly [number, T]) => placed.slice(place + 1); // each set is found in one order alone
  const pairs = placed.flatMap((one) => after(one).map((two) => [one, two] as const));
  const threes = pairs.flatMap(([one, two]) => after(two).map((three) => [one, two, three]));
  return [...placed.map((one) => [one]), ...pairs, ...threes].map((set) => set.map(([, it]) => it));
}
