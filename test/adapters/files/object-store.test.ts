import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectly, localObjectStore } from '../../../src/adapters/files/object-store.ts';
import { collect } from '../../../src/evidence/run-files.ts';
import { verifyArchive } from '../../../src/evidence/verify.ts';
import type { Area } from '../../../src/ports/object-store.ts';
import { first, sealRun, second } from '../../evidence/nights.ts';

const bytes = (text: string) => Buffer.from(text);
const home = mkdtempSync(join(tmpdir(), 'assay-store-'));
afterAll(() => rmSync(home, { recursive: true }));
const newRoot = () => mkdtempSync(join(home, 'root-'));

test('areas lie side by side', async () => {
  const root = newRoot();
  const store = localObjectStore(root);
  await store.putIfAbsent('archive', 'evidence/dt=x/a', bytes('1'));
  await store.put('portal', 'index.html', bytes('2'));
  await store.put('portal', 'latest/pointer.json', bytes('3'));
  await store.put('work', 'run=x/receipt', bytes('4'));
  expect(
    await Promise.all((['archive', 'portal', 'work'] as const).map((area) => collect(store.list(area, '')))),
  ).toEqual([['evidence/dt=x/a'], ['index.html', 'latest/pointer.json'], ['run=x/receipt']]);
  expect(readFileSync(join(root, 'work/run=x/receipt'), 'utf8')).toBe('4');
  expect(Buffer.from((await store.get('archive', 'evidence/dt=x/a')) ?? []).toString()).toBe('1');
  expect(await store.get('archive', 'evidence/dt=y/a')).toBeUndefined();
  expect(await store.get('archive', 'evidence/dt=x/a/b')).toBeUndefined();
});

test('an object is created once, put replaces, and nothing is left half-way', async () => {
  const root = newRoot();
  const store = localObjectStore(root);
  expect(await store.putIfAbsent('archive', 'seals/a', bytes('1'))).toBe('created');
  expect(await store.putIfAbsent('archive', 'seals/a', bytes('2'))).toBe('exists');
  expect(readFileSync(join(root, 'seals/a'), 'utf8')).toBe('1');
  await store.put('portal', 'index.html', bytes('1'));
  await store.put('portal', 'index.html', bytes('2'));
  expect(readFileSync(join(root, 'index.html'), 'utf8')).toBe('2');
  expect(readdirSync(join(root, 'work/.incoming'))).toEqual([]);
  writeFileSync(join(root, 'work/.incoming/half'), ''); // as a crash leaves it
  expect(await collect(store.list('work', ''))).toEqual([]);
});

test('of many writers one creates', async () => {
  const store = localObjectStore(newRoot());
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) => store.putIfAbsent('work', 'claim', bytes(`${n}`))),
  );
  expect(outcomes.filter((it) => it === 'created')).toHaveLength(1);
});

