import { readFileSync } from 'node:fs';
import { ConfigurationError, readConfiguration } from '../config/read.ts';
import { type Configuration, defaultConfiguration } from '../config/schema.ts';
import { UsageError } from './io.ts';

/** The configuration of a file, or what holds without one. Before anything is asked of AWS. */
export function configurationOf(path: string | undefined): Configuration {
  if (path === undefined) return defaultConfiguration;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `--config: \`${path}\` cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`,
    );
  }
  try {
    return readConfiguration(text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new UsageError(
      `${path}:${error.at.line}:${error.at.column}: ${error.problem}; docs/configuration.md lists what can be set`,
    );
  }
}
