import fc from 'fast-check';
import { budgeted } from '../../../src/adapters/limits/budget.ts';
import { retrying } from '../../../src/adapters/limits/retry.ts';
import { noCalls, taken } from '../../../src/adapters/limits/stats.ts';
import { ratesOf } from '../../../src/catalogue/rates.ts';
import { Refusal } from '../../../src/domain/gap.ts';
import { fakeAws, fakeTime, inAccount, organization, refusal, since } from './fake-aws.ts';

const get = 'iam:GetServiceLastAccessedDetails';
const job = { JobId: 'j' };
const scope = inAccount(0);

/** Readers that fail with these errors in turn, then answer; and what came of one call. */
async function one(errors: readonly unknown[], { most = 5, random = (): number => 0.5 } = {}) {
  const time = fakeTime();
  const stats = noCalls();
  const slept: number[] = [];
  const { readers, arrived } = fakeAws(time, (_, index) => {
    if (index < errors.length) throw errors[index];
    return { JobStatus: 'COMPLETED' };
  });
  const sleep = (seconds: number) => {
    slept.push(seconds);
    return time.sleep(seconds);
  };
  const asked = retrying(readers, { sleep, random, most, stats }).for(scope).call(get, job);
  const outcome = asked.then(
    ({ output }) => output,
    (error: unknown) => error,
  );
  await time.run();
  return { outcome: await outcome, slept, stats, tries: arrived.length };
}

test.each([
  'Throttling',
  'TooManyRequestsException',
  'TimeoutError',
  'ServiceUnavailable',
  'ServiceException',
  'InternalFailure',
  'InternalServiceException',
  'EAI_AGAIN',
  'InternalServerException',
  'ServiceFailureException',
])('%s is asked again', async (name) => {
  const { outcome, tries } = await one([refusal(get, name)]);
  expect([outcome, tries]).toEqual([{ JobStatus: 'COMPLETED' }, 2]);
});

test.each(['AccessDenied', 'ExpiredToken', 'ValidationException', 'NoSuchEntity', 'NotInSnapshot'])(
  '%s passes at once',
  async (name) => {
    const refused = refusal(get, name);
    const { outcome, slept, tries } = await one([refused]);
    expect(outcome).toBe(refused);
    expect([slept, tries]).toEqual([[], 1]);
  },
);

test('an error that is no answer of AWS passes untouched', async () => {
  const bug = new TypeError('Throttling');
  const { outcome, tries } = await one([bug]);
  expect([outcome, tries]).toEqual([bug, 1]);
});

test('the last refusal passes as it came, with the error of AWS', async () => {
  const refusals = [1, 2, 3, 4, 5, 6].map((count) => {
    const error = { name: 'Throttling', message: `number ${count}` };
    return new Refusal({ code: 'THROTTLED', action: get }, error);
  });
  const { outcome, tries, stats } = await one(refusals);
  expect(outcome).toBe(refusals[4]);
  expect(refusals[4]?.error).toEqual({ name: 'Throttling', message: 'number 5' });
  expect([tries, stats.retries]).toEqual([5, { [get]: 4 }]);
});

test.each([1, 2, 7])('it is asked %d times at most, where so many are set', async (most) => {
  expect((await one(Array(9).fill(refusal(get, 'Throttling')), { most })).tries).toBe(most);
});

test('pauses are anything from nothing to 1, 2, 4 … seconds, and 20 at most', async () => {
  const slept = async (random: () => number) =>
    (await one(Array(9).fill(refusal(get, 'Throttling')), { most: 8, random })).slept;
  expect(await slept(() => 1)).toEqual([1, 2, 4, 8, 16, 20, 20]);
  expect(await slept(() => 0.25)).toEqual([0.25, 0.5, 1, 2, 4, 5, 5]);
  expect(await slept(() => 0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('each try waits for its turn: what is asked again counts for the budget', async () => {
  const time = fakeTime();
  const policy = 'organizations:DescribePolicy';
  const { readers, arrived } = fakeAws(time, (_, index) => {
    if (index < 3) throw refusal(policy, 'ServiceException'); // refused, not throttled: the rate stays
    return {};
  });
  const wrapped = retrying(budgeted(readers, ratesOf({}), time), { ...time, random: () => 0 });
  const asked = wrapped.for(organization).call(policy, { PolicyId: 'p' });
  await time.run();
  await asked;
  expect(since(arrived)).toEqual([0, 0, 0.5, 1]);
});

/** A list of as many pages; the call of each given index is throttled. */
async function list(pages: number, throttled: (index: number) => boolean) {
  const time = fakeTime();
  const stats = noCalls();
  const { readers, arrived } = fakeAws(time, ({ input, operation }, index) => {
    if (throttled(index)) throw refusal(operation, 'Throttling');
    const page = Number(input['Marker'] ?? 0);
    return { JobStatus: `page ${page}`, ...(page + 1 < pages ? { Marker: String(page + 1), IsTruncated: true } : {}) };
  });
  const wrapped = retrying(budgeted(readers, ratesOf({}), { ...time, stats }), { ...time, random: () => 0.5, stats });
  const read: unknown[] = [];
  const reading = (async () => {
    for await (const { output } of wrapped.for(scope).pages(get, job)) read.push(output.JobStatus);
  })().catch((error: unknown) => read.push(error));
  await time.run();
  await reading;
  return { read, arrived, stats };
}

test('a list that is throttled in the middle goes on from the same page', async () => {
  const { read, arrived } = await list(3, (index) => index === 1 || index === 2);
  expect(read).toEqual(['page 0', 'page 1', 'page 2']);
  expect(arrived.map(({ input }) => input['Marker'])).toEqual([undefined, '1', '1', '1', '2']);
  expect(since(arrived).every((moment, index, all) => index === 0 || moment - (all[index - 1] ?? 0) >= 0.1)).toBe(true); // page by page
});

test('a list that is throttled for good ends with the refusal', async () => {
  const { read, arrived } = await list(3, (index) => index >= 1);
  expect(read).toEqual(['page 0', expect.any(Refusal)]);
  expect(arrived).toHaveLength(6);
});

test('the counts add up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      async (throttled, pages) => {
        const { read, arrived, stats } = await list(pages, (index) => throttled[index] ?? false);
        const failed = read.some((page) => page instanceof Refusal);
        const refused = arrived.filter((_, index) => throttled[index]).length;
        expect(stats.calls).toEqual({ [get]: arrived.length });
        expect(stats.throttles[get] ?? 0).toBe(refused);
        expect(stats.retries[get] ?? 0).toBe(failed ? refused - 1 : refused);
        const lasted = (arrived.at(-1)?.at ?? 0) - (arrived[0]?.at ?? 0);
        expect(stats.queued + stats.backedOff).toBeCloseTo(lasted, 6);
        expect(stats.mostInOneSecond).toBeGreaterThanOrEqual(1);
        expect(stats.mostInOneSecond).toBeLessThanOrEqual(10);
        expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
      },
    ),
    { numRuns: 100 },
  );
});

test('what was counted is taken once', () => {
  const stats = { ...noCalls(), calls: { [get]: 3 }, queued: 2, backedOff: 1, mostInOneSecond: 3, firstAt: 1 };
  expect(taken(stats)).toEqual({
    calls: { [get]: 3 },
    throttles: {},
    retries: {},
    queued: 2,
    backedOff: 1,
    mostInOneSecond: 3,
    firstAt: 1,
    lastAt: null,
  });
  expect(stats).toEqual(noCalls());
});
