import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockOutputDir, openOutputDir } from '../../src/cli/output-dir.ts';
import { scratch } from '../support/command-line.ts';

test('a new directory is made for its owner alone', () => {
  const root = join(scratch(), 'a/b');
  openOutputDir(root);
  expect(statSync(root).mode & 0o077).toBe(0);
});

test.each([
  { name: 'an empty one', make: () => {}, fine: true },
  { name: 'one with hidden files only', make: (root: string) => writeFileSync(join(root, '.gitkeep'), ''), fine: true },
  { name: 'one with seals', make: (root: string) => mkdirSync(join(root, 'seals')), fine: true },
  {
    name: 'one with other files',
    make: (root: string) => writeFileSync(join(root, 'index.html'), 'mine'),
    fine: false,
  },
])('$name is taken: $fine', ({ make, fine }) => {
  const root = scratch();
  make(root);
  if (fine) expect(() => openOutputDir(root)).not.toThrow();
  else expect(() => openOutputDir(root)).toThrow('holds other files');
});

test('one run at a time: a living holder is named, a dead one is taken over, and letting go frees', () => {
  const root = scratch();
  const letGo = lockOutputDir(root);
  expect(() => lockOutputDir(root)).toThrow(`in use by process ${process.pid}`);
  letGo();
  writeFileSync(join(root, 'work/running.pid'), '99999999\n'); // larger than any process id
  lockOutputDir(root)();
  expect(existsSync(join(root, 'work/running.pid'))).toBe(false);
});
