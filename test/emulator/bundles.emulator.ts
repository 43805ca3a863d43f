import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { s3ObjectStore } from '../../src/adapters/aws/s3-object-store.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import { findSealOfRun } from '../../src/evidence/chain.ts';
import { collect } from '../../src/evidence/run-files.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { inputAt } from '../support/world.ts';
import { clientConfig, endpoint, makeBuckets, managementAccount, newS3, openFront } from './support/aws.ts';
import { enabledRegions, noEventDataStores, nothingElse } from './support/aws-answers.ts';
import { bundledFunctions, bundleHandler } from './support/bundles.ts';
import { forMoto } from './support/for-moto.ts';
import type { Front } from './support/front.ts';
import { nightly } from './support/nightly.ts';
import { seed } from './support/seed.ts';
import { execute } from './support/step-functions.ts';

// The whole night as AWS runs it: the zips of the CDK app, the SDK's readers on an organisation, S3, KMS, Step Functions, the printer.

let front: Front;
let store: ObjectStore;
let planted: Awaited<ReturnType<typeof seed>>;
let ended: Awaited<ReturnType<typeof execute>>;
let functions: ReadonlyMap<string, string>;

beforeAll(async () => {
  front = await openFront();
  planted = await seed();
  const accounts = [managementAccount, planted.research, planted.platform];
  // moto has none of these. A broken answer would be asked for again five times.
  front.answers.push(
    ...nothingElse,
    noEventDataStores,
    ...accounts.map((it) => enabledRegions(it, ['us-east-1', 'eu-west-1'])),
  );
  front.faults.push({
    operation: /^(ListServiceSpecificCredentials|GenerateServiceLastAccessedDetails)$/,
    status: 403,
    code: 'AccessDenied',
  });
  const s3 = newS3();
  const buckets = await makeBuckets(s3);
  store = s3ObjectStore(s3, buckets);
  functions = bundledFunctions();
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: managementAccount,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    ARCHIVE_BUCKET: buckets.archive,
    PORTAL_BUCKET: buckets.portal,
    WORK_BUCKET: buckets.work,
    READER_ROLE: 'AssayReader',
    MAP_CONCURRENCY: '1',
    SEALING_KEY: await newKey(),
    CHROMIUM_BIN: join(process.cwd(), 'node_modules/@sparticuz/chromium/bin'), // the layer's content
  };
  for (const [state, folder] of functions) front.handlers.set(state, bundleHandler(folder, environment));
  const input = inputAt('2026-11-25T02:00:00Z', { input: { source: 'aws', digest: null } });
  ended = await execute({ definition: forMoto(nightly(buckets.work)), name: 'bundles', input });
}, 480_000);
afterAll(async () => {
  await front.close();
  for (const folder of functions.values()) rmSync(folder, { recursive: true, force: true });
});

async function newKey(): Promise<string> {
  const key = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;
  return (await new KMSClient(clientConfig).send(new CreateKeyCommand(key))).KeyMetadata?.KeyId ?? '';
}

const json = async <T>(key: string): Promise<T> =>
  JSON.parse(Buffer.from((await store.get('archive', key)) ?? []).toString()) as T;
const archived = () => collect(store.list('archive', ''));

test('the night ends well', () => expect(ended).toMatchObject({ status: 'SUCCEEDED' }));

test('every account of the organisation is in it, and what was refused is a gap', async () => {
  const key = (await archived()).find((name) => name.startsWith('results/summary/')) ?? '';
  const { completeness, scope } = await json<NightSummary>(key);
  expect(scope).toMatchObject({ source: 'aws', managementAccount });
  expect(completeness.accounts).toMatchObject({ discovered: 3, partial: 3, failed: 0 });
  const role = (await archived()).filter((name) => name.includes(`account=${planted.research}/`));
  expect(role.some((name) => name.includes('authorization-details'))).toBe(true);
});

test.each(['executive', 'team', 'auditor'])('%s: HTML and PDF', async (audience) => {
  const keys = (await archived()).filter((name) => name.startsWith(`reports/${audience}/`));
  const named = (end: string) => store.get('archive', keys.find((key) => key.endsWith(end)) ?? '');
  expect(Buffer.from((await named('/index.html')) ?? []).toString()).toContain('</html>');
  expect(
    Buffer.from((await named('/report.pdf')) ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('KMS sealed it, every report among it', async () => {
  const { run } = await json<{ run: string }>('seals/seq=000001/seal.json');
  const found = await findSealOfRun(store, run);
  expect(found?.seal).toMatchObject({ kind: 'night', seq: 1 });
  expect(found?.seal.reports.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rendered'));
  expect(await collect(store.list('portal', ''))).toContain('index.html');
});
