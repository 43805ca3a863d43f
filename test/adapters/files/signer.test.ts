import { createPrivateKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultKeyPath, fileSigner } from '../../../src/adapters/files/signer.ts';

const home = mkdtempSync(join(tmpdir(), 'assay-signer-'));
afterAll(() => rmSync(home, { recursive: true }));
const newPath = () => join(mkdtempSync(join(home, 'key-')), 'assay', 'sealing-key.pem');

test.each([
  [{ XDG_CONFIG_HOME: '/etc/xdg' }, '/etc/xdg/assay/sealing-key.pem'],
  [{ XDG_CONFIG_HOME: 'relative' }, join(homedir(), '.config/assay/sealing-key.pem')], // the XDG specification: ignore it
  [{}, join(homedir(), '.config/assay/sealing-key.pem')],
])('the key lies where the XDG specification says: %j', (environment, path) =>
  expect(defaultKeyPath(environment)).toBe(path),
);

test('the key is made on first use, for its owner only, and used from then on', async () => {
  const path = newPath();
  const pem = await fileSigner(path).publicKeyPem();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/); // PKCS 8
  expect(createPrivateKey(readFileSync(path)).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(await fileSigner(path).publicKeyPem()).toBe(pem);
});

test('of many first uses one makes the key', async () => {
  const path = newPath();
  const pems = await Promise.all(Array.from({ length: 10 }, () => fileSigner(path).publicKeyPem()));
  expect(new Set(pems).size).toBe(1);
  expect(readdirSync(join(path, '..'))).toEqual(['sealing-key.pem']);
});

test('signatures verify with OpenSSL', async () => {
  const signer = fileSigner(newPath());
  const key = await signer.publicKeyPem();
  const seen = new Set<string>();
  for (let n = 0; n < 300; n += 1) {
    const signature = await signer.sign(Buffer.from(`${n}`));
    expect(verify('sha256', Buffer.from(`${n}`), key, signature)).toBe(true);
    expect(verify('sha256', Buffer.from(`${n + 1}`), key, signature)).toBe(false);
    seen.add(Buffer.from(signature.subarray(4, 36)).toString('hex'));
  }
  expect(seen.size).toBe(300); // no nonce twice: that would give the key away
});

test.each([0o640, 0o604, 0o660])('a key that others may read (%o) is refused', async (mode) => {
  const path = newPath();
  await fileSigner(path).publicKeyPem();
  chmodSync(path, mode);
  await expect(fileSigner(path).sign(Buffer.from(''))).rejects.toMatchObject({
    code: 'KEY_FILE_OPEN',
    message: expect.stringContaining('chmod 600'),
  });
});

test.each([
  ['no PEM', 'hello'],
  [
    'another curve',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
])('%s is refused, and not overwritten', async (_, text) => {
  const path = newPath();
  mkdirSync(join(path, '..'));
  writeFileSync(path, text, { mode: 0o600 });
  await expect(fileSigner(path).publicKeyPem()).rejects.toMatchObject({ code: 'KEY_FILE_MALFORMED' });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a path that cannot be read or made is an error', async () => {
  const file = newPath();
  mkdirSync(join(file, '..'));
  writeFileSync(file, '', { mode: 0o600 });
  await expect(fileSigner(join(file, 'below')).publicKeyPem()).rejects.toMatchObject({ code: 'ENOTDIR' });
});
