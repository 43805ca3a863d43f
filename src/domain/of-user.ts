interface OfUser {
  readonly user: string;
}

/** By list, which never changes once it was read: grouped at the first question, so that asking for every user is not quadratic. */
const groups = new WeakMap<readonly OfUser[], ReadonlyMap<string, readonly OfUser[]>>();

/** What a list holds of one user, in the list's own order. */
export function ofUser<Item extends OfUser>(list: readonly Item[], user: string): readonly Item[] {
  const there = groups.get(list) ?? Map.groupBy(list, (item) => item.user);
  groups.set(list, there);
  return (there.get(user) ?? []) as readonly Item[]; // the groups are of this very list
}
