import type { Bucket } from '../../../src/adapters/limits/bucket.ts';
import { budgeted } from '../../../src/adapters/limits/budget.ts';
import { shelf } from '../../../src/adapters/limits/shelf.ts';
import { noCalls } from '../../../src/adapters/limits/stats.ts';
import { ratesOf } from '../../../src/catalogue/rates.ts';
import type { Operation } from '../../../src/ports/aws-calls.ts';
import type { ReaderScope } from '../../../src/ports/aws-reader.ts';
import { type Arrived, ask, fakeAws, fakeTime, inAccount, organization, since, throttling } from './fake-aws.ts';

const iam = 'iam:GetServiceLastAccessedDetails';
const policy = 'organizations:DescribePolicy';
const many = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

interface World {
  readonly options?: Parameters<typeof ratesOf>[0];
  readonly throttles?: (call: Arrived, index: number) => boolean;
  readonly takes?: number;
}

function world({ options = {}, throttles = () => false, takes = 0 }: World) {
  const time = fakeTime();
  const stats = noCalls();
  const aws = fakeAws(
    time,
    (call, index) => {
      if (throttles(call, index)) throw throttling(call.operation);
      return {};
    },
    () => takes,
  );
  const readers = budgeted(aws.readers, ratesOf(options), { ...time, stats });
  const all = async (...asks: readonly (readonly [scope: ReaderScope, operation: Operation, count: number])[]) => {
    const done = asks.flatMap(([scope, operation, count]) =>
      many(count).map((number) => ask(readers, scope, operation, { number })),
    );
    await time.run();
    await Promise.all(done);
  };
  return { ...aws, readers, time, stats, all };
}

test('a burst goes at once, the rest at the rate', async () => {
  const { arrived, all } = world({});
  await all([organization, policy, 6]);
  expect(since(arrived)).toEqual([0, 0, 0.5, 1, 1.5, 2]);
});

test('calls go in the order they came', async () => {
  const { arrived, all } = world({ throttles: (_, index) => index % 3 === 0 });
  await all([organization, policy, 12]);
  expect(arrived.map(({ input }) => input['number'])).toEqual(many(12));
});

test('each account, each Region and each operation has its own rate', async () => {
  const { arrived, all } = world({});
  const [trails, status] = ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'] as const;
  await all(
    [inAccount(0, 'eu-west-1'), trails, 1],
    [inAccount(0, 'us-east-1'), trails, 1],
    [inAccount(1, 'eu-west-1'), trails, 1],
    [inAccount(0, 'eu-west-1'), status, 1],
    [inAccount(0, 'eu-west-1'), trails, 1],
  );
  expect(since(arrived)).toEqual([0, 0, 0, 0, 0.1]);
});

test('IAM is one service for the whole account, from wherever it is asked', async () => {
  const { arrived, all } = world({});
  await all([inAccount(0, 'eu-west-1'), iam, 1], [inAccount(0, 'us-east-1'), 'iam:GetCredentialReport', 1]);
  expect(since(arrived)).toEqual([0, 0.1]);
});

test('an IAM rate for the organisation holds over many accounts', async () => {
  const { arrived, all } = world({ options: { iamRate: 5 } });
  await all(...many(11).map((index) => [inAccount(index), iam, 1] as const));
  expect(since(arrived).at(-1)).toBe(2);
});

test('a call that waits for one bucket takes nothing from another', async () => {
  const { arrived, all } = world({ options: { maxRate: 10 } });
  await all([organization, policy, 20], ...many(40).map((index) => [inAccount(index), iam, 1] as const));
  const last = (operation: Operation): number =>
    Math.max(...since(arrived).filter((_, index) => arrived[index]?.operation === operation));
  expect(last(policy)).toBeCloseTo(9, 0); // 2 a second, as if nobody else asked
  expect(last(iam)).toBeLessThan(5.2); // and the other 8 a second of the run go to the rest
});