test('where hard links are impossible, still one creates', async () => {
  const target = join(newRoot(), 'a');
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => createDirectly(target, bytes(`${n}`))));
  expect(outcomes.filter((it) => it === 'created')).toHaveLength(1);
  await expect(createDirectly(join(target, 'b'), bytes(''))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('a disk that fails is not taken for an existing object', async () => {
  const root = newRoot();
  writeFileSync(join(root, 'evidence'), '');
  await expect(localObjectStore(root).putIfAbsent('archive', 'evidence/a', bytes(''))).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
});

test.each<[Area, string]>([
  ['archive', 'evidence'],
  ['archive', 'other/a'],
  ['archive', 'evidence/../seals/a'],
  ['archive', 'evidence/./a'],
  ['archive', 'evidence//a'],
  ['archive', 'evidence/a/'],
  ['archive', '/evidence/a'],
  ['archive', 'evidence/a\\b'],
  ['archive', 'evidence/a\nb'],
  ['archive', 'evidence/é'],
  ['archive', ''],
  ['portal', 'seals/seq=000001/seal.json'],
  ['portal', 'Seals/seq=000001/seal.json'],
  ['portal', 'work/a'],
  ['portal', '../a'],
  ['work', '.incoming/a'],
  ['work', 'a/../../seals/a'],
])('refuses %s key %p', async (area, key) => {
  const store = localObjectStore(newRoot());
  const refused = expect.objectContaining({ code: 'KEY_REFUSED' });
  await expect(store.putIfAbsent(area, key, bytes(''))).rejects.toEqual(refused);
  await expect(store.get(area, key)).rejects.toEqual(refused);
  if (area !== 'archive') await expect(store.put(area, key, bytes(''))).rejects.toEqual(refused);
});

test('keys come in the order of whole keys, below a prefix that may end inside a name', async () => {
  const store = localObjectStore(newRoot());
  const keys = ['a-b', 'a.b', 'a/b', 'a/c/d', 'a0', 'ab/c'].map((key) => `results/${key}`);
  for (const key of keys.toReversed()) await store.putIfAbsent('archive', key, bytes(''));
  expect(await collect(store.list('archive', ''))).toEqual(keys.toSorted());
  expect(await collect(store.list('archive', 'results/a/'))).toEqual(['results/a/b', 'results/a/c/d']);
  expect(await collect(store.list('archive', 'results/a/c'))).toEqual(['results/a/c/d']);
  expect(await collect(store.list('archive', 'results/ab'))).toEqual(['results/ab/c']);
  expect(await collect(store.list('archive', 'evidence/'))).toEqual([]);
  expect(await collect(store.folders('archive', 'results/'))).toEqual(expect.arrayContaining(['a', 'ab']));
  expect(await collect(store.folders('archive', 'reports/'))).toEqual([]);
});

describe('verify on a disk names', () => {
  async function archive() {
    const root = newRoot();
    await sealRun(localObjectStore(root), first);
    await sealRun(localObjectStore(root), second);
    return root;
  }
  const faultsIn = async (root: string) =>
    (await verifyArchive(localObjectStore(root))).faults.map(({ code, file }) => `${code} ${file}`);

  test('nothing in an intact archive, and not an empty folder', async () => {
    const root = await archive();
    mkdirSync(join(root, 'evidence/dt=2030-01-01'));
    expect(await faultsIn(root)).toEqual([]);
  });

  test('a symbolic link to a file and to a folder', async () => {
    const root = await archive();
    symlinkSync('../index.html', join(root, 'evidence/link'));
    symlinkSync('seq=000001', join(root, 'seals/seq=000003'));
    symlinkSync('evidence', join(root, 'reports/linked'));
    expect(await faultsIn(root)).toEqual([
      'FILE_NOT_SEALED seals/seq=000003',
      'UNREADABLE evidence/link',
      'UNREADABLE reports/linked',
    ]);
  });

  test('a sealed file that became a link to the same bytes', async () => {
    const root = await archive();
    const folder = `results/summary/dt=2025-11-23/run=${first.run}`;
    renameSync(join(root, folder, 'summary.json'), join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, folder, 'summary.json'));
    expect(await faultsIn(root)).toEqual([`UNREADABLE ${folder}/summary.json`]);
  });

  const noPipes = spawnSync('mkfifo', ['--version']).error !== undefined;
  (noPipes ? test.skip : test)(`a pipe, without waiting for it${noPipes ? ' (no mkfifo here)' : ''}`, async () => {
    const root = await archive();
    execFileSync('mkfifo', [join(root, 'evidence/pipe')]);
    expect(await faultsIn(root)).toEqual(['UNREADABLE evidence/pipe']);
  });

  test('a link in place of a whole area', async () => {
    const root = await archive();
    renameSync(join(root, 'seals'), join(root, 'moved'));
    symlinkSync('moved', join(root, 'seals'));
    expect(await faultsIn(root)).toEqual(['SEAL_MISSING seals/seq=000001/seal.json', 'UNREADABLE seals']);
  });

  // As root every folder can be read; there only the name of the file is checked.
  test('a file and a folder that may not be read', async () => {
    const root = await archive();
    const file = `evidence/dt=2025-11-23/run=${first.run}/organization/attempt=1/plan.json`;
    chmodSync(join(root, file), 0);
    mkdirSync(join(root, 'evidence/closed'), { mode: 0 });
    const expected = process.getuid?.() === 0 ? [] : [`UNREADABLE ${file}`, 'UNREADABLE evidence/closed'];
    expect(await faultsIn(root)).toEqual(expected);
    chmodSync(join(root, 'evidence/closed'), 0o700);
  });
});
