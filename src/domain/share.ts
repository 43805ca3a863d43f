/** A rate before division. `untrackable`: AWS keeps no such data; `unread`: we could not read it. Counts of items. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly untrackable: number;
  readonly unread: number;
}

export type Worse = 'higher' | 'lower';

export const noShare: Share = { numerator: 0, denominator: 0, untrackable: 0, unread: 0 };

/** Sum of two shares: associative and commutative, so that accounts merge in any order. */
export function addShares(a: Share, b: Share): Share {
  return {
    numerator: a.numerator + b.numerator,
    denominator: a.denominator + b.denominator,
    untrackable: a.untrackable + b.untrackable,
    unread: a.unread + b.unread,
  };
}

export const unknownOf = (share: Share): number => share.untrackable + share.unread;
export const populationOf = (share: Share): number => share.denominator + unknownOf(share);

/** The lowest and highest value the rate could take once every unknown is resolved; undefined over nobody. */
export function bounds(share: Share): readonly [lower: number, upper: number] | undefined {
  const population = populationOf(share);
  if (population === 0) return undefined; // nobody to count is not 0 %
  return [share.numerator / population, (share.numerator + unknownOf(share)) / population];
}

/** The worse end of the bounds; an open figure (accounts nobody ever measured) is at the worst there is (design §3). */
export function pessimisticBound(share: Share, worse: Worse, open: boolean): number | undefined {
  const ends = bounds(share);
  if (ends === undefined) return undefined;
  if (worse === 'higher') return open ? 1 : ends[1];
  return open ? 0 : ends[0];
}

/** What exceptions cover of a figure's worse side, and where it would stand if that were on the better one. */
export interface WithExceptions {
  readonly excepted: number;
  readonly withExceptions: {
    readonly numerator: number;
    readonly lower: number;
    readonly upper: number;
    readonly pessimistic: number;
  };
}

/** The second value of a figure: over the same population, with the same unknowns, and no less open. */
export function withExceptionsOf(share: Share, excepted: number, worse: Worse, open: boolean): WithExceptions {
  const numerator = share.numerator + (worse === 'higher' ? -excepted : excepted);
  const moved = { ...share, numerator };
  const [lower, upper] = bounds(moved) ?? [0, 1];
  const pessimistic = pessimisticBound(moved, worse, open) ?? (worse === 'higher' ? 1 : 0);
  return { excepted, withExceptions: { numerator, lower, upper, pessimistic } };
}
