import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { kmsSigner } from '../../../src/adapters/aws/kms-signer.ts';
import { s3ObjectStore } from '../../../src/adapters/aws/s3-object-store.ts';
import { collect } from '../../../src/evidence/run-files.ts';

// The real SDK clients against a server of a few lines on this machine; the emulator suite has the real rules.

interface Answer {
  readonly status?: number;
  readonly body?: string;
}
type Reply = (request: IncomingMessage, body: Buffer) => Answer;

let server: Server;
let reply: Reply;
let endpoint: string;
const requests: string[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await collect(request as AsyncIterable<Buffer>));
    requests.push(`${request.method} ${request.url}`);
    const { status = 200, body: text = '' } = reply(request, body);
    response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests.length = 0;
});

const client = () => ({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const newStore = () =>
  s3ObjectStore(new S3Client({ ...client(), forcePathStyle: true }), {
    archive: 'the-archive',
    portal: 'the-portal',
    work: 'the-work',
  });
const failure = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

describe('the S3 store', () => {
  const bytes = Buffer.from('a night');

  test('creates with a condition and the SHA-256 of one part', async () => {
    const seen: unknown[] = [];
    reply = ({ headers }, body) => {
      seen.push(headers['if-none-match'], headers['x-amz-checksum-sha256'], body.toString());
      return {};
    };
    expect(await newStore().putIfAbsent('archive', 'seals/a', bytes)).toBe('created');
    expect(seen).toEqual(['*', createHash('sha256').update(bytes).digest('base64'), 'a night']);
    expect(requests).toEqual(['PUT /the-archive/seals/a?x-id=PutObject']);
  });

  test('412 is an object that exists', async () => {
    reply = () => ({ status: 412, body: failure('PreconditionFailed') });
    expect(await newStore().putIfAbsent('archive', 'seals/a', bytes)).toBe('exists');
  });

  test('409 is asked again', async () => {
    reply = () => (requests.length < 3 ? { status: 409, body: failure('ConditionalRequestConflict') } : {});
    expect(await newStore().putIfAbsent('archive', 'seals/a', bytes)).toBe('created');
    expect(requests).toHaveLength(3);
  });

  test('a conflict that stays, and a refusal, are errors', async () => {
    reply = () => ({ status: 409, body: failure('ConditionalRequestConflict') });
    await expect(newStore().putIfAbsent('archive', 'seals/a', bytes)).rejects.toMatchObject({
      name: 'ConditionalRequestConflict',
    });
    reply = () => ({ status: 403, body: failure('AccessDenied') });
    await expect(newStore().putIfAbsent('archive', 'seals/a', bytes)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(newStore().get('archive', 'seals/a')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('replaces without a condition, outside the archive', async () => {
    reply = ({ headers }) => ({ status: headers['if-none-match'] === undefined ? 200 : 500 });
    await newStore().put('portal', 'index.html', bytes);
    expect(requests).toEqual(['PUT /the-portal/index.html?x-id=PutObject']);
    await expect(newStore().put('portal', 'evidence/a', bytes)).rejects.toMatchObject({ code: 'KEY_REFUSED' });
  });

  test('gets bytes, and undefined where there is no key', async () => {
    reply = ({ url }) => (url?.includes('there') ? { body: 'x' } : { status: 404, body: failure('NoSuchKey') });
    expect(Buffer.from((await newStore().get('work', 'there')) ?? []).toString()).toBe('x');
    expect(await newStore().get('work', 'gone')).toBeUndefined();
  });

  test('lists all pages, and folders', async () => {
    const list = (inner: string) => ({ body: `<?xml version="1.0"?><ListBucketResult>${inner}</ListBucketResult>` });
    reply = ({ url = '' }) => {
      if (url.includes('delimiter=')) return list('<CommonPrefixes><Prefix>results/summary/</Prefix></CommonPrefixes>');
      if (url.includes('continuation-token=2')) return list('<Contents><Key>b</Key></Contents>');
      return list(
        '<IsTruncated>true</IsTruncated><NextContinuationToken>2</NextContinuationToken><Contents><Key>a</Key></Contents>',
      );
    };
    expect(await collect(newStore().list('work', ''))).toEqual(['a', 'b']);
    expect(await collect(newStore().folders('archive', 'results/'))).toEqual(['summary']);
    reply = () => list('');
    expect(await collect(newStore().list('work', 'x'))).toEqual([]);
    expect(await collect(newStore().folders('work', 'x'))).toEqual([]);
  });
});

describe('the KMS signer', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = Buffer.from('a seal');
  const digest = createHash('sha256').update(message).digest();

  test('asks for a signature of the digest; exports the key as PEM', async () => {
    reply = ({ headers }, body) => {
      const input = JSON.parse(body.toString()) as Record<string, string>;
      if (headers['x-amz-target'] === 'TrentService.GetPublicKey')
        return {
          body: JSON.stringify({ PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }),
        };
      expect(input).toEqual({
        KeyId: 'alias/k',
        Message: digest.toString('base64'),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      return { body: JSON.stringify({ Signature: sign('sha256', message, privateKey).toString('base64') }) };
    };
    const signer = kmsSigner(new KMSClient(client()), 'alias/k');
    expect(await signer.publicKeyPem()).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
    for (let n = 0; n < 20; n += 1) {
      const signature = await signer.sign(message);
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
    }
  });

  test('an answer without bytes is an error', async () => {
    reply = () => ({ body: '{}' });
    await expect(kmsSigner(new KMSClient(client()), 'k').sign(message)).rejects.toThrow(TypeError);
  });
});
