import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { NightSummary } from '../../src/domain/summary.ts';
import { type TableName, type TableRow, tables } from '../../src/domain/tables.ts';

// The files that a night leaves, read as anybody could read them: no code of Assay takes part.

export type Rows = { readonly [Name in TableName]: readonly TableRow<Name>[] };

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Every file of a folder of the archive whose path ends so. */
export const producedFiles = (archive: string, folder: string, end: string): string[] =>
  filesBelow(join(archive, folder)).filter((file) => file.endsWith(end));

/** All rows of all tables of an archive that holds one night. */
export function producedRows(archive: string): Rows {
  const files = producedFiles(archive, 'results', '.jsonl.gz');
  const rowsOf = (name: string): unknown[] =>
    files
      .filter((file) => file.includes(`/results/${name}/dt=`))
      .flatMap((file) => gunzipSync(readFileSync(file)).toString('utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  return Object.fromEntries(Object.keys(tables).map((name) => [name, rowsOf(name)])) as unknown as Rows;
}

export function producedSummary(archive: string): NightSummary {
  const [file = ''] = producedFiles(archive, 'results/summary', 'summary.json');
  return JSON.parse(readFileSync(file, 'utf8')) as NightSummary;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
};

/** The words that stand on a page, without any space: what a PDF keeps of them as well. */
export const squeezedHtml = (html: string): string =>
  squeezed(
    html
      .replace(/<(style|script|title)\b[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]*>/g, '')
      .replace(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole),
  );

export const squeezed = (text: string): string => text.replace(/\s+/g, '');
