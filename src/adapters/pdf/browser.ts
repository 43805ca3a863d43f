import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { PdfUnavailable } from '../../ports/pdf-printer.ts';

export interface BrowserOptions {
  /** Folder of the packed browser, where it does not lie in its package (a Lambda layer under `/opt`). */
  readonly packed?: string;
}

interface Program {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Starts a browser: the one we carry on Linux, elsewhere an installed Chrome. `CHROME_PATH` names another. */
export async function startBrowser(options: BrowserOptions): Promise<Browser> {
  const program = await findProgram(options);
  const { launch } = await import('puppeteer-core');
  const start = (): Promise<Browser> => launch({ ...program, args: [...program.args], headless: 'shell' });
  try {
    return await start().catch(start); // now and then Chromium dies on its first steps, and starts the next time
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new PdfUnavailable(`the browser \`${program.executablePath}\` does not start: ${reason}`);
  }
}

async function findProgram(options: BrowserOptions): Promise<Program> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new PdfUnavailable(`no browser at \`${named}\`, the value of CHROME_PATH`);
    return installed(named);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return carried(options);
  const found = usualPlaces().find((path) => existsSync(path));
  if (found !== undefined) return installed(found);
  throw new PdfUnavailable('no Chrome is installed at the usual places: install one or set CHROME_PATH');
}

const installed = (executablePath: string): Program => ({
  executablePath,
  args: ['--font-render-hinting=none'],
  env: process.env,
});

function usualPlaces(): string[] {
  const { ProgramFiles = 'C:\\Program Files', LOCALAPPDATA = '' } = process.env;
  return [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    join(ProgramFiles, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(LOCALAPPDATA, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
  ];
}

/** The browser of `@sparticuz/chromium` with the libraries it carries, unpacked once per version. */
async function carried({ packed }: BrowserOptions): Promise<Program> {
  const folder = await ownFolder(join(tmpdir(), `assay-chromium-${carriedVersion()}-${process.getuid?.() ?? 0}`));
  // A folder appears whole or not at all: two nights that start together must not run a half-written program.
  const args = await inFolder(`${folder}-${process.pid}`, async (staging, chromium) => {
    if (existsSync(folder)) return chromium.args;
    await mkdir(staging, { recursive: true, mode: 0o700 });
    await chromium.executablePath(packed);
    if (!existsSync(join(staging, 'chromium')))
      throw new PdfUnavailable(`the browser was not unpacked into \`${staging}\``);
    await rename(staging, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
    await rm(staging, { recursive: true, force: true });
    return chromium.args;
  });
  return {
    executablePath: join(folder, 'chromium'),
    args: args.filter((flag) => !loose.has(flag) && !flag.startsWith('--headless')),
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      HOME: process.env['HOME'] ?? tmpdir(),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH'] ?? '']
        .filter((it) => it !== '')
        .join(':'),
    },
  };
}

/** The folder, unless somebody else could have put a program there: then a new one with a name nobody knew. */
async function ownFolder(folder: string): Promise<string> {
  const there = await lstat(folder).catch(() => undefined);
  const ours = there?.isDirectory() === true && there.uid === process.getuid?.() && (there.mode & 0o022) === 0;
  return there === undefined || ours ? folder : join(await mkdtemp(`${folder}-`), 'browser');
}

/** Flags of the package that no page of ours needs. */
const loose = new Set(['--allow-running-insecure-content', '--disable-web-security']);

const carriedVersion = (): string => {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = createRequire(entry)('../package.json') as { version: string };
  return version;
};

type Chromium = typeof import('@sparticuz/chromium')['default'];

/** The package reads TMPDIR and AWS_EXECUTION_ENV, and changes our environment; all of it is put back afterwards. */
async function inFolder<T>(staging: string, use: (staging: string, chromium: Chromium) => Promise<T>): Promise<T> {
  const before = { ...process.env };
  process.env['TMPDIR'] = staging;
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x'; // makes it unpack the libraries it carries
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await use(staging, chromium);
  } finally {
    for (const name of [
      'TMPDIR',
      'AWS_EXECUTION_ENV',
      'LD_LIBRARY_PATH',
      'FONTCONFIG_PATH',
      'HOME',
      'VK_ICD_FILENAMES',
    ]) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
