import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localObjectStore } from '../../src/adapters/files/object-store.ts';
import { sealKey } from '../../src/evidence/chain.ts';
import { verifyArchive } from '../../src/evidence/verify.ts';
import { first, sealRun, second } from './nights.ts';

// An outsider has neither Assay nor Node: sha256sum (coreutils) and openssl must come to the same result.
const root = mkdtempSync(join(tmpdir(), 'assay-outsider-'));
afterAll(() => rmSync(root, { recursive: true }));
const store = localObjectStore(root);
const sealed = [await sealRun(store, first), await sealRun(store, second)];
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: root, encoding: 'utf8' });
const exists = (command: string) => spawnSync(command, ['--version']).error === undefined;
const tools = { openssl: exists('openssl'), sha256sum: exists('sha256sum') };

// Skipped where a tool is missing (macOS has no sha256sum): there the test would have no second opinion to ask.
const withTool = (tool: keyof typeof tools) => (tools[tool] ? test : test.skip);

withTool('sha256sum').each([1, 2])('sha256sum -c agrees with the list of seal %i', (seq) => {
  const lines = run('sha256sum', '--strict', '-c', sealKey(seq, 'SHA256SUMS'));
  expect(lines.trim().split('\n')).toHaveLength(6);
  expect(lines).not.toMatch(/FAILED/);
});

withTool('sha256sum')('sha256sum gives the digests that the seals name', () => {
  const digest = (key: string) => run('sha256sum', key).slice(0, 64);
  for (const { seal, key, digest: own } of sealed) {
    expect(digest(key)).toBe(own);
    expect(digest(sealKey(seal.seq, 'SHA256SUMS'))).toBe(seal.sums);
    expect(digest(sealKey(seal.seq, 'key.pem'))).toBe(seal.key.sha256);
  }
  expect(sealed[1]?.seal.previous).toBe(digest(sealKey(1, 'seal.json')));
});

withTool('openssl').each([1, 2])('openssl verifies the signature of seal %i', (seq) => {
  const verifying = ['dgst', '-sha256', '-verify', sealKey(seq, 'key.pem'), '-signature', sealKey(seq, 'seal.sig')];
  expect(run('openssl', ...verifying, sealKey(seq, 'seal.json'))).toBe('Verified OK\n');
  expect(() =>
    execFileSync('openssl', [...verifying, sealKey(seq, 'key.pem')], { cwd: root, stdio: 'pipe' }),
  ).toThrow();
});

withTool('openssl')('openssl writes the same PEM', () => {
  expect(run('openssl', 'pkey', '-pubin', '-in', sealKey(1, 'key.pem'))).toBe(
    readFileSync(join(root, sealKey(1, 'key.pem')), 'utf8'),
  );
});

/** The commands of the page, as a reader would copy them. */
const commands = /```sh\n([\s\S]*?)```/.exec(readFileSync('docs/evidence.md', 'utf8'))?.[1] ?? 'exit 1';

(tools.openssl && tools.sha256sum ? test : test.skip)(
  'the commands of docs/evidence.md find an intact archive intact, and a change',
  () => {
    const digests = [`${sealed[1]?.digest}  ${sealed[1]?.key}`, sealed[1]?.seal.key.sha256];
    expect(run('sh', '-c', commands).trim().split('\n')).toEqual(['Verified OK', 'Verified OK', ...digests]);
    const stray = join(root, 'reports', 'stray');
    writeFileSync(stray, '');
    expect(run('sh', '-c', commands)).toContain('> reports/stray');
    rmSync(stray);
  },
);

test('Assay agrees with them, on a disk', async () => {
  expect(await verifyArchive(store)).toMatchObject({ faults: [], seals: 2, files: 12 });
  writeFileSync(join(root, 'seals', 'seq=000001', 'note'), '');
  expect((await verifyArchive(store)).faults).toMatchObject([
    { code: 'FILE_NOT_SEALED', file: 'seals/seq=000001/note' },
  ]);
});
