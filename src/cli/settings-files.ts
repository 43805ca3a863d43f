import { readFileSync } from 'node:fs';
import { readExceptions } from '../config/exceptions.ts';
import { readConfiguration } from '../config/read.ts';
import { type Configuration, defaultConfiguration } from '../config/schema.ts';
import { YamlError } from '../config/yaml.ts';
import type { Exception } from '../domain/exception.ts';
import { UsageError } from './io.ts';

/** The configuration of a file, or what holds without one. Before anything is asked of AWS. */
export const configurationOf = (path: string | undefined): Configuration =>
  path === undefined
    ? defaultConfiguration
    : settingsIn(path, '--config', readConfiguration, 'docs/configuration.md lists what can be set');

/** The exceptions of a file; none without one. Before anything is asked of AWS. */
export const exceptionsOf = (path: string | undefined): readonly Exception[] =>
  path === undefined ? [] : settingsIn(path, '--exceptions', readExceptions, 'docs/exceptions.md has the form');

function settingsIn<Settings>(path: string, option: string, read: (text: string) => Settings, more: string): Settings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${option}: \`${path}\` cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`,
    );
  }
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new UsageError(`${path}:${error.at.line}:${error.at.column}: ${error.problem}; ${more}`);
  }
}
