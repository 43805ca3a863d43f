import { basename } from 'node:path';
import { InputError } from '../adapters/files/input-error.ts';
import { readText } from '../adapters/files/snapshot/disk.ts';
import { parseObject } from '../adapters/files/snapshot/json.ts';
import { scpLimits } from '../catalogue/policy-limits.ts';
import { PolicyError, parsePolicy } from '../iam/parse.ts';
import type { Policy } from '../iam/policy.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';

/** An SCP as a file holds it. */
export interface ScpFile {
  readonly file: string;
  readonly policy: Policy;
  readonly document: object;
}

const remedies = { notJson: 'correct it: AWS takes JSON without comments', noObject: 'give one policy document' };

/** Reads SCPs that are not attached yet. What AWS would refuse is an `InputError`: one line that names the file and the place. */
export async function readScps(files: readonly string[], io: Io): Promise<ScpFile[]> {
  const scps: ScpFile[] = [];
  for (const file of files) {
    const { text } = await readText(file);
    const document = parseObject(text, { file }, remedies);
    const policy = parsed(document, file);
    checkSize(file, document);
    if (policy.statements.every(({ effect }) => effect === 'Allow'))
      io.err(`note: ${printable(file)} denies nothing: tried beside FullAWSAccess, where an Allow changes nothing\n`);
    scps.push({ file, policy, document });
  }
  return scps;
}

function parsed(document: object, file: string): Policy {
  try {
    return parsePolicy(document, 'scp', basename(file));
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new InputError('WRONG_SHAPE', { file, place: error.place }, error.problem, 'AWS would refuse it as an SCP');
  }
}

/** The console leaves out blanks between elements; the API counts every character it is given. */
function checkSize(file: string, document: object): void {
  const least = JSON.stringify(document).length;
  if (least <= scpLimits.characters) return;
  const problem = `${least} characters without blanks, and an SCP may have ${scpLimits.characters}`;
  throw new InputError('WRONG_SHAPE', { file }, problem, 'split it');
}
