import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '../../../src/adapters/files/input-error.ts';
import { reportColumns } from '../../../src/adapters/files/snapshot/credential-report.ts';
import { openSnapshot } from '../../../src/adapters/files/snapshot/open.ts';
import { Refusal } from '../../../src/domain/gap.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import type { Operation } from '../../../src/ports/aws-calls.ts';
import type { AwsReaders, Input, Owner } from '../../../src/ports/aws-reader.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** What a file of a test holds: text, bytes, or a value that is written as JSON. */
export type Content = string | Uint8Array | object;

/** A new folder with these files. */
export function folderWith(files: Readonly<Record<string, Content>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-snapshot-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const raw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(folder, path), raw ? content : JSON.stringify(content));
  }
  return folder;
}

/** The answer a snapshot gives; for a refusal its gap code. */
export async function answerOf<O extends Operation>(
  readers: AwsReaders,
  [owner, region]: readonly [string, string],
  operation: O,
  input: Input<O>,
): Promise<unknown> {
  try {
    const reader = readers.for({ account: owner as Owner, region: region as 'global' });
    const { output, at, source } = await reader.call(operation, input);
    return at === null ? { output, source } : { output, source, at };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.gap.code;
  }
}

/** What is wrong with an input: code and message, the folder's own name left out. */
export async function faultOf(folder: string, path = ''): Promise<string> {
  try {
    await openSnapshot(join(folder, path));
    return 'accepted';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `${error.code} ${error.message.replaceAll(`${folder}/`, '').replaceAll(folder, '.')}`;
  }
}

export const one = '111111111111' as AccountId;
export const two = '222222222222' as AccountId;

export const userOf = (account: string, name: string) => ({
  UserName: name,
  Arn: `arn:aws:iam::${account}:user/${name}`,
});
export const roleOf = (account: string, name: string) => ({
  RoleName: name,
  Arn: `arn:aws:iam::${account}:role/${name}`,
});
export const trailOf = (account: string, region: string, name: string) => ({
  Name: name,
  TrailARN: `arn:aws:cloudtrail:${region}:${account}:trail/${name}`,
  HomeRegion: region,
});

const oldColumns = reportColumns.slice(0, 22);
export const reportHeader = oldColumns.join(',');
/** A row of a credential report of which only user and account matter. */
export const reportRow = (account: string, user: string): string =>
  oldColumns
    .map((column) => (column === 'user' ? user : column === 'arn' ? `arn:aws:iam::${account}:user/${user}` : 'N/A'))
    .join(',');
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
