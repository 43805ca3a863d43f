import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { s3ObjectStore } from '../../src/adapters/aws/s3-object-store.ts';
import { localObjectStore } from '../../src/adapters/files/object-store.ts';
import { taskFolder } from '../../src/domain/task-folder.ts';
import { findSealOfRun } from '../../src/evidence/chain.ts';
import { collect } from '../../src/evidence/run-files.ts';
import { nightOf } from '../../src/pipeline/claim-night.ts';
import type { Dependencies } from '../../src/pipeline/dependencies.ts';
import { work } from '../../src/pipeline/keys.ts';
import { fromJsonGz } from '../../src/pipeline/stored.ts';
import { perform, type Task } from '../../src/pipeline/task.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { organization, victim } from '../support/refusals.ts';
import { clock, inputAt, night as localNight, world } from '../support/world.ts';
import { makeBuckets, newS3, openFront } from './support/aws.ts';
import { forMoto } from './support/for-moto.ts';
import type { Front } from './support/front.ts';
import { nightly, taskStates } from './support/nightly.ts';
import { execute } from './support/step-functions.ts';

let front: Front;
beforeAll(async () => {
  front = await openFront();
});
afterAll(() => front.close());

const dependenciesOn = (store: ObjectStore): Dependencies => world(simulatorReaders(organization), { store });

async function handleTasks(dependencies: Dependencies): Promise<void> {
  for (const state of taskStates) {
    const { task } = (await import(`../../tasks/${taskFolder(state)}/handler.ts`)) as { task: Task };
    front.handlers.set(state, (payload) => perform(task, payload, dependencies));
  }
}

