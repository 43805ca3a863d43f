import { operations } from '../../catalogue/operations.ts';
import type { Ceiling, Rates } from '../../catalogue/rates.ts';
import type { Operation } from '../../ports/aws-calls.ts';
import type { ReaderScope } from '../../ports/aws-reader.ts';
import { Bucket } from './bucket.ts';

/** Above this many buckets the spare ones are dropped: an organisation of 50,000 accounts would fill the memory (design §8). */
const many = 1_000;

/** Keeps the buckets of a run, and makes them where they are missing. */
export interface Shelf {
  /** Does a call's work with the buckets it takes from. None of them is forgotten meanwhile. */
  lend<T>(call: Lent, work: (buckets: readonly Bucket[]) => Promise<T>): Promise<T>;
  readonly size: number;
}

interface Lent {
  readonly scope: ReaderScope;
  readonly operation: Operation;
  readonly moment: number;
}

export function shelf(rates: Rates): Shelf {
  const buckets = new Map<string, Bucket>();
  let sweepAbove = many;
  const sweep = (moment: number): void => {
    for (const [key, bucket] of buckets) if (bucket.isSpare(moment)) buckets.delete(key);
    sweepAbove = Math.max(many, 2 * buckets.size);
  };
  const bucketOf = (key: string, ceiling: Ceiling | null, adapts: boolean, moment: number): Bucket[] => {
    if (ceiling === null) return [];
    const bucket = buckets.get(key) ?? new Bucket(ceiling, adapts, moment);
    buckets.set(key, bucket);
    return [bucket];
  };
  /** Each lies within the next: account and Region, organisation, run. The gate's order rests on that. */
  const bucketsOf = ({ scope, operation, moment }: Lent): readonly Bucket[] => {
    const { key, account, organization } = rates.limitOf(operation);
    const region = operations[operation].where === 'region' ? scope.region : 'global';
    return [
      ...bucketOf(`${key} ${scope.account} ${region}`, account, true, moment),
      ...bucketOf(key, organization, true, moment),
      ...bucketOf('run', rates.run, false, moment),
    ];
  };
  return {
    get size() {
      return buckets.size;
    },
    async lend(call, work) {
      if (buckets.size > sweepAbove) sweep(call.moment);
      const lent = bucketsOf(call);
      for (const bucket of lent) bucket.users += 1;
      try {
        return await work(lent);
      } finally {
        for (const bucket of lent) bucket.users -= 1;
      }
    },
  };
}