describe('throttling', () => {
  /** Seconds between calls, where the call of each given index is throttled. */
  const gaps = async (count: number, ...throttled: number[]): Promise<number[]> => {
    const { arrived, all } = world({ throttles: (_, index) => throttled.includes(index) });
    await all([inAccount(0), iam, count]);
    const at = since(arrived);
    return at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
  };

  test('halves the rate', async () => {
    const [before, after] = await gaps(3, 1);
    expect(before).toBeCloseTo(0.1, 5);
    expect(after).toBeCloseTo(0.2, 2);
  });

  test('once more, where AWS throttles at the new rate as well', async () => {
    expect((await gaps(4, 1, 2)).at(-1)).toBeCloseTo(0.4, 1);
  });

  test('once for all calls that went before it', async () => {
    const { arrived, all } = world({ throttles: (_, index) => index < 10, takes: 2 });
    await all([inAccount(0), iam, 30]);
    const at = since(arrived).filter((moment) => moment > 2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeCloseTo(0.2, 2); // ten were throttled, 0.05 if each had counted, 1 at the floor
  });

  test('slows down to a tenth, never below', async () => {
    const { arrived, all } = world({ throttles: () => true });
    await all([inAccount(0), iam, 30]);
    const at = since(arrived);
    const gapsThen = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
    expect(Math.max(...gapsThen)).toBeLessThanOrEqual(1.001);
    expect(gapsThen.at(-1)).toBeGreaterThan(0.8);
  });

  test('is forgiven little by little, up to the ceiling and not above', async () => {
    const between = await gaps(800, 1);
    expect(between[1]).toBeCloseTo(0.2, 2);
    expect(between.slice(2).every((gap, index) => gap <= (between[index + 1] ?? 0) + 0.0021)).toBe(true); // in milliseconds, a gap is off by one
    const halfWay = since((await throttledAtFirst()).arrived).filter((moment) => moment > 30 && moment < 31).length;
    expect(halfWay).toBeGreaterThanOrEqual(7); // 5 a second, and 5 more in a minute
    expect(halfWay).toBeLessThanOrEqual(8);
    expect(Math.min(...between.slice(-50))).toBeGreaterThanOrEqual(0.0999);
    expect(Math.max(...between.slice(-50))).toBeLessThanOrEqual(0.101);
  });
  const throttledAtFirst = async () => {
    const one = world({ throttles: (_, index) => index === 0 });
    await one.all([inAccount(0), iam, 400]);
    return one;
  };

  test('slows the account and what its calls share, not other accounts and not the run', async () => {
    const { arrived, all } = world({
      options: { maxRate: 11 },
      throttles: ({ scope }, index) => index === 0 && scope.account === inAccount(0).account,
    });
    await all([inAccount(0), iam, 2], [inAccount(1), iam, 21]);
    const other = since(arrived).filter((_, index) => arrived[index]?.scope.account === inAccount(1).account);
    expect(other.at(-1)).toBeLessThan(2.3);
  });

  test('leaves nothing of a burst', async () => {
    const { arrived, readers, all } = world({ throttles: (_, index) => index === 0 });
    await ask(readers, organization, 'organizations:ListPolicies');
    await all([organization, 'organizations:ListPolicies', 3]);
    expect(since(arrived)).toEqual([0, 0.4, expect.closeTo(0.8, 1), expect.closeTo(1.2, 1)]);
  });

  test('only throttling slows: other refusals do not', async () => {
    const time = fakeTime();
    const { readers, arrived } = fakeAws(time, () => {
      throw new Error('a bug');
    });
    const reader = budgeted(readers, ratesOf({}), time).for(inAccount(0));
    const failing = [1, 2, 3].map(() => expect(reader.call(iam, { JobId: 'j' })).rejects.toThrow('a bug'));
    await time.run();
    await Promise.all(failing);
    expect(since(arrived)).toEqual([0, 0.1, 0.2]);
  });
});

test('a sleep that is broken off ends those who wait', async () => {
  const time = fakeTime();
  const sleep = () => Promise.reject(new Error('the run was stopped'));
  const reader = budgeted(fakeAws(time).readers, ratesOf({}), { ...time, sleep }).for(inAccount(0));
  await reader.call(iam, { JobId: 'j' });
  await expect(reader.call(iam, { JobId: 'j' })).rejects.toThrow('the run was stopped');
});

test('what it passes on: the input, the answer, the accounts', async () => {
  const { readers, arrived } = world({});
  const { output } = await readers.for(inAccount(0)).call(iam, { JobId: 'j' });
  expect([output, arrived[0]?.input, readers.accounts()]).toEqual([{}, { JobId: 'j' }, ['111111111111']]);
});

test('buckets of accounts that are done are forgotten, those in use are not', async () => {
  const all = shelf(ratesOf({}));
  const call = (index: number) => ({ scope: inAccount(index), operation: iam, moment: index }) as const;
  const use = (index: number): Promise<Bucket | undefined> =>
    all.lend(call(index), async ([bucket]) => {
      bucket?.take(index);
      return bucket;
    });
  await all.lend(call(0), async ([used]) => {
    for (const index of many(20_000)) await use(index + 1);
    expect(all.size).toBeLessThan(2_100);
    expect(await all.lend(call(0), async ([again]) => again)).toBe(used);
  });
});

test('a list is read page by page, each in its turn', async () => {
  const time = fakeTime();
  const { readers, arrived } = fakeAws(time, (_, index) => (index < 2 ? { Marker: String(index) } : {}));
  const reading = Array.fromAsync(budgeted(readers, ratesOf({}), time).for(inAccount(0)).pages(iam, { JobId: 'j' }));
  await time.run();
  expect([(await reading).length, since(arrived)]).toEqual([3, [0, 0.1, 0.2]]);
});

test('the busiest second is counted, and no longer time', async () => {
  const { stats, all } = world({});
  await all([organization, policy, 9]); // two at once, then 2 a second
  expect(stats.mostInOneSecond).toBe(3);
});

test('a call that may go sooner does not wait for one that came before', async () => {
  const { arrived, all } = world({});
  await all([organization, policy, 3], [inAccount(0), iam, 2]);
  expect(since(arrived)).toEqual([0, 0, 0, 0.1, 0.5]);
});

test('a call that comes while the timer is late does not overtake the one that waits for it', async () => {
  const time = fakeTime();
  const { readers, arrived } = fakeAws(time);
  const late = { now: time.now, sleep: (seconds: number) => time.sleep(seconds + 0.3) };
  const budget = budgeted(readers, ratesOf({}), late);
  const first = [0, 1, 2].map((number) => ask(budget, organization, policy, { number }));
  const then = time.sleep(0.6).then(() => ask(budget, organization, policy, { number: 3 }));
  await time.run();
  await Promise.all([...first, then]);
  expect(arrived.map(({ input }) => input['number'])).toEqual([0, 1, 2, 3]);
});
