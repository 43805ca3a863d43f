import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Json, JsonObject } from '../../src/workflow/json.ts';
import { loadWorkflow } from '../../src/workflow/load.ts';
import { runWorkflow, type Surroundings } from '../../src/workflow/run.ts';
import { fail } from './support.ts';

const text = readFileSync(new URL('../../workflows/nightly.asl.json', import.meta.url), 'utf8');
const functions = [...new Set([...text.matchAll(/\$\{(\w+)Function\}/g)].map(([, state]) => String(state)))];
/** Every function is called as its state. */
const substitutions = {
  Partition: 'aws',
  WorkBucket: 'work',
  ...Object.fromEntries(functions.map((state) => [`${state}Function`, state])),
};

type Answer = (payload: JsonObject, call: number) => unknown;

const answers: Readonly<Record<string, Answer>> = {
  ClaimNight: () => ({ claimed: true, night: { run: 'r1' } }),
  DiscoverOrganization: () => ({
    batches: { key: 'batches.json' },
    accounts: { key: 'accounts.json' },
    plan: { key: 'plan' },
    organization: { key: 'o' },
  }),
  CollectAccount: () => ({ done: true, again: false, receipt: 'pointer' }),
  JudgeAccount: ({ planned }) => ({ account: planned, status: 'complete' }),
  RecordAccountGap: ({ planned }) => ({ account: planned, status: 'gap' }),
  MergeBatch: () => ({ number: 1 }),
  MergeResults: () => ({ summary: { key: 'summary.json' } }),
  RenderReports: () => ({ reports: [{ key: 'team.pdf' }] }),
  SealNight: () => ({ seal: { key: 'seals/r1' } }),
  SealFailedNight: () => ({ seal: { key: 'seals/r1' } }),
  PublishNight: () => ({ kind: 'night' }),
};

/** Runs a night in virtual time; `more` answers instead of the usual. */
async function night(more: Readonly<Record<string, Answer>> = {}, accounts: Json = ['one']) {
  const calls: { name: string; payload: JsonObject }[] = [];
  const path: string[] = [];
  const slept: number[] = [];
  const keys: string[] = [];
  const lists: Readonly<Record<string, Json>> = { 'accounts.json': accounts, 'batches.json': [1] };
  const surroundings: Surroundings = {
    invoke: async (name, payload) => {
      calls.push({ name, payload: payload as JsonObject });
      const before = calls.filter((call) => call.name === name).length;
      return ({ ...answers, ...more }[name] as Answer)(payload as JsonObject, before) as Json;
    },
    readObject: async (_, key) => (key in lists ? Buffer.from(JSON.stringify(lists[key])) : undefined),
    writeObject: async (bucket, key) => void keys.push(`${bucket}/${key}`),
    sleep: async (seconds) => void slept.push(seconds),
    now: () => new Date(0),
    random: () => 0.5,
    onEvent: (event) => event.kind === 'state-entered' && path.push(event.path),
  };
  const outcome = await runWorkflow(loadWorkflow(text, substitutions), { id: 'e', name: 'n', input: {} }, surroundings);
  const payloadOf = (name: string): JsonObject | undefined => calls.find((call) => call.name === name)?.payload;
  return { outcome, path: path.join(' '), slept, keys, payloadOf };
}

const child = (...states: string[]): string => states.map((state) => `MeasureAccounts[0].${state}`).join(' ');
const start = 'ClaimNight IsNightOurs DiscoverOrganization MeasureAccounts';
const merge = 'MergeBatches MergeBatches[0].MergeBatch AreBatchesMerged MergeResults';
const end = `${merge} RenderReports SealNight PublishNight IsNightWhole EndNight`;

test('asl-validator accepts the file', () => {
  const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
    errorsText: () => string;
  };
  const filledIn = text.replace(/\$\{(\w+)\}/g, (_, name: keyof typeof substitutions) => substitutions[name]);
  expect(validate(JSON.parse(filledIn)).errorsText()).toBe('');
});

