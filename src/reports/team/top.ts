/** The first `limit` items of an order; the rest is only counted. */
export interface Top<Item> {
  readonly limit: number;
  items: Item[];
  total: number;
  readonly before: (a: Item, b: Item) => number;
}

export const top = <Item>(limit: number, before: (a: Item, b: Item) => number): Top<Item> => ({
  limit,
  items: [],
  total: 0,
  before,
});

/** Keeps up to twice the limit between sorts. */
export function add<Item>(list: Top<Item>, item: Item): void {
  list.total += 1;
  list.items.push(item);
  if (list.items.length > list.limit * 2) list.items = first(list);
}

/** The kept items, in order. */
export const first = <Item>({ items, before, limit }: Top<Item>): Item[] => items.toSorted(before).slice(0, limit);

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
