import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which folders each folder may import (docs/architecture.md). */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/workflow': [],
  'src/ports': ['src/domain'],
  'src/iam': ['src/domain'],
  'src/catalogue': ['src/domain', 'src/ports'],
  'src/transcripts': ['src/domain', 'src/ports', 'src/catalogue'],
  'src/collectors': ['src/domain', 'src/ports', 'src/catalogue'],
  'src/guardrails': ['src/domain', 'src/iam', 'src/catalogue'],
  'src/cloudtrail': ['src/domain', 'src/catalogue'],
  'src/metrics': ['src/domain', 'src/catalogue'],
  'src/controls': ['src/domain', 'src/iam', 'src/catalogue'],
  'src/judge': [
    'src/domain',
    'src/iam',
    'src/catalogue',
    'src/metrics',
    'src/guardrails',
    'src/cloudtrail',
    'src/controls',
  ],
  'src/actions': [
    'src/domain',
    'src/iam',
    'src/catalogue',
    'src/metrics',
    'src/guardrails',
    'src/controls',
    'src/judge',
  ],
  'src/history': ['src/domain'],
  'src/least-privilege': ['src/domain', 'src/iam', 'src/catalogue', 'src/judge'],
  'src/config': ['src/domain', 'src/controls'],
  'src/evidence': ['src/domain', 'src/ports'],
  'src/reports': ['src/domain', 'src/ports', 'src/catalogue', 'src/history'],
  'src/sql': ['src/domain'],
  'src/simulator': ['src/domain', 'src/ports', 'src/catalogue'],
  'src/pipeline': [
    'src/actions',
    'src/domain',
    'src/iam',
    'src/ports',
    'src/catalogue',
    'src/transcripts',
    'src/collectors',
    'src/controls',
    'src/judge',
    'src/cloudtrail',
    'src/metrics',
    'src/history',
    'src/evidence',
    'src/reports',
  ],
  'src/adapters': ['src/domain', 'src/ports', 'src/catalogue', 'src/transcripts'],
  'src/lambda': ['src/pipeline', 'src/adapters', 'src/config'],
  tasks: ['src/domain', 'src/pipeline', 'src/lambda'],
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    join(dirname(file), path ?? ''),
  );

test.each(Object.entries(mayImport))('%s imports only inward', (layer, allowed) => {
  const outward = filesIn(layer).flatMap((file) =>
    importsOf(file)
      .filter((target) => ![layer, ...allowed].some((root) => target.startsWith(`${root}/`)))
      .map((target) => `${file} -> ${target}`),
  );
  expect(outward).toEqual([]);
});

test('only adapters touch the SDK, the disk or a browser; types may be named anywhere', () => {
  const outside = /^import (?!type )[^;]*from '(@aws-sdk\/|node:fs|node:child_process|puppeteer|@sparticuz)/m;
  const layers = Object.keys(mayImport).filter((layer) => !['src/adapters', 'src/lambda'].includes(layer));
  expect(layers.flatMap(filesIn).filter((file) => outside.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('the page on architecture names every folder of src', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.filter(({ name }) => !page.includes(`src/${name}`)).map(({ name }) => name)).toEqual([]);
});

test('no file outgrows 400 lines', () => {
  const files = ['src', 'tasks', 'infra'].filter((folder) => existsSync(folder)).flatMap(filesIn);
  expect(files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 400)).toEqual([]);
});

/** Files that are loaded with a file, and packages they name: type imports are gone once stripped, `import()` loads later. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith('.ts')) return seen;
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm))
    loadedWith(path.startsWith('.') ? join(dirname(file), path) : path, seen);
  return seen;
}

test('a command line is read, and help printed, without what the commands need: each body is loaded when it is asked for', () => {
  const loaded = [...loadedWith('src/cli/program.ts')];
  const packages = loaded.filter((file) => !file.includes('/') && !file.startsWith('node:'));
  expect(packages).toEqual(['commander']);
  expect(loaded.filter((file) => file.startsWith('@') || file.startsWith('src/cli/bodies/'))).toEqual([]);
});

test('only a live run loads the SDK: recorded and simulated answers need none', () => {
  const bodies = filesIn('src/cli/bodies').flatMap((file) => [...loadedWith(file)]);
  expect(bodies.filter((file) => file.startsWith('@aws-sdk/'))).toEqual([]);
});
