import type { TranscriptLine } from '../../../domain/transcript.ts';
import type { Operation } from '../../../ports/aws-calls.ts';
import type { Where } from '../input-error.ts';
import { checkAuthorization } from './authorization.ts';
import { checkReport, reportIn, reportOutput } from './credential-report.ts';
import type { FoundFile } from './find.ts';
import { type JsonObject, parseObject } from './json.ts';
import { recordedCalls } from './json-lines.ts';
import { checkLists, wholeOutput } from './known-outputs.ts';
import { type Placement, placementOf } from './layout.ts';
import type { PlacedLine } from './placed-line.ts';
import { type Recorded, recorded } from './recorded.ts';

/** The lines of a file that lies in an account folder: its path says whose they are and what they answer. */
export function folderLines(file: FoundFile, text: string): PlacedLine[] {
  const placement = placementOf(file);
  const { owner, region, operation } = placement;
  const line = (rest: Pick<TranscriptLine, 'at' | 'input' | 'output' | 'error'>): PlacedLine => ({
    owner,
    line: { ...rest, region, operation, input: asAsked(operation, rest.input), source: file.path },
  });
  const where: Where = { file: file.location };
  if (placement.form !== 'jsonl') return [line({ input: {}, ...bareAnswer(text, placement, where) })];
  return recordedCalls(text, where, placement).map(({ where: place, at, input, answer }) =>
    line({ ...(at === undefined ? {} : { at }), input, ...checked(answer, placement, place) }),
  );
}

/** What a file without an input holds. */
function bareAnswer(text: string, placement: Placement, where: Where): Recorded {
  if (placement.form === 'csv') return checked({ output: reportOutput(text) }, placement, where);
  const answer = recorded(parseObject(text, where));
  if ('error' in answer) return answer;
  return checked({ output: wholeOutput(placement.operation, answer.output, where) }, placement, where);
}

/** An answer whose content fits its call and its folder. */
function checked(answer: Recorded, { operation, owner }: Placement, where: Where): Recorded {
  if ('error' in answer) return answer;
  const { output } = answer;
  checkLists(operation, output, where);
  if (owner === 'organization') return answer;
  if (operation === 'iam:GetAccountAuthorizationDetails') checkAuthorization(output, where, owner);
  if (operation !== 'iam:GetCredentialReport') return answer;
  const csv = reportIn(output, where);
  checkReport(csv, where, owner);
  return { output: { ...output, ...reportOutput(csv) } };
}

/**
 * Inputs that Assay spells out, where the answer of the bare call answers the same: it asks for enabled Regions alone and looks at the
 * status again, and for MFA devices of any assignment, which is AWS's default.
 */
const spelledOut: Partial<Record<Operation, JsonObject>> = {
  'account:ListRegions': { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
  'iam:ListVirtualMFADevices': { AssignmentStatus: 'Any' },
};
const asAsked = (operation: Operation, input: JsonObject): JsonObject => ({ ...spelledOut[operation], ...input });
