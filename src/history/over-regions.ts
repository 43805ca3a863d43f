/** What is compared of a finding to see whether another one differs from it in its Region alone. */
export interface InRegion {
  readonly account: string;
  readonly control: string;
  readonly resource: string;
  /** Null where the resource has none. */
  readonly region: string | null;
  readonly kind: string;
  readonly severity: string;
  readonly cause: string;
  readonly remedy: { readonly text: string } | null;
}

/** Findings that say the same of several Regions; `first` of one alone has its own Region. */
export interface OverRegions<Item> {
  readonly first: Item;
  /** In the order of the items; empty where the resource has no Region. */
  readonly regions: readonly string[];
  readonly items: readonly Item[];
}

/** The same items in the same order, those that differ in their Region alone as one, where the first of them stood. */
export function overRegions<Item>(items: readonly Item[], of: (item: Item) => InRegion): OverRegions<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const [at, item] of items.entries()) {
    const { account, control, resource, region, kind, severity, cause, remedy } = of(item);
    const alike = [account, control, kind, severity, cause, remedy?.text ?? '', resource === region ? '' : resource];
    const key = region === null ? String(at) : JSON.stringify(alike);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].map((own) => ({
    first: own[0] as Item,
    regions: own.flatMap((item) => of(item).region ?? []),
    items: own,
  }));
}
