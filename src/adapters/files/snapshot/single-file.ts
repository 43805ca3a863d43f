import type { Operation } from '../../../ports/aws-calls.ts';
import { InputError, type Where } from '../input-error.ts';
import { splitAuthorization } from './authorization.ts';
import { reportIn, reportOutput, splitReport } from './credential-report.ts';
import type { FoundFile } from './find.ts';
import { type JsonObject, parseObject } from './json.ts';
import { checkLists, recognise, wholeOutput } from './known-outputs.ts';
import { homeOf } from './layout.ts';
import type { Placed, PlacedLine } from './placed-line.ts';
import { recorded } from './recorded.ts';
import { placedSelectors, splitTrails } from './trails.ts';

type Split = (output: JsonObject, where: Where) => readonly Placed[];

/** The outputs that say themselves whose they are. */
const kinds: Partial<Record<Operation, Split>> = {
  'iam:GetAccountAuthorizationDetails': (output, where) =>
    [...splitAuthorization(output, where)].map(([owner, output]) => ({ owner, region: 'global', input: {}, output })),
  'iam:GetCredentialReport': (output, where) => reports(reportIn(output, where), where),
  'cloudtrail:DescribeTrails': splitTrails,
  'cloudtrail:GetEventSelectors': placedSelectors,
};
const recognised =
  'recognised are authorization details, credential reports (CSV), DescribeTrails and GetEventSelectors, as the AWS CLI prints them; see docs/snapshots.md';

/** The lines of a file that is recognised by its content, one owner for each account it names. */
export function singleFileLines({ path, location: file }: FoundFile, text: string): PlacedLine[] {
  const where: Where = { file };
  const { operation, placed } = isCsv(file, text)
    ? { operation: 'iam:GetCredentialReport', placed: reports(text, where) }
    : jsonAnswers(text, where);
  return placed.map(({ owner, ...rest }) => ({ owner, line: { ...rest, operation, source: path } }));
}

const reports = (csv: string, where: Where): Placed[] =>
  [...splitReport(csv, where)].map(([owner, own]) => ({
    owner,
    region: 'global',
    input: {},
    output: reportOutput(own),
  }));

const isCsv = (file: string, text: string): boolean =>
  /^\s*[[{]/.test(text) ? false : /\.csv(\.gz)?$/i.test(file) || /^[^\n]*,/.test(text);

function jsonAnswers(text: string, where: Where): { operation: Operation; placed: readonly Placed[] } {
  if (/\.jsonl(\.gz)?$/i.test(where.file))
    throw new InputError(
      'NOT_RECOGNISED',
      where,
      'JSON lines do not say whose they are',
      'lay them out in account folders, see docs/snapshots.md',
    );
  const answer = recorded(parseObject(text, where));
  if ('error' in answer)
    throw new InputError(
      'NOT_RECOGNISED',
      where,
      `the recorded error ${answer.error.name} does not say whose it is`,
      'lay it out in account folders, see docs/snapshots.md',
    );
  const operation = recognise(answer.output);
  if (operation === undefined)
    throw new InputError('NOT_RECOGNISED', where, 'not a kind of input that is known', recognised);
  const split = kinds[operation];
  if (split === undefined)
    throw new InputError(
      'NOT_RECOGNISED',
      where,
      `an answer of ${operation} does not say whose it is`,
      `lay it out as \`${homeOf(operation)}\``,
    );
  const output = wholeOutput(operation, answer.output, where);
  checkLists(operation, output, where);
  return { operation, placed: split(output, where) };
}
