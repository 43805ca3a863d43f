import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './io.ts';
import { asUsage } from './output-dir.ts';

/** A directory that appears whole or not at all. */
export interface NewFolder {
  write(path: string, content: object): void;
  /** Gives it its name. */
  finish(): void;
  /** Leaves nothing behind. */
  drop(): void;
}

/** Begins a new directory: one that is not there yet, or empty. */
export function newFolder(flag: string, given: string): NewFolder {
  const target = resolve(given);
  const half = `${target}.${process.pid}.part`;
  try {
    if (existsSync(target) && readdirSync(target).length > 0)
      throw new UsageError(`${flag}: \`${given}\` is not empty; choose a new directory`);
    mkdirSync(half, { recursive: true, mode: 0o700 }); // grants of a whole organisation are not for everybody on this machine
  } catch (error) {
    throw asUsage(error, `${flag}: cannot write to \`${given}\``);
  }
  return {
    write(path, content) {
      mkdirSync(dirname(join(half, path)), { recursive: true });
      writeFileSync(join(half, path), `${JSON.stringify(content, null, 2)}\n`);
    },
    finish() {
      if (existsSync(target)) rmdirSync(target);
      renameSync(half, target);
    },
    drop: () => rmSync(half, { recursive: true, force: true }),
  };
}

/** A name as part of a path: a stranger may have chosen it. */
export const asPath = (name: string): string =>
  encodeURIComponent(name).replace(/^\.+/, (dots) => '%2E'.repeat(dots.length));
