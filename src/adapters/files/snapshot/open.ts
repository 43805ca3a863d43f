import { createHash } from 'node:crypto';
import type { TranscriptLine } from '../../../domain/transcript.ts';
import type { Operation } from '../../../ports/aws-calls.ts';
import type { AwsReaders, Owner } from '../../../ports/aws-reader.ts';
import { callKey } from '../../../transcripts/key.ts';
import { replayReaders } from '../../../transcripts/replay.ts';
import { InputError } from '../input-error.ts';
import { readText } from './disk.ts';
import { type FoundFile, findFiles } from './find.ts';
import { folderLines } from './folder-file.ts';
import type { PlacedLine } from './placed-line.ts';
import { singleFileLines } from './single-file.ts';

/** Files in place of AWS (design §2). */
export interface Snapshot {
  readonly readers: AwsReaders;
  /** SHA-256 over the sorted `<sha256>  <path>` lines of the files read. */
  readonly digest: string;
  /** Paths inside the snapshot, sorted; a file given alone is its base name. */
  readonly files: readonly string[];
}

/** Reads a file, a folder of files or a snapshot directory, whole and checked; an `InputError` names the first fault. */
export async function openSnapshot(path: string): Promise<Snapshot> {
  const { shape, files } = await findFiles(path);
  const owners = new Map<Owner, TranscriptLine[]>();
  const given = new Map<string, FoundFile>();
  const sums: string[] = [];
  for (const file of files) {
    const { text, sha256 } = await readText(file.location);
    sums.push(`${sha256}  ${file.path}\n`);
    for (const placed of shape === 'folders' ? folderLines(file, text) : singleFileLines(file, text)) {
      refuseSecond(given, shape === 'folders' ? fileCall(placed) : fullCall(placed), file, placed);
      const lines = owners.get(placed.owner);
      if (lines === undefined) owners.set(placed.owner, [placed.line]);
      else lines.push(placed.line);
    }
  }
  const digest = createHash('sha256').update(sums.sort().join('')).digest('hex');
  return { readers: replayReaders(owners), digest, files: files.map((file) => file.path).sort() };
}

/** In account folders one file answers all inputs of a call; single files answer one each. */
const fileCall = ({ owner, line }: PlacedLine): string => `${owner} ${line.region} ${line.operation}`;
const fullCall = ({ owner, line }: PlacedLine): string =>
  `${owner} ${line.region} ${callKey(line.operation as Operation, line.input)}`;

function refuseSecond(given: Map<string, FoundFile>, call: string, file: FoundFile, { owner, line }: PlacedLine): void {
  const first = given.get(call) ?? file;
  if (first === file) {
    given.set(call, file);
    return;
  }
  const problem = `duplicate account id \`${owner}\`: ${line.operation} was given in ${first.location} already`;
  throw new InputError('DUPLICATE', { file: file.location }, problem, 'keep one of the two files');
}
