import { InputError, type Where, within } from '../input-error.ts';
import { faultIn } from './json-fault.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What a person is told to do about a text that holds no JSON object. */
interface Remedies {
  readonly notJson: string;
  readonly noObject: string;
}

const ofAnswers: Remedies = {
  notJson: 'export it again',
  noObject: 'give the whole output of the call, as the AWS CLI prints it',
};

/** The JSON object a text holds. */
export function parseObject(text: string, where: Where, remedies: Remedies = ofAnswers): JsonObject {
  const value = parse(text, where, remedies);
  if (isObject(value)) return value;
  const found = Array.isArray(value) ? 'a list' : `\`${JSON.stringify(value)?.slice(0, 20)}\``;
  throw new InputError('WRONG_SHAPE', where, `${found}, not an object`, remedies.noObject);
}

function parse(text: string, where: Where, { notJson }: Remedies): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = faultIn(text);
    const found = text[offset];
    const problem = found === undefined ? 'the text ends too early' : `unexpected ${JSON.stringify(found)}`;
    throw new InputError('NOT_JSON', within(where, placeOf(text, offset)), `not JSON: ${problem}`, notJson);
  }
}

/** Line and column of an offset, both from 1; of a one-line text the column alone. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  const column = `column ${(before.at(-1)?.length ?? 0) + 1}`;
  return text.includes('\n') ? `line ${before.length} ${column}` : column;
}
