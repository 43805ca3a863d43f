import { pagesOf } from '../../src/catalogue/paging.ts';
import { runLocalNight, unfinishedNight } from '../../src/cli/local-night.ts';
import { sha256 } from '../../src/evidence/canonical.ts';
import type { Dependencies } from '../../src/pipeline/dependencies.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { AwsReaders, Input } from '../../src/ports/aws-reader.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { callKey } from '../../src/transcripts/key.ts';
import { resumingReaders } from '../../src/transcripts/resume.ts';
import { organization } from '../support/refusals.ts';
import { inputAt, memoryStore, world } from '../support/world.ts';

/** Readers of the organisation that note every call and tell when so many were made. */
function counted(after: number, reached: () => void): { readers: AwsReaders; calls: string[] } {
  const demo = simulatorReaders(organization);
  const calls: string[] = [];
  const readers: AwsReaders = {
    accounts: () => demo.accounts(),
    for: (scope) => {
      const reader = demo.for(scope);
      const call = <O extends Operation>(operation: O, input: Input<O>) => {
        calls.push(`${scope.account} ${scope.region} ${callKey(operation, input as Record<string, unknown>)}`);
        if (calls.length === after) reached();
        return reader.call(operation, input);
      };
      return { call, pages: (operation, input) => pagesOf(call, operation, input) };
    },
  };
  return { readers, calls };
}

const results = (store: ReturnType<typeof memoryStore>): Map<string, string> =>
  new Map(
    [...store.objects]
      .filter(([key]) => /^archive\/(results|evidence)\//.test(key) && !key.includes('/last-accessed.')) // a job begun anew has another id and other polls
      .map(([key, bytes]) => [key.replace(/attempt=\d+/, 'attempt=n'), sha256(bytes)]),
  );

const run = (dependencies: Dependencies, stop?: Promise<void>) =>
  runLocalNight({
    input: inputAt(),
    dependencies,
    onEvent: () => {},
    sleep: async () => {},
    ...(stop === undefined ? {} : { stop }),
  });

const whole = memoryStore();
const once = counted(-1, () => {});
beforeAll(async () => expect((await run(world(once.readers, { store: whole }))).status).toBe('sealed'));

test.each([
  { place: 'while the organisation was read', share: 0.02 },
  { place: 'among the accounts', share: 0.5 },
])(
  'a night that was stopped $place goes on there: same results and transcripts, nothing that was answered is asked again',
  async ({ share }) => {
    const store = memoryStore();
    let stop = (): void => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const first = counted(Math.floor(once.calls.length * share), () => stop());
    expect((await run(world(first.readers, { store }), stopped)).status).toBe('stopped');
    expect(await unfinishedNight(store)).toEqual(inputAt());

    const second = counted(-1, () => {});
    expect((await run(world(second.readers, { store }))).status).toBe('sealed');
    expect(await unfinishedNight(store)).toBeNull();
    expect(results(store)).toEqual(results(whole));
    // Sessions are opened anew, and jobs that were not read to their end are begun anew.
    const repeatable = /sts:AssumeRole|ServiceLastAccessedDetails/;
    const times = (calls: readonly string[]): Map<string, number> =>
      new Map([...Map.groupBy(calls, (call) => call)].map(([call, all]) => [call, all.length]));
    const expected = times(once.calls);
    const more = [...times([...first.calls, ...second.calls])].filter(
      ([call, number]) => number > (expected.get(call) ?? 0) && !repeatable.test(call),
    );
    expect(more).toEqual([]);
    expect(first.calls.length + second.calls.length).toBeLessThan(once.calls.length * 1.25);
  },
);

test("the management account's trails, stores and Regions are read once, for the organisation and for itself", () => {
  const inManagement = once.calls.filter(
    (call) => call.startsWith(organization.management) && /cloudtrail:|account:ListRegions/.test(call),
  );
  expect(inManagement.length).toBeGreaterThan(20);
  expect(inManagement.filter((call, at) => inManagement.indexOf(call) !== at)).toEqual([]);
});

test('no time left: a call that is not stored is not made', async () => {
  const { readers, calls } = counted(-1, () => {});
  const reader = resumingReaders([], readers, () => false).for({ account: 'organization', region: 'global' });
  await expect(reader.call('organizations:DescribeOrganization', {})).rejects.toThrow('no time left');
  expect(calls).toEqual([]);
});
