import type { AwsError } from '../../../catalogue/errors.ts';
import { InputError, type Where, within } from '../input-error.ts';
import { isObject, type JsonObject, parseObject } from './json.ts';
import type { Placement } from './layout.ts';

/** One recorded call of a `.jsonl` file. */
export interface RecordedCall {
  readonly where: Where;
  readonly at: string | undefined;
  readonly input: JsonObject;
  readonly answer: { readonly output: JsonObject } | { readonly error: AwsError };
}

const keys = new Set(['at', 'input', 'output', 'error', 'region', 'operation', 'source']);
const remedy = 'write `{"input":{…},"output":{…}}` or `{"input":{…},"error":{"name","message"}}`';

/** The calls of a `.jsonl` file, one a line, in their order. Lines of a transcript may stay as they are. */
export function recordedCalls(text: string, file: Where, placement: Placement): RecordedCall[] {
  const calls: RecordedCall[] = [];
  for (const [index, line] of text.split('\n').entries())
    if (line.trim() !== '') calls.push(recordedCall(line.trim(), within(file, `line ${index + 1}`), placement));
  return calls;
}

function recordedCall(text: string, where: Where, { region, operation }: Placement): RecordedCall {
  const line = parseObject(text, where);
  const wrong = (problem: string): InputError => new InputError('WRONG_SHAPE', where, problem, remedy);
  const stray = Object.keys(line).find((key) => !keys.has(key));
  if (stray !== undefined) throw wrong(`unknown key \`${stray}\``);
  if ((line['region'] ?? region) !== region) throw wrong(`\`region\` is not that of the folder, ${region}`);
  if ((line['operation'] ?? operation) !== operation)
    throw wrong(`\`operation\` is not that of the file, ${operation}`);
  const { at, input, output, error } = line;
  if (at !== undefined && (typeof at !== 'string' || Number.isNaN(Date.parse(at)))) throw wrong('`at` is not a time');
  if (!isObject(input)) throw wrong(input === undefined ? 'no `input`' : '`input` is not an object');
  if (output !== undefined && error !== undefined) throw wrong('both `output` and `error`');
  if (error !== undefined) return { where, at, input, answer: { error: errorOf(error, wrong) } };
  if (!isObject(output))
    throw wrong(output === undefined ? 'neither `output` nor `error`' : '`output` is not an object');
  return { where, at, input, answer: { output } };
}

function errorOf(error: unknown, wrong: (problem: string) => InputError): AwsError {
  const { name, message = '' } = isObject(error) ? error : {};
  if (typeof name !== 'string' || name === '' || typeof message !== 'string')
    throw wrong('`error` has no `name`, or a `message` that is no text');
  return { name, message };
}