describe('the same file and the same tasks in an engine that others wrote', () => {
  let [emulated, local]: ObjectStore[] = [];
  const input = inputAt();
  const stores = () => [emulated as ObjectStore, local as ObjectStore] as const;

  beforeAll(async () => {
    const s3 = newS3();
    const buckets = await makeBuckets(s3);
    emulated = s3ObjectStore(s3, buckets);
    local = localObjectStore(mkdtempSync(join(tmpdir(), 'assay-local-')));
    await handleTasks(dependenciesOn(emulated));
    const execution = await execute({ definition: forMoto(nightly(buckets.work)), name: 'night', input });
    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    const { outcome } = await localNight(dependenciesOn(local), input);
    expect(outcome).toMatchObject({ status: 'sealed', already: false });
  }, 120_000);

  test('the engine, and nobody else, called every task', () => {
    const invoked = front.calls.filter(({ service }) => service === 'lambda').map(({ operation }) => operation);
    for (const state of taskStates.filter((name) => name !== 'SealFailedNight' && name !== 'RecordAccountGap'))
      expect(invoked.some((path) => path.includes(`/${state}/`))).toBe(true);
  });

  test('every account result is equal', async () => {
    const prefix = work.accountResult(run(), '').replace(/\.json\.gz$/, '');
    const [there, here] = await bothOf(prefix, 'work', (bytes) => fromJsonGz(bytes));
    expect(here.size).toBeGreaterThan(4);
    expect(Object.fromEntries(there)).toEqual(Object.fromEntries(here));
  });

  test.each(['evidence/', 'results/'])('%s: every line is equal', async (prefix) => {
    const [there, here] = await bothOf(prefix, 'archive', (bytes, key) =>
      (key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8').split('\n'),
    );
    expect(here.size).toBeGreaterThan(5);
    expect(Object.fromEntries(there)).toEqual(Object.fromEntries(here));
  });

  test('so both nights end in the same seal', async () => {
    const [there, here] = await Promise.all(stores().map((store) => findSealOfRun(store, run())));
    expect(here?.seal).toMatchObject({ kind: 'night', seq: 1 });
    expect(there?.digest).toBe(here?.digest);
  });

  const run = () => nightOf(input, dependenciesOn(local as ObjectStore).settings.versions).run;

  async function bothOf(prefix: string, area: 'archive' | 'work', decode: (bytes: Uint8Array, key: string) => unknown) {
    return Promise.all(stores().map((store) => decoded(store, prefix, area, decode))) as Promise<
      [Map<string, unknown>, Map<string, unknown>]
    >;
  }
});

async function decoded(
  store: ObjectStore,
  prefix: string,
  area: 'archive' | 'work',
  decode: (bytes: Uint8Array, key: string) => unknown,
): Promise<Map<string, unknown>> {
  const keys = await collect(store.list(area, prefix));
  const read = async (key: string) => [key, decode((await store.get(area, key)) as Uint8Array, key)] as const;
  return new Map(await Promise.all(keys.map(read)));
}

describe('what goes wrong in the engine', () => {
  const at = (second: number) => inputAt(clock.replace(':00Z', `:0${second}Z`));

  async function nightWhere(second: number, state: string, fail: (payload: unknown) => void) {
    const s3 = newS3();
    const store = s3ObjectStore(s3, { archive: 'assay-archive', portal: 'assay-portal', work: 'assay-work' });
    await handleTasks(dependenciesOn(store));
    const handler = front.handlers.get(state);
    front.handlers.set(state, async (payload) => {
      fail(payload);
      return handler?.(payload);
    });
    const input = at(second);
    const execution = await execute({
      definition: forMoto(nightly('assay-work')),
      name: `${state}-${second}`,
      input,
    });
    const { run } = nightOf(input, dependenciesOn(store).settings.versions);
    return { execution, store, run, seal: (await findSealOfRun(store, run))?.seal };
  }

  test('a task that dies for one account leaves a gap for it, and the night is sealed', async () => {
    const account = victim?.id ?? '';
    const { execution, store, run, seal } = await nightWhere(1, 'JudgeAccount', (payload) => {
      if (JSON.stringify(payload).includes(`"planned":{"account":"${account}"`))
        throw Object.assign(new Error('out of memory'), { name: 'Runtime.ExitError' });
    });
    expect(execution.status).toBe('SUCCEEDED');
    expect(seal?.kind).toBe('night');
    const result = fromJsonGz((await store.get('work', work.accountResult(run, account))) as Uint8Array);
    expect(result).toMatchObject({ row: { status: 'failed' }, gaps: [{ gap: { code: 'TASK_FAILED' } }] });
  });

  test('a night that cannot be merged is sealed as failed and says why', async () => {
    const { execution, seal } = await nightWhere(2, 'MergeResults', () => {
      throw Object.assign(new Error('no memory left'), { name: 'OutOfMemory' });
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'NightFailed' });
    expect(seal).toMatchObject({ kind: 'failed', failure: { error: 'OutOfMemory' } });
  });

  test('the same night started twice runs once', async () => {
    const once = await nightWhere(3, 'ClaimNight', () => {});
    const again = await execute({ definition: forMoto(nightly('assay-work')), name: 'again', input: at(3) });
    expect(once.execution.status).toBe('SUCCEEDED');
    expect(JSON.parse(again.output ?? '{}')).toMatchObject({ duplicate: true, night: { run: once.run } });
  });
});

/** Paths at which two JSON values differ. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (Object.is(before, after)) return [];
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return [path];
  const [one, two] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  return keys.flatMap((key) => differences(one[key], two[key], `${path}/${key}`));
}

test('the rewriting for this engine changes nothing else', () => {
  const text = nightly('work');
  const [before, after] = [JSON.parse(text), JSON.parse(forMoto(text))];
  expect(differences(before, after)).toEqual([
    '/States/MeasureAccounts/ItemProcessor/States/WaitForAccount/Seconds',
    '/States/MeasureAccounts/ResultWriter',
  ]);
  expect(forMoto(text)).toContain('"ToleratedFailurePercentage":100.0'); // equal as a number, not as text
});
