import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { type Configuration, defaultConfiguration } from '../config/schema.ts';
import type { Exception } from '../domain/exception.ts';
import { UsageError } from './io.ts';

// What reads YAML is loaded where a file is given: most runs have none.

/** The configuration of a file, or what holds without one. Before anything is asked of AWS. */
export async function configurationOf(path: string | undefined): Promise<Configuration> {
  if (path === undefined) return defaultConfiguration;
  const { readConfiguration } = await import('../config/read.ts');
  return settingsIn(path, '--config', readConfiguration, 'docs/configuration.md lists what can be set');
}

/** Exceptions, and the very bytes of the file they are from; null without a file. */
export interface GivenExceptions {
  readonly exceptions: readonly Exception[];
  readonly exceptionsFile: Uint8Array | null;
}

/** The exceptions of a file; none without one. Before anything is asked of AWS. */
export async function exceptionsOf(path: string | undefined): Promise<GivenExceptions> {
  if (path === undefined) return { exceptions: [], exceptionsFile: null };
  const { readExceptions } = await import('../config/exceptions.ts');
  const read = (text: string, bytes: Uint8Array) => ({
    exceptions: readExceptions(text),
    exceptionsFile: bytes,
  });
  return settingsIn(path, '--exceptions', read, 'docs/exceptions.md has the form');
}

async function settingsIn<Settings>(
  path: string,
  option: string,
  read: (text: string, bytes: Uint8Array) => Settings,
  more: string,
): Promise<Settings> {
  const { YamlError } = await import('../config/yaml.ts');
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(
      `${option}: \`${path}\` cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`,
    );
  }
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes)) {
    const before = text.slice(0, text.indexOf('\uFFFD')).split('\n');
    throw new UsageError(
      `${path}:${before.length}:${(before.at(-1) ?? '').length + 1}: a byte that is not UTF-8: save the file as UTF-8; ${more}`,
    );
  }
  try {
    return read(text, bytes);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new UsageError(`${path}:${error.at.line}:${error.at.column}: ${error.problem}; ${more}`);
  }
}
