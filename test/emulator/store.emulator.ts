import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DeleteObjectCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { kmsSigner } from '../../src/adapters/aws/kms-signer.ts';
import { s3ObjectStore } from '../../src/adapters/aws/s3-object-store.ts';
import { readRaw } from '../../src/evidence/chain.ts';
import { collect } from '../../src/evidence/run-files.ts';
import { sealNight } from '../../src/evidence/seal-night.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { organization } from '../support/refusals.ts';
import { night, world } from '../support/world.ts';
import { clientConfig, makeBuckets, newS3, openFront } from './support/aws.ts';
import type { Front } from './support/front.ts';

let front: Front;
let s3: S3Client;
let store: ObjectStore;
beforeAll(async () => {
  front = await openFront();
  s3 = newS3();
  store = s3ObjectStore(s3, await makeBuckets(s3));
});
afterAll(() => front.close());

const bytes = (text: string) => Buffer.from(text);

describe('the S3 store', () => {
  test('of 30 who create the same object at once exactly one wins, and its bytes stay', async () => {
    const tries = Array.from({ length: 30 }, (_, n) => store.putIfAbsent('archive', 'evidence/race', bytes(`${n}`)));
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
    const winner = answers.indexOf('created');
    expect(await store.get('archive', 'evidence/race')).toEqual(new Uint8Array(bytes(`${winner}`)));
  });

  test('what is not there is undefined; an empty object is there', async () => {
    expect(await store.get('work', 'run=0/nothing')).toBeUndefined();
    expect(await store.putIfAbsent('work', 'run=0/empty', new Uint8Array())).toBe('created');
    expect(await store.get('work', 'run=0/empty')).toEqual(new Uint8Array());
    expect(await store.putIfAbsent('work', 'run=0/empty', bytes('x'))).toBe('exists');
  });

  test('put replaces outside the archive', async () => {
    for (const text of ['one', 'two']) await store.put('portal', 'index.html', bytes(text));
    expect(await store.get('portal', 'index.html')).toEqual(new Uint8Array(bytes('two')));
  });

  test('lists past a page of 1,000, in order, by prefix, and names folders', async () => {
    const keys = Array.from({ length: 1_050 }, (_, n) => `run=1/accounts/${String(n).padStart(4, '0')}.json.gz`);
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => store.put('work', key, bytes(key))));
    await store.put('work', 'run=1/map/manifest.json', bytes('{}'));
    expect(await collect(store.list('work', 'run=1/accounts/'))).toEqual(keys);
    expect(await collect(store.folders('work', 'run=1/'))).toEqual(['accounts', 'map']);
    expect(await collect(store.list('work', 'run=2/'))).toEqual([]);
  });

  test.each(['/absolute', 'evidence/../seals/x', ''])('refuses the key `%s`', async (key) => {
    await expect(store.putIfAbsent('archive', key, bytes('x'))).rejects.toThrow();
  });

  test('a slow S3 is asked again', async () => {
    front.faults.push({ operation: /^PUT .*evidence\/slow/, status: 503, code: 'SlowDown', times: 2 });
    expect(await store.putIfAbsent('archive', 'evidence/slow', bytes('x'))).toBe('created');
  });

  test('a refused read is an error, never a missing object', async () => {
    front.faults.push({ operation: /^GET .*evidence\/secret/, status: 403, code: 'AccessDenied' });
    await expect(store.get('archive', 'evidence/secret')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('the archive bucket', () => {
  const where = { Bucket: 'assay-archive', Key: 'evidence/locked' };
  beforeAll(() => store.putIfAbsent('archive', where.Key, bytes('a night')));

  test('locks every object by default', async () => {
    const { Retention } = await s3.send(new GetObjectRetentionCommand(where));
    expect(Retention?.Mode).toBe('COMPLIANCE');
    expect(Number(Retention?.RetainUntilDate)).toBeGreaterThan(Date.now() + 399 * 86_400_000);
  });

  test('does not let go of a version', async () => {
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: where.Bucket, Prefix: where.Key }));
    const [version] = Versions ?? [];
    await expect(s3.send(new DeleteObjectCommand({ ...where, VersionId: version?.VersionId }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('refuses bytes that are not those of the checksum', async () => {
    const put = { Bucket: where.Bucket, Key: 'evidence/torn', Body: bytes('a'), ChecksumSHA256: digest('b') };
    await expect(s3.send(new PutObjectCommand(put))).rejects.toThrow();
    expect(await store.get('archive', put.Key)).toBeUndefined();
  });
});

const digest = (text: string) => createHash('sha256').update(text).digest('base64');

describe('a seal signed by KMS', () => {
  const kms = new KMSClient(clientConfig);
  async function newKey(): Promise<string> {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
    return KeyMetadata?.KeyId as string;
  }

  test('verifies with openssl, and only with its own bytes', async () => {
    const signer = kmsSigner(kms, await newKey());
    const { outcome } = await night(world(simulatorReaders(organization), { store, signer }));
    expect(outcome.status).toBe('sealed');
    const folder = mkdtempSync(join(tmpdir(), 'assay-seal-'));
    for (const file of ['seal.json', 'seal.sig', 'key.pem'])
      writeFileSync(join(folder, file), (await store.get('archive', `seals/seq=000001/${file}`)) as Uint8Array);
    const verify = () =>
      execFileSync('openssl', ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'seal.sig', 'seal.json'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(verify()).toContain('Verified OK');
    writeFileSync(join(folder, 'seal.json'), '{}');
    expect(verify).toThrow();
  });

  test('another key does not continue the chain', async () => {
    const signer = kmsSigner(kms, await newKey());
    const head = JSON.parse(Buffer.from((await readRaw(store, 1))?.bytes ?? []).toString()) as Parameters<
      typeof sealNight
    >[2];
    await expect(sealNight(store, signer, { ...head, run: 'abcdef012345', summary: null })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
  });
});