test.each<{ name: string; more: Readonly<Record<string, Answer>>; path: string; outcome: unknown }>([
  {
    name: 'a good night',
    more: {},
    path: `${start} ${child('CollectAccount', 'IsAccountCollected', 'JudgeAccount')} ${end}`,
    outcome: { status: 'SUCCEEDED', output: { kind: 'night' } },
  },
  {
    name: 'a night somebody else claimed',
    more: { ClaimNight: () => ({ claimed: false, night: { run: 'r1' } }) },
    path: 'ClaimNight IsNightOurs EndDuplicate',
    outcome: { status: 'SUCCEEDED', output: { duplicate: true, night: { run: 'r1' } } },
  },
  {
    name: 'a night that cannot be claimed',
    more: { ClaimNight: () => fail('Denied', 'no table') },
    path: 'ClaimNight FailUnclaimed',
    outcome: { status: 'FAILED', error: 'Denied', state: 'FailUnclaimed' },
  },
  {
    name: 'an account that was throttled once',
    more: { CollectAccount: (_, call) => ({ done: call > 1, again: call === 1 }) },
    path: `${start} ${child('CollectAccount', 'IsAccountCollected', 'WaitForAccount', 'CollectAccount', 'IsAccountCollected', 'JudgeAccount')} ${end}`,
    outcome: { status: 'SUCCEEDED' },
  },
  {
    name: 'an account read in two parts',
    more: { CollectAccount: (_, call) => ({ done: call > 1, again: false, cursor: call }) },
    path: `${start} ${child('CollectAccount', 'IsAccountCollected', 'CollectAccount', 'IsAccountCollected', 'JudgeAccount')} ${end}`,
    outcome: { status: 'SUCCEEDED' },
  },
  {
    name: 'an account that fails',
    more: { JudgeAccount: () => fail('Bug') },
    path: `${start} ${child('CollectAccount', 'IsAccountCollected', 'JudgeAccount', 'RecordAccountGap')} ${end}`,
    outcome: { status: 'SUCCEEDED' },
  },
  {
    name: 'an account of which even the gap is lost',
    more: { CollectAccount: () => fail('Bug'), RecordAccountGap: () => fail('Bug') },
    path: `${start} ${child('CollectAccount', 'RecordAccountGap', 'LeaveAccountWithoutResult')} ${end}`,
    outcome: { status: 'SUCCEEDED' },
  },
  {
    name: 'an organisation that cannot be read',
    more: { DiscoverOrganization: () => fail('Denied'), PublishNight: () => ({ kind: 'failed', cause: 'why' }) },
    path: 'ClaimNight IsNightOurs DiscoverOrganization SealFailedNight PublishNight IsNightWhole FailNight',
    outcome: { status: 'FAILED', error: 'NightFailed', cause: 'why', state: 'FailNight' },
  },
  {
    name: 'a batch that cannot be merged',
    more: { MergeBatch: () => fail('Bug'), PublishNight: () => ({ kind: 'failed', cause: 'why' }) },
    path: `${start} ${child('CollectAccount', 'IsAccountCollected', 'JudgeAccount')} MergeBatches MergeBatches[0].MergeBatch MergeBatches[0].LeaveBatchWithoutPart AreBatchesMerged SealFailedNight PublishNight IsNightWhole FailNight`,
    outcome: { status: 'FAILED', error: 'NightFailed', state: 'FailNight' },
  },
  {
    name: 'a seal that fails twice',
    more: { SealNight: () => fail('Kms'), SealFailedNight: () => fail('Kms') },
    path: `${start} ${child('CollectAccount', 'IsAccountCollected', 'JudgeAccount')} ${merge} RenderReports SealNight SealFailedNight FailUnsealed`,
    outcome: { status: 'FAILED', error: 'NightUnsealed', state: 'FailUnsealed' },
  },
])('$name goes its way', async ({ more, path, outcome }) => {
  const watched = await night(more);
  expect(watched.path).toBe(path);
  expect(watched.outcome).toMatchObject(outcome as object);
});

test('what the tasks are told', async () => {
  const { payloadOf, keys, slept } = await night();
  expect(payloadOf('ClaimNight')).toEqual({ execution: 'e', input: {} });
  const given = { night: { run: 'r1' }, plan: { key: 'plan' }, organization: { key: 'o' }, planned: 'one', asked: 0 };
  expect(payloadOf('CollectAccount')).toEqual(given);
  expect(payloadOf('JudgeAccount')).toEqual({ ...given, done: true, again: false, receipt: 'pointer' });
  expect(payloadOf('MergeBatch')).toEqual({ night: { run: 'r1' }, plan: { key: 'plan' }, batch: 1 });
  const batches = { key: 'batches.json' };
  expect(payloadOf('MergeResults')).toEqual({ night: { run: 'r1' }, plan: { key: 'plan' }, batches });
  expect(payloadOf('SealNight')).toEqual({
    night: { run: 'r1' },
    summary: { key: 'summary.json' },
    reports: [{ key: 'team.pdf' }],
  });
  expect(keys).toEqual([
    expect.stringMatching(/^work\/run=r1\/map\/.+\/SUCCEEDED_0\.json$/),
    expect.stringMatching(/^work\/run=r1\/map\/.+\/manifest\.json$/),
  ]);
  expect(slept).toEqual([]);
});

test('an account that passes away is waited for, for a minute', async () => {
  const { slept } = await night({ CollectAccount: (_, call) => ({ done: call > 1, again: call === 1 }) });
  expect(slept).toEqual([60]);
});

test.each([0, 1, 2])('%d accounts are judged one by one', async (count) => {
  const accounts = Array.from({ length: count }, (_, at) => `account ${at}`);
  const { path, outcome } = await night({}, accounts);
  expect(path.match(/JudgeAccount/g)?.length ?? 0).toBe(count);
  expect(outcome.status).toBe('SUCCEEDED');
});

test('the runner knows nothing of Assay: it imports itself, node and jsonata', () => {
  const folder = new URL('../../src/workflow/', import.meta.url);
  const imports = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => String(from)),
  );
  expect(imports.filter((from) => !/^(\.\/[\w-]+\.ts|node:\w+|jsonata)$/.test(from))).toEqual([]);
});
