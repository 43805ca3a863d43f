import { faultIn } from '../adapters/files/snapshot/json-fault.ts';
import { linesOf } from '../adapters/files/text-lines.ts';
import { type AskedEvent, askedEvent, RecordError } from '../cloudtrail/record.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';

const verdicts = ['recorded', 'not-recorded', 'not-measured'] as const;

/** One event to answer about, or what is wrong with it. */
export interface EventCase {
  /** `line 3`, or `line 1, record 17` of a log file. */
  readonly place: string;
  readonly id: string | number | null;
  readonly event: AskedEvent | null;
  readonly name: string;
  readonly expected: string | null;
  readonly problem: string | null;
}

/**
 * The events of a file: JSON lines, each a CloudTrail record or `{id, event, expected}`; or a log file as it lies in the bucket
 * (`{"Records": […]}`, on one line or many), or a list of records. Lines stream; a document over many lines is read whole.
 */
export async function* eventCases(path: string): AsyncGenerator<EventCase> {
  let number = 0;
  let document: string[] | null = null;
  let begun = false;
  for await (const lines of linesOf(path))
    for (const line of lines) {
      number++;
      if (document !== null) {
        document.push(line);
        continue;
      }
      if (line.trim() === '') continue;
      const value = parsed(line);
      if (!begun && value instanceof SyntaxError && opensDocument(line)) document = [...blanks(number - 1), line];
      else yield* casesIn(value, line, `line ${number}`);
      begun = true;
    }
  if (document === null) return;
  const text = document.join('\n');
  yield* casesIn(parsed(text), text, 'the document');
}

const blanks = (count: number): string[] => Array.from({ length: count }, () => '');

/** The beginning of JSON that goes on over many lines. */
const opensDocument = (line: string): boolean => /^\s*[[{]/.test(line) && /[[{,]\s*$/.test(line);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function* casesIn(value: unknown, text: string, place: string): Generator<EventCase> {
  if (value instanceof SyntaxError) {
    yield bad(place, null, `not JSON${faultWords(text)}`);
    return;
  }
  const records = isJsonObject(value) && Array.isArray(value['Records']) ? value['Records'] : value;
  if (!Array.isArray(records)) yield caseOf(value, place);
  else for (const [index, record] of records.entries()) yield caseOf(record, `${place}, record ${index + 1}`);
}

function faultWords(text: string): string {
  const offset = faultIn(text);
  const before = text.slice(0, offset).split('\n');
  const where = before.length > 1 ? `line ${before.length} column` : 'column';
  const found = text[offset];
  return found === undefined
    ? ': the text ends too early'
    : ` at ${where} ${(before.at(-1)?.length ?? 0) + 1}: unexpected ${JSON.stringify(found)}`;
}

function caseOf(value: unknown, place: string): EventCase {
  if (!isJsonObject(value))
    return bad(place, null, 'not an object: give a CloudTrail record, or {"id", "event", "expected"}');
  const wrapped = 'event' in value;
  const id = idOf(
    wrapped
      ? (value['id'] ?? (isJsonObject(value['event']) ? value['event']['eventID'] : null))
      : (value['eventID'] ?? value['id']),
  );
  const record = wrapped ? value['event'] : value;
  const expected = value['expected'] ?? null;
  if (expected !== null && !(verdicts as readonly unknown[]).includes(expected))
    return bad(place, id, `\`expected\` is ${JSON.stringify(expected)}: it can be ${verdicts.join(', ')}`);
  try {
    const event = askedEvent(record);
    const { eventSource, eventName } = record as JsonObject;
    return {
      place,
      id,
      event,
      name: `${eventSource}/${eventName}`,
      expected: expected as string | null,
      problem: null,
    };
  } catch (error) {
    if (error instanceof RecordError) return bad(place, id, error.message);
    throw error;
  }
}

const idOf = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

const bad = (place: string, id: string | number | null, problem: string): EventCase => ({
  place,
  id,
  event: null,
  name: '',
  expected: null,
  problem,
});
