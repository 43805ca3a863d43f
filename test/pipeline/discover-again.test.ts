import { pagesOf } from '../../src/catalogue/paging.ts';
import { nightOf } from '../../src/pipeline/claim-night.ts';
import type { Dependencies } from '../../src/pipeline/dependencies.ts';
import { discoverOrganization } from '../../src/pipeline/discover-organization.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { AwsReaders, Input } from '../../src/ports/aws-reader.ts';
import { demoOrganization, simulatorReaders } from '../../src/simulator/demo/index.ts';
import { callKey } from '../../src/transcripts/key.ts';
import { OutOfTime } from '../../src/transcripts/resume.ts';
import { clock, inputAt, memoryStore, world } from '../support/world.ts';

// Discovery of an organisation that is cut off, by a process that dies or by a task without time, and taken up again.

const night = nightOf(inputAt(clock, { input: { source: 'aws', digest: null } }), {});
const demo = simulatorReaders(demoOrganization(clock));

/** Readers that note each call; from the call `dies` on every one ends as when the process does. */
function noted(dies = Number.POSITIVE_INFINITY): { readers: AwsReaders; calls: string[] } {
  const calls: string[] = [];
  const readers: AwsReaders = {
    accounts: () => demo.accounts(),
    for: (scope) => {
      const reader = demo.for(scope);
      const call = async <O extends Operation>(operation: O, input: Input<O>) => {
        if (calls.length >= dies) throw new Error('killed');
        calls.push(`${scope.account} ${scope.region} ${callKey(operation, input as Record<string, unknown>)}`);
        return reader.call(operation, input);
      };
      return { call, pages: (operation, input) => pagesOf(call, operation, input) };
    },
  };
  return { readers, calls };
}

const discover = (store: Dependencies['store'], readers: AwsReaders, mayAsk: () => boolean = () => true) =>
  discoverOrganization({ night }, world(readers, { store, mayAsk }));

/** All that was left, but for what was stored on the way. */
const left = (store: ReturnType<typeof memoryStore>): Map<string, string> =>
  new Map(
    [...store.objects]
      .filter(([key]) => !key.includes('/partial/'))
      .map(([key, bytes]) => [key, Buffer.from(bytes).toString('base64')]),
  );

const whole = memoryStore();
const once = noted();
beforeAll(() => discover(whole, once.readers));

const repeated = (calls: readonly string[]): string[] => {
  const asked = new Map<string, number>();
  for (const call of calls) asked.set(call, (asked.get(call) ?? 0) + 1);
  for (const call of once.calls) asked.set(call, (asked.get(call) ?? 0) - 1);
  return [...asked].filter(([, more]) => more > 0).map(([call]) => call);
};

test.each([40, 75, 110])(
  'killed at call %i: at most 25 answers are lost, and none that was stored is asked again',
  async (dies) => {
    expect(once.calls.length).toBeGreaterThan(dies);
    const store = memoryStore();
    const first = noted(dies);
    await expect(discover(store, first.readers)).rejects.toThrow('killed');
    expect([...store.objects.keys()].filter((key) => key.includes('/partial/organization/'))).toHaveLength(
      Math.floor(dies / 25),
    );

    const second = noted();
    await discover(store, second.readers);
    expect(left(store)).toEqual(left(whole));
    expect(repeated([...first.calls, ...second.calls]).length).toBeLessThanOrEqual(25);
    expect(second.calls.length).toBeLessThanOrEqual(once.calls.length - Math.floor(dies / 25) * 25);
  },
);

test('a task without time for all of it says so, and the next ones go on where it was', async () => {
  const store = memoryStore();
  const readers = noted();
  for (let rounds = 1; ; rounds++) {
    let mayAsk = 50;
    const ended = await discover(store, readers.readers, () => mayAsk-- > 0).catch((error: unknown) => error);
    if (!(ended instanceof OutOfTime)) {
      expect(rounds).toBe(Math.ceil(once.calls.length / 50));
      break;
    }
    expect([...store.objects.keys()].filter((key) => key.startsWith('archive/'))).toEqual([]);
  }
  expect(repeated(readers.calls)).toEqual([]);
  expect(left(store)).toEqual(left(whole));
});
