import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { athenaDefinitions } from '../../sql/athena.ts';
import { duckdbDefinitions } from '../../sql/duckdb.ts';
import type { SqlOptions } from '../commands/sql.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';

/** Prints the definitions for an archive. */
export function sql(archive: string, { engine }: SqlOptions, io: Io): ExitCode {
  const remote = archive.startsWith('s3:');
  if (engine === 'athena' && !remote)
    throw new UsageError(`sql: Athena reads buckets alone: name one as s3://bucket/, not \`${archive}\``);
  const root = remote ? bucketOf(archive) : folderOf(archive);
  io.out((engine ?? (remote ? 'athena' : 'duckdb')) === 'athena' ? athenaDefinitions(root) : duckdbDefinitions(root));
  return ExitCode.Ok;
}

/** A bucket with its prefix, ending in a slash. */
function bucketOf(archive: string): string {
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]+(?:\/[^'\s]*)?$/.test(archive))
    throw new UsageError(`sql: not a bucket: \`${archive}\`; write s3://bucket/ or s3://bucket/prefix/`);
  return archive.endsWith('/') ? archive : `${archive}/`;
}

function folderOf(archive: string): string {
  if (!existsSync(archive) || !statSync(archive).isDirectory())
    throw new UsageError(`sql: no such directory: \`${archive}\``);
  if (!existsSync(join(archive, 'seals')) || !existsSync(join(archive, 'results')))
    throw new UsageError(`sql: \`${archive}\` holds no sealed night; name the output directory of demo or run`);
  return `${resolve(archive)}/`;
}
