import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { type Configuration, defaultConfiguration } from '../config/schema.ts';
import type { Exception } from '../domain/exception.ts';
import { versionOfExceptionsFile } from '../pipeline/versions.ts';
import { UsageError } from './io.ts';

// What reads YAML is loaded where a file is given: most runs have none.

/** The configuration of a file, or what holds without one. Before anything is asked of AWS. */
export async function configurationOf(path: string | undefined): Promise<Configuration> {
  if (path === undefined) return defaultConfiguration;
  const { readConfiguration } = await import('../config/read.ts');
  return settingsIn(path, '--config', readConfiguration, 'docs/configuration.md lists what can be set');
}

/** The exceptions of a file; none without one. Before anything is asked of AWS. */
export async function exceptionsOf(path: string | undefined): Promise<readonly Exception[]> {
  if (path === undefined) return [];
  const { readExceptions } = await import('../config/exceptions.ts');
  return settingsIn(path, '--exceptions', readExceptions, 'docs/exceptions.md has the form');
}

/** The file of exceptions as a version of the night: what `sha256sum` says of it. Nothing without a file. */
export const exceptionsFileVersion = (path: string | undefined): Readonly<Record<string, string>> =>
  path === undefined ? {} : versionOfExceptionsFile(readFileSync(path));

async function settingsIn<Settings>(
  path: string,
  option: string,
  read: (text: string) => Settings,
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
    return read(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new UsageError(`${path}:${error.at.line}:${error.at.column}: ${error.problem}; ${more}`);
  }
}
