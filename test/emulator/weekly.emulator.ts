import { s3ObjectStore } from '../../src/adapters/aws/s3-object-store.ts';
import { taskFolder } from '../../src/domain/task-folder.ts';
import { findSealOfRun } from '../../src/evidence/chain.ts';
import { collect } from '../../src/evidence/run-files.ts';
import { nightOf } from '../../src/pipeline/claim-night.ts';
import type { Dependencies } from '../../src/pipeline/dependencies.ts';
import { perform, type Task } from '../../src/pipeline/task.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { accountRow } from '../reports/support/rows.ts';
import { finding, type SealedNight, sealNights } from '../support/sealed-nights.ts';
import { inputAt, night as localRun, memoryStore, world } from '../support/world.ts';
import { makeBuckets, newS3, openFront } from './support/aws.ts';
import { forMoto } from './support/for-moto.ts';
import type { Front } from './support/front.ts';
import { weekly } from './support/nightly.ts';
import { execute } from './support/step-functions.ts';

// A week over an archive of four nights, one of them failed: in moto's engine on S3, and in our runner in memory.

const nobody = { accounts: () => [] } as unknown as AwsReaders; // a week asks nothing of AWS
const at = (day: number): string => `2026-09-${day}T02:00:00Z`;
const accounts = ['200000000001', '200000000002'].map((account) => accountRow(account));
const second = { account: '200000000002' };
const nights: readonly SealedNight[] = [
  { clock: at(23), accounts, findings: [finding('fail'), finding('pass', second)] },
  { clock: at(26), accounts, findings: [finding('pass'), finding('pass', second)] },
  { clock: at(27), failure: 'the disk was full' },
  { clock: at(30), accounts, findings: [finding('fail'), finding('fail', second)] },
];

const dependenciesOn = (store: ObjectStore): Dependencies => world(nobody, { store });

let front: Front;
let emulated: ObjectStore;
let bucket: string;
const local = memoryStore();
const input = inputAt(at(30), { kind: 'week' });
const { run } = nightOf(input, dependenciesOn(local).settings.versions);

beforeAll(async () => {
  front = await openFront();
  const s3 = newS3();
  const buckets = await makeBuckets(s3);
  bucket = buckets.work;
  emulated = s3ObjectStore(s3, buckets);
  for (const state of weekly.taskStates) {
    const { task } = (await import(`../../tasks/${taskFolder(state)}/handler.ts`)) as { task: Task };
    front.handlers.set(state, (payload) => perform(task, payload, dependenciesOn(emulated)));
  }
  for (const store of [emulated, local]) await sealNights(store, nights);
  expect(await start('week')).toMatchObject({ status: 'SUCCEEDED' });
  expect((await localRun(dependenciesOn(local), input)).outcome).toMatchObject({ status: 'sealed', already: false });
}, 50_000);
afterAll(() => front.close());

const start = (name: string) => execute({ definition: forMoto(weekly.definition(bucket)), name, input });

test('the engine, and nobody else, called every task', () => {
  const invoked = front.calls.filter(({ service }) => service === 'lambda').map(({ operation }) => operation);
  for (const state of weekly.taskStates.filter((name) => name !== 'SealFailedNight'))
    expect([state, invoked.some((path) => path.includes(`/${state}/`))]).toEqual([state, true]);
});

test('both end in the same seal', async () => {
  const [there, here] = await Promise.all([emulated, local].map((store) => findSealOfRun(store, run)));
  expect(here?.seal).toMatchObject({ kind: 'week', seq: 5, counts: { new: 1, reopened: 1 } });
  expect(there?.digest).toBe(here?.digest);
});

test.each(['results/', 'reports/'])('%s: every byte is equal', async (prefix) => {
  const bytesOf = async (store: ObjectStore) => {
    const keys = (await collect(store.list('archive', prefix))).filter((key) => key.includes(`run=${run}`));
    const read = async (key: string) => [key, Buffer.from((await store.get('archive', key)) ?? []).toString('base64')];
    return Object.fromEntries(await Promise.all(keys.map(read))) as Record<string, string>;
  };
  const [there, here] = [await bytesOf(emulated), await bytesOf(local)];
  expect(Object.keys(here).length).toBeGreaterThan(1);
  expect(there).toEqual(here);
});

test('the same week started twice is made once', async () => {
  const again = await start('again');
  expect(JSON.parse(again.output ?? '{}')).toMatchObject({ duplicate: true, night: { run } });
});

test('a week that cannot be compared is sealed as failed and says why', async () => {
  front.handlers.set('ComparePeriod', async () => {
    throw Object.assign(new Error('no memory left'), { name: 'OutOfMemory' });
  });
  const later = inputAt('2026-10-01T02:00:00Z', { kind: 'week' });
  const definition = forMoto(weekly.definition(bucket));
  const ended = await execute({ definition, name: 'failing', input: later });
  expect(ended.status).toBe('FAILED');
  const failed = nightOf(later, dependenciesOn(local).settings.versions).run;
  expect((await findSealOfRun(emulated, failed))?.seal).toMatchObject({
    kind: 'failed',
    failure: { error: 'OutOfMemory' },
  });
});
