import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  GetObjectCommand,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Area, ObjectStore } from '../../ports/object-store.ts';
import { checkKey } from '../files/object-store.ts';

/** The three buckets by area. */
export type Buckets = Readonly<Record<Area, string>>;

const conflicts = 5;

/** The three areas as three buckets. The archive bucket takes conditional writes only; every object is one part, with its SHA-256. */
export function s3ObjectStore(client: S3Client, buckets: Buckets): ObjectStore {
  return {
    get: (area, key) => get(client, buckets[area], key),
    async putIfAbsent(area, key, bytes) {
      checkKey(area, key);
      return putIfAbsent(client, putOf(buckets[area], key, bytes), conflicts);
    },
    async put(area, key, bytes) {
      checkKey(area, key);
      await client.send(new PutObjectCommand(putOf(buckets[area], key, bytes)));
    },
    async *list(area, prefix) {
      for await (const page of pages(client, { Bucket: buckets[area], Prefix: prefix }))
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    },
    async *folders(area, prefix) {
      for await (const page of pages(client, { Bucket: buckets[area], Prefix: prefix, Delimiter: '/' }))
        for (const { Prefix } of page.CommonPrefixes ?? []) yield String(Prefix).slice(prefix.length, -1);
    },
  };
}

async function get(client: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

type Put = ConstructorParameters<typeof PutObjectCommand>[0];

function putOf(bucket: string, key: string, bytes: Uint8Array): Put {
  const ChecksumSHA256 = createHash('sha256').update(bytes).digest('base64');
  return { Bucket: bucket, Key: key, Body: bytes, ChecksumSHA256 };
}

/** 412: the key is taken. 409: another conditional write of this key is under way, so nobody knows yet; ask again. */
async function putIfAbsent(client: S3Client, put: Put, tries: number): Promise<'created' | 'exists'> {
  try {
    await client.send(new PutObjectCommand({ ...put, IfNoneMatch: '*' }));
    return 'created';
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'PreconditionFailed') return 'exists';
    if (name !== 'ConditionalRequestConflict' || tries <= 1) throw error;
    await setTimeout(50 * 2 ** (conflicts - tries));
    return putIfAbsent(client, put, tries - 1);
  }
}

function pages(
  client: S3Client,
  input: { readonly Bucket: string; readonly Prefix: string; readonly Delimiter?: string },
): AsyncIterable<ListObjectsV2CommandOutput> {
  return paginateListObjectsV2({ client }, input);
}
