// What the parts of a night are added up with: plain counts by name, written down in an order that no merge can change.

/** A count of nothing for each name. */
export const zeroes = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** The sum of two equal shapes of counts, however deep. */
export function summed<Counts extends object>(a: Counts, b: Counts): Counts {
  const other = b as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(a).map(([key, value]) => [
      key,
      typeof value === 'number' ? value + (other[key] as number) : summed(value as object, other[key] as object),
    ]),
  ) as Counts;
}

/** Order of the entries of a map, by key. */
export const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
