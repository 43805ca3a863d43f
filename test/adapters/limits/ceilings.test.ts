import fc from 'fast-check';
import { budgeted } from '../../../src/adapters/limits/budget.ts';
import { retrying } from '../../../src/adapters/limits/retry.ts';
import { type RateOptions, ratesOf } from '../../../src/catalogue/rates.ts';
import type { Operation } from '../../../src/ports/aws-calls.ts';
import type { ReaderScope } from '../../../src/ports/aws-reader.ts';
import {
  type Arrived,
  ask,
  exceeds,
  fakeAws,
  fakeTime,
  inAccount,
  mostInASecond,
  organization,
  throttling,
} from './fake-aws.ts';

/** Rate and burst by operation, copied by hand from the pages that domain facts E.6 cites; the second pair is the organisation's. */
const documented: Partial<Record<Operation, readonly (readonly [rate: number, burst: number])[]>> = {
  'organizations:ListRoots': [[1, 2]],
  'organizations:DescribePolicy': [
    [2, 2],
    [2, 3],
  ],
  'organizations:ListTargetsForPolicy': [
    [5, 8],
    [6, 10],
  ],
  'account:ListRegions': [[5, 5]],
};
const perSecond: Partial<Record<Operation, number>> = {
  'cloudtrail:DescribeTrails': 10,
  'cloudtrail:GetTrailStatus': 10,
  'iam:GetAccountAuthorizationDetails': 10,
  'sts:AssumeRole': 600,
};
const asked = [...Object.keys(documented), ...Object.keys(perSecond)] as Operation[];

interface Load {
  readonly calls: readonly {
    readonly comes: number;
    readonly account: number;
    readonly region: string;
    readonly operation: Operation;
  }[];
  readonly throttled: readonly boolean[];
  readonly takes: readonly number[];
}

const load: fc.Arbitrary<Load> = fc.record({
  calls: fc.array(
    fc.record({
      comes: fc.integer({ min: 0, max: 4_000 }).map((milliseconds) => milliseconds / 1_000),
      account: fc.integer({ min: 0, max: 1 }),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
      operation: fc.constantFrom(...asked),
    }),
    { minLength: 1, maxLength: 120, size: 'max' },
  ),
  throttled: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
  takes: fc.array(fc.constantFrom(0, 0.05, 1.5), { minLength: 1, maxLength: 5 }),
});

const scopeOf = ({ account, region, operation }: Load['calls'][number]): ReaderScope => {
  if (operation.startsWith('organizations:')) return organization;
  return inAccount(account, operation.startsWith('cloudtrail:') ? region : 'global');
};

/** Puts a load on the wrapped readers; how long each call took until its answer, and what reached AWS. */
async function carry({ calls, throttled, takes }: Load, options: RateOptions = {}, most = 1) {
  const time = fakeTime();
  const aws = fakeAws(
    time,
    ({ operation }, index) => {
      if (throttled[index % throttled.length]) throw throttling(operation);
      return {};
    },
    (index) => takes[index % takes.length] ?? 0,
  );
  const readers = retrying(budgeted(aws.readers, ratesOf(options), time), { ...time, random: () => 0.3, most });
  const lasted: number[] = [];
  const done = calls.map(async (call, index) => {
    await time.sleep(call.comes);
    const came = time.now();
    await ask(readers, scopeOf(call), call.operation);
    lasted[index] = time.now() - came;
  });
  await time.run();
  await Promise.all(done);
  return { arrived: aws.arrived, lasted };
}

const momentsBy = (arrived: readonly Arrived[], key: (call: Arrived) => string): Map<string, number[]> =>
  new Map(
    [...Map.groupBy(arrived, key)].map(([group, calls]): [string, number[]] => [group, calls.map(({ at }) => at)]),
  );
const placeOf = ({ operation, scope }: Arrived): string => `${operation} ${scope.account} ${scope.region}`;

test.each([{ most: 1 }, { most: 5 }])(
  'no stretch of time holds more calls than AWS allows ($most tries)',
  async ({ most }) => {
    await fc.assert(
      fc.asyncProperty(load, async (load) => {
        const { arrived } = await carry(load, {}, most);
        expect(arrived.length).toBeGreaterThanOrEqual(load.calls.length);
        for (const [place, moments] of momentsBy(arrived, placeOf)) {
          const operation = place.split(' ')[0] as Operation;
          for (const [rate, burst] of documented[operation] ?? []) expect(exceeds(moments, rate, burst)).toBe(false);
          expect(mostInASecond(moments)).toBeLessThanOrEqual(perSecond[operation] ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 60 },
    );
  },
);

test('no second of the run holds more than --max-rate calls, nor more IAM calls than are set', async () => {
  await fc.assert(
    fc.asyncProperty(
      load,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 15 }),
      async (load, maxRate, iamRate) => {
        const { arrived } = await carry(load, { maxRate, iamRate }, 3);
        expect(mostInASecond(arrived.map(({ at }) => at))).toBeLessThanOrEqual(maxRate);
        const iam = arrived.filter(({ operation }) => operation.startsWith('iam:'));
        expect(mostInASecond(iam.map(({ at }) => at))).toBeLessThanOrEqual(iamRate);
      },
    ),
    { numRuns: 60 },
  );
});

test('nobody starves, however much AWS throttles', async () => {
  const floorOfSlowest = 1 / 10; // ListRoots: 1 a second, and a tenth of it when AWS throttles all the time
  await fc.assert(
    fc.asyncProperty(load, async (load) => {
      const { lasted } = await carry({ ...load, throttled: [true] }, { maxRate: 20, iamRate: 5 });
      const inTurn = load.calls.length / floorOfSlowest;
      expect(lasted.filter((seconds) => seconds >= 0)).toHaveLength(load.calls.length);
      expect(Math.max(...lasted)).toBeLessThanOrEqual(inTurn + Math.max(...load.takes) + 1);
    }),
    { numRuns: 40 },
  );
});

test('600 roles are assumed a second, in however many accounts', async () => {
  const time = fakeTime();
  const { readers, arrived } = fakeAws(time);
  const budget = budgeted(readers, ratesOf({}), time);
  const done = Array.from({ length: 1_200 }, (_, index) => ask(budget, inAccount(index), 'sts:AssumeRole'));
  await time.run();
  await Promise.all(done);
  const moments = arrived.map(({ at }) => at);
  expect(mostInASecond(moments)).toBeLessThanOrEqual(600);
  expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeLessThan(2.2);
});

test('side by side, the processes of a run share what holds for all of them', async () => {
  const shares = ratesOf({ maxRate: 100, iamRate: 40, processes: 20 });
  expect(shares.run).toEqual({ rate: 5, burst: 1 });
  expect(shares.limitOf('iam:GetCredentialReport').organization).toEqual({ rate: 2, burst: 1 });
  expect(shares.limitOf('sts:AssumeRole').organization).toEqual({ rate: 28, burst: 3 });
  expect(shares.limitOf('organizations:DescribePolicy').organization).toEqual({ rate: 2, burst: 3 });
});
