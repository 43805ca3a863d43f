import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { chmod, link, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Signer } from '../../ports/signer.ts';
import { FilesError } from './object-store.ts';

/** `$XDG_CONFIG_HOME/assay/sealing-key.pem`, else under `~/.config`. */
export function defaultKeyPath(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const configured = environment['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(configured) ? configured : join(homedir(), '.config'), 'assay', 'sealing-key.pem');
}

/** Signs with a P-256 key file, which is created on first use and never leaves this machine. */
export function fileSigner(path: string = defaultKeyPath()): Signer {
  let key: Promise<KeyObject> | undefined;
  const load = (): Promise<KeyObject> => {
    key ??= createOrRead(path);
    return key;
  };
  return {
    publicKeyPem: async () =>
      createPublicKey(await load())
        .export({ type: 'spki', format: 'pem' })
        .toString(),
    sign: async (message) => sign('sha256', message, await load()),
  };
}

async function createOrRead(path: string): Promise<KeyObject> {
  const existing = await readKey(path);
  if (existing !== undefined) return existing;
  await createKey(path);
  return (await readKey(path)) as KeyObject; // ours, or of whoever was first
}

async function readKey(path: string): Promise<KeyObject | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const open = ((await file.stat()).mode & 0o077) !== 0 && process.platform !== 'win32';
    if (open) throw new FilesError('KEY_FILE_OPEN', `others may read the sealing key: run chmod 600 \`${path}\``);
    return parseKey(path, await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

function parseKey(path: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {} // said below, without a word of what the file holds
  throw new FilesError('KEY_FILE_MALFORMED', `not a P-256 private key in PEM: \`${path}\``);
}

/** Writes a whole key under its final name or nothing; the first of two callers wins. */
async function createKey(path: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const whole = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(whole, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true });
  await chmod(whole, 0o600); // whatever the umask says
  await link(whole, path)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    })
    .finally(() => rm(whole, { force: true }));
}
