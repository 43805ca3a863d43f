import { linesOf } from '../../adapters/files/text-lines.ts';
import { explainGap, type Gap } from '../../domain/gap.ts';
import { type Case, CaseError, idOf, readCase } from '../../iam/case.ts';
import { type Answer, evaluate as decide } from '../../iam/evaluate.ts';
import { PolicyError } from '../../iam/parse.ts';
import { statementName } from '../../iam/policy.ts';
import type { EvaluateOptions } from '../commands/evaluate.ts';
import { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { printable } from '../printable.ts';

/** What a stream of cases added up to. */
interface Tally {
  cases: number;
  unread: number;
  differing: number;
  parseMs: number;
  evaluateMs: number;
}

/** So many faulty lines are told one by one. */
const told = 10;
const form = 'a file of cases has one JSON object a line: docs/asking.md';

/** Decides a file of cases. */
export async function evaluate(path: string, options: EvaluateOptions, io: Io): Promise<ExitCode> {
  const tally: Tally = { cases: 0, unread: 0, differing: 0, parseMs: 0, evaluateMs: 0 };
  let number = 0;
  for await (const lines of linesOf(path)) {
    let out = '';
    for (const line of lines) {
      number++;
      if (line.trim() !== '') out += decideLine(line, number, { path, options, io, tally });
    }
    io.out(out);
  }
  const { cases, unread, differing, parseMs, evaluateMs } = tally;
  if (options.timing === true)
    io.err(`${JSON.stringify({ cases, parseMs: round(parseMs), evaluateMs: round(evaluateMs) })}\n`);
  if (unread > 0) {
    const rest = unread > told ? `; of the other ${unread - told} the output has the line` : '';
    io.err(`${unread} of ${cases} cases could not be read${rest}${unread === cases ? `; ${form}` : ''}\n`);
  }
  if (differing > 0) io.err(`${differing} of ${cases} cases differ from what they expect\n`);
  if (unread > 0) return ExitCode.Usage;
  return differing > 0 ? ExitCode.ThresholdExceeded : ExitCode.Ok;
}

const round = (milliseconds: number): number => Math.round(milliseconds * 1_000) / 1_000;

interface Evaluating {
  readonly path: string;
  readonly options: EvaluateOptions;
  readonly io: Io;
  readonly tally: Tally;
}

/** The output line of one case. */
function decideLine(line: string, number: number, { path, options, io, tally }: Evaluating): string {
  const started = performance.now();
  let parsed: unknown;
  try {
    tally.cases++;
    parsed = JSON.parse(line);
    const read = performance.now();
    tally.parseMs += read - started;
    const asked = readCase(parsed);
    const answer = decide(asked.request, asked.layers);
    tally.evaluateMs += performance.now() - read;
    if (asked.expected !== null && asked.expected !== answer.decision) {
      tally.differing++;
      io.err(`${printable(`line ${number} (${asked.id}): expected ${asked.expected}, decided ${answer.decision}`)}\n`);
    }
    return `${JSON.stringify(lineOf(asked, answer, options))}\n`;
  } catch (error) {
    const gap = gapOf(error, path, number);
    tally.unread++;
    if (tally.unread <= told) io.err(`${printable(explainGap(gap))}\n`);
    return `${JSON.stringify({ id: idOf(parsed), gap })}\n`;
  }
}

/** What is wrong with a line. Anything but a fault of the input is a bug of ours. */
function gapOf(error: unknown, file: string, number: number): Gap {
  const at = (place: string, problem: string): Gap => ({
    code: 'UNPARSABLE',
    file,
    place: `line ${number}${place}`,
    problem,
  });
  if (error instanceof PolicyError) return at(`: ${error.place}`, error.problem);
  if (error instanceof CaseError) return at('', error.message);
  if (error instanceof SyntaxError) return at('', `not JSON (${error.message})`);
  throw error;
}

function lineOf({ id }: Case, answer: Answer, { explain }: EvaluateOptions): object {
  const decided = { id, decision: answer.decision };
  if (explain !== true) return decided;
  const because = answer.because.map(({ layer, level, policy, statement }) => ({
    layer,
    ...(level === null ? {} : { level }),
    policy,
    statement: statementName(statement),
    effect: statement.effect,
    conditions: statement.conditions.map(({ written, key, values }) => ({ operator: written, key, values })),
  }));
  return {
    ...decided,
    because,
    missing: answer.missing.map(({ layer, level }) => (level === null ? { layer } : { layer, level })),
  };
}
