import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sdkReaders } from '../../../src/adapters/aws/sdk-readers.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { collect } from '../../../src/evidence/run-files.ts';
import type { Owner } from '../../../src/ports/aws-reader.ts';

// Whose credentials answer a call: the real SDK clients against a server of a few lines, which says by whom it was asked.

const [own, member, other] = ['111111111111', '222222222222', '333333333333'] as AccountId[] as [
  AccountId,
  AccountId,
  AccountId,
];
const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
let server: Server;
/** `<operation> by <access key>`, in order. */
const asked: string[] = [];
const before = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = new URLSearchParams(Buffer.concat(await collect(request as AsyncIterable<Buffer>)).toString());
    const operation = body.get('Action') ?? '';
    const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    asked.push(`${operation} by ${key}`);
    response.writeHead(200, { 'content-type': 'text/xml' }).end(answerOf(operation, body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'OWN',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
  });
});
afterAll(() => {
  process.env = before;
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

function answerOf(operation: string, body: URLSearchParams): string {
  if (operation === 'GetCallerIdentity')
    return `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Account>${own}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
  if (operation !== 'AssumeRole') return `<${operation}Response><${operation}Result/></${operation}Response>`;
  const account = (body.get('RoleArn') ?? '').split(':')[4];
  return `<AssumeRoleResponse xmlns="${namespace}"><AssumeRoleResult><Credentials><AccessKeyId>OF-${account}</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>x</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

const summaryOf = (readers: ReturnType<typeof sdkReaders>, account: Owner) =>
  readers.for({ account, region: 'global' }).call('iam:GetAccountSummary', {});
const enter = (readers: ReturnType<typeof sdkReaders>, account: AccountId) =>
  readers
    .for({ account, region: 'global' })
    .call('sts:AssumeRole', { RoleArn: `arn:aws:iam::${account}:role/Reader`, RoleSessionName: 'n' });
const refused = { gap: { code: 'ROLE_NOT_ASSUMED' }, error: { name: 'NoSession' } };

test('a member is read with its own session alone, never with ours', async () => {
  const readers = sdkReaders({ own });
  await expect(summaryOf(readers, member)).rejects.toMatchObject(refused);
  expect(asked).toEqual([]);
  await enter(readers, member);
  await summaryOf(readers, member);
  await expect(summaryOf(readers, other)).rejects.toMatchObject(refused);
  await summaryOf(readers, own);
  await summaryOf(readers, 'organization');
  expect(asked).toEqual([
    'AssumeRole by OWN',
    `GetAccountSummary by OF-${member}`,
    'GetAccountSummary by OWN',
    'GetAccountSummary by OWN',
  ]);
});

test('where nobody said whose our credentials are, STS is asked, once', async () => {
  const readers = sdkReaders({});
  await summaryOf(readers, own);
  await summaryOf(readers, own);
  await expect(summaryOf(readers, member)).rejects.toMatchObject(refused);
  expect(asked).toEqual(['GetCallerIdentity by OWN', 'GetAccountSummary by OWN', 'GetAccountSummary by OWN']);
});
